"""`[tool.callsheet]` and callsheet.toml: which file counts, what it does, and what is said of a wrong one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.cli import main
from callsheet.config.choice import Choice, Flags
from callsheet.config.file import ConfigurationError
from callsheet.config.pattern import Patterns
from callsheet.config.quote import toml
from callsheet.config.toml import TOMLDecodeError, loads
from callsheet.config.toml_error import explain
from callsheet.config.written import configuration, misfits
from callsheet.loaded import ProfileError, load
from callsheet.report import FORMATS
from callsheet.schema.configuration import configuration_schema
from callsheet.shape.configuration import CONFIGURATION
from callsheet.source.problem import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

SLOW = "type: realtime\nmodel: gpt-realtime-2.1\naudio: {output: {speed: 2.0}}\n"
GOOD = "type: realtime\nmodel: gpt-realtime-2.1\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in an empty project; gives the exit status and both streams."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        return status, *capsys.readouterr()

    return run


def write(**files: str) -> None:
    """Files by their names, in which `__` is a slash and `_` before the ending a full stop."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def lint(run: Run, *words: str) -> tuple[int, list[str]]:
    status, out, _ = run("lint", "--output-format", "concise", *words)
    return status, [line.split(" ")[0] + line.split(" ")[1] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("name", "head"), [("pyproject_toml", "[tool.callsheet]\n"), ("callsheet_toml", "")], ids=["pyproject", "own"]
)
def test_each_key_does_what_it_says(run: Run, name: str, head: str) -> None:
    def configured(text: str) -> list[str]:
        write(**{name: head + text})
        return lint(run)[1]

    write(slow_yaml=SLOW, drafts__slow_yaml=SLOW, deep__drafts__slow_yaml=SLOW)
    everything = ["deep/drafts/slow.yaml:3:25:CS105", "drafts/slow.yaml:3:25:CS105", "slow.yaml:3:25:CS105"]
    assert configured("") == everything
    assert configured('include = ["drafts/"]') == everything[:2]
    assert configured('include = ["/drafts"]') == everything[1:2]
    assert configured('exclude = ["drafts"]') == everything[2:]
    assert configured('exclude = ["deep/**/slow.yaml", "./slow.yaml"]') == everything[1:2]
    assert configured('select = ["CS2"]') == []
    assert configured('select = ["CS2"]\nextend-select = ["out-of-range"]') == everything
    assert configured('ignore = ["CS105"]') == []
    assert configured('per-file-ignores = {"drafts/**" = ["CS1"]}') == [everything[0], everything[2]]
    assert configured("strict = true") == everything
    write(slow_yaml=SLOW.replace("realtime-2.1", "realtime-9"), **{name: head + 'target = "azure"'})
    assert lint(run, "slow.yaml")[1] == ["slow.yaml:3:25:CS105"]
    write(slow_yaml=GOOD + "reasoning: {effort: low}\n", **{name: head + "revision = 2026-03-01"})
    assert lint(run, "slow.yaml") == (1, ["slow.yaml:2:8:CS606", "slow.yaml:3:1:CS605"])
    assert lint(run, "slow.yaml", "--revision", "latest") == (0, [])


def test_a_profile_says_its_own_target_and_revision(run: Run) -> None:
    write(
        callsheet_toml='revision = "2026-03-01"\ntarget = "azure"', a_yaml=f"$revision: latest\n$target: openai\n{GOOD}"
    )
    assert lint(run, "a.yaml") == (0, [])
    write(a_yaml=GOOD.replace("2.1", "9") + "$target: openai\n$revision: latest\n")
    assert lint(run, "a.yaml")[1] == ["a.yaml:2:8:CS601"]


def test_warnings_fail_and_the_format_is_set(run: Run) -> None:
    write(callsheet_toml='strict = true\noutput-format = "json"', a_yaml=GOOD + "temperature: 0.8\n")
    status, out, _ = run("lint", "a.yaml")
    assert status == 1
    assert json.loads(out)["summary"]["warnings"] == 1
    assert run("lint", "a.yaml", "--output-format", "concise")[1].startswith("a.yaml:3:1: CS114")


def test_flags_count_before_keys(run: Run) -> None:
    write(callsheet_toml='ignore = ["CS105"]\nselect = ["CS1"]', a_yaml=SLOW)
    assert lint(run, "a.yaml") == (0, [])
    assert lint(run, "a.yaml", "--ignore", "CS2")[0] == 1
    assert lint(run, "a.yaml", "--isolated")[0] == 1
    assert lint(run, "a.yaml", "--config", "callsheet.toml")[0] == 0


def test_the_nearest_file_counts_and_nobody_looks_beyond_the_repository(run: Run) -> None:
    write(pyproject_toml='[tool.callsheet]\nignore = ["CS1"]', a_yaml=SLOW, sub__a_yaml=SLOW, sub__in__a_yaml=SLOW)
    assert lint(run)[1] == []
    write(sub__pyproject_toml='[project]\nname = "callsheet-user"\n')
    assert lint(run)[1] == []
    write(sub__callsheet_toml="")
    assert lint(run)[1] == ["sub/a.yaml:3:25:CS105", "sub/in/a.yaml:3:25:CS105"]
    Path("sub/in/.git").mkdir()
    Path("sub/callsheet.toml").write_text('ignore = ["CS1"]')
    assert lint(run)[1] == ["sub/in/a.yaml:3:25:CS105"]


def test_what_is_excluded_is_checked_where_it_is_named_unless_that_is_not_wanted(run: Run) -> None:
    write(callsheet_toml='exclude = ["a.yaml"]', a_yaml=SLOW, b_yaml=GOOD)
    assert lint(run, "a.yaml")[0] == 1
    assert lint(run, "a.yaml", "b.yaml", "--force-exclude") == (0, [])


def test_what_an_excluded_folder_says_counts_only_in_a_run_that_begins_there(run: Run) -> None:
    write(callsheet_toml='exclude = ["sub"]', sub__callsheet_toml="", sub__a_yaml=SLOW, b_yaml=GOOD)
    assert lint(run) == (0, [])
    assert lint(run, "sub")[0] == lint(run, "sub/a.yaml", "--force-exclude")[0] == 1


def test_patterns_of_a_configuration_from_elsewhere(run: Run) -> None:
    """Those for any depth hold; those that are bound to its folder do not."""
    write(shared__callsheet_toml="", own__drafts__a_yaml=SLOW, own__b_yaml=GOOD)

    def excluded(*patterns: str) -> list[str]:
        write(shared__callsheet_toml=f"exclude = {json.dumps(patterns)}")
        return lint(run, "own", "--config", "shared/callsheet.toml")[1]

    assert excluded("drafts") == excluded("**/drafts/a.yaml") == []
    assert excluded("own/drafts", "/drafts", "drafts/a.yaml") == ["own/drafts/a.yaml:3:25:CS105"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('strict = true\nselct = ["CS1"]\n', "callsheet.toml:2: there is no key `selct`; write `select`"),
        (
            "[tool.callsheet]\nstrict = true\n",
            "callsheet.toml:1: there is no key `tool`; the keys stand at the top here, without a table around them",
        ),
        (
            'strict = "yes"\nignore = "CS601"\n[callsheet]\n',
            (
                "callsheet.toml:1: `strict` must be true or false, not text; write true\n"
                'callsheet: callsheet.toml:2: `ignore` must be a list of texts, not text; write ["CS601"]\n'
                "callsheet: callsheet.toml:3: there is no key `callsheet`; the keys stand at the top here, "
                "without a table around them"
            ),
        ),
        ("\n\nstrict = 1\n", "callsheet.toml:3: `strict` must be true or false, not a number"),
        ('target = "azur"\n', "callsheet.toml:1: `azur` is no value for `target`"),
        ('output-format = "xml"\n', "callsheet.toml:1: `xml` is no value for `output-format`"),
        ('ignore = [\n  "CS1",\n  "CS999",\n]\n', "callsheet.toml:1: there is no rule `CS999`"),
        ('a = 1\n[per-file-ignores]\n"x/**" = ["nope"]\n', "callsheet.toml:3: there is no rule `nope`"),
        ('exclude = ["[z-a]"]\n', "callsheet.toml:1: `[z-a]` is not a pattern"),
        ('exclude = ["!keep"]\n', "callsheet.toml:1: `!keep` takes nothing back"),
        ('include = ["../shared"]\n', "callsheet.toml:1: `../shared` leads out of the folder of this file"),
        ("# strict or not\n\nstrict = 1\n", "callsheet.toml:3: `strict` must be true or false"),
        ('\n"str\\u0069ct" = 1\n', "callsheet.toml:1: `strict` must be true or false"),
        ('strict = true\nignore = [\n  "CS1",\n  5,\n]\n', "callsheet.toml:2: "),
        ("nothing = 1\n", "callsheet.toml:1: there is no key `nothing`; its keys are `include`, `exclude`, "),
        ('[per-file-ignores]\n"[z-a]" = ["CS1"]\n', "callsheet.toml:2: `[z-a]` is not a pattern"),
        ('[per-file-ignores]\n"!a" = ["CS1"]\n', "callsheet.toml:2: `!a` takes nothing back"),
        ("strict = \n", "callsheet.toml:1: a value is missing; write one, or remove the key"),
        ('revision = "2026-13-01"\n', "callsheet.toml:1: `2026-13-01` does not have the form of `revision`"),
        ('select = "CS1"\n', "callsheet.toml:1: `select` must be a list"),
    ],
)
def test_a_fault_is_named_with_its_line_and_exits_2(run: Run, text: str, says: str) -> None:
    write(callsheet_toml=text, a_yaml=GOOD)
    status, out, err = run("lint", "a.yaml")
    assert (status, out) == (2, "")
    assert f"callsheet: {says}" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("[tool.callsheet]\nstrict = true\n", True),
        ("[ tool . callsheet ]\nstrict = true\n", True),
        ("['tool'.\"callsheet\"]\nstrict = true\n", True),
        ("[tool]\ncallsheet.strict = true\n", True),
        ("[tool]\nother = 1\n[tool . callsheet]\nstrict = true\n", True),
        ("tool.callsheet.strict = true\n", True),
        ("tool = {other = 1, callsheet = {strict = true}}\n", True),
        ('"tool" = {callsheet = {strict = true}}\n', True),
        ("[project]\ndependencies = ['callsheet']\n[tool.other]\na = 1\n", False),
        ("[callsheet]\nstrict = true\n", False),
    ],
)
def test_a_table_counts_however_it_is_spelled(run: Run, text: str, counts: bool) -> None:  # noqa: FBT001 - a table
    write(pyproject_toml=text, a_yaml="type: realtime\nmodel: gpt-9\n")
    assert run("lint", "a.yaml")[0] == int(counts)


def test_a_configuration_may_be_so_large_and_no_larger(run: Run) -> None:
    text = 'ignore = ["CS105"]\n#'
    write(callsheet_toml=text + "x" * (MAX_BYTES - len(text)), a_yaml=SLOW)
    assert run("lint", "a.yaml")[0] == 0
    write(callsheet_toml=text + "x" * (MAX_BYTES - len(text) + 1))
    assert run("lint", "a.yaml") == (2, "", f"callsheet: callsheet.toml: is larger than {MAX_BYTES:,} bytes\n")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("strict = True\n", 1, "`True` is no value in TOML; write true"),
        ("\nstrict = off\n", 2, "`off` is no value in TOML; write false"),
        *((f"strict = {word}\n", 1, f"`{word}` is no value in TOML; write true") for word in ("TRUE", "yes", "On")),
        *((f"strict = {word}\n", 1, f"`{word}` is no value in TOML; write false") for word in ("False", "No", "OFF")),
        *((f"target = {word}\n", 1, "TOML has no null; remove the key") for word in ("null", "nil", "~")),
        ("target = None\n", 1, "TOML has no null; remove the key"),
        ("select = [\n  'CS1',\n  CS2,\n]\n", 3, "text without quotes around it; put it in quotes"),
        ("strict =", 1, "a value is missing; write one, or remove the key"),
        ('select = ["CS1"\nstrict = true\n', 2, "`,` or `]` is missing before this"),
        ('select = ["CS1" "CS2"]\n', 1, "`,` or `]` is missing before this"),
        ('select = "CS1\n', 1, "a quotation mark is never closed; close it, or take three"),
        ("a = 'b'\nselect = 'CS1\nstrict = true\n", 2, "a quotation mark is never closed; close it"),
        ('a = 1\nb = """\n\'x\'\n', 2, "a quotation mark is never closed; close it"),
        ("a = 1\nb = '''\n'x\n", 2, "a quotation mark is never closed; close it"),
        ('exclude = ["a\\d"]\n', 1, "an escape that TOML does not have; write \\\\ for a backslash"),
        ('select: ["CS1"]\n', 1, "a colon after a key, where TOML takes `=`; write `key = value`"),
        ("output format = 'json'\n", 1, "there is no `=` after this key"),
        ("strict = true\nstrict = true\n", 2, "this key is there already; keep one of the two"),
        ("[a]\n[a]\n", 2, "this table is there already; keep one of the two"),
        ("[tool.callsheet\nstrict = true\n", 1, "`]` is missing behind the name of a table"),
        ("[[tool]\n", 1, "`]` is missing behind the name of a table"),
        pytest.param(
            'per-file-ignores = {"a" = ["CS1"],\n}\n',
            1,
            "a key is missing; write a table in braces on one line",
            marks=pytest.mark.skipif(sys.version_info < (3, 11), reason="tomli takes it, as TOML 1.1 does"),
        ),
        ('{"strict": true}\n', 1, "this looks like JSON; write `key = value`"),
        ("// strict\n", 1, "no line can start like this; write `#` before a comment"),
        ("= true\n", 1, "this line is neither `key = value` nor `[table]`"),
        ("strict = true // always\n", 1, "there is more on this line than one value"),
        ("revision = 2026-02-31\n", 1, "a day or a time that there is not"),
        ("a = 'b\nc = 'd'\n", 1, "a quotation mark is never closed; close it, or take three"),
        ('a = "b\x07"\n', 1, "a control character, which cannot stand here; remove it"),
        ("a = 'b\x07'\n", 1, "a control character, which cannot stand here; remove it"),
        ("a = '", 1, "a quotation mark is never closed; close it"),
    ],
)
def test_a_text_that_is_not_toml_is_told_with_its_line(run: Run, text: str, line: int, says: str) -> None:
    write(callsheet_toml=text, a_yaml=GOOD)
    status, out, err = run("lint", "a.yaml")
    assert (status, out) == (2, "")
    assert err.startswith(f"callsheet: callsheet.toml:{line}: {says}")


def test_no_value_of_a_text_that_is_not_toml_is_repeated(run: Run) -> None:
    write(pyproject_toml="[tool.callsheet]\nstrict = true\n[tool.other]\ntoken = hunter-2-hunter\n", a_yaml=GOOD)
    status, _, err = run("lint", "a.yaml")
    assert (status, err) == (2, "callsheet: pyproject.toml:4: text without quotes around it; put it in quotes\n")


def test_a_key_that_breaks_lines_breaks_no_report(run: Run) -> None:
    """Neither by a line break, nor by what only some readers take for one; nor are those lines of the file."""
    Path("callsheet.toml").write_text('# a\u2028b\n"\u2028a\\nb" = 1\nstrct = 1\n', encoding="utf-8")
    status, _, error = run("lint", "a.yaml")
    assert status == 2
    first, second = error.splitlines()
    assert first.startswith(r"callsheet: callsheet.toml:1: there is no key `\u2028a\nb`;")
    assert second == "callsheet: callsheet.toml:3: there is no key `strct`; write `strict`"


def test_each_fault_has_a_line_of_its_own(run: Run) -> None:
    write(pyproject_toml='[project]\nname = "x"\n\n[tool.callsheet]\nstrict = 1\nonly = 2\n', a_yaml=GOOD)
    _, _, err = run("lint", "a.yaml")
    assert sorted(line.split(" ")[1] for line in err.splitlines()) == ["pyproject.toml:5:", "pyproject.toml:6:"]


def test_a_configuration_that_is_named_has_to_be_there(run: Run) -> None:
    write(a_yaml=GOOD, pyproject_toml='[project]\nname = "x"\n')
    assert run("lint", "a.yaml", "--config", "none.toml")[::2] == (
        2,
        "callsheet: none.toml: cannot be read: No such file or directory\n",
    )
    assert run("lint", "a.yaml", "--config", "pyproject.toml")[0] == 2
    assert run("lint", "a.yaml")[0] == 0


def test_other_commands_and_programs_heed_it(run: Run) -> None:
    write(callsheet_toml='ignore = ["CS105"]', a_yaml=SLOW)
    assert run("render", "a.yaml", "--as", "session")[0] == 0
    assert run("show", "a.yaml")[0] == 0
    assert load("a.yaml").body["audio"] == {"output": {"speed": 2.0}}
    assert run("render", "a.yaml", "--as", "session", "--isolated")[0] == 1
    write(callsheet_toml="")
    with pytest.raises(ProfileError):
        load("a.yaml")
    write(callsheet_toml="nothing = 1")
    with pytest.raises(ConfigurationError, match=r"callsheet\.toml:1: there is no key `nothing`"):
        load("a.yaml")


def test_what_is_in_force_is_shown_with_its_line(run: Run) -> None:
    write(
        pyproject_toml='[tool.callsheet]\nstrict = true\nper-file-ignores = {"a b.yaml" = ["CS1"]}\n', sub__a_yaml=GOOD
    )
    status, out, _ = run("config", "sub/a.yaml")
    assert status == 0
    assert "strict = true  # pyproject.toml:2\n" in out
    assert 'per-file-ignores = { "a b.yaml" = ["CS1"] }  # pyproject.toml:3\n' in out
    assert 'target = "openai"  # default\n' in out
    assert "# include is not set\n" in out
    shown: Any = json.loads(run("config", "--format", "json")[1])
    assert shown["settings"]["strict"] == {"value": True, "line": 2}
    assert shown["settings"]["ignore"] == {"value": [], "line": None}
    assert run("config", "--isolated")[1].startswith("# nothing is configured\n")


def test_the_schema_lists_what_there_is(run: Run) -> None:
    schema = json.loads(run("config", "--schema")[1])
    assert schema == json.loads(json.dumps(configuration_schema()))
    assert tuple(schema["properties"]["output-format"]["enum"]) == FORMATS
    jsonschema.Draft7Validator.check_schema(schema)
    for key, field in CONFIGURATION.fields.items():
        for example in field.examples:
            jsonschema.validate({key: example}, schema)
            assert not list(misfits({key: example}))


_VALUES = st.one_of(
    st.booleans(), st.sampled_from(["azure", "openai", "CS1", "json", "latest", "2026-01-01", ""]), st.none(),
    st.lists(st.sampled_from(["CS1", "pcm-rate", "", 1]), max_size=2),
    st.dictionaries(st.sampled_from(["a/**", "b"]), st.lists(st.sampled_from(["CS1", 2]), max_size=1), max_size=2),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*CONFIGURATION.fields, "other"]), _VALUES, max_size=3))
def test_the_schema_and_the_command_agree(said: dict[str, Any]) -> None:
    valid = jsonschema.Draft7Validator(configuration_schema()).is_valid(said)
    wrong = list(misfits(said))
    assert valid == (not [fault for fault in wrong if "there is no rule" not in fault.message])


_STEP = st.text("ab.*?", min_size=1, max_size=3).filter(lambda step: step not in (".", ".."))
_PATTERN = st.builds(
    lambda start, steps, end: start + "/".join(steps) + end,
    st.sampled_from(["", "/"]),
    st.lists(st.one_of(_STEP, st.sampled_from(["**", "[ab]", "[!a]b", "a[b.]"])), min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
)
_PATH = st.lists(
    st.text("ab.", min_size=1, max_size=3).filter(lambda step: step not in (".", "..")), min_size=1, max_size=4
)


@given(st.lists(_PATTERN, max_size=2), _PATH)
def test_patterns_mean_what_they_mean_to_git(patterns: list[str], path: list[str]) -> None:
    spec = pathspec.PathSpec.from_lines("gitignore", [pattern.rstrip("/") or "/" for pattern in patterns])
    mine = Patterns(patterns)
    down = ["/".join(path[:end]) for end in range(1, len(path) + 1)]  # what holds a folder holds all that is in it
    assert mine.match(down[-1]) == any(map(spec.match_file, down))
    if mine.match("/".join(path)):
        assert all(mine.may_match_below("/".join(path[:end])) for end in range(1, len(path)))


@pytest.mark.parametrize("pattern", [".", "./", "/"])
def test_a_pattern_can_mean_the_folder_itself(pattern: str) -> None:
    patterns = Patterns((pattern,))
    assert patterns.may_match_below("a")
    assert patterns.match("a/b.yaml")


@pytest.mark.parametrize(
    ("pattern", "within", "not_within"),
    [
        ("a/b", ["a", "a/b", "a/b/c"], ["b", "c", "a/c", "ab", "b/a"]),
        ("/a", ["a", "a/b"], ["b", "b/a"]),
        ("a/", ["a", "b", "b/a"], []),
        ("b", ["a", "b", "a/b/c"], []),
        ("X/a", ["X", "X/a"], ["a", "b"]),
        ("a/*/c", ["a", "a/b", "a/b/c"], ["b", "c"]),
        ("a/b*", ["a", "a/b", "a/bc"], ["b", "bc"]),
        ("a/**", ["a", "a/b"], ["b"]),
        ("**/a", ["a", "b"], []),
        ("./a/b", ["a", "a/b"], ["b"]),
    ],
)
def test_a_folder_may_hold_what_is_meant_or_cannot(pattern: str, within: list[str], not_within: list[str]) -> None:
    patterns = Patterns((pattern,))
    assert [folder for folder in within if not patterns.may_match_below(folder)] == []
    assert [folder for folder in not_within if patterns.may_match_below(folder)] == []
    assert all(Patterns(("z/z", pattern)).may_match_below(folder) for folder in within)
    assert not Patterns(()).may_match_below("a")


@pytest.mark.parametrize(
    ("pattern", "matches", "others"),
    [
        ("[\\d]", ["d", "\\"], ["1", "a", "X"]),
        ("[[a]", ["[", "a"], ["b", "X"]),
        ("[!a]", ["b", "!"], ["a"]),
        ("[^a]", ["b", "^"], ["a"]),
        ("[a-c]x", ["ax", "bx", "d/cx", "ax/y"], ["dx", "-x"]),
        ("[]]", ["]"], ["[", ""]),
        ("[a", ["[a"], ["a"]),
        ("a?c", ["abc", "a.c", "x/abc"], ["a/c", "ac", "abbc"]),
        ("a*", ["a", "ab", "x/ab/c"], ["ba"]),
        ("a/*", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("a**b", ["ab", "axb"], ["a/b"]),
        ("a.b", ["a.b"], ["axb"]),
        ("X/a", ["X/a"], ["a", "b/X/a"]),
    ],
)
def test_a_pattern_means_these_and_not_those(pattern: str, matches: list[str], others: list[str]) -> None:
    patterns = Patterns((pattern,))
    assert [path for path in matches if not patterns.match(path)] == []
    assert [path for path in others if patterns.match(path)] == []


def test_a_sentence_of_the_reader_that_nobody_knows_is_passed_on() -> None:
    class OtherError(TOMLDecodeError):
        def __init__(self) -> None:
            """Made of nothing: how they are made differs from reader to reader."""

        def __str__(self) -> str:
            return "Such a thing (at line 2, column 3)"

    assert explain(OtherError(), "a = 1\nb = 2\n") == (2, "this is not TOML; the reader says: Such a thing")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("Grüße", '"Grüße"'),
        ([], "[]"),
        (("a", "b"), '["a", "b"]'),
        ({}, "{}"),
        ({"a b": ["c"], "d": []}, '{ "a b" = ["c"], "d" = [] }'),
    ],
)
def test_a_value_is_written_as_toml(value: Any, text: str) -> None:
    assert toml(value) == text
    assert loads(f"key = {text}")["key"] == (list(value) if isinstance(value, tuple) else value)


@pytest.mark.parametrize(
    ("said", "enters"),
    [
        ({}, {"/p": True, "/p/a": True, "/q": True}),
        ({"exclude": ["a"]}, {"/p": True, "/p/a": False, "/p/a/b": False, "/p/b": True}),
        ({"include": ["a/b"]}, {"/p": True, "/p/a": True, "/p/a/b/c": True, "/p/b": False, "/q": True, "/px": True}),
        ({"include": ["a"], "exclude": ["a/b"]}, {"/p/a": True, "/p/a/b": False, "/p/a/b/c": False, "/p/c": True}),
    ],
)
def test_a_folder_is_entered_or_passed_over(said: dict[str, Any], enters: dict[str, bool]) -> None:
    chosen = configuration(said, "/p", "callsheet.toml")
    assert {folder: chosen.enters(folder) for folder in enters} == enters


@pytest.mark.usefixtures("run")
def test_a_choice_keeps_what_it_has_read(monkeypatch: pytest.MonkeyPatch) -> None:
    write(callsheet_toml='ignore = ["CS1"]', a__b_yaml=GOOD)
    choice = Choice(Flags(kind="realtime"))
    first = choice.options("a/b.yaml")
    monkeypatch.setattr("callsheet.config.file.found", lambda _folder: pytest.fail("it is known"))
    assert choice.options("a/other.yaml") is first
    assert first.kind == "realtime"
    assert first.selected is not None
    assert "CS105" not in first.selected
