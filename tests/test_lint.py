"""What a profile says about itself, and what that changes for the linter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import callsheet
from callsheet.lint import Linter, Options

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-20"


def codes(text: str, options: Options | None = None) -> list[str]:
    linter = Linter((options or Options())._replace(today=TODAY))
    return [finding.code for finding in linter.file("a.yaml", text.encode())]


TOKEN = "tools: [{type: mcp, server_label: crm, server_url: https://crm.example.com, authorization: crm-0815-abcdef}]\n"  # noqa: S105 - that is the point


def test_a_model_is_a_deployment_on_azure() -> None:
    assert codes("type: realtime\nmodel: our-phone-line\n") == ["CS601"]
    assert codes("$target: azure\ntype: realtime\nmodel: our-phone-line\n") == []
    assert codes("type: realtime\nmodel: our-phone-line\n", Options(target="azure")) == []


def test_the_preview_of_azure_takes_the_flat_shape_only() -> None:
    flat = "model: our-phone-line\nvoice: alloy\nmodalities: [text, audio]\n"
    assert codes(flat) == ["CS108"]
    assert codes(f"$target: azure-preview\n{flat}") == []
    assert codes("$target: azure-preview\ntype: realtime\naudio: {output: {voice: alloy}}\n") == ["CS118"]


def test_what_stands_around_a_flat_session_is_checked_as_well() -> None:
    update = '{"$target": "azure-preview", "type": "session.update", "event_idd": "a", "session": {"speed": 9}}'
    assert codes(update) == ["CS101", "CS105"]
    assert codes('{"$target": "azure-preview", "session": {"speed": 9}}', Options("session-update")) == [
        "CS102",
        "CS105",
    ]
    assert codes('{"$target": "azure-preview", "type": "session.updat", "session": {"speed": 9}}') == ["CS104", "CS105"]


@pytest.mark.parametrize("target", ["openai", "azure", "azure-preview"])
def test_a_credential_is_found_whatever_the_target(target: str) -> None:
    if target == "azure-preview":  # which has no MCP servers, but that is no reason to keep quiet about the token
        assert codes(f"$target: {target}\n{TOKEN}") == ["CS104", "CS501"]
    else:
        assert codes(f"$target: {target}\ntype: realtime\n{TOKEN}") == ["CS501"]


def test_a_credential_is_found_in_a_part_and_in_a_translation() -> None:
    assert codes(f"$partial: true\n{TOKEN}") == ["CS501"]
    key = "sk-proj-0000notarealkey0000notarealkey"
    assert codes(f"model: gpt-realtime-translate\naudio: {{output: {{language: {key}}}}}\n") == ["CS503"]


def test_a_part_need_not_be_whole() -> None:
    assert codes("$partial: true\n") == []
    assert codes("$extends: ./base.yaml\naudio: {input: {transcription: {language: de}}}\n") == []
    assert codes("$extends: ./base.yaml\ntool_choice: {type: function, name: dial}\ntools: []\n") == []


def test_what_a_part_says_by_itself_is_judged() -> None:
    assert codes("$extends: ./base.yaml\naudio: {output: {voice: nova, speed: 2.0}}\n") == ["CS317", "CS105"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("$revision: yesterday", "CS113"),
        ("$target: mars", "CS104"),
        ("$extends: 3", "CS103"),
        ("$kind: telephone", "CS104"),
        ("$partial: maybe", "CS103"),
        ("$file: x.yaml", "CS117"),
        ("$env: X", "CS117"),
        ("$revison: 2026-07-28", "CS117"),
    ],
)
def test_directives_have_a_shape_too(line: str, code: str) -> None:
    assert codes(f"{line}\ntype: realtime\n") == [code]


def test_notes_and_directives_are_not_part_of_the_body() -> None:
    assert codes("x-note: [anything, {at: all}]\n$schema: ../a.json\n$revision: 2026-07-28\ntype: realtime\n") == []


THINKING = "type: realtime\nmodel: our-phone-line\nreasoning: {effort: low}\n"


def test_the_flag_counts_more_than_the_revision_in_the_profile() -> None:
    azure = Options(target="azure")
    assert codes(THINKING, azure) == []
    assert codes(THINKING, azure._replace(revision="2026-05-06")) == ["CS605"]
    assert codes(f"$revision: 2026-05-06\n{THINKING}", azure) == ["CS605"]
    assert codes(f"$revision: 2026-05-06\n{THINKING}", azure._replace(revision="2026-05-07")) == []


def test_profiles_of_several_revisions_are_checked_in_one_run() -> None:
    linter = Linter(Options(target="azure", today=TODAY))
    texts = [f"$revision: 2026-05-06\n{THINKING}", f"$revision: 2026-05-07\n{THINKING}", THINKING]
    assert [len(linter.file("a.yaml", text.encode())) for text in texts] == [1, 0, 0]


def test_a_program_can_ask_about_a_revision() -> None:
    body = {"type": "realtime", "reasoning": {"effort": "low"}}
    assert callsheet.check(body) == []
    assert [finding.pointer for finding in callsheet.check(body, revision="2026-05-06")] == ["/reasoning"]


def test_data_of_which_no_json_can_be_made_is_a_type_error() -> None:
    circle: dict[Any, Any] = {"type": "realtime"}
    circle["x-self"] = circle
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for data in (circle, {"x-deep": deep}, {"model": b"gpt"}, {"tools": {1}}, {(1,): 2}):
        body: dict[Any, Any] = data
        for ask in (callsheet.check, callsheet.profile):
            with pytest.raises(TypeError):
                ask(body)


def test_nothing_is_advised_that_came_later() -> None:
    text = "$revision: 2026-01-01\ntype: realtime\naudio: {input: {transcription: {}}}\n"
    (finding,) = Linter(Options(today=TODAY)).file("a.yaml", text.encode())
    assert finding.help is not None
    assert "gpt-4o-transcribe" in finding.help
