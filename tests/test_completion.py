"""What the shells complete, asked of the shells themselves."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.cli import COMMANDS, parser
from callsheet.report import FORMATS
from callsheet.rules import RULES
from callsheet.shape.kind import KINDS
from callsheet.starter import starters
from completion import actions
from terminal import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Ask = Callable[[Path, str], set[str]]

ROOT = Path(__file__).parent.parent
FILES = ROOT / "completions"
PROFILE = "mein Profil für Öl.yaml"

ASKED = {
    "callsheet li": {"lint"},
    "callsheet ": set(COMMANDS),
    "callsheet --vers": {"--version"},
    "callsheet lint --output-format ": set(FORMATS),
    "callsheet lint --stati": {"--statistics"},
    "callsheet lint --exit": {"--exit-zero"},
    "callsheet explain CS20": {code for code in RULES if code.startswith("CS20")},
    "callsheet lint --select CS20": {code for code in RULES if code.startswith("CS20")},
    "callsheet lint --select CS101,CS20": {code for code in RULES if code.startswith("CS20")},
    "callsheet lint --kind transl": {kind for kind in KINDS if kind.startswith("transl")},
    "callsheet lint --revision 2026-07-2": {"2026-07-28"},
    "callsheet lint --root fol": {"folder"},
    "callsheet lint mein": {PROFILE},
    "callsheet lint other.yaml mein": {PROFILE},
    "callsheet show mein": {PROFILE},
    "callsheet diff other.yaml mein": {PROFILE},
    "callsheet migrate other.yaml mein": {PROFILE},
    "callsheet drift --openapi mein": {PROFILE},
    "callsheet new ph": {starter.name for starter in starters() if starter.name.startswith("ph")},
    "callsheet schema transl": {kind for kind in KINDS if kind.startswith("transl")},
    "callsheet send client-": {"client-secret"},
    "callsheet send client-secret mein": {PROFILE},
    "callsheet send reject --stat": {"--status-code"},
}
"""What is typed, and all that may come next."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two files and a folder in it."""
    (tmp_path / PROFILE).touch()
    (tmp_path / "other.yaml").touch()
    (tmp_path / "folder").mkdir()
    return tmp_path


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def run(place: Path, command: Sequence[str]) -> str:
    done = subprocess.run(
        command, cwd=place, capture_output=True, text=True, check=False, timeout=60, env=environment(place)
    )
    assert done.stderr == ""
    return done.stdout


def environment(place: Path) -> dict[str, str]:
    home = {"HOME": str(place / "folder"), "XDG_CONFIG_HOME": str(place / "folder")}
    return {"PATH": os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8", **home}


def bash(place: Path, line: str) -> set[str]:
    words = [*shlex.split(line), *([""] if line.endswith(" ") else [])]
    script = (
        f"source {shlex.quote(str(FILES / 'callsheet.bash'))}\n"
        f"COMP_WORDS=({shlex.join(words)})\nCOMP_CWORD={len(words) - 1}\n"
        '"$(complete -p callsheet | sed -E "s/.* -F ([^ ]+) .*/\\1/")"\nprintf "%s\\n" "${COMPREPLY[@]}"'
    )
    return set(run(place, [shell("bash"), "--norc", "-c", script]).splitlines()) - {""}


def fish(place: Path, line: str) -> set[str]:
    script = f"source {shlex.quote(str(FILES / 'callsheet.fish'))}; complete -C {shlex.quote(line)}"
    lines = run(place, [shell("fish"), "--no-config", "-c", script]).splitlines()
    return {line.partition("\t")[0].rstrip("/") for line in lines}


ZSH = """
unsetopt prompt_sp zle_bracketed_paste 2>/dev/null
PS1='ready> '; fpath=({files} $fpath); autoload -Uz compinit; compinit -u -D
zstyle ':completion:*' menu no
setopt no_beep no_list_ambiguous
LISTMAX=100000
compadd() {{  # tells the matches, and goes on as ever
  if [[ " ${{@[1,(i)(-|--)]}} " == *" -"[OAD]" "* ]]; then builtin compadd "$@"; return $?; fi
  local -a hits; builtin compadd -A hits "$@"; print -rl -- $hits >> {out}
  builtin compadd "$@"
}}
leave() {{ exit }}
zle -N leave; bindkey '^X' leave; bindkey '^I' complete-word
"""


def zsh(place: Path, line: str) -> set[str]:
    """Types the line and a tab into a zsh on a terminal of its own, which writes down what it offers."""
    program = shell("zsh")
    out = place / "folder" / "out"
    (place / "folder" / ".zshrc").write_text(
        ZSH.format(files=shlex.quote(str(FILES)), out=shlex.quote(str(out))), encoding="utf-8"
    )
    with terminal([program, "-d", "-i"], place, {**environment(place), "ZDOTDIR": str(place / "folder")}) as typing:
        typing.wait_for("ready> ")
        typing.type(f"{line}\t\x18")
        typing.leave()
    if not out.exists():
        return set()
    return {shlex.split(word)[0] for word in out.read_text(encoding="utf-8").splitlines() if word}


@pytest.mark.parametrize("line", ASKED)
@pytest.mark.parametrize("ask", [bash, zsh, fish], ids=lambda ask: str(ask.__name__))
def test_what_a_shell_offers(ask: Ask, line: str, place: Path) -> None:
    offered = {word.rpartition(",")[2] for word in ask(place, line)}
    assert offered == ASKED[line]


def test_a_path_keeps_its_spaces_when_bash_writes_it(place: Path) -> None:
    """On a terminal, where the shell itself puts the answer into the line."""
    (place / "folder" / "rc").write_text(f"source {shlex.quote(str(FILES / 'callsheet.bash'))}\nPS1=\n")
    program = shell("bash")
    command = [program, "--noprofile", "--rcfile", "folder/rc", "-i"]
    with terminal(command, place, environment(place)) as typing:
        typing.type('callsheet() { printf "<%s>" "$@" > said; exit; }\ncallsheet li\tmein\\ Pro\t--exi\t\n')
        typing.leave()
    assert (place / "said").read_text(encoding="utf-8") == f"<lint><{PROFILE}><--exit-zero>"


@pytest.mark.parametrize("file", sorted(FILES.iterdir()), ids=lambda file: str(file.name))
def test_every_flag_of_every_command_is_offered(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    flags = {flag for action in actions(parser()) for flag in action.option_strings if flag.startswith("--")}
    assert len(flags) > 40
    assert not {flag for flag in flags if flag not in text and f"-l {flag[2:]} " not in text}
