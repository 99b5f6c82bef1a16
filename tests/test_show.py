"""`callsheet show`: what it says is what runs, in every format, and it gives no secret away."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.cli import main
from callsheet.facts.absence import ABSENT, IMPLIED, NULL
from callsheet.facts.model import MODELS
from callsheet.lint import Options
from callsheet.resolved import Resolved, resolve
from callsheet.setting import settings, value_of
from callsheet.shape.frozen import load
from callsheet.shape.table import rows
from callsheet.show import FORMATS, renderer
from callsheet.show.assemble import view
from callsheet.show.bar import columns
from callsheet.show.budget import budget, estimated
from callsheet.show.view import Budget
from callsheet.source.secret import masked
from callsheet.testing import sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    Show = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "show"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
PROFILES = [file for file in sorted((ROOT / "profiles").iterdir()) if file.suffix in {".yaml", ".json"}]
TODAY = "2026-11-20"
SUFFIX = {"text": "txt", "json": "json", "html": "html"}
KINDS = ("realtime", "transcription", "translation", "realtime-beta", "transcription-beta")


@pytest.fixture
def show(capsys: pytest.CaptureFixture[str]) -> Show:
    """Runs `callsheet show` as on a fixed day; gives the exit status and both streams."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["show", "--today", TODAY, *arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def resolved(data: dict[str, Any], kind: str | None = None, **said: Any) -> Resolved:
    """A profile of plain data, as a file would hold it."""
    return resolve("<data>.json", json.dumps(data).encode(), options=Options(kind, today=TODAY, **said))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["clinic", "broken"])
def test_a_page_is_as_it_was(show: Show, monkeypatch: pytest.MonkeyPatch, name: str, form: str) -> None:
    monkeypatch.chdir(GOLDEN)
    status, out, err = show(f"{name}.yaml", "--root", ".", "--format", form)
    kept = GOLDEN / f"{name}.{SUFFIX[form]}"
    if WRITE:
        kept.write_text(out, encoding="utf-8")
    assert (status, err) == (int(name == "broken"), "")
    assert out == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("profile", PROFILES, ids=lambda file: file.name)
def test_every_example_can_be_shown(show: Show, profile: Path, form: str) -> None:
    status, out, err = show(str(profile), "--format", form)
    assert (status, err) == (0, "")
    assert out.endswith("\n")
    if form == "json":
        assert json.loads(out)["valid"]


# settings


def rebuilt(found: dict[tuple[Any, ...], Any]) -> Any:
    """The data that values at paths come from."""
    data: dict[str, Any] = {}
    for path, value in found.items():
        holder = data
        for step in path[:-1]:
            holder = holder.setdefault(step, {})
        holder[path[-1]] = value
    return data


def without_empty(value: Any) -> Any:
    """Data without the mappings that say nothing, but for those in a list."""
    if not isinstance(value, dict):
        return value
    kept = {key: without_empty(item) for key, item in value.items()}
    return {key: item for key, item in kept.items() if item != {} or not isinstance(value[key], dict)}


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_what_is_set_is_listed_once_and_as_it_is(kind: str, data: st.DataObject) -> None:
    body = data.draw(sessions(kind))
    body.pop("client_secret", None)  # whose key hides all that it holds
    profile = resolved(body, kind)
    listed = [setting for setting in settings(profile) if setting.is_set]
    found = {setting.path: setting.value for setting in listed}
    assert len(found) == len(listed)
    assert without_empty(rebuilt(found)) == without_empty(masked(body))


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_what_is_set_and_what_is_not_are_all_that_the_shape_has(kind: str, data: st.DataObject) -> None:
    profile = resolved(data.draw(sessions(kind)), kind)
    names = [setting.name for setting in settings(profile)]
    for path in rows(load()[kind]):
        if re.search(r"[\[*]", path):
            continue
        inside = (f"{path}.", f"{path}[")
        near = [name for name in names if name == path or name.startswith(inside) or path.startswith(f"{name}.")]
        assert near, f"{path} is not told"


@given(sessions("realtime"))
def test_a_default_is_that_of_its_field(body: dict[str, Any]) -> None:
    profile = resolved(body)
    table = rows(load()["realtime"])
    implied = IMPLIED["realtime"]["audio.input.turn_detection"]
    for setting in settings(profile):
        if setting.origin != "default" or setting.value is None or setting.name.endswith("turn_detection.type"):
            continue
        variant = body.get("audio", {}).get("input", {}).get("turn_detection", implied) or implied
        name = setting.name.replace("turn_detection.", f"turn_detection[{variant['type']}].")
        if setting.path[:2] == ("prompt", "variables"):
            continue  # whose names are anybody's
        assert setting.value == table[name].field.default


def test_words_for_what_is_not_set_are_about_settings_that_there_are() -> None:
    plain = {re.sub(r"\[[^]]*\]", "", path) for path in rows(load()["realtime"])}
    assert ABSENT.keys() | NULL.keys() <= plain
    assert {path for kind in IMPLIED for path in IMPLIED[kind]} <= plain


def test_turn_detection_counts_although_nothing_is_set() -> None:
    listed = {setting.name: setting for setting in settings(resolved({"type": "realtime"}))}
    assert listed["audio.input.turn_detection.type"].value == "server_vad"
    assert listed["audio.input.turn_detection.silence_duration_ms"].value == 500
    assert listed["audio.output.voice"].value == "alloy"
    assert value_of(listed["audio.input.transcription"]) == "off"


def test_null_is_a_value_and_says_what_it_means() -> None:
    body = {"type": "realtime", "audio": {"input": {"turn_detection": None}}}
    (found,) = (one for one in settings(resolved(body)) if one.path[-1] == "turn_detection")
    assert (found.origin, found.value, value_of(found)) == ("here", None, "null (off)")


def test_every_value_says_where_it_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    profile = resolve("clinic.yaml", Path("clinic.yaml").read_bytes(), root=".")
    where = {one.name: (one.origin, one.spot and (one.spot.path, one.spot.line)) for one in settings(profile)}
    assert where["model"] == ("inherited", ("base.yaml", 3))
    assert where["instructions"] == ("included", ("clinic.md", 1))
    assert where["max_output_tokens"] == ("here", ("clinic.yaml", 7))
    assert where["tool_choice"] == ("default", None)
    assert where["parallel_tool_calls"] == ("unset", None)


# turn detection


@pytest.mark.parametrize(
    ("kind", "audio_input", "says"),
    [
        ("realtime", {}, "Nothing is set, so the service uses `server_vad`. A turn ends after 500 ms"),
        ("realtime", {"turn_detection": None}, "Off. Your code says where a turn ends"),
        (
            "realtime",
            {"turn_detection": {"type": "server_vad", "silence_duration_ms": 1500}},
            "after 1.5 s of silence.",
        ),
        ("realtime", {"turn_detection": {"type": "server_vad", "idle_timeout_ms": 6000}}, "After 6 s without a word"),
        ("realtime", {"turn_detection": {"type": "semantic_vad", "eagerness": "low"}}, "waits 8 s at most"),
        ("realtime", {"turn_detection": {"type": "semantic_vad"}}, "waits 4 s at most (eagerness auto)"),
        ("realtime", {"turn_detection": {"type": "server_vad", "create_response": False}}, "Your code then asks"),
        ("realtime", {"turn_detection": {"type": "server_vad", "interrupt_response": False}}, "cannot interrupt it."),
        (
            "realtime",
            {"turn_detection": {"type": "semantic_vad", "create_response": False, "interrupt_response": False}},
            "never answers by itself",
        ),
        ("realtime", {"turn_detection": "server_vad"}, "cannot be told"),
        ("realtime", {"turn_detection": {"type": "loud"}}, "cannot be told"),
        ("transcription", {"transcription": {"model": "gpt-live-transcribe"}}, "gpt-live-transcribe takes none"),
        ("transcription", {"transcription": {"model": "whisper-1"}}, "no source says"),
        ("transcription", {"turn_detection": None}, "(`input_audio_buffer.commit`)."),
    ],
)
def test_turn_detection_in_words(kind: str, audio_input: dict[str, Any], says: str) -> None:
    said = view(resolved({"type": kind, "audio": {"input": audio_input}}, kind)).turns
    assert said is not None
    assert says in said


def test_a_translation_has_no_turns() -> None:
    assert view(resolved({"model": "gpt-realtime-translate", "audio": {}}, "translation")).turns is None


# the context


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=6).filter(any), st.integers(6, 120))
def test_a_bar_is_drawn_to_scale(amounts: list[int], total: int) -> None:
    drawn = columns(amounts, total)
    small = sum(0 < amount * total / sum(amounts) < 1 for amount in amounts)
    assert sum(drawn) == total
    for amount, count in zip(amounts, drawn, strict=True):
        assert (count > 0) == (amount > 0)
        assert count == 1 or abs(count - amount * total / sum(amounts)) <= 1 + small


def test_more_parts_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        columns([1, 1, 1], 2)


@given(sessions("realtime"), st.sampled_from(sorted(MODELS)))
def test_the_parts_come_to_the_window(body: dict[str, Any], model: str) -> None:
    drawn = budget(resolved({**body, "model": model}))
    if isinstance(drawn, str):
        assert "context" in drawn
        return
    fixed = sum(part.tokens for part in drawn.parts if part.name in ("instructions", "tools", "answer"))
    assert drawn.window == MODELS[model].context_window
    assert drawn.scale == max(drawn.window, fixed)
    assert all(part.tokens > 0 for part in drawn.parts)


def drawn(body: dict[str, Any]) -> Budget:
    found = budget(resolved({"type": "realtime", "model": "gpt-realtime-2.1", **body}))
    assert isinstance(found, Budget)
    return found


def test_the_conversation_goes_up_to_its_limit_and_is_cut_to_its_share() -> None:
    limits = {"post_instructions": 10_000}
    found = drawn({"truncation": {"type": "retention_ratio", "retention_ratio": 0.8, "token_limits": limits}})
    tokens = {part.name: part.tokens for part in found.parts}
    assert tokens == {"kept": 8_000, "conversation": 2_000, "unused": 86_000, "answer": 32_000}
    assert any("cut to 80%" in note for note in found.notes)


@pytest.mark.parametrize(
    ("truncation", "says"),
    [("auto", "bit by bit"), ("disabled", "an error"), ({"type": "retention_ratio", "retention_ratio": 0.5}, "50%")],
)
def test_what_happens_when_it_is_full(truncation: Any, says: str) -> None:
    assert any(says in note for note in drawn({"truncation": truncation}).notes)


def test_too_much_is_said_to_be_too_much() -> None:
    found = drawn({"instructions": "word " * 100_000})
    assert found.scale > found.window
    assert "more than there is room for" in found.notes[0]


@pytest.mark.parametrize(
    ("body", "target", "says"),
    [
        ({"model": "gpt-realtime-9"}, None, "nothing is known of it"),
        ({"model": "gpt-realtime-mini"}, None, "One answer has 4,096 tokens at most"),
        ({}, None, "No model is named"),
        ({"model": "gpt-realtime-2.1"}, "azure", "deployment"),
    ],
)
def test_a_window_that_is_not_known_is_said_not_to_be(body: dict[str, Any], target: str | None, says: str) -> None:
    found = budget(resolved({"type": "realtime", **body}, target=target))
    assert isinstance(found, str)
    assert says in found


def test_what_is_not_here_is_said_not_to_be_counted() -> None:
    tools = [{"type": "mcp", "server_label": "a", "server_url": "https://a.example"}]
    notes = drawn({"prompt": {"id": "pmpt_1"}, "tools": tools}).notes
    assert "stored prompt" in notes[0]
    assert "MCP" in notes[0]
    assert "own instructions" in notes[0]


@pytest.mark.parametrize(("text", "tokens"), [("word" * 10, 10), ("слово", 3), ("日本語", 3), ("", 0), (None, 0)])
def test_tokens_are_estimated_by_letters(text: str | None, tokens: int) -> None:
    assert estimated(text) == tokens


# secrets

PLANTED = "Zq9-hunter2"
MCP = {"type": "mcp", "server_label": "a", "server_url": "https://a.example"}
HIDING: list[dict[str, Any]] = [
    {"tools": [{**MCP, "authorization": PLANTED}]},
    {"tools": [{**MCP, "authorisation": PLANTED}]},
    {"tools": [{**MCP, "headers": {"X-Pass": PLANTED}}]},
    {"tools": [{**MCP, "server_url": f"https://user:{PLANTED}@a.example"}]},
    {"tools": [{**MCP, "server_url": f"https://a.example/?token={PLANTED}"}]},
    {"tools": [{**MCP, "authorization": {"$env": "CRM_TOKEN", "default": PLANTED}}]},
    {"tools": [{**MCP, "authorization": {"$env": "HIDDEN_TOKEN"}}]},
    {"tools": [{**MCP, "server_description": f"password: {PLANTED}"}]},
    {"tools": {"authorization": PLANTED}},
    {"instructions": f"The password: {PLANTED}"},
    {"instructions": f"-----BEGIN PRIVATE KEY-----\nabc\n{PLANTED}\n-----END PRIVATE KEY-----\n"},
    {"audio": {"output": {"api_key": PLANTED}}},
    {"prompt": {"id": "pmpt_1", "variables": {"password": PLANTED}}},
    {"tracing": {"metadata": {"token": PLANTED}}},
    {"secret": {PLANTED: PLANTED}},
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("body", HIDING, ids=lambda body: json.dumps(body)[:40])
def test_no_format_shows_a_secret(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: dict[str, Any], form: str
) -> None:
    monkeypatch.setenv("HIDDEN_TOKEN", PLANTED)
    (tmp_path / "a.json").write_text(json.dumps({"type": "realtime", "model": "gpt-realtime-2.1", **body}))
    _, out, err = show(str(tmp_path / "a.json"), "--format", form)
    assert PLANTED not in out + err


def test_a_variable_goes_by_its_name(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GOLDEN)
    for form in FORMATS:
        assert "$CRM_TOKEN" in show("clinic.yaml", "--root", ".", "--format", form)[1]


# the command


def test_a_profile_with_errors_is_shown_after_its_findings(show: Show) -> None:
    status, out, _ = show(str(GOLDEN / "broken.yaml"))
    assert status == 1
    assert out.index("error[CS101]") < out.index("Turn detection") < out.index("Settings")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "text", ["", "type: [", "- a\n", "a: 1\n", "type: realtime\nx: {a: \n", "type: session.update\nsession: 5\n"]
)
def test_what_nobody_understands_has_findings_and_no_more(show: Show, tmp_path: Path, text: str, form: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    status, out, _ = show(str(tmp_path / "a.yaml"), "--format", form)
    assert status == 1
    assert "CS" in out


JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.builds(list), st.builds(dict),
    st.builds(lambda: [{}]),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@given(st.data())
def test_nothing_that_is_wrong_with_a_profile_keeps_it_from_being_shown(form: str, data: st.DataObject) -> None:
    table = rows(load()["realtime"])
    body: dict[str, Any] = {"type": "realtime", "model": "gpt-realtime-2.1"}
    for path in data.draw(st.lists(st.sampled_from(sorted(table)), max_size=6)):
        steps = re.sub(r"\[[^]]*\]|\.\*", "", path).split(".")
        holder = body
        for step in steps[:-1]:
            holder = holder[step] if isinstance(holder.get(step), dict) else holder.setdefault(step, {})
            if not isinstance(holder, dict):
                break
        else:
            holder[steps[-1]] = data.draw(JUNK)
    assert renderer(form)(view(resolved(body)))


def test_it_reads_standard_input(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"type: realtime\n")))
    status, out, _ = show("-")
    assert status == 0
    assert "Realtime session" in out


def test_an_envelope_is_shown_with_what_is_beside_its_session(show: Show, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"expires_after": {"seconds": 60}, "session": {"type": "realtime"}}')
    found = json.loads(show(str(tmp_path / "a.json"), "--format", "json")[1])
    assert found["kind"] == "realtime"
    assert {one["path"]: one["value"] for one in found["envelope"]} == {
        "expires_after.anchor": "created_at",
        "expires_after.seconds": 60,
    }


def test_an_update_says_nothing_of_what_it_leaves_as_it_is(show: Show, tmp_path: Path) -> None:
    update = tmp_path / "a.json"
    update.write_text('{"type": "session.update", "session": {"type": "realtime", "instructions": "Be brief."}}')
    found = json.loads(show(str(update), "--format", "json")[1])
    assert [one["path"] for one in found["settings"]] == ["type", "instructions"]
    assert (found["turn_detection"], found["context"]) == (None, None)
    assert "stays as it is" in found["no_context"]
    update.write_text(
        '{"type": "session.update", "session": {"type": "realtime", "audio": {"input": {"turn_detection": null}}}}'
    )
    assert "Off. Your code says" in show(str(update))[1]


def test_a_base_says_that_it_is_one(show: Show) -> None:
    assert "Realtime session, a base for others" in show(str(GOLDEN / "base.yaml"))[1]


def test_a_transfer_has_no_context(show: Show, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"target_uri": "tel:+14155550123"}')
    assert "Context" not in show(str(tmp_path / "a.json"))[1]


def test_a_page_is_written_where_it_is_asked_for(show: Show, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert show(str(PROFILES[0]), "--format", "html", "--output", str(page)) == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    status, _, err = show(str(PROFILES[0]), "--output", str(tmp_path))
    assert (status, "cannot write" in err) == (2, True)


def test_what_cannot_be_read_is_a_usage_error(show: Show, tmp_path: Path) -> None:
    assert show(str(tmp_path / "none.yaml"))[0] == 2


def test_colour_is_for_those_who_want_it(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = str(PROFILES[0])
    plain = show(profile)[1]
    colored = show(profile, "--color", "always")[1]
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert show(profile)[1] == colored
    monkeypatch.setenv("NO_COLOR", "1")
    assert show(profile)[1] == plain


def test_the_day_and_the_revision_count(show: Show, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("$revision: 2026-06-01\ntype: realtime\nmodel: gpt-realtime\n")
    out = show(str(tmp_path / "a.yaml"), "--today", "2027-01-10")[1]
    assert "(10 days left)" in out
    assert "2026-06-01" in out
    assert "strength" not in out


def columns_of(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
    return len(line) + wide - sum(unicodedata.combining(letter) > 0 for letter in line)


@given(sessions("realtime") | sessions("transcription"))
def test_the_terminal_gets_eighty_columns_and_no_orders(body: dict[str, Any]) -> None:
    shown = renderer("text")(view(resolved(body)._replace(findings=[])))
    for line in shown.split("\n"):
        assert columns_of(line) <= 80
        assert line.isprintable() or not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in line)


# the page


class Checker(HTMLParser):
    """Notes what a page has, and whether each element is closed where it belongs."""

    VOID = frozenset({"meta", "link", "br", "wbr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


@given(sessions("realtime"))
def test_a_page_is_sound_and_holds_itself_together(body: dict[str, Any]) -> None:
    found = checked(renderer("html")(view(resolved(body))))
    tags = [tag for tag, _ in found.seen]
    assert "script" not in tags
    assert tags.count("h1") == tags.count("main") == tags.count("header") == tags.count("footer") == 1
    assert [attributes["href"] for tag, attributes in found.seen if tag == "link"] == ["data:,"]
    names = {name for _, attributes in found.seen for name in attributes}
    assert not [name for name in names if name == "src" or name.startswith("on")]
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in found.seen if tag == "th")
    titles = {attributes["id"] for tag, attributes in found.seen if tag == "h2"}
    assert titles == {attributes["aria-labelledby"] for tag, attributes in found.seen if tag == "section"}


def test_a_style_fetches_nothing() -> None:
    style = (ROOT / "src" / "callsheet" / "show" / "page.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import|@font-face|<", style)


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_text_stands_out_from_its_ground() -> None:
    style = (ROOT / "src" / "callsheet" / "show" / "page.css").read_text(encoding="utf-8")
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(schemes) == 3  # light, dark, on paper
    for scheme in schemes:
        for ground in ("paper", "card"):
            for text in ("ink", "soft", "error", "warning", "info"):
                high, low = sorted((luminance(scheme[text]), luminance(scheme[ground])), reverse=True)
                assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


HOSTILE = "</script><script>alert('1')</script> \N{RIGHT-TO-LEFT OVERRIDE} \"so\" &amp; <b onclick=x>"


def hostile_page() -> str:
    body = {
        "type": "realtime",
        "model": HOSTILE,
        "instructions": f"{HOSTILE}\n" * 4,
        "audio": {"output": {HOSTILE: HOSTILE, "voice": HOSTILE}},
        "tools": [
            {"type": "function", "name": HOSTILE, "description": f"`{HOSTILE}` שלום עולם"},
            {**MCP, "server_label": HOSTILE},
        ],
        "tool_choice": {"type": "function", "name": HOSTILE},
    }
    return renderer("html")(view(resolved(body)._replace(text=resolved(body).text)))


def test_hostile_text_is_text() -> None:
    found = checked(hostile_page())
    assert "script" not in {tag for tag, _ in found.seen}
    assert "<b onclick=x>" in found.text
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in hostile_page()
    assert "\\u202e" in found.text


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium to look at a page in a real browser")


def browse(tmp_path: Path, page: str, *flags: str) -> tuple[str, str]:
    """What headless Chromium prints for a page: the document after it ran, and its log with the console in it."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'browser'}", "--window-size=1000,1400", *flags,
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


FRAME = """<!DOCTYPE html><body style="margin:0"><iframe id="f" style="width:{width}px;height:900px;border:0"
srcdoc="{page}"></iframe><p id="said"></p><script>
addEventListener("load", () => {{
  const frame = document.getElementById("f"), inner = frame.contentDocument;
  document.getElementById("said").textContent = JSON.stringify({{
    overflow: inner.documentElement.scrollWidth - inner.documentElement.clientWidth,
    parts: [...inner.querySelectorAll(".bar span")].map(part => part.getBoundingClientRect().width),
    text: inner.body.innerText,
    folded: [...inner.querySelectorAll("details")].map(part => part.getBoundingClientRect().width),
    page: inner.querySelector("main")?.getBoundingClientRect().width,
    fetched: frame.contentWindow.performance.getEntriesByType("resource").map(entry => entry.name),
  }});
}});
</script>"""


def measured(tmp_path: Path, page: str, width: int, *flags: str) -> dict[str, Any]:
    """What a page measures in a window of a width, what it shows and what it fetches; and what the console says."""
    dom, log = browse(tmp_path, FRAME.format(width=width, page=html.escape(page)), "--dump-dom", *flags)
    found = re.search(r'<p id="said">(.*?)</p>', dom)
    assert found is not None
    data: dict[str, Any] = json.loads(html.unescape(found[1]))
    data["console"] = [line for line in log.split("\n") if "CONSOLE" in line]
    return data


@in_browser
@pytest.mark.parametrize("scheme", ["0", "1"], ids=["dark", "light"])
def test_a_browser_shows_it_without_a_word_and_without_the_network(tmp_path: Path, scheme: str) -> None:
    found = measured(tmp_path, hostile_page(), 1000, f"--blink-settings=preferredColorScheme={scheme}")
    assert (found["console"], found["fetched"]) == ([], [])
    assert "</script><script>alert('1')</script> \\u202e \"so\" &amp; <b onclick=x>" in found["text"]
    assert "שלום עולם" in found["text"]


@in_browser
def test_a_browser_would_notice(tmp_path: Path) -> None:
    page = f"<img src='http://127.0.0.1:9/a.png'><script>console.error('heard')</script><p>{'w' * 999}"
    found = measured(tmp_path, page, 400)
    assert any("heard" in line for line in found["console"])
    assert found["fetched"]
    assert found["overflow"] > 0


@in_browser
def test_a_narrow_window_needs_no_scrolling(tmp_path: Path) -> None:
    long = {
        "type": "realtime",
        "model": "m" * 200,
        "instructions": "w" * 500,
        "tools": [{**MCP, "server_label": "l" * 90}],
    }
    for page in (
        hostile_page(),
        (GOLDEN / "clinic.html").read_text(encoding="utf-8"),
        renderer("html")(view(resolved(long))),
    ):
        found = measured(tmp_path, page, 400)
        assert found["overflow"] == 0
        assert len(found["text"]) > 1000


@in_browser
@pytest.mark.parametrize("width", [400, 1000])
def test_a_long_text_has_the_whole_width(tmp_path: Path, width: int) -> None:
    page = renderer("html")(view(resolved({"type": "realtime", "instructions": "word " * 500})))
    found = measured(tmp_path, page, width)
    assert found["folded"] == [pytest.approx(found["page"], abs=1)]


@in_browser
def test_the_bar_on_the_page_is_drawn_to_scale(tmp_path: Path) -> None:
    limits = {"post_instructions": 30_000}
    truncation = {"type": "retention_ratio", "retention_ratio": 0.5, "token_limits": limits}
    body = {"type": "realtime", "model": "gpt-realtime-2.1", "instructions": "word " * 8_000, "truncation": truncation}
    profile = resolved(body)
    found = budget(profile)
    assert isinstance(found, Budget)
    widths = measured(tmp_path, renderer("html")(view(profile)), 900)["parts"]
    for part, width in zip(found.parts, widths, strict=True):
        assert abs(width / sum(widths) - part.tokens / found.scale) < 0.005


@in_browser
def test_it_can_be_printed(tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    browse(tmp_path, (GOLDEN / "clinic.html").read_text(encoding="utf-8"), f"--print-to-pdf={paper}")
    content = paper.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000


def test_what_takes_a_sentence_is_not_cut(show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("part.yaml").write_text("$partial: true\naudio: {output: {voice: marin}}\n", encoding="utf-8")
    lines = show("part.yaml")[1].splitlines()
    at = next(number for number, line in enumerate(lines) if line.split()[:1] == ["model"])
    assert lines[at].endswith("the one that the session is opened with")
    assert lines[at + 1].strip() == "by default"
    assert max(map(len, lines)) <= 80


# documentation


def test_the_documentation_names_every_key_of_the_json(show: Show) -> None:
    documented = (ROOT / "docs" / "show.md").read_text(encoding="utf-8")
    found = json.loads(show(str(GOLDEN / "clinic.yaml"), "--root", str(GOLDEN), "--format", "json")[1])
    keys = {*found, *found["settings"][0], *found["tools"][0], *found["context"], *found["context"]["parts"][0]}
    keys |= {*found["dates"][0], *found["settings"][0]["spot"]}
    assert {key for key in keys if f"`{key}`" not in documented} == set()
