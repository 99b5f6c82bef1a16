"""Which texts hold a placeholder that nothing fills in, and which only look like that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.diagnostic import Place
from callsheet.lint import Linter, Options
from callsheet.project import Project
from callsheet.rules.placeholder import Written, written_out
from callsheet.shape.derive import shapes
from callsheet.shape.directive import takes
from callsheet.shape.inner import at
from callsheet.shape.shape import Text, alternatives
from callsheet.shape.table import rows
from minimal import setting

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = shapes()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{$env: NAME}", Written("$env", "NAME", alone=True, plain=True)),
        (" { $env : NAME }\n", Written("$env", "NAME", alone=True, plain=True)),
        ("{$env:NAME}", Written("$env", "NAME", alone=True, plain=True)),
        ('{"$env": "NAME"}', Written("$env", "NAME", alone=True, plain=True)),
        ("{'$file': 'a/Größe 1.md'}", Written("$file", "a/Größe 1.md", alone=True, plain=True)),
        ("{$env: NAME, default: a: 'b', c}", Written("$env", "NAME", alone=True, plain=False)),
        ('{"$env": "NAME", "default": ""}', Written("$env", "NAME", alone=True, plain=False)),
        ("$env:NAME", Written("$env", "NAME", alone=True, plain=True)),
        ("$file: ../line.md", Written("$file", "../line.md", alone=True, plain=True)),
        ("$file line.md\n", Written("$file", "line.md", alone=True, plain=True)),
        ("Bearer {$env: NAME}", Written("$env", "NAME", alone=False, plain=True)),
        ("{$env: A}{$env: B}", Written("$env", "A", alone=False, plain=True)),
        ('Bearer {"$env":"NAME"}', Written("$env", "NAME", alone=False, plain=True)),
        ("if ($env:A) { $env:A } else {$env: B}", Written("$env", "B", alone=False, plain=True)),
        ("a {{$file: line.md}} b", Written("$file", "line.md", alone=False, plain=True)),
    ],
)
def test_a_text_that_holds_one(text: str, written: Written) -> None:
    assert written_out(text) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "$", "{}", "{$}", "${NAME}", "{NAME}", "{{NAME}}", "$NAME", "{$name: NAME}", "{$environment: NAME}"),
        *("In PowerShell that is $env:PATH.", "Say $env:PATH", "$env", "$file", "$envelope: A", "the $file: a.md b"),
        *("{$env: …}", "{$env: <name>}", "{$env: }", "{$env}", "{env: NAME}", "{$env: NAME", "$env: NAME}"),
        *("$commit = if ($env:GITHUB_SHA) { $env:GITHUB_SHA } else { 'none' }", "@{Expression={$env:COMPUTERNAME}}"),
        *("{$env: {$x}}", "{$schema: a.json}", "{$unset: [a]}", '{"$ref": "#/$defs/env"}', "env: NAME", "$ env: NAME"),
    ],
)
def test_a_text_that_only_looks_like_one(text: str) -> None:
    assert written_out(text) is None


@pytest.mark.parametrize("start", ["{", "{$env", "{$env: ", "{$env: A", "{$env: A, default:", "$file", "$file a"])
@pytest.mark.parametrize("more", [" ", "a", "a "])
def test_a_long_text_is_none_and_soon_told(start: str, more: str) -> None:
    assert written_out(start + more * 100_000 + "!") is None
    assert written_out("{$env: " + "a" * 256 + "}") is None


def test_a_text_from_a_file_is_pointed_at_there_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "line.md").write_text("{$env: GREETING}\n", encoding="utf-8")
    profile = tmp_path / "line.yaml"
    profile.write_text("type: realtime\ninstructions: {$file: line.md}\n", encoding="utf-8")
    (finding,) = Linter(project=Project()).file(str(profile), profile.read_bytes())
    assert (finding.code, finding.path) == ("CS504", str(tmp_path / "line.md"))
    assert finding.repair is None


@pytest.mark.parametrize(
    "body",
    [
        "type: realtime\nmodel: gpt-realtime-2.1\nsurprise: '{$env: A}'\n",
        "type: realtime\ninstructions: ['{$env: A}']\n",
        "type: realtime\ninstructions: {a: '{$env: A}'}\n",
        "type: realtime\noutput_modalities: ['{$env: A}']\n",
        "type: '{$env: A}'\n",
    ],
)
def test_where_none_could_stand_there_is_another_finding(body: str) -> None:
    codes = {finding.code for finding in Linter().file("a.yaml", body.encode())}
    assert codes
    assert "CS504" not in codes


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("text", ["{$env: A}", '{ "$env": "A" }', "$env: A"])
def test_in_quotes_it_is_one_finding_at_every_place_that_takes_it(kind: str, text: str) -> None:
    target = "azure-preview" if kind.endswith("beta") else None
    linter = Linter(Options(kind, target, today="2026-11-20"))
    for row in rows(SHAPES[kind]):
        try:
            body, path = setting(SHAPES[kind], row, text)
        except LookupError:
            continue
        there = at(SHAPES[kind], path, body)
        if there is None or not takes(there, "$env") or row in OUTSIDE:
            continue
        has_form = any(isinstance(option, Text) and option.pattern for option in alternatives(there))
        places = [(fault.code, fault.place) for fault in linter.body(body)]
        codes = [code for code, place in places if isinstance(place, Place) and place.path == path]
        assert codes == ["CS113" if has_form else "CS504"], row


OUTSIDE = {"event_id", "sdp"}
"""What stands beside a session: no rule looks there."""


def test_what_may_be_a_credential_is_not_repeated() -> None:
    name = "sk-proj-0000notarealkey0000notarealkey"
    for text in (f"{{$env: {name}}}", f"say {{$env: {name}}}", f"{{$env: A, default: {name}}}"):
        findings = Linter().file("a.yaml", f"type: realtime\ninstructions: '{text}'\n".encode())
        assert {"CS504"} < {finding.code for finding in findings}
        assert not [one for one in findings if name in f"{one.message}{one.help}"]


def test_a_credential_in_place_of_a_name_is_one_finding() -> None:
    body = "type: realtime\ninstructions: {$env: sk-proj-0000notarealkey0000notarealkey}\n"
    assert [one.code for one in Linter().file("a.yaml", body.encode())] == ["CS503"]
