"""`callsheet lint --fix`: what it mends, what it leaves alone, and what it does to files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from writing import RANDOMS, styled

from callsheet.cli import main
from callsheet.config.choice import Choice, Flags
from callsheet.diagnostic import Repair
from callsheet.fix.difference import unified
from callsheet.fix.fixer import Fixer
from callsheet.fix.repair import Mend, Mends, apart
from callsheet.lint import Linter, Options
from callsheet.patch import patch, same
from callsheet.project import Project
from callsheet.rules import RULES
from callsheet.source.document import read
from callsheet.source.edit import Edit, edited
from callsheet.source.text import Text
from callsheet.testing import Broken, broken_sessions
from callsheet.testing.yaml import Writer
from test_edit import comments

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from callsheet.rules.rule import Rule

    Lint = Callable[..., tuple[int, str, str]]

WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
TODAY = Options(today="2026-11-20")
LINTER = Linter(TODAY, Project())
FIXED = [rule for rule in RULES.values() if rule.fixed is not None]


def fix(content: str, name: str = "-", *, unsafe: bool = True) -> tuple[str, list[str]]:
    """The text after all fixes, and the codes of what was mended."""
    fixer = Fixer(Choice(Flags(today=TODAY.today)), unsafe=unsafe)
    after = fixer.fix(name, content.encode()).decode()
    return after, [done.finding.code for done in fixer.done]


def block(data: Any) -> str:
    yaml: Any = YAML()
    out = io.StringIO()
    yaml.dump(data, out)
    return "# the top\n" + out.getvalue().replace("\n", "  # here\n", 1)


def flow(data: Any) -> str:
    yaml: Any = YAML()
    yaml.default_flow_style = True
    yaml.width = 4096
    out = io.StringIO()
    yaml.dump(data, out)
    return f"# the top\n{out.getvalue()}"


def lines(data: Any) -> str:
    return json.dumps(data, indent=2) + "\n"


@pytest.mark.parametrize("style", [block, flow, lines, json.dumps], ids=["block", "flow", "json", "json-line"])
@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.name)
def test_each_fix_in_each_style(rule: Rule, style: Callable[[Any], str]) -> None:
    assert isinstance(rule.bad, str)
    assert rule.fixed is not None
    content = style(read("-", rule.bad.encode()).data)
    after, codes = fix(content)
    assert codes == [rule.code]
    assert same(read("-", after.encode()).data, read("-", rule.fixed.encode()).data)
    if not content.startswith("{"):
        assert after.startswith("# the top\n")
    assert fix(after) == (after, [])


@pytest.mark.parametrize(("name", "style"), [("block", block), ("flow", flow), ("json", lines)])
def test_the_fixes_in_each_style_as_people_read_them(name: str, style: Callable[[Any], str]) -> None:
    """What every fix does, as a diff: `tests/golden/fix/`; CALLSHEET_GOLDEN=write rewrites it."""
    kept = Path(__file__).parent / "golden" / "fix" / f"{name}.diff"
    pieces: list[str] = []
    for rule in FIXED:
        assert isinstance(rule.bad, str)
        content = style(read("-", rule.bad.encode()).data)
        pieces += unified(f"{rule.code}-{rule.name}", content.encode(), fix(content)[0].encode())
    if WRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("".join(pieces), encoding="utf-8")
    assert "".join(pieces) == kept.read_text(encoding="utf-8")


@given(st.sampled_from(["realtime", "transcription"]).flatmap(broken_sessions), RANDOMS, st.integers(0, 2))
def test_a_fix_changes_what_it_says_and_keeps_the_comments(broken: Broken, random: Random, style: int) -> None:
    content = [lambda data: Writer(random).document(data), lambda data: styled(data, random), lines][style](broken.body)
    document = read("-", content.encode("utf-8"))
    assume(document.root is not None and not document.faults)
    judged = LINTER.judged(document)
    mends = Mends(document, judged)
    for finding in judged.findings:
        mend = mends.proven(finding)
        event(f"{'no fix' if finding.fix is None else 'refused' if mend is None else 'made'}")
        if mend is None or finding.fix is None:
            continue
        after = edited(content, mend.repair.edits)
        data = read("-", after.encode("utf-8")).data
        if len(mend.changes) == len(finding.fix.changes):  # else it shows at several places
            assert same(data, patch(document.data, finding.fix.changes))
        if style < 2 and not any(character in content for character in "\x85\u2028\u2029"):
            assert Counter(comments(after)) <= Counter(comments(content))


@given(st.sampled_from(["realtime", "transcription"]).flatmap(broken_sessions), RANDOMS, st.booleans())
def test_a_second_run_finds_nothing_left_to_fix(broken: Broken, random: Random, unsafe: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    content = styled(broken.body, random)
    after, _ = fix(content, unsafe=unsafe)
    assert fix(after, unsafe=unsafe) == (after, [])


MESS = """\
# The line of Hotel Aurora.
$revision: latest            # today's
model: gpt-realtime-2.1

# how it sounds
voice: "marin"               # kept since May
input_audio_format: g711_ulaw
modalities: [audio, text]
turn_detection:
  type: server_vad           # not semantic
  # half a second
  silence_duration_ms: '500'
  create_response: yes

instructions: |
  Be brief.
  # no comment
tools:
  # the phone
  - type: function
    function:
      name: dial             # as the PBX calls it
      description: Dial a number.
    strict: true
id: sess_1                   # copied
"""
MENDED = """\
# The line of Hotel Aurora.
$revision: latest            # today's
type: realtime
model: gpt-realtime-2.1

# how it sounds
audio:
  output:
    voice: "marin"               # kept since May
  input:
    format: {type: audio/pcmu}
    turn_detection:
      type: server_vad           # not semantic
      # half a second
      silence_duration_ms: 500
      create_response: true
output_modalities: [audio]

instructions: |
  Be brief.
  # no comment
tools:
  # the phone
  - type: function
    name: dial             # as the PBX calls it
    description: Dial a number.
"""


def test_a_profile_from_another_time() -> None:
    assert fix(MESS)[0] == MENDED
    assert fix(MESS.replace("\n", "\r\n"))[0] == MENDED.replace("\n", "\r\n")
    typed = MESS.replace("model:", "type: realtime\nmodel:", 1)
    after = fix(typed, unsafe=False)[0]
    assert same(read("-", after.encode()).data, read("-", MENDED.encode()).data)
    assert Counter(comments(after)) == Counter(comments(MENDED))


def test_fixes_that_undo_each_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from callsheet.patch import Fix, Put
    from callsheet.rules import audio

    def body(_linter: Linter, data: dict[str, Any], **_: object) -> list[Any]:
        other = {"a": "b", "b": "a"}[data["model"]]
        return [audio.STRING_FORMAT.fault(("model",), "no", fix=Fix("write", (Put(("model",), other),)))]

    monkeypatch.setattr(Linter, "body", body)
    _, codes = fix("type: realtime\nmodel: a\n")
    assert len(codes) < 5


def test_repairs_of_one_list_are_proven_together_whichever_is_found_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from callsheet.patch import Change, Fix, Insert, Remove
    from callsheet.rules import audio

    made: list[Change] = [Remove(("tools", 2)), Remove(("tools", 0)), Insert(("tools", 2), "x"), Remove(("tools", 3))]

    def body(*_: object, **__: object) -> list[Any]:
        return [audio.STRING_FORMAT.fault(("tools",), f"no {one}", fix=Fix("mend", (one,))) for one in made]

    monkeypatch.setattr(Linter, "body", body)
    document = read("-", b"type: realtime\ntools:\n- a\n- b\n- c\n- d\n")
    mends = Mends(document, LINTER.judged(document))
    several = list(mends.all(unsafe=False))
    assert len(several) == len(made)
    for first in range(len(made)):
        for second in range(first):
            assert mends.proves([several[first], several[second]])
            assert mends.proves([several[second], several[first]])


@pytest.mark.parametrize(
    ("spans", "taken"),
    [
        ([], []),
        ([[(0, 2)], [(2, 3)], [(3, 4)]], [0, 2]),
        ([[(5, 6)], [(0, 2)], [(3, 4)]], [1, 2, 0]),
        ([[(0, 2), (8, 9)], [(4, 5)], [(10, 11)]], [0, 2]),
        ([[(8, 9), (0, 2)], [(9, 9)], [(10, 10)]], [0, 2]),
        ([[(0, 9)], [(3, 4)], [(9, 9)]], [0]),
    ],
)
def test_repairs_of_one_pass_do_not_meet(spans: list[list[tuple[int, int]]], taken: list[int]) -> None:
    text = Text("a.yaml", "x" * 20)
    finding: Any = None
    several = [
        Mend(finding, Repair("safe", "", text, tuple(Edit(*span, str(number)) for span in own)), ())
        for number, own in enumerate(spans)
    ]
    assert apart(several) == [several[number] for number in taken]


@pytest.mark.parametrize(("budget", "proven"), [(0, 0), (1, 1), (200, 2), (201, 3), (10_000, 5)])
def test_no_longer_is_proven_than_there_is_time(monkeypatch: pytest.MonkeyPatch, budget: int, proven: int) -> None:
    class Trusting(Mends):
        def __init__(self) -> None:
            """Nothing is read."""

        def proves(self, mends: Any) -> bool:
            return len(mends) == 1

    monkeypatch.setattr("callsheet.fix.repair._BUDGET", budget)
    text = Text("a.yaml", "x" * 100)
    finding: Any = None
    same_place = [Mend(finding, Repair("safe", "", text, (Edit(0, 5, str(number)),)), ()) for number in range(5)]
    assert list(Trusting().provable(same_place)) == same_place[:proven]


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ([], "abcd"),
        (["b"], "acd"),
        (["a", "d"], "bc"),
        (["ab"], "acd"),
        (["ad"], "ab"),
        (["a", "b"], "cd"),
        (["a", "b", "cd"], "c"),
        (["a", "b", "c", "d"], ""),
    ],
)
def test_as_many_repairs_are_made_at_once_as_are_proven_together(refused: list[str], left: str) -> None:
    class Picky(Mends):
        def __init__(self) -> None:
            """Nothing is read."""

        def proves(self, mends: Any) -> bool:
            return not any(set(together) <= set(mends) for together in refused)

    several: Any = list("abcd")
    made: Any = Picky().accepted(several)
    assert made == list(left)


def test_an_alias_is_mended_at_its_anchor_if_that_is_right_for_all() -> None:
    both = "x-f: &f {type: audio/pcm}\ntype: realtime\naudio: {input: {format: *f}, output: {format: *f}}\n"
    assert fix(both, unsafe=False) == (both.replace("pcm}", "pcm, rate: 24000}"), ["CS203"])
    mixed = (
        "x-t: &t {type: function, name: dial, strict: true}\ntype: realtime\ntools: [*t]\n"
        "prompt: {id: pmpt_1, variables: {}}\n"
    )
    assert "strict" not in fix(mixed)[0]
    used = (
        "type: realtime\ntools:\n- type: function\n  name: dial\n  parameters:\n    type: object\n"
        "    properties: {a: &a {type: integer, strict: true}}\n  <<: *a\n"
    )
    after, _ = fix(used)
    assert "properties: {a: &a {type: integer, strict: true}}" in after  # there it is a schema's own


# Files.


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Lint:
    """Runs `callsheet lint` in a project of its own; gives the exit status and both streams."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(["lint", "--today", "2026-11-20", *arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return run


BAD = b"type: realtime\naudio: {input: {format: pcm16}, output: {speed: 2}}\n"
GOOD = BAD.replace(b"pcm16", b"{type: audio/pcm, rate: 24000}")
BEST = GOOD.replace(b"speed: 2}", b"speed: 1.5}")


def test_safe_fixes_are_made_and_the_others_offered(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    status, out, err = lint("--fix")
    assert Path("a.yaml").read_bytes() == GOOD
    assert status == 1
    assert "CS105" in out
    assert "CS202" not in out
    assert err == "1 fixed, 1 left in 1 file; 1 more with --unsafe-fixes.\n"


def test_unsafe_fixes(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    assert lint("--fix", "--unsafe-fixes", "a.yaml") == (0, "", "2 fixed, 0 left in 1 file.\n")
    assert Path("a.yaml").read_bytes() == BEST
    assert lint("--fix", "--unsafe-fixes", "a.yaml") == (0, "", "All is well in 1 file.\n")


def test_the_difference_is_shown_and_nothing_written(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    status, out, err = lint("--diff")
    assert status == 1
    assert Path("a.yaml").read_bytes() == BAD
    assert out == (
        "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,2 @@\n type: realtime\n"
        f"-{BAD.decode().splitlines()[1]}\n+{GOOD.decode().splitlines()[1]}\n"
    )
    assert err == "1 can be fixed; 1 more with --unsafe-fixes.\n"
    Path("a.yaml").write_bytes(BEST)
    assert lint("--diff") == (0, "", "Nothing to fix.\n")


def test_a_diff_can_be_applied(lint: Lint, tmp_path: Path) -> None:
    Path("a.yaml").write_bytes(BAD)
    _, out, _ = lint("--diff", "--unsafe-fixes")
    done = subprocess.run(["patch", "-p0"], input=out.encode(), cwd=tmp_path, capture_output=True, check=False)  # noqa: S607 - the system's
    assert done.returncode == 0
    assert Path("a.yaml").read_bytes() == BEST


@pytest.mark.parametrize(
    "key", ["authorization: ", "authorization:\n    ", '"authoriz\\x61tion": ', "? authorization\n  : "]
)
def test_a_diff_shows_no_credential(lint: Lint, key: str) -> None:
    secret = "crm-4711-geheim"  # noqa: S105 - to be hidden
    Path("a.yaml").write_text(
        f"type: realtime\ntools:\n- type: mcp\n  server_label: crm\n  server_url: http://example.com\n  {key}{secret}\n"
    )
    _, out, _ = lint("--diff", "--unsafe-fixes")
    assert "+  server_url: https://example.com" in out
    assert secret not in out


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n", [" a: 1\n", "-b: 2\n", "+b: 3\n"]),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n", [" a: 1\r\n", "-b: 2\r\n", "+b: 3\r\n"]),
        ("a: 1\rb: 2\r", "a: 1\rb: 3\r", [" a: 1\n", "-b: 2\n", "+b: 3\n"]),
        ("a: 1\nb: 2", "a: 1\nb: 3\n", [" a: 1\n", "-b: 2\n\\ No newline at end of file\n", "+b: 3\n"]),
        ("a: \t\x1b\nb: 2\n", "a: \t\x1b\nb: 3\n", [" a: \t\\x1b\n", "-b: 2\n", "+b: 3\n"]),
    ],
    ids=["lf", "crlf", "cr", "no end", "control"],
)
def test_the_lines_of_a_diff(before: str, after: str, lines: list[str]) -> None:
    assert list(unified("a.yaml", before.encode(), after.encode()))[2:] == ["@@ -1,2 +1,2 @@\n", *lines]


def test_standard_input_comes_out_fixed(lint: Lint) -> None:
    status, out, err = lint("--fix", "-", stdin=BAD)
    assert (status, out) == (1, GOOD.decode())
    assert "CS105" in err
    status, out, err = lint("--fix", "-", stdin=b"type: [")
    assert (status, out) == (1, "type: [")
    assert lint("--diff", "-", stdin=BAD)[1].startswith("--- -\n+++ -\n")


@pytest.mark.parametrize(("below", "own"), [("input", "output"), ("output", "input")])
def test_of_what_standard_input_builds_on_nothing_is_changed(lint: Lint, below: str, own: str) -> None:
    base = f"$partial: true\naudio: {{{below}: {{format: pcm16}}}}\n"
    Path("base.yaml").write_text(base)
    text = f"$extends: base.yaml\ntype: realtime\naudio: {{{own}: {{format: pcm16}}}}\n"
    assert lint("--fix", "-", stdin=text.encode())[1] == text.replace("pcm16", "{type: audio/pcm, rate: 24000}")
    assert Path("base.yaml").read_text() == base


def test_what_takes_several_passes_is_written_at_once(lint: Lint) -> None:
    Path("a.yaml").write_text(MESS)
    assert lint("--fix", "--unsafe-fixes", "a.yaml")[0] == 0
    assert Path("a.yaml").read_text() == MENDED


def test_only_rules_that_are_selected_are_fixed(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    lint("--fix", "--unsafe-fixes", "--select", "CS105")
    assert Path("a.yaml").read_bytes() == BAD.replace(b"speed: 2}", b"speed: 1.5}")


def test_unsafe_fixes_go_with_fix(lint: Lint) -> None:
    assert lint("--unsafe-fixes", ".")[0] == 2


def test_the_statistics_count_what_was_fixed(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    assert "    1  CS202  fixed    string-format\n" in lint("--fix", "--statistics")[2]


BASE = b"$partial: true\naudio: {input: {format: pcm16}}  # base\n"


def test_a_base_is_fixed_once_and_that_is_said(lint: Lint) -> None:
    Path("base").mkdir()
    Path("base/base.yaml").write_bytes(BASE)
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text("$extends: base/base.yaml\ntype: realtime\n")
    status, out, err = lint("--fix", "a.yaml", "b.yaml")
    assert (status, out) == (0, "")
    assert err == "base/base.yaml: 1 fixed (through a.yaml)\n1 fixed, 0 left in 2 files.\n"
    assert Path("base/base.yaml").read_bytes() == BASE.replace(b"pcm16", b"{type: audio/pcm, rate: 24000}")
    assert Path("a.yaml").read_text() == "$extends: base/base.yaml\ntype: realtime\n"


def test_a_base_that_is_named_as_well_need_not_be_whole(lint: Lint) -> None:
    base = "model: gpt-realtime-2.1\naudio: {input: {format: pcm16}}\n"
    Path("a-base.yaml").write_text(base)
    Path("b.yaml").write_text("$extends: a-base.yaml\ntype: realtime\n")
    assert lint("--fix")[0] == 0
    assert Path("a-base.yaml").read_text() == base.replace("pcm16", "{type: audio/pcm, rate: 24000}")


def test_a_directive_of_a_base_is_not_written_into_the_profile(lint: Lint) -> None:
    Path("base.yaml").write_text("$partial: 'yes'\nmodel: gpt-realtime-2.1\n")
    Path("b.yaml").write_text("$extends: base.yaml\ntype: realtime\n")
    lint("--fix", "--unsafe-fixes", "b.yaml")
    assert Path("b.yaml").read_text() == "$extends: base.yaml\ntype: realtime\n"


def test_an_included_file_is_fixed(lint: Lint) -> None:
    Path("tools.json").write_text('[{"type": "function", "name": "dial", "strict": true}]')
    Path("a.yaml").write_text("type: realtime\ntools: {$file: tools.json}\n")
    assert lint("--fix", "a.yaml")[0] == 0
    assert Path("tools.json").read_text() == '[{"type": "function", "name": "dial"}]'


def test_a_prompt_in_a_file_of_its_own_is_never_touched(lint: Lint) -> None:
    Path("p.md").write_text("type: realtime\n")
    Path("a.yaml").write_text("type: realtime\noutput_modalities: {$file: p.md}\ninstructions: {$file: p.md}\n")
    lint("--fix", "--unsafe-fixes", "a.yaml")
    assert Path("p.md").read_text() == "type: realtime\n"


def test_what_overrules_a_base_is_not_removed(lint: Lint) -> None:
    Path("base.yaml").write_text("$partial: true\naudio: {output: {speed: 1.1}}\n")
    child = "$extends: base.yaml\ntype: realtime\naudio: {output: {speed: null}}\n"
    Path("a.yaml").write_text(child)
    lint("--fix", "--unsafe-fixes", "a.yaml")
    assert Path("a.yaml").read_text() == child


def test_what_is_wrong_in_one_profile_only_makes_a_fix_of_the_base_unsafe(lint: Lint) -> None:
    base = "$partial: true\naudio: {input: {turn_detection: {type: server_vad}}}\n"
    Path("base.yaml").write_text(base)
    Path("a.yaml").write_text(
        "$extends: base.yaml\ntype: transcription\naudio: {input: {transcription: {model: gpt-live-transcribe}}}\n"
    )
    assert lint("--fix", "a.yaml")[2].endswith("0 fixed, 1 left in 1 file; 1 more with --unsafe-fixes.\n")
    assert Path("base.yaml").read_text() == base


@pytest.mark.usefixtures("lint")
def test_a_fix_gives_the_new_content_of_a_file_and_writes_nothing() -> None:
    Path("a.yaml").write_bytes(BAD)
    fixer = Fixer(Choice(Flags(today=TODAY.today)))
    real = os.path.realpath("a.yaml")
    for _ in range(2):
        assert fixer.fix("a.yaml", BAD, real) == GOOD
        assert [(file.path, file.before, file.after) for file in fixer.changed] == [("a.yaml", BAD, GOOD)]
    assert Path("a.yaml").read_bytes() == BAD


def test_mode_and_link_and_byte_order_mark_stay(lint: Lint, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    target = there / "target.yaml"
    target.write_bytes(b"\xef\xbb\xbf" + BAD.replace(b"\n", b"\r\n"))
    target.chmod(0o640)
    Path("a.yaml").symlink_to(target)
    lint("--fix", "a.yaml")
    assert target.read_bytes() == b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n")
    assert target.stat().st_mode & 0o777 == 0o640
    assert Path("a.yaml").is_symlink()
    assert [file.name for file in there.iterdir()] == ["target.yaml"]


def test_a_file_that_changes_meanwhile_stays(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("a.yaml")
    path.write_bytes(BAD)
    synced = os.fsync

    def fsync(descriptor: int) -> None:
        path.write_bytes(b"type: realtime\n")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    status, _, err = lint("--fix", "a.yaml")
    assert status == 2
    assert "a.yaml has changed since it was read" in err
    assert path.read_bytes() == b"type: realtime\n"
    assert os.listdir() == [".git", "a.yaml"] or sorted(os.listdir()) == [".git", "a.yaml"]  # noqa: PTH208 - names


def test_a_file_that_cannot_be_written_stays(lint: Lint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = Path("a.yaml")
    path.write_bytes(BAD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, out, err = lint("--fix", "a.yaml")
    assert status == 2
    assert err.startswith("callsheet: a.yaml cannot be written: No space left on device; nothing in it was changed\n")
    assert "CS202" in out  # which is still there
    assert path.read_bytes() == BAD
    assert sorted(file.name for file in tmp_path.iterdir()) == [".git", "a.yaml"]


# For programs.


def test_json_has_the_edits(lint: Lint) -> None:
    Path("a.yaml").write_bytes(BAD)
    _, out, _ = lint("--output-format", "json")
    first, second = json.loads(out)["findings"]
    assert first["fix"] == {
        "applicability": "safe",
        "message": "write {type: audio/pcm, rate: 24000}",
        "edits": [
            {
                "path": "a.yaml",
                "location": {"line": 2, "column": 25},
                "end_location": {"line": 2, "column": 30},
                "content": "{type: audio/pcm, rate: 24000}",
            }
        ],
    }
    assert second["fix"]["applicability"] == "unsafe"


def test_json_has_no_edit_with_a_credential(lint: Lint) -> None:
    Path("a.yaml").write_text(
        "type: realtime\ntools:\n- {type: mcp, server_label: crm, server_url: 'http://me:geheim-4711@example.com'}\n"
    )
    _, out, _ = lint("--output-format", "json")
    assert "geheim" not in out


def test_a_plain_run_imports_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(BAD)
    program = (
        "import sys; from callsheet.cli import main; main(['lint', sys.argv[1]]); "
        "sys.exit(any('.fix' in name or name.endswith(('.edit', '.layout')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, check=False).returncode == 0
