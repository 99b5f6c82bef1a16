"""What is looked at again when a text changes: itself and what builds on it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.lsp.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = "type: realtime\nmodel: gpt-realtime-2.1\n"


def test_what_does_not_build_on_a_text_is_not_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    base, child, other = ((tmp_path / f"{name}.yaml").as_uri() for name in ("base", "child", "other"))
    desk = Desk()
    desk.put(base, "yaml", 1, "$partial: true\naudio: {output: {speed: 1.0}}\n")
    desk.put(child, "yaml", 1, f"$extends: base.yaml\n{RIGHT}")
    desk.put(other, "yaml", 1, f"{RIGHT}audio: {{output: {{speed: 3.0}}}}\n")
    before = {uri: desk.checked(uri) for uri in (base, child, other)}
    assert desk.related(base) == {child}
    assert desk.related(child) == {base}
    desk.put(base, None, 2, "$partial: true\naudio: {output: {speed: 2.0}}\n")
    after = {uri: desk.checked(uri) for uri in (base, child, other)}
    assert after[other] is before[other]
    assert after[base] is not before[base]
    found = after[child]
    assert found is not None
    assert [finding.code for finding in found.findings] == ["CS105"]
    desk.forget()
    assert desk.checked(other) is not before[other]


def test_a_text_that_is_closed_is_forgotten(tmp_path: Path) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    desk = Desk()
    desk.put(uri, "yaml", 1, RIGHT)
    assert desk.checked(uri) is not None
    desk.drop(uri)
    assert desk.checked(uri) is None
    assert desk.related(uri) == set()
