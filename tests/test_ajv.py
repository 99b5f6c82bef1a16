"""Ajv, which editors and JavaScript programs use, reads the schemas as jsonschema does.

Needs Node and the package `ajv`; CALLSHEET_NODE_MODULES names the folder that holds it (`.ci/run` sets it).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from callsheet.shape.kind import KINDS as ALL_KINDS
from callsheet.testing import Broken, broken_sessions, sessions

SCHEMAS = Path(__file__).parent.parent / "schemas" / "latest"
KINDS = tuple(ALL_KINDS)
VALIDATE = """
const Ajv = require("ajv");
const ajv = new Ajv({strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false});
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const validate = ajv.compile(input.schema);
console.log(JSON.stringify(input.bodies.map(body => validate(body))));
"""

NODE_MODULES = os.environ.get("CALLSHEET_NODE_MODULES")

pytestmark = pytest.mark.skipif(
    NODE_MODULES is None or shutil.which("node") is None,
    reason="CALLSHEET_NODE_MODULES is not set (it names a node_modules folder with ajv), or there is no Node",
)


def verdicts(schema_name: str, bodies: list[Any]) -> list[bool]:
    schema = json.loads((SCHEMAS / schema_name).read_text(encoding="utf-8"))
    done = subprocess.run(
        ["node", "-e", VALIDATE],  # noqa: S607 - whichever Node the machine has
        input=json.dumps({"schema": schema, "bodies": bodies}),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(NODE_MODULES)},
    )
    result: list[bool] = json.loads(done.stdout)
    return result


def collected(strategy: Any, count: int = 200) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(body: Any) -> None:
        found.append(body)

    collect()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_valid_bodies(kind: str) -> None:
    bodies = collected(sessions(kind))
    assert all(verdicts(f"{kind}.schema.json", bodies))


@pytest.mark.parametrize("kind", KINDS)
def test_it_refuses_broken_bodies(kind: str) -> None:
    broken: list[Broken] = collected(broken_sessions(kind))
    assert not any(verdicts(f"{kind}.schema.json", [one.body for one in broken]))


@pytest.mark.parametrize("kind", ["realtime", "transcription"])
def test_the_profile_schema_takes_every_body_and_the_directives(kind: str) -> None:
    bodies = [{**body, "$revision": "2026-07-28", "x-note": 1} for body in collected(sessions(kind), 50)]
    bodies += [{"$extends": "./base.yaml"}, {"$partial": True}, {"type": kind, "audio": {"$file": "audio.yaml"}}]
    assert all(verdicts(f"{kind}.profile.schema.json", bodies))
    assert not any(verdicts(f"{kind}.profile.schema.json", [{}, {"$extend": "x"}, {"type": "x"}]))
