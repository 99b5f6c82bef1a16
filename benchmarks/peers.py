"""The programs that callsheet is measured beside: how each is brought, called, and what it does more or less.

Each is brought into one folder by the ordinary clients: `pip` into environments of their own, `npm` for the rest.
What cannot be brought is left out, and that is said.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measure import Contender

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "schemas" / "latest" / "realtime.schema.json"
OURS, BARE = "callsheet", "python -c pass"
CHECK, CHECK_C, NATIVE, AJV, YAMLLINT = (
    "check-jsonschema",
    "check-jsonschema, C parser",
    "sourcemeta jsonschema",
    "ajv-cli",
    "yamllint",
)


class Peer(NamedTuple):
    """One program: what it does, beside callsheet, and its command line for a folder with some files in it."""

    name: str
    does: str
    command: Callable[[Path, Sequence[Path]], list[str | Path]]
    version: list[str | Path]


def bring(folder: Path) -> dict[str, Peer]:
    """Every peer that could be brought into a folder, callsheet itself first; what is there already stays."""
    home = folder / "peers"
    ours = _environment(home / "callsheet", str(ROOT), fresh=True)
    found = {
        BARE: Peer(BARE, "nothing", lambda _folder, _files: [ours / "python", "-c", "pass"], [ours / "python", "-V"]),
        OURS: Peer(
            OURS,
            "",
            lambda _folder, files: [ours / "callsheet", "lint", "-q", "--no-cache", *files],
            _version(ours, OURS),
        ),
    }
    for name, packages in (
        (CHECK, ("check-jsonschema",)),
        (CHECK_C, ("check-jsonschema", "ruamel.yaml<0.19", "ruamel.yaml.clib")),
        (YAMLLINT, ("yamllint",)),
    ):
        try:
            where = _environment(home / name.replace(", ", "-").replace(" ", "-"), *packages)
        except subprocess.CalledProcessError:
            print(f"{name} cannot be brought here")
            continue
        found[name] = _yamllint(where) if name == YAMLLINT else _check(name, where)
    return found | _of_node(home / "node")


def _check(name: str, where: Path) -> Peer:
    does = "takes any schema, prepares it at every run; keeps no lines; knows only what a schema says"
    return Peer(
        name,
        does if name == CHECK_C else f"{does}; reads YAML in Python",
        lambda _folder, files: [where / "check-jsonschema", "--schemafile", SCHEMA, *files],
        _version(where, "check-jsonschema"),
    )


def _yamllint(where: Path) -> Peer:
    return Peer(
        YAMLLINT,
        "reads YAML and knows no schema; here its rules of style are off",
        lambda _folder, files: [where / "yamllint", "-d", "{rules: {}}", *files],
        _version(where, "yamllint"),
    )


def _of_node(home: Path) -> dict[str, Peer]:
    """The peers that come as npm packages."""
    packages = ("@sourcemeta/jsonschema", "ajv-cli@5")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(home)]
    try:
        if not home.exists():
            subprocess.run([*command, *packages], check=True)
    except (OSError, subprocess.CalledProcessError):
        print("no npm packages can be brought here: sourcemeta's jsonschema and ajv-cli are left out")
        return {}
    modules = home / "node_modules"
    machine = {"AMD64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    system = platform.system().lower()
    native = modules / "@sourcemeta" / "jsonschema" / "build" / "github-releases" / f"jsonschema-{system}-{machine}"
    ajv = modules / "ajv-cli" / "dist" / "index.js"
    found = {
        AJV: Peer(
            AJV,
            "takes any schema and compiles it at every run; keeps no lines",
            lambda folder, _files: ["node", ajv, "validate", "--strict=false", "-s", SCHEMA, "-d", f"{folder}/*.yaml"],
            ["node", "-p", f"require({str(modules / 'ajv-cli' / 'package.json')!r}).version"],
        )
    }
    if native.exists():
        does = "C++; takes any schema and compiles it at every run; stops at the first file with a fault"
        found[NATIVE] = Peer(
            NATIVE,
            does,
            lambda folder, _files: [native, "validate", SCHEMA, folder, "--extension", ".yaml"],
            [native, "version"],
        )
    return found


def contenders(peers: dict[str, Peer], names: Sequence[str], folder: Path, files: Sequence[Path]) -> list[Contender]:
    """Those of some peers that are there, over the files of a folder."""
    return [Contender(name, peers[name].command(folder, files)) for name in names if name in peers]


def _environment(home: Path, *packages: str, fresh: bool = False) -> Path:
    """The folder with the programs of a virtual environment that has some packages."""
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    if not programs.exists():
        venv.create(home, with_pip=True)
        fresh = True
    if fresh:
        install: list[str | Path] = [
            programs / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*install, *packages], check=True)
    return programs


def _version(programs: Path, package: str) -> list[str | Path]:
    return [programs / "python", "-c", f"from importlib.metadata import version; print(version({package!r}))"]
