"""Ajv, which editors and JavaScript programs use, reads every schema that is published as jsonschema does.

Needs Node and the package `ajv`; CALLSHEET_NODE_MODULES names the folder that holds it (`.ci/run` sets it).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from callsheet.testing import Broken, broken_sessions, sessions
from verdict import ALL_KINDS, NODE_MODULES, SCHEMAS, UNSAID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

    Verdicts = Callable[[str, list[Any]], list[bool]]

PUBLISHED = [(path.parent.name, path.name.partition(".")[0]) for path in sorted(SCHEMAS.glob("2*/*.schema.json"))]
MANY = settings().max_examples
FEW = max(5, MANY // 10)
"""Bodies for a schema of the past: there are many of them, and they differ by little."""
VALIDATE = """
const Ajv = require("ajv");
const options = {strict: true, allowUnionTypes: true, strictTypes: false, strictRequired: false};
function answer({schema, bodies}) {
  try {
    const validate = new Ajv(options).compile(schema);
    return {verdicts: bodies.map(body => validate(body))};
  } catch (error) {
    return {error: String(error)};
  }
}
require("readline").createInterface({input: process.stdin}).on(
  "line", line => console.log(JSON.stringify(answer(JSON.parse(line))))
);
"""
"""Answers each line of input, which is a schema with bodies."""

pytestmark = pytest.mark.skipif(
    NODE_MODULES is None or shutil.which("node") is None,
    reason="CALLSHEET_NODE_MODULES is not set (it names a node_modules folder with ajv), or there is no Node",
)


@pytest.fixture(scope="module")
def verdicts() -> Iterator[Verdicts]:
    """Asks one process of Node, which stays: what a schema, by its path, says of each body."""
    command = ["node", "-e", VALIDATE]
    environment = {**os.environ, "NODE_PATH": str(NODE_MODULES)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    ) as node:
        assert node.stdin is not None
        assert node.stdout is not None
        asked, answered = node.stdin, node.stdout

        def ask(schema: str, bodies: list[Any]) -> list[bool]:
            asked.write(json.dumps({"schema": json.loads((SCHEMAS / schema).read_bytes()), "bodies": bodies}) + "\n")
            asked.flush()
            answer = json.loads(answered.readline())
            assert "error" not in answer, answer
            found: list[bool] = answer["verdicts"]
            assert len(found) == len(bodies) > 0
            return found

        yield ask


def collected(strategy: SearchStrategy[Any], count: int = MANY) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(body: Any) -> None:
        found.append(body)

    collect()
    return found


def faulty(kind: str, revision: str | None = None, count: int = MANY) -> list[Any]:
    broken: list[Broken] = collected(broken_sessions(kind, revision), count)
    return [one.body for one in broken if revision is None or one.code not in UNSAID]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_takes_valid_bodies(kind: str, verdicts: Verdicts) -> None:
    assert all(verdicts(f"latest/{kind}.schema.json", collected(sessions(kind))))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_it_refuses_broken_bodies(kind: str, verdicts: Verdicts) -> None:
    assert not any(verdicts(f"latest/{kind}.schema.json", faulty(kind)))


@pytest.mark.parametrize(("revision", "kind"), PUBLISHED)
def test_it_reads_every_schema_of_the_past(revision: str, kind: str, verdicts: Verdicts) -> None:
    schema = f"{revision}/{kind}.schema.json"
    assert all(verdicts(schema, collected(sessions(kind, revision), FEW)))
    assert not any(verdicts(schema, faulty(kind, revision, FEW)))


@pytest.mark.parametrize("kind", ["realtime", "transcription"])
def test_the_profile_schema_takes_every_body_and_the_directives(kind: str, verdicts: Verdicts) -> None:
    schema = f"latest/{kind}.profile.schema.json"
    bodies = [{**body, "$revision": "2026-07-28", "x-note": 1} for body in collected(sessions(kind))]
    bodies += [{"$extends": "./base.yaml"}, {"$partial": True}, {"type": kind, "audio": {"$file": "audio.yaml"}}]
    assert all(verdicts(schema, bodies))
    assert not any(verdicts(schema, [{}, {"$extend": "x"}, {"type": "x"}]))
