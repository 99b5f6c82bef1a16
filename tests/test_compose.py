"""What a profile takes from other files, and what is said when that goes wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import callsheet
from callsheet.compose import compose
from callsheet.lint import Linter, Options
from callsheet.project import Project, holds
from callsheet.shape.shape import Either, Entries, Field, Flag, Free, Items, Number, Record, Tagged, Text
from callsheet.source.document import read
from callsheet.source.problem import MAX_BYTES

if TYPE_CHECKING:
    from callsheet.diagnostic import Finding
    from callsheet.shape.shape import Shape

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


def test_what_a_file_says_of_itself_alone_is_not_inherited(tmp_path: Path) -> None:
    write(
        tmp_path,
        top_yaml="type: realtime\nmodel: gpt-realtime-2.1\nvoice: marin\n",
        base_yaml="$extends: top.yaml\n$unset: [voice]\n$partial: true\n$schema: s.json\n$target: openai\n",
        child_yaml="$extends: base.yaml\nx-note: mine\n",
    )
    judged = Linter(Options(today="2026-11-20"), Project()).judged(read("child.yaml", Path("child.yaml").read_bytes()))
    assert judged.root is not None
    assert judged.root.value == {
        "$extends": "base.yaml",
        "$target": "openai",
        "x-note": "mine",
        "type": "realtime",
        "model": "gpt-realtime-2.1",
    }


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


def test_what_would_not_help_is_not_to_be_dropped(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="$kind: realtime-beta\nvoice: alloy\n",
        child_yaml="$extends: ./base.yaml\n$kind: realtime-beta\n",
    )
    (found,) = find("child.yaml")
    assert (found.code, found.path) == ("CS607", "base.yaml")
    assert "$unset" not in (found.help or "")


@pytest.mark.parametrize(
    ("text", "code", "at", "says"),
    [
        ("$extends: ./none.yaml", "CS018", "./none.yaml", "does not exist"),
        ("$extends: [prompts]", "CS018", "prompts", "is a folder"),
        ("instructions: {$file: none.md}", "CS018", "none.md", "does not exist"),
        ("instructions: {$file: large.md}", "CS018", "large.md", "is larger than"),
        ("instructions: {$file: latin.md}", "CS018", "latin.md", "is not UTF-8"),
        ("instructions: {$file: pipe}", "CS018", "pipe", "is not a regular file"),
        ("instructions: {$file: /etc/hostname}", "CS019", "/etc/hostname", "is not a path relative"),
        ('$extends: "a\\0.yaml"', "CS019", '"a\\0.yaml"', "is not a path relative"),
        ("$extends: ~/a.yaml", "CS019", "~/a.yaml", "is not a path relative"),
        ("instructions: {$file: ../outside.md}", "CS019", "../outside.md", "is outside of the project"),
        ("instructions: {$file: link.md}", "CS019", "link.md", "leads out of the project by a link"),
        ("$extends: ./child.yaml", "CS020", "./child.yaml", "names itself"),
        ("$unset: [audio.output.voice]", "CS021", "audio.output.voice", "nothing to unset"),
        ("$extend: ./base.yaml", "CS117", "$extend", "$extends"),
        ("$extends: prompts\\base.yaml", "CS018", "prompts\\base.yaml", "write `/` between folders"),
        ("instructions: {$file: none.md, more: 1}", "CS101", "more", "more"),
        ("instructions: {$file: ''}", "CS112", "''", "empty"),
        ("max_output_tokens: {$file: prompts}", "CS103", "{$file: prompts}", "cannot come from `$file`"),
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


def test_each_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    write(tmp_path, child_yaml="type: realtime\n$extends: [a.yaml, b.yaml]\ninstructions: {$file: c.md}\n")
    assert sorted(said("child.yaml")) == [("CS018", "child.yaml", name) for name in ("a.yaml", "b.yaml", "c.md")]


def test_circles_are_found_however_long(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="$extends: ./b.yaml\ntype: realtime\n",
        b_yaml="$extends: ./c.yaml\n",
        c_yaml="$extends: ./a.yaml\n",
    )
    assert said("a.yaml") == [("CS020", "c.yaml", "./a.yaml")]
    assert "a.yaml → b.yaml → c.yaml → a.yaml" in find("a.yaml")[0].message


def test_a_circle_is_told_once_wherever_it_is_entered(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="$extends: ./b.yaml\ntype: realtime\n",
        b_yaml="type: realtime\n$extends: ./c.yaml\n",
        c_yaml="$extends: [d.yaml, a.yaml]\n",
        d_yaml="type: realtime\n",
        outside_yaml="$extends: ./c.yaml\n",
    )
    told = {name: [found for found in find(name) if found.code == "CS020"] for name in ("a.yaml", "b.yaml", "c.yaml")}
    places = {(found.path, found.span) for findings in told.values() for found in findings}
    assert len(places) == 1
    assert all("circle: a.yaml → b.yaml → c.yaml → a.yaml" in found[0].message for found in told.values())
    assert said("outside.yaml")[0][:2] == ("CS020", "c.yaml")
    assert lint(".")[1].count("CS020") == 1


@pytest.mark.parametrize("directives", ["$kind: realtime\n", "$revision: 2026-01-01\n$extends: x.yaml\n$kind: call\n"])
def test_directives_in_an_included_file_are_one_finding(tmp_path: Path, directives: str) -> None:
    write(
        tmp_path,
        audio_yaml=f"{directives}output: {{voice: marin}}\n",
        child_yaml="type: realtime\naudio: {$file: audio.yaml}\n",
    )
    assert said("child.yaml") == [("CS117", "audio.yaml", directives.partition(":")[0])]


def test_an_included_file_may_name_its_schema_for_an_editor(tmp_path: Path) -> None:
    (tmp_path / "audio.json").write_text('{"$schema": "audio.schema.json", "output": {"voice": "marin"}}')
    write(tmp_path, child_yaml="type: realtime\naudio: {$file: audio.json}\n")
    assert said("child.yaml") == []
    assert body("child.yaml")["audio"] == {"output": {"voice": "marin"}}


def test_a_schema_in_a_file_keeps_its_dollars(tmp_path: Path) -> None:
    schema = {"$schema": "https://json-schema.org/draft-07/schema#", "type": "object", "properties": {"$kind": {}}}
    (tmp_path / "dial.json").write_text(json.dumps(schema))
    write(
        tmp_path, child_yaml="type: realtime\ntools: [{type: function, name: dial, parameters: {$file: dial.json}}]\n"
    )
    assert said("child.yaml") == []
    assert body("child.yaml")["tools"][0]["parameters"] == schema


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
    assert "is file 65 in a chain; 64 are allowed" in found.message


def test_files_beyond_all_measure_are_cut(tmp_path: Path) -> None:
    tools = "".join(f"- {{$file: tool{number}.yaml}}\n" for number in range(1100))
    for number in range(1100):
        write(tmp_path, **{f"tool{number}_yaml": f"type: function\nname: tool{number}\n"})
    write(tmp_path, child_yaml=f"type: realtime\ntools:\n{tools}")
    (found,) = find("child.yaml")
    assert (found.code, found.text.content[slice(*found.span)]) == ("CS018", "tool1000.yaml")
    assert "would be file 1,001; a profile may use 1,000" in found.message


def test_a_base_that_cannot_be_read_is_found_there_and_nothing_is_missed_because_of_it(tmp_path: Path) -> None:
    write(tmp_path, base_yaml="type: realtime\ntype: realtime\n", child_yaml="$extends: ./base.yaml\n")
    assert said("child.yaml") == [("CS002", "base.yaml", "type")]


@pytest.mark.parametrize("base", ["model: [\n", "- model\n", ""])
def test_a_base_that_cannot_be_understood_is_the_only_fault(tmp_path: Path, base: str) -> None:
    write(tmp_path, base_yaml=base, other_yaml="audio: {}\n", child_yaml="$extends: [base.yaml, other.yaml]\n")
    (found,) = find("child.yaml")
    assert (found.path, found.code[:4]) == ("base.yaml", "CS00" if base[:1] == "m" else "CS01")


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
    (tmp_path / "pyproject.toml").touch()
    assert said(name) == []


@pytest.mark.parametrize(
    ("folder", "path", "within"),
    [
        ("/a", "/a", True),
        ("/a", "/a/b/c", True),
        ("/", "/a", True),
        ("/a", "/ab", False),
        ("/a/b", "/a", False),
        ("/a", "b", False),
    ],
)
def test_a_path_is_within_a_folder_or_is_not(folder: str, path: str, within: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert holds(folder, path) is within


def test_nothing_is_read_for_data_of_a_program(tmp_path: Path) -> None:
    write(tmp_path, prompts__de_md="Hello.")
    assert callsheet.check({"type": "realtime", "instructions": {"$file": "prompts/de.md"}}) == []


@pytest.mark.parametrize(
    "directives",
    [
        "$extends: {$file: base.yaml}",
        "$extends: {$env: BASE}",
        "$unset: {$file: base.yaml}",
        "$unset: [{$file: base.yaml}]",
        "$revision: {$env: REVISION}",
        "instructions: {$file: {$file: base.yaml}}",
        "instructions: {$file: {$env: BASE}}",
    ],
)
def test_what_names_files_is_written_out(tmp_path: Path, directives: str) -> None:
    write(tmp_path, base_yaml=BASE, child_yaml=f"type: realtime\n{directives}\n")
    assert [code for code, _path, _text in said("child.yaml")] == ["CS103"]


@pytest.mark.parametrize(
    ("directive", "code"), [("$extends: 5", "CS103"), ("$unset: 7", "CS103"), ("$extends: []", "CS112")]
)
def test_the_directives_of_a_base_are_checked_with_its_children(tmp_path: Path, directive: str, code: str) -> None:
    write(tmp_path, base_yaml=f"type: realtime\n{directive}\n", child_yaml="$extends: ./base.yaml\n")
    assert [(found, path) for found, path, _text in said("child.yaml")] == [(code, "base.yaml")]


def test_a_profile_with_no_base_that_can_be_meant_is_not_asked_for_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path, child_yaml="$extends: 5\ninstructions: Be brief.\n")
    assert [code for code, _path, _text in said("child.yaml")] == ["CS103"]


def test_a_placeholder_at_the_top_of_a_base_takes_nothing_away(tmp_path: Path) -> None:
    write(tmp_path, base_yaml=BASE + "$file: x.yaml\n", child_yaml="$extends: ./base.yaml\n")
    assert said("child.yaml") == [("CS117", "base.yaml", "$file")]


def test_a_placeholder_at_the_top_leaves_no_other_unfilled(tmp_path: Path) -> None:
    write(
        tmp_path,
        prompts__hi_md="Hello.",
        child_yaml="type: realtime\ninstructions: {$file: prompts/hi.md}\n$file: x.yaml\n",
    )
    assert said("child.yaml") == [("CS117", "child.yaml", "$file")]
    judged = Linter(Options(today="2026-11-20"), Project()).judged(read("child.yaml", Path("child.yaml").read_bytes()))
    assert judged.root is not None
    assert judged.root.value["instructions"] == "Hello."


def test_a_placeholder_at_the_top_of_one_of_several_bases_takes_nothing_away(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="type: realtime\nmodel: gpt-realtime-2\n",
        b_yaml="$env: MODEL\nmodel: gpt-realtime-2.1\n",
        child_yaml="$extends: [./a.yaml, ./b.yaml]\ninstructions: Hi.\n",
    )
    assert said("child.yaml") == [("CS117", "b.yaml", "$env")]


def test_what_is_wrong_with_the_text_of_each_base_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_yaml="type: realtime\nmodel: .inf\n",
        b_yaml="$extends: ./c.yaml\ninstructions: .nan\n",
        c_yaml="model: gpt-realtime-2.1\nmodel: gpt-realtime-2.1\n",
        child_yaml="$extends: [./a.yaml, ./b.yaml]\n",
    )
    assert sorted(said("child.yaml")) == [
        ("CS002", "c.yaml", "model"),
        ("CS009", "a.yaml", ".inf"),
        ("CS009", "b.yaml", ".nan"),
    ]


def test_mappings_from_files_merge_like_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="type: realtime\naudio: {$file: audio.yaml}\n",
        audio_yaml="output: {voice: marin}\ninput: {noise_reduction: {type: near_field}}\n",
        child_yaml="$extends: ./base.yaml\n$unset: [audio.input]\naudio: {output: {speed: 1.1}}\n",
    )
    assert said("child.yaml") == []
    assert body("child.yaml")["audio"] == {"output": {"voice": "marin", "speed": 1.1}}


INNER = Record("Inner", {"word": Field(Text()), "any": Field(Free())})
OTHER = Record("Other", {"word": Field(Items(Text())), "word2": Field(Number())})
TAGGED = Tagged({"inner": INNER, "other": OTHER})


@pytest.mark.parametrize(
    ("shape", "value", "filled"),
    [
        (Text(), "{$file: a.yaml}", "b: 1\n"),
        (Free(anything=True), "{$file: a.yaml}", {"b": 1}),
        (Free(anything=True), "{$file: b.md}", "b: 1\n"),
        (Free(), "{$file: b.md}", {"b": 1}),
        (Free(), "{c: [{$file: b.md}]}", {"c": ["b: 1"]}),
        (Entries(Text()), "{c: {$file: a.yaml}}", {"c": "b: 1"}),
        (Entries(Entries(Number())), "{$file: nested.yaml}", {"c": {"b": 1}}),
        (Items(Text()), "[x, {$file: a.yaml}]", ["x", "b: 1"]),
        (Items(Number()), "[1, {$file: a.yaml}]", [1, {"$file": "a.yaml"}]),
        (Number(), "{$file: a.yaml}", {"$file": "a.yaml"}),
        (Flag(), "[{$file: a.yaml}]", [{"$file": "a.yaml"}]),
        (INNER, "{word: {$file: a.yaml}}", {"word": "b: 1"}),
        (INNER, "{other: {$file: a.yaml}}", {"other": {"$file": "a.yaml"}}),
        (TAGGED, "{type: inner, word: {$file: a.yaml}}", {"type": "inner", "word": "b: 1"}),
        (TAGGED, "{type: other, word: [{$file: a.yaml}]}", {"type": "other", "word": ["b: 1"]}),
        (TAGGED, "{type: other, any: {$file: a.yaml}}", {"type": "other", "any": {"$file": "a.yaml"}}),
        (TAGGED, "{type: unknown, any: {$file: a.yaml}}", {"type": "unknown", "any": {"b": 1}}),
        (TAGGED, "{type: 1, word: [{$file: a.yaml}]}", {"type": 1, "word": ["b: 1"]}),
        (TAGGED, "{any: {$file: a.yaml}}", {"any": {"b": 1}}),
        (TAGGED, "{word: {$file: a.yaml}}", {"word": {"b": 1}}),
        (Either((Number(), Text())), "{$file: b.md}", "b: 1"),
        (Either((Text(), Items(Number()))), "{$file: a.yaml}", {"b": 1}),
        (Either((Text(), INNER)), "{$file: b.md}", "b: 1\n"),
        (Either((Text(), INNER)), "{$file: a.yaml}", {"b": 1}),
        (Either((Entries(Number()), TAGGED)), "{word: {$file: b.md}}", {"word": "b: 1"}),
        (Either((Entries(Text()), TAGGED)), "{word2: {$file: b.md}}", {"word2": "b: 1"}),
        (Either((Entries(Text()), Record("R", {"c": Field(Number())}))), "{c: {$file: b.md}}", {"c": "b: 1"}),
    ],
)
def test_where_a_file_may_stand_follows_from_the_shape(tmp_path: Path, shape: Shape, value: str, filled: Any) -> None:
    write(tmp_path, a_yaml="b: 1\n", b_md="b: 1\n", nested_yaml="c: {$file: a.yaml}\n")
    key = "text" if filled == "b: 1\n" else "value"  # in prose, the line keeps its end
    document = read("child.yaml", f"{key}: {value}\n".encode())
    found = compose(document, Project(), lambda _: Record("Top", {key: Field(shape)}))
    assert found.root.value == {key: filled}
    assert (found.whole, [fault.code for _, fault in found.faults]) == (True, [])


def test_text_may_stand_anywhere_in_free_data(tmp_path: Path) -> None:
    write(
        tmp_path,
        prompts__d_md="Use: this for refunds\n",
        child_yaml="type: realtime\ntools:\n- {type: function, name: pay, parameters: {type: object, properties: "
        "{why: {type: string, description: {$file: prompts/d.md}, enum: [a, {$file: prompts/d.md}]}}}}\n",
    )
    why = body("child.yaml")["tools"][0]["parameters"]["properties"]["why"]
    assert why["description"] == "Use: this for refunds\n"
    assert why["enum"] == ["a", "Use: this for refunds"]


@pytest.mark.parametrize("name", ["child.json", "child.yaml"])
def test_an_escaped_directive_is_a_directive(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"\\u0024extends": "./none.yaml", "type": "realtime"}')
    assert [code for code, _path, _text in said(name)] == ["CS018"]
    (tmp_path / name).write_text('{"type": "realtime", "instructions": {"\\u0024file": "none.md"}}')
    assert [code for code, _path, _text in said(name)] == ["CS018"]


@pytest.mark.parametrize(
    "key", ["$ext\\u0065nds", "$\\x65xtends", "\\U00000024extends", "$ext\\\n ends", "$ext\\\r\n ends"]
)
def test_a_directive_may_be_written_in_any_way_that_yaml_has(tmp_path: Path, key: str) -> None:
    (tmp_path / "child.yaml").write_bytes(f'type: realtime\n? "{key}"\n: ./none.yaml\n'.encode())
    assert [code for code, _path, _text in said("child.yaml")] == ["CS018"]


def test_a_file_behind_a_link_is_named_by_its_own_path(tmp_path: Path) -> None:
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "l").symlink_to("sub/deep")
    write(tmp_path, base_yaml=BASE, child_yaml="$extends: l/../base.yaml\n")
    (tmp_path / "sub" / "base.yaml").write_text("type: realtime\ncolour: 1\n")
    assert said("child.yaml") == [("CS101", "l/../base.yaml", "colour")]


def test_a_single_line_loses_the_break_at_its_end_but_in_prose(tmp_path: Path) -> None:
    write(
        tmp_path,
        prompts__v_md="marin\n",
        child_yaml="type: realtime\ninstructions: {$file: prompts/v.md}\n"
        "audio: {output: {voice: {$file: prompts/v.md}}}\n",
    )
    assert body("child.yaml")["instructions"] == "marin\n"
    assert body("child.yaml")["audio"]["output"]["voice"] == "marin"


def test_what_is_too_deep_too_large_or_too_much_ends_with_one_finding(tmp_path: Path) -> None:
    for number in range(12):
        text = '{"properties":{"a":' * 22 + f'{{"$file":"p{number + 1}.json"}}' + "}}" * 22
        (tmp_path / f"p{number}.json").write_text(text)
    (tmp_path / "p12.json").write_text("{}")
    tool = "type: realtime\ntools: [{type: function, name: dial, parameters: {$file: %s}}]\n"
    write(tmp_path, child_yaml=tool % "p0.json")
    assert "CS018" in {code for code, _path, _text in said("child.yaml")}

    (tmp_path / "big.json").write_text(json.dumps({"properties": {f"k{n}": {} for n in range(20_000)}}))
    many = "".join(f"- {{type: function, name: t{n}, parameters: {{$file: big.json}}}}\n" for n in range(50))
    write(tmp_path, child_yaml=f"type: realtime\ntools:\n{many}")
    assert [code for code, _path, _text in said("child.yaml") if code.startswith("CS0")] == ["CS018"]

    (tmp_path / "big.md").write_text("a" * 1_000_000)
    many = "".join(f"- {{type: function, name: t{n}, description: {{$file: big.md}}}}\n" for n in range(50))
    write(tmp_path, child_yaml=f"type: realtime\ntools:\n{many}")
    assert [code for code, _path, _text in said("child.yaml")] == ["CS018"]


@pytest.mark.parametrize(("values", "characters", "fits"), [(4, 5, True), (3, 5, False), (4, 4, False)])
def test_there_is_room_for_so_much_and_no_more(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    values: int,
    characters: int,
    fits: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    monkeypatch.setattr("callsheet.intake.MAX_NODES", values)
    monkeypatch.setattr("callsheet.intake.MAX_TEXT", characters)
    write(
        tmp_path,
        base_yaml="type: realtime\nmodel: gpt-realtime-2.1\n",
        hello_md="Hello",
        child_yaml="$extends: base.yaml\ninstructions: {$file: hello.md}\n",
    )
    assert {code for code, _path, _text in said("child.yaml")} == (set() if fits else {"CS018"})


def test_many_settings_can_be_unset_at_once(tmp_path: Path) -> None:
    keys = [f"k{number}" for number in range(5_000)]
    notes = "".join(f"{key}: {{type: input_text, text: a}}\n    " for key in keys)
    write(
        tmp_path,
        base_yaml=f"type: realtime\nprompt:\n  id: p\n  variables:\n    {notes}last: a\n",
        child_yaml="$extends: ./base.yaml\n$unset:\n" + "".join(f"- prompt.variables.{key}\n" for key in keys),
    )
    assert body("child.yaml")["prompt"]["variables"] == {"last": "a"}


def test_a_key_with_a_dot_can_be_unset(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="type: realtime\nprompt: {id: p, variables: {a.b: x, c: y}}\n",
        child_yaml="$extends: ./base.yaml\n$unset: [\"prompt.variables['a.b']\"]\n",
    )
    assert body("child.yaml")["prompt"]["variables"] == {"c": "y"}


def test_a_help_of_several_sentences_goes_on_as_well(tmp_path: Path) -> None:
    write(tmp_path, base_yaml="type: realtime\ntemperature: 0.8\n", child_yaml="$extends: ./base.yaml\n")
    (alone,) = find("base.yaml")
    (found,) = find("child.yaml")
    assert alone.help is not None
    assert alone.help == alone.own_help == f"{found.own_help}."
    assert found.help == f"{found.own_help}; or drop it in child.yaml with `$unset: [temperature]`"


def test_what_a_list_holds_cannot_be_unset_and_nobody_says_that_it_can(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="type: realtime\ntools: [{type: function, name: dial, colour: red}]\n",
        child_yaml="$extends: ./base.yaml\n",
    )
    (found,) = find("child.yaml")
    assert "$unset" not in (found.help or "")


def lint(*words: str) -> tuple[int, str]:
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from callsheet.cli import main

    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        status = main(["lint", "--output-format", "concise", *words])
    return status, out.getvalue()


def test_a_fault_of_a_base_is_told_once_and_no_two_faults_are_one(tmp_path: Path) -> None:
    write(
        tmp_path, base_yaml=BASE + "colour: 1\n", child_yaml="$extends: ./base.yaml\n", two_yaml="$extends: base.yaml\n"
    )
    assert lint(".")[1].count("CS101") == 1
    assert lint("./base.yaml", "child.yaml", "two.yaml")[1].count("CS101") == 1
    assert lint("child.yaml", str(tmp_path / "base.yaml"))[1].count("CS101") == 1
    (tmp_path / "both.json").write_text('{"type": "realtime", "truncation": {}}')
    assert lint("both.json")[1].count("CS102") == 2


def test_a_base_that_others_build_on_need_not_be_whole(tmp_path: Path) -> None:
    write(
        tmp_path, base_yaml="model: gpt-realtime-2.1\naudio: {}\n", child_yaml="$extends: ./base.yaml\ntype: realtime\n"
    )
    assert lint("base.yaml")[0] == 0
    assert lint(".")[0] == 0
    assert lint("base.yaml", "--isolated", "--root", str(tmp_path))[0] == 0
    assert lint("base.yaml", "child.yaml")[0] == 0
    (tmp_path / "child.yaml").unlink()
    assert lint("base.yaml")[0] == 1


def test_what_a_base_lacks_is_no_fault_of_it_whatever_its_code(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="type: realtime\naudio: {input: {format: {type: audio/pcm}}}\n",
        child_yaml="$extends: ./base.yaml\naudio: {input: {format: {rate: 24000}}}\n",
    )
    assert lint(".")[0] == 0
    (tmp_path / "child.yaml").unlink()
    assert lint(".")[1].count("CS203") == 1


def test_a_key_that_no_form_of_a_record_has_is_a_fault_before_its_form_is_known(tmp_path: Path) -> None:
    write(
        tmp_path,
        format_yaml="$partial: true\naudio: {input: {format: {encoding: audio/pcmu}}}\n",
        turn_yaml="$partial: true\naudio: {input: {turn_detection: {threshold: 0.5, colour: 1}}}\n",
        two_yaml="$partial: true\naudio: {input: {turn_detection: {colour: 1, color: 2}}}\n",
        later_yaml="$partial: true\n$revision: 2026-01-01\ntools: [{tunnel_id: a}]\n",
    )
    assert said("format.yaml") == [("CS101", "format.yaml", "encoding")]
    assert said("turn.yaml") == [("CS101", "turn.yaml", "colour")]
    assert said("two.yaml") == [("CS101", "two.yaml", "colour"), ("CS101", "two.yaml", "color")]
    assert said("later.yaml") == []


def test_the_project_that_is_named_has_to_exist(tmp_path: Path) -> None:
    write(tmp_path, child_yaml=BASE)
    assert lint("child.yaml", "--root", "none")[0] == 2
    assert lint("child.yaml", "--root", "child.yaml")[0] == 2


def test_advice_for_a_base_minds_the_profiles_that_build_on_it(tmp_path: Path) -> None:
    hint = "audio: {input: {transcription: {model: gpt-4o-transcribe}}}\n"
    write(
        tmp_path,
        base_yaml=f"$partial: true\ntype: realtime\n{hint}",
        whole_yaml=f"type: realtime\n{hint}",
        child_yaml="$extends: base.yaml\naudio: {input: {transcription: {prompt: 'Hotel Aurora, names of guests'}}}\n",
    )
    base, whole, child = (find(name)[0] for name in ("base.yaml", "whole.yaml", "child.yaml"))
    assert {found.code for found in (base, whole, child)} == {"CS603"}
    assert "suits all profiles that build on this one" in (base.help or "")
    assert "suits all" not in f"{whole.help}{child.help}"


def test_a_file_has_its_place_in_a_session_that_a_base_gives_its_type(tmp_path: Path) -> None:
    write(
        tmp_path,
        base_yaml="$kind: client-secret\nsession: {type: transcription}\n",
        audio_yaml="input: {noise_reduction: null}\n",
        child_yaml="$kind: client-secret\n$extends: ./base.yaml\nsession: {audio: {$file: audio.yaml}}\n",
    )
    assert body("child.yaml")["session"] == {"type": "transcription", "audio": {"input": {"noise_reduction": None}}}


def test_a_body_that_is_empty_is_of_the_kind_that_its_profile_says(tmp_path: Path) -> None:
    write(tmp_path, empty_yaml="$kind: client-secret\n")
    assert (body("empty.yaml"), callsheet.load("empty.yaml").kind) == ({}, "client-secret")
