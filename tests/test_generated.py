"""What is generated is what the models say today."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

ROOT = Path(__file__).parent.parent
OUTPUTS: dict[str, str] = runpy.run_path(str(ROOT / "tools" / "generate.py"))["outputs"]()


@pytest.mark.parametrize("name", OUTPUTS)
def test_it_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == OUTPUTS[name], "run: python tools/generate.py"


@pytest.mark.parametrize("file", sorted((ROOT / "schemas").rglob("*.json")), ids=lambda file: file.name)
def test_a_schema_is_one_and_is_generated(file: Path) -> None:
    import json

    Draft7Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))
    assert str(file.relative_to(ROOT)) in OUTPUTS
