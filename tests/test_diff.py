"""`callsheet diff`: what differs between two profiles, and whether an open session can go from one to the other."""

from __future__ import annotations

import copy
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from callsheet.cli import main
from callsheet.contrast.compare import changes, same
from callsheet.contrast.live import update
from callsheet.facts.liveness import LIVE, UNSET
from callsheet.lint import Options, check
from callsheet.loaded import ProfileError
from callsheet.loaded import profile as loaded
from callsheet.resolved import Resolved, resolve
from callsheet.setting import settings, value_of
from callsheet.shape.frozen import load
from callsheet.shape.table import rows
from callsheet.source.secret import HIDDEN, masked
from callsheet.testing import sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    Diff = Callable[..., tuple[int, str, str]]

GOLDEN = Path(__file__).parent / "golden" / "show"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
EXAMPLES = Path(__file__).parent.parent / "profiles"
PROFILES = [file for file in sorted(EXAMPLES.iterdir()) if file.suffix in {".yaml", ".json"}]
PLANTED = "Zq9-hunter2"
MCP = {"type": "mcp", "server_label": "a", "server_url": "https://a.example"}


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    """Runs `callsheet diff`; gives the exit status and both streams."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["diff", *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def resolved(data: dict[str, Any], kind: str | None = None) -> Resolved:
    return resolve("<data>.json", json.dumps(data).encode(), options=Options(kind, today="2026-11-20"))


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("flags", [(), ("--live",)], ids=["", "live"])
def test_a_difference_is_told_as_it_was(
    diff: Diff, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...], form: str
) -> None:
    monkeypatch.chdir(GOLDEN)
    status, out, err = diff(*flags, "clinic.yaml", "german.yaml", "--root", ".", "--output-format", form)
    kept = GOLDEN / f"{'live' if flags else 'diff'}.{'txt' if form == 'text' else 'json'}"
    if WRITE:
        kept.write_text(out, encoding="utf-8")
    assert (status, err) == (1, "")
    assert out == kept.read_text(encoding="utf-8")


# what differs


@given(sessions("realtime"))
def test_nothing_differs_from_itself(body: dict[str, Any]) -> None:
    assert changes(resolved(body), resolved(copy.deepcopy(body))) == []


@given(sessions("realtime"), sessions("realtime"))
def test_something_differs_where_the_data_do(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = changes(resolved(one), resolved(other))
    assert (found == []) == same(one, other)
    back = changes(resolved(other), resolved(one))
    assert sorted(change.path for change in back) == sorted(change.path for change in found)


@given(sessions("realtime"), st.data())
def test_one_change_is_one_difference(body: dict[str, Any], data: st.DataObject) -> None:
    body["audio"] = {**body.get("audio", {}), "output": {"speed": 1.25}}
    other = copy.deepcopy(body)
    other["audio"]["output"]["speed"] = data.draw(st.sampled_from([0.5, 1, 1.5]))
    (found,) = changes(resolved(body), resolved(other))
    assert (found.path, found.what) == ("audio.output.speed", "changed")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [(1, 1.0, True), (True, 1, False), ([1], [1, 2], False), ({"a": None}, {}, False), ("", None, False)],
)
def test_values_are_compared_as_json(one: Any, other: Any, is_same: bool) -> None:  # noqa: FBT001 - a column
    assert same(one, other) is is_same


def test_tools_go_by_their_names() -> None:
    find = {"type": "function", "name": "find", "description": "Find."}
    hang_up = {"type": "function", "name": "hang_up"}
    one = resolved({"type": "realtime", "tools": [find, hang_up]})
    other = resolved({"type": "realtime", "tools": [MCP, hang_up, {**find, "description": "Look."}]})
    found = {change.path: change.what for change in changes(one, other)}
    assert found == {"tools[find].description": "changed", "tools[a]": "added", "tools": "moved"}


def test_a_side_that_is_not_set_says_what_counts_there() -> None:
    one, other = resolved({"type": "realtime"}), resolved({"type": "realtime", "audio": {"output": {"speed": 1.2}}})
    (found,) = changes(one, other)
    assert (found.what, found.otherwise) == ("added", "1")


def test_a_place_is_that_of_the_file_it_comes_from(diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    found = json.loads(diff("clinic.yaml", "german.yaml", "--root", ".", "--output-format", "json")[1])
    (model,) = (one for one in found["changes"] if one["path"] == "model")
    assert (model["left"]["spot"], model["right"]["spot"]) == (
        {"path": "base.yaml", "line": 3},
        {"path": "german.yaml", "line": 3},
    )


# an open session


def merge(old: Any, new: Any) -> Any:
    """A mapping merged into another, at every depth; one of another type replaces it, and everything else does too."""
    if not isinstance(old, dict) or not isinstance(new, dict) or old.get("type") != new.get("type", old.get("type")):
        return new
    return {**old, **{key: merge(old.get(key), value) for key, value in new.items()}}


def replace(old: Any, new: Any) -> Any:
    """The same where the service merges only what every session has, and replaces the objects in it."""
    parts = ("audio", "reasoning")
    result = {**old, **{key: value for key, value in new.items() if key not in parts}}
    for key in parts:
        if key in new:
            result[key] = {**(old.get(key) or {}), **new[key]}
    for key in ("input", "output"):
        if key in new.get("audio", {}):
            result["audio"][key] = {**((old.get("audio") or {}).get(key) or {}), **new["audio"][key]}
    return result


def effective(body: dict[str, Any], kind: str) -> dict[str, Any]:
    """What counts in a session, by the name of the setting, with the words for what is not there."""
    found: dict[str, Any] = {}
    for setting in settings(resolved(body, kind)):
        in_words = setting.value is None or setting.name == "tools"
        words = value_of(setting).removeprefix("null (").rstrip(")").replace("null", "-")
        is_cleared = setting.value in ([], "") and setting.name in UNSET  # which is the same as not being there
        found[setting.name] = words if in_words else "-" if is_cleared else setting.value
    return found


def plain(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Sessions without what hides its value."""
    return sessions(kind).filter(lambda body: HIDDEN not in json.dumps(masked(body)))


@pytest.mark.parametrize("apply", [merge, replace])
@pytest.mark.parametrize("kind", ["realtime", "transcription", "translation"])
@given(data=st.data())
def test_the_update_makes_the_one_session_the_other(kind: str, apply: Callable[..., Any], data: st.DataObject) -> None:
    one, other = data.draw(plain(kind)), data.draw(plain(kind))
    if kind == "realtime":
        one["model"] = other["model"] = "gpt-realtime-2.1"  # which stays, and says what counts beside it
    found = update(resolved(one, kind), resolved(other, kind))
    sent = {} if found.event is None else found.event["session"]
    result, wanted = effective(apply(one, sent), kind), effective(other, kind)
    told = tuple(obstacle.path for obstacle in found.obstacles if obstacle.path != "audio.output.voice")
    for name in wanted.keys() | result.keys():
        if any(
            name == path or name.startswith((f"{path}.", f"{path}[")) or path.startswith(f"{name}.") for path in told
        ):
            continue
        assert same(result.get(name), wanted.get(name)), name


@pytest.mark.parametrize("kind", ["realtime", "transcription"])
@given(data=st.data())
def test_the_service_takes_the_update(kind: str, data: st.DataObject) -> None:
    one, other = data.draw(sessions(kind)), data.draw(sessions(kind))
    found = update(resolved(one, kind), resolved(other, kind))
    assume(found.event is not None)
    assert [finding for finding in check(found.event, "session-update") if finding.severity == "error"] == []


@given(sessions("realtime"))
def test_there_is_nothing_to_send_to_a_session_that_is_there_already(body: dict[str, Any]) -> None:
    found = update(resolved(body), resolved(copy.deepcopy(body)))
    assert (found.event, found.obstacles, found.reaches) == (None, [], True)


def moves(one: dict[str, Any], other: dict[str, Any]) -> tuple[Any, list[tuple[str, str]]]:
    """The session in the update, and the obstacles, of two realtime sessions."""
    found = update(resolved({"type": "realtime", **one}), resolved({"type": "realtime", **other}))
    sent = None if found.event is None else {k: v for k, v in found.event["session"].items() if k != "type"}
    return sent, [(obstacle.path, obstacle.sort) for obstacle in found.obstacles]


def heard(**parts: Any) -> dict[str, Any]:
    return {"audio": {"input": parts}}


VAD = {"type": "server_vad", "threshold": 0.7}
RATIO = {"type": "retention_ratio", "retention_ratio": 0.6}


@pytest.mark.parametrize(
    ("one", "other", "sent", "obstacles"),
    [
        ({"model": "a"}, {"model": "b"}, None, [("model", "refused")]),
        ({}, {"model": "b"}, None, [("model", "condition")]),
        ({"model": "a"}, {}, None, []),
        (
            {"audio": {"output": {"voice": "ash"}}},
            {"audio": {"output": {"voice": "marin"}}},
            {"audio": {"output": {"voice": "marin"}}},
            [("audio.output.voice", "condition")],
        ),
        (
            {"audio": {"output": {"voice": "ash"}}},
            {},
            {"audio": {"output": {"voice": "alloy"}}},
            [("audio.output.voice", "condition")],
        ),
        ({}, {"audio": {"output": {"voice": "alloy"}}}, None, []),
        ({"tracing": "auto"}, {}, None, [("tracing", "refused")]),
        ({"tracing": "auto"}, {"tracing": {"group_id": "a"}}, None, [("tracing", "refused")]),
        ({}, {"tracing": "auto"}, {"tracing": "auto"}, []),
        ({"tracing": None}, {"tracing": "auto"}, {"tracing": "auto"}, []),
        ({"tracing": None}, {}, None, []),
        ({"instructions": "a"}, {}, {"instructions": ""}, [("instructions", "condition")]),
        ({"instructions": "a"}, {"instructions": ""}, {"instructions": ""}, []),
        ({"tools": [MCP]}, {}, {"tools": []}, []),
        ({"prompt": {"id": "p"}}, {}, {"prompt": None}, []),
        (
            {"prompt": {"id": "p", "version": "2"}},
            {"prompt": {"id": "p"}},
            {"prompt": {"id": "p", "version": None}},
            [],
        ),
        ({"max_output_tokens": 9}, {}, {"max_output_tokens": "inf"}, []),
        ({"reasoning": {"effort": "high"}}, {}, {"reasoning": {"effort": "low"}}, []),
        ({"parallel_tool_calls": True}, {}, None, [("parallel_tool_calls", "stays")]),
        (heard(noise_reduction={"type": "near_field"}), {}, heard(noise_reduction=None), []),
        (heard(transcription={"model": "whisper-1"}), heard(transcription=None), heard(transcription=None), []),
        (
            heard(transcription={"model": "whisper-1", "prompt": "a", "language": "de"}),
            heard(transcription={"model": "whisper-1"}),
            heard(transcription={"model": "whisper-1", "prompt": ""}),
            [("audio.input.transcription.language", "stays")],
        ),
        (heard(turn_detection=VAD), heard(turn_detection=None), heard(turn_detection=None), []),
        (heard(turn_detection=VAD), {}, heard(turn_detection={"type": "server_vad", "threshold": 0.5}), []),
        (heard(turn_detection=None), {}, heard(turn_detection={"type": "server_vad"}), []),
        (
            heard(turn_detection=VAD),
            heard(turn_detection={"type": "semantic_vad"}),
            heard(turn_detection={"type": "semantic_vad"}),
            [],
        ),
        (
            {"truncation": {**RATIO, "retention_ratio": 0.5, "token_limits": {"post_instructions": 9}}},
            {"truncation": RATIO},
            {"truncation": RATIO},
            [("truncation.token_limits", "stays")],
        ),
        (heard(format={"type": "audio/pcmu"}), {}, None, [("audio.input.format", "stays")]),
        ({"prompt": {"id": "p", "variables": {"a": "1", "b": "2"}}}, {"prompt": {"id": "p", "variables": {"a": "1"}}},
         {"prompt": {"id": "p", "variables": {"a": "1"}}}, [("prompt.variables.b", "condition")]),
    ],
)  # fmt: skip
def test_what_an_update_can_do(
    one: dict[str, Any], other: dict[str, Any], sent: Any, obstacles: list[tuple[str, str]]
) -> None:
    assert moves(one, other) == (sent, obstacles)


def test_a_session_stays_of_its_kind() -> None:
    found = update(resolved({"type": "realtime"}), resolved({"type": "transcription", "audio": {}}))
    assert found.event is None
    assert [(obstacle.path, obstacle.sort) for obstacle in found.obstacles] == [("type", "refused")]


def test_of_the_flat_shape_no_update_is_known() -> None:
    beta = resolved({"$target": "azure-preview", "modalities": ["text"]}, "realtime-beta")
    assert not update(beta, beta).reaches


def test_the_facts_are_about_settings_that_there_are() -> None:
    plain_paths = {re.sub(r"\[[^]]*\]", "", path) for path in rows(load()["realtime"])}
    assert LIVE.keys() | UNSET.keys() <= plain_paths
    assert all(entry.source for entry in LIVE.values())
    assert all(entry.source for entry in UNSET.values())


def test_what_takes_a_setting_back_is_a_value_that_it_takes() -> None:
    for path, unset in UNSET.items():
        body: dict[str, Any] = {"type": "realtime"}
        holder = body
        for step in path.split(".")[:-1]:
            holder = holder.setdefault(step, {"model": "gpt-transcribe"} if step == "transcription" else {})
        holder[path.rpartition(".")[2]] = unset.value
        try:
            loaded(body)
        except ProfileError as error:  # pragma: no cover - says why it fails
            pytest.fail(str(error))


# the command


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda file: file.name)
def test_every_example_can_be_compared(diff: Diff, profile: Path, form: str) -> None:
    other = PROFILES[PROFILES.index(profile) - 1]
    status, out, err = diff(str(profile), str(other), "--live", "--output-format", form)
    assert status in (0, 1)
    assert (bool(out), err) == (True, "")
    assert diff(str(profile), str(profile), "--live", "--output-format", form)[0] == 0


def test_the_exit_status_says_whether_they_differ_or_the_session_can_follow(diff: Diff, tmp_path: Path) -> None:
    one, other, far = (str(tmp_path / f"{name}.yaml") for name in "abc")
    Path(one).write_text("type: realtime\nmodel: gpt-realtime-2\n")
    Path(other).write_text("type: realtime\nmodel: gpt-realtime-2\ninstructions: Be brief.\n")
    Path(far).write_text("type: realtime\nmodel: gpt-realtime-2.1\n")
    assert [diff(one, one)[0], diff(one, other)[0], diff(one, far)[0]] == [0, 1, 1]
    assert [diff(one, one, "--live")[0], diff(one, other, "--live")[0], diff(one, far, "--live")[0]] == [0, 0, 1]
    assert "Yes: the open session can" in diff(one, other, "--live")[1]
    assert "No: the open session cannot" in diff(one, far, "--live")[1]


def test_what_cannot_be_compared_is_a_usage_error(diff: Diff, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("type: realtime\n")
    bad.write_text("type: [")
    assert diff(str(good), str(tmp_path / "none.yaml"))[0] == 2
    assert diff("-", "-")[0] == 2
    status, out, err = diff(str(good), str(bad))
    assert (status, out) == (2, "")
    assert "bad.yaml" in err


def test_no_update_carries_errors(diff: Diff, tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.yaml", tmp_path / "wrong.yaml"
    good.write_text("type: realtime\n")
    wrong.write_text("type: realtime\nvoice: marin\n")
    status, out, err = diff(str(good), str(wrong), "--live")
    assert (status, "error[CS107]" in out, "as a whole" in err) == (1, True, True)
    status, out, err = diff(str(good), str(wrong))
    assert (status, "voice  added" in out, "has errors" in err) == (1, True, True)


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    "part",
    [
        {"authorization": f"{PLANTED}-a"},
        {"headers": {"X-Pass": PLANTED}},
        {"authorization": {"$env": "CRM_TOKEN", "default": PLANTED}},
        {"server_url": f"https://a.example/?token={PLANTED}"},
        {"server_description": f"password: {PLANTED}"},
        {"server_label": f"token={PLANTED}"},
    ],
    ids=str,
)
def test_no_secret_is_shown(diff: Diff, tmp_path: Path, part: dict[str, Any], form: str) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    one.write_text(json.dumps({"type": "realtime", "tools": [{**MCP, "authorization": f"{PLANTED}-b"}]}))
    other.write_text(json.dumps({"type": "realtime", "tools": [{**MCP, **part}]}))
    for flags in ((), ("--live",)):
        for pair in ((one, other), (other, one)):
            status, out, err = diff(*map(str, pair), *flags, "--output-format", form)
            assert status in (0, 1)
            assert PLANTED not in out + err


def test_what_differs_and_is_not_shown_says_so(diff: Diff, tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    for file, token in ((one, "first-one-1"), (other, "second-one-2")):
        file.write_text(json.dumps({"type": "realtime", "tools": [{**MCP, "authorization": token}]}))
    assert "tools[a].authorization  changed, not shown" in diff(str(one), str(other))[1]


def test_a_variable_goes_by_its_name_in_the_update(diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    found = json.loads(diff("german.yaml", "clinic.yaml", "--live", "--root", ".", "--output-format", "json")[1])
    assert found["live"]["update"]["session"]["tools"][1]["authorization"] == "$CRM_TOKEN"


def test_colour_is_for_those_who_want_it(diff: Diff) -> None:
    pair = (str(PROFILES[0]), str(PROFILES[-1]))
    plain_text = diff(*pair, "--live")[1]
    colored = diff(*pair, "--live", "--color", "always")[1]
    assert "\x1b[" not in plain_text
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain_text


def test_the_documentation_names_every_key_of_the_json(diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
    documented = (Path(__file__).parent.parent / "docs" / "show.md").read_text(encoding="utf-8")
    monkeypatch.chdir(GOLDEN)
    found = json.loads(diff("clinic.yaml", "german.yaml", "--live", "--root", ".", "--output-format", "json")[1])
    keys = {*found, *found["changes"][0], *found["live"], *found["live"]["obstacles"][0]}
    assert {key for key in keys if f"`{key}`" not in documented} == set()
