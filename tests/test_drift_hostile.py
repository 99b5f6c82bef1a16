"""`callsheet drift` and files that mean no good: it ends, in words, and says nothing that a terminal obeys."""

from __future__ import annotations

import copy
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callsheet.cli import main
from callsheet.drift import document, openapi, sdk
from callsheet.drift.compare import compare, fit
from callsheet.shape.derive import shapes
from callsheet.shape.kind import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.drift.upstream import Upstream

REFER = "/realtime/calls/{call_id}/refer"
ESCAPE = "\x1b[2J\n\x9b\x7f\u202e\u2028"
PYTHON = re.compile(
    r"Traceback|Error\b|object (is not|has no)|'(int|str|dict|list|NoneType|bool|float)'|recursion depth|unhashable|"
    r"<class|invalid literal|mistake in callsheet|None\b|True\b|False\b"
)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but `refer`, and no package; where callsheet itself is wrong, it shows where."""
    monkeypatch.setattr(sdk, "installed", lambda: None)
    monkeypatch.setattr("callsheet.shape.derive.KINDS", {"refer": KINDS["refer"]})
    monkeypatch.setenv("CALLSHEET_TRACEBACK", "1")


def written(schema: Any, components: dict[str, Any] | None = None, **paths: Any) -> dict[str, Any]:
    """A document whose one operation is `refer`."""
    operation = {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}
    return {"openapi": "3.1.0", "paths": {REFER: operation, **paths}, "components": {"schemas": components or {}}}


def of(schema: Any, components: dict[str, Any] | None = None) -> Upstream:
    return openapi.read(written(schema, components), "it", ["refer"])


def to(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def drift(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["drift", *words])
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return status, out.getvalue(), err.getvalue()


def refused(path: Path) -> str:
    """What is said of a file from which nothing can be read."""
    status, out, err = drift("--openapi", str(path))
    assert (status, out) == (2, "")
    assert err.count("\n") == 2  # that there is no package, and why there is nothing to compare with
    assert not PYTHON.search(err)
    return err


# files


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_a_device_is_not_read() -> None:
    assert "/dev/zero: no regular file" in refused(Path("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    code = "import sys; from callsheet.cli import main; sys.exit(main(['drift', '--openapi', sys.argv[1]]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "pipe")], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "pipe: no regular file" in done.stderr


def test_a_folder_is_named_as_such(tmp_path: Path) -> None:
    assert f"{tmp_path}: a folder" in refused(tmp_path)


def test_a_file_without_end_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    with file.open("wb") as stream:
        stream.truncate(document.MOST_BYTES + 1)
    assert "a.json: larger than 67,108,864 bytes" in refused(file)


def test_what_does_not_fit_into_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise MemoryError

    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(json, "loads", full)
    assert "too large for the memory" in refused(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"openapi": NaN}', "NaN is no number in JSON"),
        ("a.json", '{"openapi": 1e999}', "a number is too large: 1e999"),
        ("a.json", '{"openapi": ' + "1" * 5000 + "}", "a number is too large: 1111"),
        ("a.json", '{"a": {"b": ' * 101 + "1" + "}}" * 101, "nested too deep: more than 200 levels below /a/b/a/b"),
        ("a.yaml", "a: " + "[" * 100_000, "nested too deep: more than 200 levels"),
        ("a.yaml", "\n".join(" " * depth + "a:" for depth in range(300)), "a.yaml:201:201: nested too deep"),
        ("a.yaml", "a: &a [*a]\n", "a.yaml:1:8: broken YAML: `*a` stands within itself"),
        ("a.yaml", "a: *b\n", "nothing is named `&b`"),
        ("a.yaml", "a: &a [x]\n" + "b: &b [*a]\nc: &a [*b]\n" * 200, "nested too deep"),
        ("a.yaml", "? [a]\n: b\n", "a key that is no text"),
        ("a.yaml", "a: &a []\n*a : b\n", "a key that is no text"),
        ("a.yaml", "a: !!set {b}\n", "the tag `tag:yaml.org,2002:set` means nothing in JSON"),
        ("a.yaml", "a: !!int many\n", "the tag `tag:yaml.org,2002:int` means nothing in JSON"),
        ("a.yaml", "a: !!timestamp many\n", "means nothing in JSON"),
        ("a.yaml", "a: 1e999\n", "a number is too large: 1e999"),
        ("a.yaml", f"a: {'1' * 5000}\n", "a number is too large: 1111"),
        ("a.yaml", "a: \x01\n", "a character that YAML does not allow"),
        ("a.yaml", "a: b\n---\na: c\n", "more than one document"),
    ],
)
def test_a_text_that_is_none_exits_2_with_a_sentence(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert said in refused(tmp_path / name)


def test_yaml_is_read_as_plain_values(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "openapi: '3.1.0'\n200: &a {no: 010, ~: [x, !!str 5, !!float 5, '7', !!null '', \"\"]}\nb: *a\n<<: *a\n",
        encoding="utf-8",
    )
    inner = {"no": 10, "~": ["x", "5", 5.0, "7", None, ""]}
    assert document.load(file) == {"openapi": "3.1.0", "200": inner, "b": inner, "<<": inner}


# what takes for ever


def endless(form: str) -> dict[str, Any]:
    """Forty components, each of which says the next twice."""
    end = {"D40": {"type": "object"}}
    names = {f"D{index}": to(f"D{index + 1}") for index in range(40)}
    if form == "properties":
        return {name: {"type": "object", "properties": {"a": below, "b": below}} for name, below in names.items()} | end
    return {name: {form: [below, below]} for name, below in names.items()} | end


@pytest.mark.parametrize("form", ["properties", "anyOf", "oneOf", "allOf"])
def test_what_doubles_at_each_step_ends(form: str) -> None:
    upstream = of(to("D0"), endless(form))
    assert any("more than 100,000 schemas" in complaint.what for complaint in upstream.complaints)
    assert len(upstream.complaints) < 100
    assert fit(upstream, shapes()).clean is False


def test_aliases_that_double_at_each_step_end(tmp_path: Path) -> None:
    lines = ["openapi: 3.1.0", "a0: &a0 {type: string}"]
    lines += [f"a{index + 1}: &a{index + 1} {{properties: {{a: *a{index}, b: *a{index}}}}}" for index in range(40)]
    lines += ["b0: &b0 [x]", *(f"b{index + 1}: &b{index + 1} [*b{index}, *b{index}]" for index in range(40))]
    schema = "{properties: {target_uri: *a40, b: {default: *b40}}}"
    body = f"{{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}"
    lines.append(f"paths: {{'{REFER}': {{post: {body}}}}}")
    file = tmp_path / "a.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    status, out, _ = drift("--openapi", str(file))
    assert status == 1
    assert "more than 100,000 schemas" in out or "nested too deep" in out


def test_many_names_of_a_large_object_are_not_spelled_out() -> None:
    large = {"type": {"enum": [f"t{index}" for index in range(10_000)]}, **{f"k{index}": {} for index in range(5000)}}
    other = {"type": {"enum": ["other"]}}
    upstream = of({"properties": {"a": {"anyOf": [{"properties": large}, {"properties": other}]}}})
    assert "its keys would fill" in upstream.complaints[0].what


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"type": "array", "items": {"properties": {f"k{index}": {}}}} for index in range(20_000)]},
        {
            "properties": {f"k{index}": {} for index in range(5000)},
            "anyOf": [{"properties": {f"z{index}": {}}} for index in range(1000)],
        },
    ],
    ids=["forms", "common keys"],
)
def test_many_alternatives_end(schema: dict[str, Any]) -> None:
    assert of(schema).complaints


def test_a_long_key_is_not_repeated() -> None:
    (complaint,) = of({"properties": {"." * 1_000_000: {}}}).complaints
    assert complaint.what.startswith("a key of more than 200 characters: `.....")
    assert len(complaint.what) < 200


def spent(count: int) -> float:
    """What it costs to compare that many keys that are unknown, in seconds of the processor."""
    upstream = of({"type": "object", "properties": {f"k{index}": {"type": "string"} for index in range(count)}})
    before = time.process_time()
    assert len(compare(upstream, shapes()).news) == count + 1
    return time.process_time() - before


def test_many_unknown_keys_cost_what_they_are() -> None:
    """Forty times as many would cost 1,600 times as much if each looked through all others."""
    few = min(spent(500) for _ in range(3))
    assert spent(20_000) < 400 * few


# what a terminal would obey


def harmless(text: str) -> bool:
    obeyed = {"Cc", "Cf", "Zl", "Zp", "Cs"}
    return not any(unicodedata.category(letter) in obeyed for letter in text.replace("\n", ""))


HOSTILE = written(
    {
        "type": "object",
        "required": ["target_uri", ESCAPE],
        "properties": {
            "target_uri": {"type": "string", "enum": [ESCAPE], "default": ESCAPE, "pattern": ESCAPE},
            ESCAPE: {"anyOf": [{"properties": {"type": {"const": f"{ESCAPE}{word}"}}} for word in "ab"]},
            "keyword": {ESCAPE: 1},
            "type": {"type": ESCAPE},
            "reference": to(ESCAPE),
            "named": to(f"x{ESCAPE}"),
            "bound": {"type": "string", "pattern": 7, "minLength": ESCAPE},
        },
    },
    {f"x{ESCAPE}": {"type": "tuple"}},
    **{f"/realtime/{ESCAPE}": {"post": {"requestBody": {}}}},
)


@pytest.mark.parametrize("ending", ["json", "yaml"])
@pytest.mark.parametrize("flags", [(), ("--verbose",)])
def test_no_line_holds_what_a_terminal_obeys(ending: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / f"a{ESCAPE}.{ending}"
    text = json.dumps(HOSTILE) if ending == "json" else yaml.safe_dump(HOSTILE)
    file.write_text(text, encoding="utf-8")
    status, out, err = drift("--openapi", str(file), *flags)
    assert status == 1
    assert harmless(out)
    assert harmless(err)
    assert "\\x1b[2J\\n" in out


def test_json_escapes_what_a_terminal_obeys_and_keeps_the_keys(tmp_path: Path) -> None:
    file = tmp_path / "ä.json"
    target = {"target_uri": {"type": "string"}}
    schema = {
        "required": ["target_uri"],
        "properties": {**target, f"ä{ESCAPE}": {}, "ö": {"default": "\ud800"}, "\\\x9b\\": {}},
    }
    file.write_text(json.dumps(written(schema)), encoding="utf-8")
    status, out, _ = drift("--openapi", str(file), "--output-format", "json")
    assert status == 1
    assert harmless(out)
    paths = [difference["path"] for difference in json.loads(out)["comparisons"][0]["differences"]]
    assert paths == [f"ä{ESCAPE}", "ö", "\\\x9b\\"]
    assert '"ö"' in out


@pytest.mark.parametrize("text", ["[]", "{", '{"openapi": "3.1.0"}'])
def test_no_refusal_holds_what_a_terminal_obeys(text: str, tmp_path: Path) -> None:
    file = tmp_path / f"a{ESCAPE}.json"
    file.write_text(text, encoding="utf-8")
    assert harmless(refused(file))


def test_a_date_is_repeated_without_what_a_terminal_obeys() -> None:
    status, _, err = drift("--openapi", "a.json", "--revision", ESCAPE)
    assert status == 2
    assert harmless(err)


# values at odd places


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"properties": 5}, "`properties` is the number 5, and has to be an object"),
        ({"properties": []}, "`properties` is an empty list, and has to be an object"),
        (
            {"type": "object", "required": 7, "properties": {"a": {}}},
            "`required` is the number 7, and has to be a list",
        ),
        ({"required": ["a", {}]}, "`required` is a list, and has to be a list of words"),
        ({"enum": {}}, "`enum` is an object, and has to be a list of values"),
        ({"enum": []}, "`enum` is an empty list"),
        ({"enum": [[]]}, "an `enum` of something else"),
        ({"anyOf": 7}, "`anyOf` is the number 7, and has to be a list of schemas"),
        ({"anyOf": [7]}, "no schema stands here, but the number 7"),
        ({"allOf": {}}, "`allOf` is an object"),
        ({"allOf": [None]}, "no schema stands here, but null"),
        ({"allOf": [{"properties": 5}]}, "`properties` is the number 5"),
        ({"$ref": 5}, "`$ref` is the number 5, and has to be text"),
        ({"allOf": [{"$ref": []}]}, "`$ref` is a list, and has to be text"),
        ({"type": {"a": 1}}, "`type` is an object, and has to be a word or a list of words"),
        ({"type": "string", "minLength": True}, "`minLength` is true, and has to be a whole number"),
        ({"type": "string", "maxLength": -1}, "`maxLength` is the number -1"),
        ({"type": "string", "pattern": 7}, "`pattern` is the number 7, and has to be text"),
        ({"type": "number", "maximum": "1"}, "`maximum` is the text `1`, and has to be a number"),
        ({"type": "array", "items": 7}, "`items` is the number 7"),
        ({"type": "object", "additionalProperties": None}, "`additionalProperties` is null"),
        ({"nullable": "yes"}, "`nullable` is the text `yes`, and has to be true or false"),
        ({"type": "string", "default": list(range(1000))}, "a `default` that is too large to compare"),
        (to("Whole"), "#/components/schemas/Whole within itself"),
        (to("Round"), "leads back to itself"),
        (to("Seven"), "no schema stands here, but the number 7"),
        (to("Again"), "within itself"),
        ([], "no schema stands here, but a list"),
    ],
)
def test_a_value_at_an_odd_place_is_told_in_words_with_its_place(schema: Any, said: str) -> None:
    components = {
        "Whole": {"allOf": [to("Whole")]},
        "Round": to("Trip"),
        "Trip": to("Round"),
        "Seven": 7,
        "Again": {"properties": {"x": {}}, "anyOf": [to("Again"), to("Again")]},
    }
    upstream = of({"type": "object", "properties": {"target_uri": {"type": "string"}, "key": schema}}, components)
    assert said in upstream.complaints[0].what
    assert upstream.complaints[0].where in {f"POST {REFER}.key", "Whole", "Round", "Seven", "Again"}
    assert not any(PYTHON.search(complaint.what) for complaint in upstream.complaints)


@pytest.mark.parametrize("keyword", ["anyOf", "allOf"])
def test_what_is_nested_too_deep_is_told_with_its_place(keyword: str) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(90):
        schema = {keyword: [schema]}
    (complaint,) = of({"type": "object", "properties": {"key": schema}}).complaints
    assert complaint == (f"POST {REFER}.key", "schemas nested too deep: more than 64 levels")


def test_a_body_that_is_no_schema_is_told_and_not_compared() -> None:
    upstream = of(7)
    assert [complaint.what for complaint in upstream.complaints] == ["no schema stands here, but the number 7"]
    assert compare(upstream, shapes()).news == ()


def test_a_package_that_is_odd_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "openai" / "types" / "realtime" / "call_refer_params.py"
    module.parent.mkdir(parents=True)
    head = "from typing import Literal, TypedDict\nclass CallReferParams(TypedDict):\n"
    monkeypatch.setattr(sdk, "installed", lambda: tmp_path / "openai")
    for body, said in (
        ("    target_uri: Literal[b'a']\n", "holds more than words and numbers"),
        ("    target_uri: (\n", "line 3 of its module is no Python"),
        (f"    target_uri: {' | '.join(['int'] * 3000)}\n", "its types are nested too deep"),
    ):
        module.write_text(head + body, encoding="utf-8")
        status, out, err = drift()
        assert status == 1
        assert said in out
        assert not PYTHON.search(out + err)


EXCERPT = written(
    {"allOf": [to("Base"), {"type": "object", "required": ["target_uri"], "properties": {"more": to("Tool")}}]},
    {
        "Base": {
            "type": "object",
            "properties": {
                "target_uri": {"type": "string", "minLength": 1, "default": "a", "description": "where"},
                "words": {"type": "array", "items": to("Word"), "maxItems": 3},
                "count": {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": ["inf", None]}], "default": 1},
                "free": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            },
        },
        "Word": {"type": "string", "enum": ["a", "b"], "nullable": True},
        "Tool": {
            "oneOf": [
                {"type": "object", "properties": {"type": {"const": "a"}, "x": {"type": "number", "maximum": 1.5}}},
                {"type": "object", "properties": {"type": {"const": "b"}}, "additionalProperties": False},
            ],
            "discriminator": {"propertyName": "type"},
        },
    },
)
ODD_KEYS = st.sampled_from(
    ["", ".", "[x]", "a.b", ESCAPE, "$ref", "allOf", "anyOf", "type", "enum", "default", "x" * 300]
)
ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 3),
        st.just(10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=3),
        st.sampled_from(["", "object", "array", "null", ESCAPE, "#/components/schemas/Base", "#/", "#/paths"]),
        st.sampled_from(["Base", "Word", "Tool"]).map(to),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(ODD_KEYS | st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if at:
        yield at
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inner, (*at, step))


PLACES = [place for place in places(EXCERPT) if place != ("openapi",)]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.none() | ODD_KEYS, ODD), min_size=1, max_size=3), st.booleans())
def test_any_value_at_any_place_ends_in_sentences(changes: list[tuple[Any, str | None, Any]], as_yaml: bool) -> None:  # noqa: FBT001
    data = copy.deepcopy(EXCERPT)
    for place, key, value in changes:
        within: Any = data
        for step in place[:-1]:
            within = within[step] if isinstance(within, dict) and step in within else {}
        if isinstance(within, dict):
            within[place[-1] if key is None else key] = copy.deepcopy(value)
        elif isinstance(within, list) and isinstance(place[-1], int) and place[-1] < len(within):
            within[place[-1]] = copy.deepcopy(value)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("a.yaml" if as_yaml else "a.json")
        file.write_text(yaml.safe_dump(data) if as_yaml else json.dumps(data), encoding="utf-8")
        status, out, err = drift("--openapi", str(file), "--verbose")
        assert status in {0, 1, 2}
        assert harmless(out)
        assert harmless(err)
        assert not PYTHON.search(err)
        assert drift("--openapi", str(file), "--output-format", "json")[0] == status
