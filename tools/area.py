"""What mutants are made of: parts of callsheet, and the tests that know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Area(NamedTuple):
    """Files, as patterns from the root of the repository, and the tests that are run for them.

    The tests are groups. A group is run if all before it let the mutant live, so what kills most comes first.
    """

    files: tuple[str, ...]
    tests: tuple[tuple[str, ...], ...]
    but: tuple[str, ...] = ()

    def sources(self, root: Path) -> list[str]:
        """The files that there are."""
        found = {path.relative_to(root).as_posix() for pattern in self.files for path in root.glob(pattern)}
        return sorted(found.difference(self.but))


_FINDINGS = ("tests/test_rules.py", "tests/test_golden.py", "tests/test_lint.py")
_EDITING = ("src/callsheet/source/edit.py", "src/callsheet/source/layout.py", "src/callsheet/source/quote.py")

AREAS = {
    "rules": Area(
        files=("src/callsheet/rules/*.py",),
        tests=(
            _FINDINGS,
            (
                "tests/test_stand_in.py",
                "tests/test_placeholder.py",
                "tests/test_lifecycle.py",
                "tests/test_model_rules.py",
                "tests/test_refer_target.py",
                "tests/test_predicate.py",
                "tests/test_explain.py",
                "tests/test_passed_over.py",
            ),
            ("tests/test_service.py", "tests/test_revision.py"),
        ),
    ),
    "predicates": Area(
        files=("src/callsheet/predicate.py", "src/callsheet/patch.py", "src/callsheet/pointer.py"),
        tests=(
            ("tests/test_predicate.py", "tests/test_patch.py", "tests/test_pointer.py"),
            _FINDINGS,
            ("tests/test_edit.py",),
        ),
    ),
    "resolver": Area(
        files=(
            "src/callsheet/compose.py",
            "src/callsheet/intake.py",
            "src/callsheet/merge.py",
            "src/callsheet/project.py",
            "src/callsheet/directives.py",
            "src/callsheet/content.py",
            "src/callsheet/overlay.py",
            "src/callsheet/resolved.py",
        ),
        tests=(
            ("tests/test_merge.py", "tests/test_directives.py", "tests/test_content.py", "tests/test_resolved.py"),
            ("tests/test_compose.py",),
            ("tests/test_discover.py", "tests/test_lint.py", "tests/test_show.py"),
            ("tests/test_compose_properties.py", "tests/test_lsp_desk.py"),
        ),
    ),
    "reader": Area(
        files=("src/callsheet/source/*.py",),
        but=_EDITING,
        tests=(
            (
                "tests/source/test_simple.py",
                "tests/source/test_yaml.py",
                "tests/source/test_json.py",
                "tests/source/test_text.py",
            ),
            (
                "tests/source/test_comments.py",
                "tests/source/test_node.py",
                "tests/source/test_secret.py",
                "tests/test_suppression.py",
            ),
            _FINDINGS,
            ("tests/source/test_plain.py", "tests/source/test_places.py"),
            ("tests/test_leaks.py",),
        ),
    ),
    "fixer": Area(
        files=("src/callsheet/fix/*.py", *_EDITING),
        tests=(("tests/test_edit.py",), ("tests/test_fix.py",), ("tests/test_write.py",)),
    ),
    "config": Area(
        files=("src/callsheet/config/*.py", "src/callsheet/suppression.py"),
        tests=(("tests/test_suppression.py", "tests/test_config.py"), ("tests/test_discover.py",)),
    ),
    "batch": Area(
        files=("src/callsheet/batch/*.py",),
        tests=(
            (
                "tests/batch/test_check.py",
                "tests/batch/test_sweep.py",
                "tests/batch/test_pool.py",
                "tests/batch/test_users.py",
            ),
            ("tests/test_discover.py", "tests/test_config.py"),
            ("tests/batch",),
        ),
    ),
}
