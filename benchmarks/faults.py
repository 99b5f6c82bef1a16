"""Ten faults that people really send, and which checks see them: the table in docs/comparison.md.

    python benchmarks/faults.py [--openapi FILE] [--write]

Runs what is installed, beside the Python that runs this or on the PATH: check-jsonschema, jsonschema (sourcemeta's),
ajv (of ajv-cli), mypy with the openai package. `--openapi` names OpenAI's document, of which the schema of the body
that accepts a call is taken; the environment may name it in CALLSHEET_OPENAPI. With `--write` the columns of those
that ran are written into the page; a column of one that is not there stays.

Each check has to take a body without a fault first: one that refuses everything would look sharp.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "comparison.md"
SCHEMA = ROOT / "schemas" / "latest" / "realtime.schema.json"
ACCEPT = "RealtimeSessionCreateRequestGA"
"""What the OpenAPI document calls the body that accepts a call."""
_BEGIN, _END = "<!-- table, by benchmarks/faults.py -->\n", "<!-- end of the table -->\n"


class Fault(NamedTuple):
    """A body with one fault: what it is, the text, and the line on which it stands (or the object that lacks it)."""

    name: str
    what: str
    text: str
    line: int


GOOD = """\
type: realtime
model: gpt-realtime-2.1
instructions: You answer the phone at Hotel Aurora.
audio: {output: {voice: marin}}
"""


def _faults() -> Iterator[Fault]:
    def added(name: str, what: str, text: str) -> Fault:
        return Fault(name, what, GOOD + text, GOOD.count("\n") + 1)

    yield Fault("no-type", "`type` is missing", GOOD.replace("type: realtime\n", ""), 1)
    yield added("flat-voice", "`voice` at the top, as in the beta API", "voice: marin\n")
    word = GOOD.replace("{output", "{input: {format: g711_ulaw}, output")
    yield Fault("format-word", "an audio format as the word `g711_ulaw`", word, 4)
    pcm = GOOD.replace("{output", "{input: {format: {type: audio/pcm}}, output")
    yield Fault("pcm-rate", "`audio/pcm` without its rate", pcm, 4)
    yield added("both-modalities", "text and audio asked for at once", "output_modalities: [text, audio]\n")
    vad = "{input: {turn_detection: {type: semantic_vad, silence_duration_ms: 400}}, output"
    yield Fault("other-vad", "a setting of `server_vad` under `semantic_vad`", GOOD.replace("{output", vad), 4)
    nested = "tools: [{type: function, function: {name: book}}]\n"
    yield added("nested-tool", "a tool in the nested form of Chat Completions", nested)
    whisper = "{input: {transcription: {model: gpt-realtime-whisper, prompt: Aurora}}, output"
    yield Fault("whisper-prompt", "a prompt for a model that takes none", GOOD.replace("{output", whisper), 4)
    gone = GOOD.replace("gpt-realtime-2.1", "gpt-4o-realtime-preview")
    yield Fault("model-gone", "a model that was shut down", gone, 2)
    yield added("twice", "`instructions` written twice", "instructions: Be brief.\n")


FAULTS = {fault.name: fault for fault in _faults()}


class Check(NamedTuple):
    """One way to check a body: its column in the page, and the command, to which the file is added.

    `program` is what has to be there. `language` is what the body is written in.
    """

    column: str
    program: str | None
    command: list[str | Path]
    language: str = "yaml"

    def said(self, faults: list[Fault], folder: Path) -> Iterator[str]:
        """What it says of each fault; nothing where it takes the body."""
        files = [_written(fault, self.language, folder) for fault in faults]
        if self.language == "python":  # all at once: the types are read for all of them
            lines = _run([*self.command, *files], folder).splitlines()
            yield from ("\n".join(line for line in lines if line.startswith(file.name)) for file in files)
        else:
            yield from (_run([*self.command, file], folder) for file in files)

    def line(self, fault: Fault) -> int:
        """The line of a fault in what the check reads."""
        return fault.line if self.language == "yaml" else _line_in_python(fault)


def _run(command: list[str | Path], folder: Path) -> str:
    """What a command prints, with files by their names; nothing where it is content."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return (done.stdout + done.stderr).replace(f"{folder}/", "") if done.returncode else ""


def checks(openapi: str | None, folder: Path) -> list[Check]:
    """Every check that can run here; what they read beside the body is written into the folder."""
    found = [
        Check("callsheet", _program("callsheet"), [_program("callsheet") or "", "lint"]),
        Check(
            "check-jsonschema",
            _program("check-jsonschema"),
            [_program("check-jsonschema") or "", "--schemafile", SCHEMA],
        ),
        Check("sourcemeta", _sourcemeta(), [_sourcemeta() or "", "validate", SCHEMA]),
        Check("ajv", _program("ajv"), [_program("ajv") or "", "validate", "--strict=false", "-s", SCHEMA, "-d"]),
        Check(
            "mypy, with the SDK's types",
            _program("mypy"),
            [_program("mypy") or "", "--no-error-summary", "--python-executable", sys.executable],
            "python",
        ),
    ]
    if openapi:
        document = json.loads(Path(openapi).read_text(encoding="utf-8"))
        schema = folder / "openapi.json"
        schema.write_text(json.dumps({"$ref": f"#/components/schemas/{ACCEPT}", "components": document["components"]}))
        program = _program("check-jsonschema")
        found.append(Check("the OpenAPI document", program, [program or "", "--schemafile", schema]))
    return [check for check in found if check.program]


def _program(name: str) -> str | None:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def _sourcemeta() -> str | None:
    """The program of sourcemeta; the Python package jsonschema has one of the same name, which has no `version`."""
    program = _program("jsonschema")
    if program is None:
        return None
    done = subprocess.run([program, "version"], capture_output=True, text=True, check=False)
    return program if re.fullmatch(r"[\d.]+\s*", done.stdout) else None


def column(check: Check, folder: Path) -> dict[str, str]:
    """What a check sees of each fault. Exits where it refuses a body that is right."""
    faults = [fault for fault in FAULTS.values() if not (check.language == "python" and fault.name == "twice")]
    good, *said = check.said([Fault("good", "", GOOD, 0), *faults], folder)
    if good:
        sys.exit(f"{check.column} refuses a body without a fault:\n{good}")
    seen = {fault.name: _seen(check, fault, words) for fault, words in zip(faults, said, strict=True)}
    return {name: seen.get(name, "cannot arise") for name in FAULTS}


def _seen(check: Check, fault: Fault, said: str) -> str:
    """Whether a fault is seen, and told with its line."""
    if not said:
        return "no"
    return "line" if re.search(rf"(?:\.(?:yaml|py):|\bline ){check.line(fault)}\b", said) else "yes"


def _written(fault: Fault, language: str, folder: Path) -> Path:
    """The file of a body: as it is, or as a program that sends it."""
    if language == "yaml":
        file = folder / f"{fault.name}.yaml"
        file.write_text(fault.text, encoding="utf-8")
        return file
    file = folder / f"{fault.name.replace('-', '_')}.py"
    file.write_text(_program_of(fault), encoding="utf-8")
    return file


_CALL = "from openai import OpenAI\n\nOpenAI().realtime.calls.accept(\n    'rtc_1',\n"


def _program_of(fault: Fault) -> str:
    arguments = "".join(f"    {key}={value!r},\n" for key, value in yaml.safe_load(fault.text).items())
    return f"{_CALL}{arguments})\n"


def _line_in_python(fault: Fault) -> int:
    """The line of the argument with the fault; of one that is missing, that of the call."""
    lines = fault.text.splitlines()
    if fault.name == "no-type":
        return _CALL.count("\n") - 1
    key = lines[fault.line - 1].partition(":")[0]
    keys = [line.partition(":")[0] for line in lines]
    return _CALL.count("\n") + 1 + keys.index(key)


def table(columns: dict[str, dict[str, str]]) -> str:
    """The table, a row for each fault."""
    rows = [["fault", *columns], ["---"] * (len(columns) + 1)]
    rows += [[fault.what, *(found.get(name, "") for found in columns.values())] for name, fault in FAULTS.items()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def columns_of(page: str) -> dict[str, dict[str, str]]:
    """The columns that the page has now."""
    lines = [line for line in _parted(page)[1].splitlines() if line.startswith("|")]
    if not lines:
        return {}
    head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {
        name: dict(zip(FAULTS, (row[number] for row in rows), strict=True))
        for number, name in enumerate(head[1:], start=1)
    }


def _parted(page: str) -> tuple[str, str, str]:
    before, _, rest = page.partition(_BEGIN)
    inside, _, after = rest.partition(_END)
    return before, inside, after


def main() -> None:
    """Run what there is, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--openapi", metavar="FILE", default=os.environ.get("CALLSHEET_OPENAPI"))
    parser.add_argument("--write", action="store_true", help="write the table into docs/comparison.md")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = {check.column: column(check, Path(folder)) for check in checks(options.openapi, Path(folder))}
    if not options.write:
        print(table(found), end="")
        return
    page = PAGE.read_text(encoding="utf-8")
    before, _, after = _parted(page)
    whole = f"{before}{_BEGIN}\n{table({**columns_of(page), **found})}\n{_END}{after}"
    PAGE.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()
