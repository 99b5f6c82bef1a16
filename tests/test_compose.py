"""What a profile takes from other files, and what is said when that goes wrong."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

import callsheet
from callsheet.lint import Linter, Options
from callsheet.project import Project
from callsheet.source.problem import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.diagnostic import Finding

BASE = """\
type: realtime
model: gpt-realtime-2.1
audio:
  input:
    noise_reduction: {type: near_field}
    turn_detection: {type: server_vad, silence_duration_ms: 300}
  output: {voice: marin}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "prompts").mkdir()
    monkeypatch.chdir(tmp_path)


def write(path: Path, **files: str) -> None:
    for name, text in files.items():
        (path / name.replace("__", "/").replace("_yaml", ".yaml").replace("_md", ".md")).write_text(text, "utf-8")


def find(name: str) -> list[Finding]:
    with open(name, "rb") as file:  # noqa: PTH123 - a path as users write it
        return Linter(Options(today="2026-11-20"), Project()).file(name, file.read())


def said(name: str) -> list[tuple[str, str, str]]:
    """Code, file and text of each finding."""
    return [(found.code, found.path, found.text.content[slice(*found.span)]) for found in find(name)]


def body(name: str) -> Any:
    return callsheet.load(name).body


def test_mappings_merge_and_everything_else_replaces(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml=BASE + "tools: [{type: function, name: dial}]\n",
        child_yaml="$extends: ./base.yaml\naudio: {input: {turn_detection: null}, output: {speed: 1.1}}\n"
        "tools: [{type: function, name: hang_up}]\n",
    )
    assert body("child.yaml") == {
        "type": "realtime",
        "model": "gpt-realtime-2.1",
        "audio": {
            "input": {"noise_reduction": {"type": "near_field"}, "turn_detection": None},
            "output": {"voice": "marin", "speed": 1.1},
        },
        "tools": [{"type": "function", "name": "hang_up"}],
    }


def test_of_several_bases_the_later_counts_and_the_profile_most(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="type: realtime\ninstructions: a\nmax_output_tokens: 1\nmodel: gpt-realtime-2\n",
        b_yaml="$extends: ./c.yaml\ninstructions: b\nmax_output_tokens: 2\n",
        c_yaml="instructions: c\nmodel: gpt-realtime-2.1\n",
        child_yaml="$extends: [./a.yaml, ./b.yaml]\ninstructions: child\n",
    )
    assert body("child.yaml") == {
        "type": "realtime", "instructions": "child", "max_output_tokens": 2, "model": "gpt-realtime-2.1"
    }  # fmt: skip


def test_what_is_unset_is_gone_and_may_be_set_anew(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml=BASE,
        child_yaml="$extends: ./base.yaml\n$unset: [audio.input.turn_detection, audio.input.noise_reduction]\n"
        "audio: {input: {turn_detection: {type: semantic_vad}}}\n",
    )
    assert body("child.yaml")["audio"]["input"] == {"turn_detection": {"type": "semantic_vad"}}


def test_target_and_revision_are_inherited_and_partial_is_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="$partial: true\n$target: azure\n$revision: 2026-01-01\ntype: realtime\n",
        child_yaml="$extends: ./base.yaml\nmodel: our-phone-line\nreasoning: {effort: low}\n",
        other_yaml="$extends: ./empty.yaml\naudio: {}\n",
        empty_yaml="$partial: true\nmodel: gpt-realtime-2.1\n",
    )
    assert said("child.yaml") == [("CS605", "child.yaml", "reasoning")]
    assert [code for code, _path, _text in said("other.yaml")] == ["CS102"]


def test_a_file_is_text_where_text_belongs_and_data_elsewhere(tmp_path: Path) -> None:
    write(
        tmp_path,
        prompts__de_md="Grüß Gott.\n",
        tools_yaml="- {type: function, name: dial, parameters: {$file: dial.json}}\n",
        child_yaml="type: realtime\ninstructions: {$file: prompts/de.md}\ntools: {$file: tools.yaml}\n"
        "audio: {output: {voice: {$file: voice.yaml}}}\n",
        voice_yaml="id: voice_1\n",
    )
    (tmp_path / "dial.json").write_text(json.dumps({"type": "object", "properties": {}}))
    assert body("child.yaml") == {
        "type": "realtime",
        "instructions": "Grüß Gott.\n",
        "tools": [{"type": "function", "name": "dial", "parameters": {"type": "object", "properties": {}}}],
        "audio": {"output": {"voice": {"id": "voice_1"}}},
    }


def test_paths_start_at_the_file_that_names_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        prompts__base_yaml="type: realtime\ninstructions: {$file: hello.md}\n",
        prompts__hello_md="Hello.",
        child_yaml="$extends: prompts/base.yaml\n",
    )
    assert body("child.yaml")["instructions"] == "Hello."


def test_a_fault_stands_in_the_file_that_has_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml=BASE.replace("voice: marin", "voice: marin, speed: 2.0"),
        child_yaml="$extends: ./base.yaml\ntools: {$file: tools.yaml}\n",
        tools_yaml="- {type: function, name: dial, strict: true}\n",
    )
    assert said("child.yaml") == [("CS105", "base.yaml", "2.0"), ("CS403", "tools.yaml", "strict")]
    assert all("(through child.yaml)" in found.message for found in find("child.yaml"))


def test_an_inherited_key_can_be_dropped_where_it_is_inherited(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml=BASE,
        child_yaml="$extends: ./base.yaml\naudio: {input: {turn_detection: {type: semantic_vad}}}\n",
    )
    (found,) = find("child.yaml")
    assert (found.code, found.path) == ("CS204", "base.yaml")
    assert found.help is not None
    assert "$unset: [audio.input.turn_detection.silence_duration_ms]" in found.help


@pytest.mark.parametrize(
    ("text", "code", "at", "says"),
    [
        ("$extends: ./none.yaml", "CS018", "./none.yaml", "does not exist"),
        ("$extends: [prompts]", "CS018", "prompts", "is a folder"),
        ("instructions: {$file: none.md}", "CS018", "none.md", "does not exist"),
        ("instructions: {$file: large.md}", "CS018", "large.md", "is larger than"),
        ("instructions: {$file: latin.md}", "CS018", "latin.md", "is not UTF-8"),
        ("instructions: {$file: pipe}", "CS018", "pipe", "is no regular file"),
        ("instructions: {$file: /etc/hostname}", "CS019", "/etc/hostname", "is no path relative"),
        ("instructions: {$file: ../outside.md}", "CS019", "../outside.md", "is outside of the project"),
        ("instructions: {$file: link.md}", "CS019", "link.md", "leads out of the project by a link"),
        ("$extends: ./child.yaml", "CS020", "./child.yaml", "names itself"),
        ("$unset: [audio.output.voice]", "CS021", "audio.output.voice", "nothing is inherited"),
        ("$extend: ./base.yaml", "CS117", "$extend", "$extends"),
    ],
)
def test_each_way_of_going_wrong_is_found_at_the_line_that_names_it(
    tmp_path: Path, text: str, code: str, at: str, says: str
) -> None:
    (tmp_path.parent / "outside.md").write_text("secret")
    (tmp_path / "link.md").symlink_to(tmp_path.parent / "outside.md")
    (tmp_path / "large.md").write_bytes(b"a" * (MAX_BYTES + 1))
    (tmp_path / "latin.md").write_bytes("Grüß Gott".encode("latin-1"))
    os.mkfifo(tmp_path / "pipe")
    write(tmp_path, child_yaml=f"type: realtime\n{text}\n")
    assert said("child.yaml") == [(code, "child.yaml", at)]
    (found,) = find("child.yaml")
    assert says in f"{found.message} {found.help}"


def test_circles_are_found_however_long(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="$extends: ./b.yaml\ntype: realtime\n",
        b_yaml="$extends: ./c.yaml\n",
        c_yaml="$extends: ./a.yaml\n",
    )
    assert said("a.yaml") == [("CS020", "c.yaml", "./a.yaml")]
    assert "a.yaml → b.yaml → c.yaml → a.yaml" in find("a.yaml")[0].message


def test_a_file_that_includes_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"type": "object", "properties": {"a": {"$file": "p.json"}}}')
    write(tmp_path, child_yaml="type: realtime\ntools: [{type: function, name: dial, parameters: {$file: p.json}}]\n")
    assert said("child.yaml") == [("CS020", "p.json", '"p.json"')]


def test_bases_that_double_at_every_step_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, b40_yaml="type: realtime\n")
    for number in range(40):
        write(tmp_path, **{f"b{number}_yaml": f"$extends: [./b{number + 1}.yaml, ./b{number + 1}.yaml]\n"})
    assert said("b0.yaml") == []


def test_a_chain_that_does_not_end_is_cut(tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path, **{f"b{number}_yaml": f"type: realtime\n$extends: ./b{number + 1}.yaml\n"})
    (found,) = find("b0.yaml")
    assert (found.code, found.path) == ("CS018", "b63.yaml")


def test_files_beyond_all_measure_are_cut(tmp_path: Path) -> None:
    tools = "".join(f"- {{$file: tool{number}.yaml}}\n" for number in range(1100))
    for number in range(1100):
        write(tmp_path, **{f"tool{number}_yaml": f"type: function\nname: tool{number}\n"})
    write(tmp_path, child_yaml=f"type: realtime\ntools:\n{tools}")
    assert [code for code, _path, _text in said("child.yaml")] == ["CS018"]


def test_a_base_that_cannot_be_read_is_found_there_and_nothing_is_missed_because_of_it(tmp_path: Path) -> None:
    write(tmp_path, base_yaml="type: realtime\ntype: realtime\n", child_yaml="$extends: ./base.yaml\n")
    assert said("child.yaml") == [("CS002", "base.yaml", "type")]


def test_a_secret_of_a_base_is_shown_in_no_line(tmp_path: Path) -> None:
    secret = "crm-0815-abcdef-0815"  # noqa: S105 - planted
    write(
        tmp_path,
        base_yaml="type: realtime\ntools: [{type: mcp, server_label: crm, server_url: 'https://crm.example.com', "
        f"authorization: {secret}, colour: red}}]\n",
        child_yaml="$extends: ./base.yaml\n",
    )
    from callsheet.report.full import render
    from callsheet.report.run import Run

    shown = "".join(render(Run(find("child.yaml"), 1, color=False)))
    assert "colour" in shown
    assert secret not in shown


def test_the_project_can_be_named(tmp_path: Path) -> None:
    write(tmp_path, prompts__child_yaml="$extends: ../base.yaml\n", base_yaml=BASE)
    name = "prompts/child.yaml"
    assert said(name) == []
    with pytest.raises(callsheet.ProfileError, match="CS019"):
        callsheet.load(name, root="prompts")
    (tmp_path / ".git").rmdir()
    assert [code for code, _path, _text in said(name)] == ["CS019"]
    assert callsheet.load(name, root=".").kind == "realtime"


def test_nothing_is_read_for_data_of_a_program(tmp_path: Path) -> None:
    write(tmp_path, prompts__de_md="Hello.")
    assert callsheet.check({"type": "realtime", "instructions": {"$file": "prompts/de.md"}}) == []
