"""`callsheet migrate`: what comes out for what goes in, and the command as a person or a script meets it."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.cli import main
from callsheet.migrate.outcome import outcome
from callsheet.migrate.plain import migrate_data
from callsheet.migrate.plan import NotFlat, Wishes
from terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    Migrate = Callable[..., tuple[int, str, str]]

GOLDEN = Path(__file__).parent / "golden" / "migrate"
WRITE = os.environ.get("CALLSHEET_GOLDEN") == "write"
CASES = sorted((GOLDEN / "before").iterdir())
TODAY = "2026-11-20"
FLAT = "model: gpt-realtime\nvoice: alloy # v\n"
MOVED = "type: realtime\nmodel: gpt-realtime\naudio:\n  output:\n    voice: alloy # v\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_comes_out(case: Path) -> None:
    came = outcome(case.name, case.read_bytes(), Wishes(today=TODAY))
    assert came.after is not None
    kept, said = GOLDEN / "after" / case.name, GOLDEN / "after" / f"{case.name}.txt"
    report = "".join(f"{line}\n" for line in came.said)
    if WRITE:
        kept.write_bytes(came.after)
        said.write_text(report, encoding="utf-8")
    assert came.after == kept.read_bytes()
    assert report == said.read_text(encoding="utf-8")
    assert not came.fresh


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("case", [case for case in CASES if case.suffix == ".yaml"], ids=lambda case: case.name)
def test_line_ends_and_the_byte_order_mark_stay(case: Path, mark: bytes, newline: str) -> None:
    def written(raw: bytes) -> bytes:
        return mark + raw.replace(b"\n", newline.encode())

    came = outcome(case.name, written(case.read_bytes()), Wishes(today=TODAY))
    assert came.after == written((GOLDEN / "after" / case.name).read_bytes())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_came_out_is_left_alone(case: Path) -> None:
    after = (GOLDEN / "after" / case.name).read_bytes()
    came = outcome(case.name, after, Wishes(models=True, today=TODAY))
    assert came.today
    assert came.after == after


# plain data: the table of the facts, row by row


@pytest.mark.parametrize(
    ("flat", "today"),
    [
        ({"modalities": ["audio", "text"]}, {"output_modalities": ["audio"]}),
        ({"modalities": ["text"]}, {"output_modalities": ["text"]}),
        ({"voice": "alloy", "speed": 1.5}, {"audio": {"output": {"voice": "alloy", "speed": 1.5}}}),
        (
            {"input_audio_format": "pcm16"},
            {"audio": {"input": {"format": {"type": "audio/pcm", "rate": 24000}}}},
        ),
        ({"output_audio_format": "g711_alaw"}, {"audio": {"output": {"format": {"type": "audio/pcma"}}}}),
        (
            {"voice": "alloy", "input_audio_transcription": {"model": "whisper-1"}},
            {"audio": {"output": {"voice": "alloy"}, "input": {"transcription": {"model": "whisper-1"}}}},
        ),
        (
            {"voice": "alloy", "input_audio_noise_reduction": None},
            {"audio": {"output": {"voice": "alloy"}, "input": {"noise_reduction": None}}},
        ),
        (
            {"voice": "a", "turn_detection": None},
            {"audio": {"output": {"voice": "a"}, "input": {"turn_detection": None}}},
        ),
        ({"max_response_output_tokens": "inf"}, {"max_output_tokens": "inf"}),
        ({"voice": "a", "tool_choice": "none"}, {"audio": {"output": {"voice": "a"}}, "tool_choice": "none"}),
        (
            {"voice": "a", "tool_choice": {"name": "x"}},
            {"audio": {"output": {"voice": "a"}}, "tool_choice": {"type": "function", "name": "x"}},
        ),
        ({"voice": "a", "tracing": "auto"}, {"audio": {"output": {"voice": "a"}}, "tracing": "auto"}),
        ({"voice": "a", "temperature": 0.8}, {"audio": {"output": {"voice": "a"}}}),
        ({"voice": "a", "client_secret": {}}, {"audio": {"output": {"voice": "a"}}}),
    ],
    ids=str,
)
def test_a_row_of_the_table(flat: dict[str, Any], today: dict[str, Any]) -> None:
    before = json.dumps(flat)
    assert migrate_data(flat) == {"type": "realtime", **today}
    assert json.dumps(flat) == before


def test_a_body_that_is_half_in_today_s_shape() -> None:
    audio = {"output": {"voice": "alloy"}}
    half = {"type": "realtime", "audio": audio, "max_response_output_tokens": 5, "modalities": ["text", "audio"]}
    assert migrate_data(half) == {
        "type": "realtime",
        "output_modalities": ["audio"],
        "audio": audio,
        "max_output_tokens": 5,
    }
    both = {"output_modalities": ["text"], "modalities": ["text", "audio"], "voice": "alloy"}
    assert migrate_data(both) == {"type": "realtime", "output_modalities": ["text"], "audio": audio}


def test_a_flat_session_that_only_writes_down() -> None:
    flat = {"input_audio_transcription": {"model": "whisper-1"}, "client_secret": {"expires_at": {"seconds": 60}}}
    assert migrate_data(flat) == {
        "expires_after": {"seconds": 60},
        "session": {"type": "transcription", "audio": {"input": {"transcription": {"model": "whisper-1"}}}},
    }


def test_a_body_that_carries_a_flat_session() -> None:
    session = {"type": "realtime", "audio": {"output": {"voice": "alloy"}}}
    secret = {"expires_after": {"seconds": 60}, "session": {"voice": "alloy"}}
    assert migrate_data(secret) == {**secret, "session": session}
    assert migrate_data({"sdp": "v=0", "session": {"voice": "alloy"}}) == {"sdp": "v=0", "session": session}


def test_a_model_is_replaced_on_demand_alone() -> None:
    flat = {"model": "gpt-4o-realtime-preview", "voice": "alloy"}
    assert migrate_data(flat, Wishes(today=TODAY))["model"] == "gpt-4o-realtime-preview"
    assert migrate_data(flat, Wishes(models=True, today=TODAY))["model"] == "gpt-realtime-1.5"
    assert migrate_data(flat, Wishes(models=True, today="2026-05-06"))["model"] == "gpt-4o-realtime-preview"
    old = {**flat, "model": "gpt-4o-realtime-preview-2024-10-01"}  # the notice named none
    assert migrate_data(old, Wishes(models=True, today=TODAY))["model"] == old["model"]


def test_a_deployment_keeps_its_name() -> None:
    flat = {"$target": "azure-preview", "model": "gpt-4o-realtime-preview", "voice": "alloy"}
    moved = migrate_data(flat, Wishes(models=True, today=TODAY))
    assert (moved["$target"], moved["model"]) == ("azure", "gpt-4o-realtime-preview")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"a": 1}, "nothing here says that this is a session"),
        ({"type": "response.create", "response": {"modalities": ["text"]}}, "nothing here says"),
        ({"type": "session.updated", "session": {"voice": "alloy"}}, "another event"),
        ({"type": "session.update", "voice": "alloy"}, "no `session`"),
        ({"voice": "alloy", "audio": {}}, "half in today's shape: `audio` stands beside `voice`"),
        ({"session": {"session": {"voice": "alloy"}}}, "`session` stands inside `session`"),
        ({"type": "realtime", "instructions": "x"}, "today's shape already"),
        ({"model": "gpt-realtime-translate", "audio": {"output": {"language": "de"}}}, "today's shape already"),
    ],
    ids=str,
)
def test_what_is_not_flat(data: dict[str, Any], said: str) -> None:
    with pytest.raises(NotFlat, match=said):
        migrate_data(data)


# the command


@pytest.fixture
def migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Migrate:
    """Runs `callsheet migrate` in an empty folder; gives the exit status and both streams."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "", **files: str) -> tuple[int, str, str]:
        for name, text in files.items():
            Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        status = main(["migrate", *arguments, "--today", TODAY])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_it_prints_the_result_and_changes_nothing(migrate: Migrate) -> None:
    assert migrate("a.yaml", a=FLAT) == (0, MOVED, "a.yaml itself is unchanged; --write changes it.\n")
    assert Path("a.yaml").read_text(encoding="utf-8") == FLAT


def test_standard_input(migrate: Migrate) -> None:
    assert migrate("-", stdin='{"voice": "alloy"}') == (
        0,
        '{"type": "realtime", "audio": {"output": {"voice": "alloy"}}}',
        "",
    )


def test_on_a_terminal_what_is_said_begins_on_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"voice": "alloy"}', encoding="utf-8")
    with terminal([sys.executable, "-m", "callsheet", "migrate", "a.json"], tmp_path) as screen:
        assert screen.leave() == 0
    last = screen.shown.splitlines()[-2:]
    assert last == [
        '{"type": "realtime", "audio": {"output": {"voice": "alloy"}}}',
        "a.json itself is unchanged; --write changes it.",
    ]


def test_diff(migrate: Migrate) -> None:
    status, out, _ = migrate("a.yaml", "--diff", a=FLAT)
    assert status == 0
    assert out.splitlines()[2:5] == ["@@ -1,2 +1,5 @@", "+type: realtime", " model: gpt-realtime"]
    assert Path("a.yaml").read_text(encoding="utf-8") == FLAT


def test_write_keeps_the_mode_and_a_link(migrate: Migrate) -> None:
    Path("real.yaml").write_text(FLAT, encoding="utf-8")
    Path("real.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("real.yaml")
    assert migrate("link.yaml", "--write") == (0, "", "link.yaml: moved to today's shape\n")
    assert Path("link.yaml").is_symlink()
    assert Path("real.yaml").read_text(encoding="utf-8") == MOVED
    assert Path("real.yaml").stat().st_mode & 0o777 == 0o640


def test_a_folder_and_what_in_it_is_not_flat(migrate: Migrate) -> None:
    status, out, err = migrate(".", "--write", a=FLAT, b=MOVED, c="services: {}\n")
    assert (status, out, err) == (0, "", "a.yaml: moved to today's shape\n")


def test_several_files_are_not_printed_in_one(migrate: Migrate) -> None:
    status, out, err = migrate(".", a=FLAT, b=FLAT)
    assert (status, out) == (2, "")
    assert "--diff" in err


def test_today_s_shape_is_printed_as_it_is(migrate: Migrate) -> None:
    assert migrate("a.yaml", a=MOVED) == (0, MOVED, "a.yaml: this is in today's shape already\n")


def test_a_model_that_is_gone_is_an_error_of_the_result(migrate: Migrate) -> None:
    gone = FLAT.replace("gpt-realtime", "gpt-4o-realtime-preview")
    status, out, err = migrate("a.yaml", a=gone)
    assert status == 1
    assert "model: gpt-4o-realtime-preview\n" in out
    assert "`--models` puts `gpt-realtime-1.5` in its place" in err
    assert "error[CS602]" in err
    assert migrate("a.yaml", "--models")[0] == 0


def test_errors_that_were_there_do_not_hinder_the_writing(migrate: Migrate) -> None:
    status, _, err = migrate("a.yaml", "--write", a=FLAT + "voise: 1\n")
    assert status == 1
    assert "a.yaml:3: `voise`: callsheet knows no setting `voise`; it is kept as it is" in err
    assert Path("a.yaml").read_text(encoding="utf-8") == MOVED + "voise: 1\n"


def test_new_errors_do(migrate: Migrate) -> None:
    flat = FLAT + "modalities: [text]\ninclude: [nonsense]\n"
    status, _, err = migrate("a.yaml", "--write", a=flat)
    assert status == 1
    assert "left as it was" in err
    assert Path("a.yaml").read_text(encoding="utf-8") == flat
    assert "--write" not in migrate("a.yaml")[2]


def test_no_session(migrate: Migrate) -> None:
    assert migrate("a.yaml", a="a: 1\n") == (1, "", "a.yaml: nothing here says that this is a session\n")


def test_a_broken_text_is_a_finding(migrate: Migrate) -> None:
    status, out, err = migrate("a.yaml", a="voice: [\n")
    assert (status, out) == (1, "")
    assert "error[CS001]" in err


def test_a_missing_file(migrate: Migrate) -> None:
    status, _, err = migrate("missing.yaml")
    assert status == 2
    assert err == "callsheet: cannot read missing.yaml: No such file or directory\n"


def test_write_and_diff_are_two_things(migrate: Migrate) -> None:
    assert migrate("a.yaml", "--write", "--diff", a=FLAT)[0] == 2


def test_a_credential_does_not_show_in_what_is_said(migrate: Migrate) -> None:
    _, _, err = migrate("a.yaml", "--diff", a=FLAT + "client_secret: {value: ek_0123456789abcdef0123}\n")
    assert "ek_0123456789abcdef0123" not in err
