"""A run over files: what it counts of them, and whom it tells of those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from callsheet.batch.check import Checker
from callsheet.batch.checked import Checked, Share
from callsheet.batch.sweep import Sweep
from callsheet.config.choice import Choice
from callsheet.discover import Found
from callsheet.linters import Linters
from callsheet.project import Project

FILES = {
    "whole.yaml": "type: realtime\nmodel: gpt-realtime-2.1\n",
    "wrong.yaml": "type: realtime\nmodel: gpt-realtime-2.1\ncolour: red\n",
    "base.yaml": "$partial: true\nmodel: gpt-realtime-2.1\n",
    "odd.yaml": "$partial: true\ncolour: red\n",
    "below.yaml": "$extends: odd.yaml\ntype: realtime\n",
    "child.yaml": "$extends: base.yaml\ntype: realtime\n",
    "other.yaml": "a: 1\n",
    "tools.json": "[]",
    "words.md": "Be brief.\n",
    "unused.md": "Be brief.\n",
    "user.yaml": "type: realtime\nmodel: gpt-realtime-2.1\ninstructions: {$file: words.md}\n",
}


@pytest.mark.parametrize(
    ("named", "met", "counts"),
    [
        ([], ["whole.yaml", "wrong.yaml", "child.yaml"], {"files": 3}),
        ([], ["other.yaml", "tools.json", "whole.yaml"], {"files": 1, "passed_over": 2}),
        (["gone.yaml", "lost.yaml"], [], {"unreadable": 2}),
        ([], ["base.yaml"], {"files": 1}),
        ([], ["other.yaml", "whole.yaml", "tools.json"], {"files": 1, "passed_over": 2}),
        ([], ["odd.yaml"], {"files": 1}),
        (["odd.yaml"], [], {"files": 1, "users": 1}),
        (["base.yaml"], [], {"files": 1, "users": 1}),
        (["base.yaml", "whole.yaml", "wrong.yaml"], ["child.yaml"], {"files": 4}),
        (["words.md"], [], {"users": 1, "parts": 1}),
        (["words.md", "base.yaml"], [], {"files": 1, "users": 2, "parts": 1}),
        (
            ["words.md", "unused.md", "README.md"],
            ["user.yaml"],
            {"files": 1, "passed_over": 1, "parts": 2, "unreadable": 1},
        ),
    ],
)
def test_what_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: list[str], met: list[str], counts: dict[str, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    checker = Checker(Linters(Choice(), Project()))
    unread: list[Checked] = []
    sweep = Sweep(checker, unread.append)
    files = [*(Found(name, named=True) for name in named), *(Found(name, named=False) for name in met)]
    for _ in sweep.run([checker.share(files[:2]), checker.share(files[2:])]):
        pass
    found = {name: getattr(sweep, name) for name in ("files", "passed_over", "unreadable", "users", "parts")}
    assert {name: count for name, count in found.items() if count} == counts
    assert [one.path for one in unread] == [name for name in named if name not in FILES]


def test_what_is_no_profile_is_counted_wherever_it_comes() -> None:
    others = [Checked(f"{number}.yaml", "other", named=False) for number in range(2)]
    sweep = Sweep(Checker(Linters(Choice(), Project())), lambda _: None)
    assert list(sweep.run([Share(1, 2, others, {}), Share(3, 4, [], {})])) == []
    assert (sweep.files, sweep.passed_over) == (4, 8)
