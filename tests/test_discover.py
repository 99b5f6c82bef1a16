"""Which files are checked: those that are named, and those found that are sessions."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from callsheet.discover import Found, discover, may_be_session
from callsheet.lint import Linter
from callsheet.source.document import read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("type: realtime\n", encoding="utf-8")


def found(*paths: str) -> list[str]:
    return [file.path for file in discover(paths)]


def test_folders_are_walked_in_the_order_of_their_names(here: Path) -> None:
    write("c.yaml", "b/2.yml", "b/1.json", "b/a/z.yaml", "a.yaml", ".hidden/x.yaml", "node_modules/x.json", "n.txt")
    below = ["a.yaml", "b/1.json", "b/2.yml", "b/a/z.yaml", "c.yaml"]
    assert found(".") == below
    assert found("./b/", "b") == below[1:4]
    assert found(str(here)) == [str(here / path) for path in below]


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["a.yaml", "./a.yaml", "link.yaml"], ["a.yaml"]),
        (["link.yaml", "a.yaml"], ["link.yaml"]),
        (["."], ["a.yaml"]),
        ([".", "a.yaml"], ["a.yaml"]),
        (["-", "-"], ["-"]),
    ],
)
def test_a_file_counts_once_however_it_is_spelt(here: Path, paths: list[str], files: list[str]) -> None:
    write("a.yaml")
    (here / "link.yaml").symlink_to("a.yaml")
    assert found(*paths) == files


@pytest.mark.usefixtures("here")
def test_a_file_that_is_named_after_it_was_found_counts_as_named() -> None:
    write("a.yaml", "b.yaml")
    assert list(discover([".", "./b.yaml"])) == [Found("a.yaml", named=False), Found("b.yaml", named=True)]


def test_only_regular_files_are_found_and_no_linked_folder_is_entered(here: Path) -> None:
    write("a.yaml", "sub/b.yaml")
    os.mkfifo("fifo.yaml")
    (here / "gone.yaml").symlink_to("nowhere")
    (here / "up.yaml").symlink_to(here)
    (here / "loop").symlink_to(here)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s.yaml")
    assert found(".") == ["a.yaml", "sub/b.yaml"]
    assert found("fifo.yaml") == ["fifo.yaml"]


def test_a_link_out_of_folder_and_project_is_followed_only_where_it_is_named(here: Path) -> None:
    place = here / "place"
    for folder in ("place/.git", "place/sub", "beside"):
        (here / folder).mkdir(parents=True)
    write("outside.yaml", "beside/a.yaml", "place/a.yaml")
    (place / "sub" / "out.yaml").symlink_to("../../outside.yaml")
    (place / "sub" / "up.yaml").symlink_to("../a.yaml")
    (here / "beside" / "b.yaml").symlink_to("../outside.yaml")
    assert found("place/sub") == ["place/sub/up.yaml"]
    assert found("place/sub/out.yaml") == ["place/sub/out.yaml"]
    assert found("place") == ["place/a.yaml"]
    assert found("beside") == ["beside/a.yaml"]
    assert found(".") == ["beside/a.yaml", "beside/b.yaml", "place/a.yaml"]


def test_folders_may_be_nested_as_deeply_as_paths_can_say(here: Path) -> None:
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    write("a.yaml")
    os.chdir(here)
    try:
        assert found(".") == ["d/" * 1500 + "a.yaml"]
    finally:  # pytest would fail to: it descends into itself
        Path("d/" * 1500 + "a.yaml").unlink()
        os.removedirs("d/" * 1500)


def test_a_folder_that_cannot_be_read_is_said_and_the_others_are_walked(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a/1.yaml", "b/1.yaml", "c/1.yaml")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path == "b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert here.exists()
    assert list(discover(["."])) == [
        Found("a/1.yaml", named=False),
        Found("b", named=False, error="Permission denied"),
        Found("c/1.yaml", named=False),
    ]


# What is found and read, or found and cannot be read.

LINTER = Linter()


@pytest.mark.parametrize(
    "text",
    [
        "type: realtime",
        "type: transcription",
        "type: session.update",
        "type: transcription_session.update",
        "typ: realtime",
        "type: realtme",
        "Type: realtime",
        "type: Realtime",
        "type: real-time",
        "$extends: ./base.yaml",
        "$target: azure",
        "model: gpt-realtime-2.1",
        "model: gpt-4o-mini-realtime-preview",
        "audio: {output: {voice: marin}}",
        "audio: {output: marin}\ninstructions: Be brief.",
        "audio: {voice: marin}\ninstructions: Be brief.",
        "output_modalities: [text]",
        "turn_detection: {type: server_vad}",
        "turn_detection: null\nvoice: alloy",
        "input_audio_format: pcm16",
        "modalities: [text]\ninstructions: Be brief.",
        "model: our-phone-line\nvoice: alloy\ninstructions: Be brief.",
        "model: gpt-4o\nvoice: alloy\ninstructions: Be brief.",
        "instructions: Be brief.\ntools: []\ntool_choice: auto",
        "session: {type: realtime}",
        "session: {typ: realtime}",
        "session: {instructions: Be brief.}",
        "session: {instructions: Be brief., voice: alloy}\nname: phone",
        "sdp: v=0\nsession: {model: gpt-realtime}",
        "target_uri: tel:+14155550123",
    ],
)
def test_a_session_is_known(text: str) -> None:
    assert LINTER.is_profile(read("a.yaml", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        '{"model": "gpt-4o", "messages": [], "tools": []}',
        '{"model": "gpt-realtime", "messages": [], "instructions": "", "tools": []}',
        '{"model": "gpt-5", "input": "Hello", "instructions": "", "tools": []}',
        "model: gpt-4o\ninstructions: Be brief.\ntools: []",
        "voice: nova\nmodel: tts-1\nspeed: 1.2",
        "voice: nova\nmodel: gpt-4o-mini-tts\nspeed: 1.2\ninstructions: Whisper.",
        'include: ["src"]\ntools: {a: b}',
        "session: {secret: abc, store: redis}",
        "session: {secret: abc, store: redis, model: x}\nport: 80",
        "type: transaction",
        "type: translation",
        "type: module\nname: x",
        "type: function\nname: dial\nparameters: {}",
        "audio: {codec: aac}\nvoice: nova",
        "audio: true",
        "turn_detection: server_vad",
        "status_code: 486",
        "services: {}",
        "{}",
    ],
)
def test_a_file_of_another_program_is_passed_over(text: str) -> None:
    assert not LINTER.is_profile(read("a.yaml", text.encode()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "type: 'realtime\n"),
        ("a.json", '{"type": "realtime",}'),
        ("a.json", '// a session\n{"model": "gpt-realtime"}'),
        ("a.yaml", "- type: realtime\n"),
        ("a.yaml", "audio:\n\tinput:\n\t\tturn_detection: null\n"),
        ("a.yaml", "$extends: [base.yaml\n"),
        ("a.yaml", "type: session.update\nsession: {{ settings }}\n"),
    ],
)
def test_a_text_that_cannot_be_read_but_was_to_be_a_session_is_checked(name: str, text: str) -> None:
    assert LINTER.is_profile(read(name, text.encode()))


def test_a_session_in_another_encoding_is_checked() -> None:
    assert LINTER.is_profile(read("a.yaml", "type: realtime\n".encode("utf-16")))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("playbook.yml", "- hosts: all\n  tasks: []\n"),
        ("x.yaml", ""),
        ("x.yaml", "# nothing yet\n"),
        ("tsconfig.json", '// options\n{"compilerOptions": {}, "include": ["src"]}'),
        ("deployment.yaml", "{{- if .Values.on }}\nkind: Deployment\n{{- end }}\n"),
        ("package-lock.json", '{"packages": {' + " " * 1_200_000 + "}}"),
        ("words.json", '["a", "b"]'),
        ("x.yaml", " " * 1_000_000 + "[type: realtime"),
    ],
)
def test_a_text_of_another_program_that_cannot_be_read_is_passed_over(name: str, text: str) -> None:
    assert not LINTER.is_profile(read(name, text.encode()))


def test_the_search_for_a_sign_is_bounded() -> None:
    assert may_be_session("x" * 1000 + " type: realtime")
    assert not may_be_session("x" * 1_000_000 + " type: realtime")
