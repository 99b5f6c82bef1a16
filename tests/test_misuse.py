"""Calls that are wrong: each is answered by one sentence, which says what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SAID = {
    "": "say which command, such as `callsheet lint`; there are lint, explain, show, diff, render, send, migrate, new, "
    "schema, lsp, drift, config",
    "lnt": "there is no command `lnt`; did you mean `lint`?",
    "lint --strickt a.yaml": "there is no flag `--strickt`; did you mean `--strict`?",
    "lint --format=json a.yaml": "there is no flag `--format`; did you mean `--output-format`?",
    "lint --out json a.yaml": "there is no flag `--out`; did you mean `--output-format`?",
    "lint --formt json a.yaml": "there is no flag `--formt`; did you mean `--output-format`?",
    "lint --fromat=json a.yaml": "there is no flag `--fromat`; did you mean `--output-format`?",
    "lint --fixs": "there is no flag `--fixs`; did you mean `--fix`?",
    "lint --slect CS1": "there is no flag `--slect`; did you mean `--select`?",
    "lint --foo": "there is no flag `--foo`; `callsheet lint --help` lists them",
    "lint -x": "there is no flag `-x`; `callsheet lint --help` lists them",
    "--foo lint": "there is no flag `--foo`; `callsheet --help` lists them",
    "lint --jobs": "--jobs takes a value; write `--jobs N`",
    "lint --color": "--color takes a value; write `--color {auto,always,never}`",
    "lint --jobs x": "--jobs: `x` is no number of processes; write one from 1 to 256",
    "lint --target azur": "--target: there is no `azur`; did you mean `azure`?",
    "lint --color pink": "--color: there is no `pink`; there are auto, always, never",
    "lint --strict=yes a.yaml": "--strict takes no value",
    "lint -qa.yaml": "-q/--quiet takes no value",
    "migrate": "PATH is missing; write `callsheet migrate PATH`",
    "migrate --write --diff a": "--diff does not go with --write",
    "diff a.yaml": "B is missing; write `callsheet diff A B`",
    "explain CS101 CS102": "`CS102` is more than it takes; `callsheet explain --help` says what that is",
    "send a.yaml": "there is no operation `a.yaml`; there are accept, create, client-secret, translation-secret, "
    "beta-session, beta-transcription-session, hangup, refer, reject",
    "send accept a.yaml": "PROFILE is missing; write `callsheet send accept CALL_ID PROFILE`",
    "send accept rtc_1 a.yaml --dry": "there is no flag `--dry`; did you mean `--dry-run`?",
}
"""What is said of each call."""


@pytest.mark.parametrize("call", SAID)
def test_a_wrong_call_is_answered_by_one_sentence(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call.split()) == 2
    assert capsys.readouterr() == ("", f"callsheet: {SAID[call]}\n")


def test_a_file_that_looks_like_a_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = {
        "-file.yaml": "there is no flag `-file.yaml`",
        "--fix.yaml": "there is no flag `--fix.yaml`",
        "-q.yaml": "-q/--quiet takes no value",
    }
    for name, sentence in said.items():
        (tmp_path / name).write_text("type: realtime\n", encoding="utf-8")
        assert main(["lint", name]) == 2
        assert capsys.readouterr().err == f"callsheet: {sentence}; write `./{name}` for the file\n"
        assert main(["lint", f"./{name}"]) == 0
        assert main(["lint", "--", name]) == 0
        assert main(["migrate", "--", name]) == 0
        capsys.readouterr()


def test_no_key_that_stands_where_it_does_not_belong_is_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"
    for call in (["lint", "--foo", key], ["send", key], ["explain", "CS101", key], ["lint", f"--{key}"]):
        assert main(call) == 2
        assert key not in capsys.readouterr().err
