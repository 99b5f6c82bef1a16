"""What is generated is what the models say today, and what is published stays as it is."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import generate
from callsheet.facts.model import Model
from callsheet.facts.transcription_model import TranscriptionModel
from callsheet.rules import RULES
from callsheet.shape.derive import shapes
from callsheet.shape.frozen import load
from callsheet.shape.shape import Field, Flag, Record, Text
from callsheet.shape.table import rows
from dense import dense
from published import LIST, objections, read

if TYPE_CHECKING:
    from callsheet.shape.shape import Shape

ROOT = Path(__file__).parent.parent
OUTPUTS = generate.outputs()
PUBLISHED = read((ROOT / LIST).read_text(encoding="utf-8"))
FILES = sorted((ROOT / "schemas").rglob("*.json"))


@pytest.mark.parametrize("name", OUTPUTS)
def test_it_is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == OUTPUTS[name], "run: python tools/generate.py"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_schema_is_generated(file: Path) -> None:
    assert str(file.relative_to(ROOT)) in OUTPUTS


def test_every_dated_schema_is_published_with_its_hash() -> None:
    dated = {str(file.relative_to(ROOT)): file for file in FILES if file.parent.name != "latest"}
    assert {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in dated.items()} == PUBLISHED


def test_the_list_is_one_for_sha256sum() -> None:
    for line in (ROOT / LIST).read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert len(digest) == 64
        assert (ROOT / "schemas" / name).exists()


def refused(kind: str, shape: Shape, *amended: str) -> list[str]:
    """What is refused when one kind has this shape, and all others are as they are."""
    others = {name: text for name, text in OUTPUTS.items() if not name.endswith(f"/{kind}.schema.json")}
    return list(objections(PUBLISHED, {**others, **generate.dated(kind, shape)}, amended))


def refer() -> Record:
    shape = load()["refer"]
    assert isinstance(shape, Record)
    return Record(shape.name, dict(shape.fields))


def test_as_it_is_nothing_is_refused() -> None:
    assert refused("refer", refer()) == []


def test_a_fact_that_changes_what_is_published_is_refused() -> None:
    shape = refer()
    shape.fields["target_uri"] = shape.fields["target_uri"]._replace(shape=Text(max_length=5))
    (said,) = refused("refer", shape)
    assert said == (
        "schemas/2025-10-02/refer.schema.json is published and would change; "
        "date what is new, or, if it was wrong, say --amend 2025-10-02"
    )
    assert refused("refer", shape, "2025-10-02") == []
    assert refused("refer", shape, "2025-10-06") == [said]


def test_a_newer_revision_is_not_refused() -> None:
    shape = refer()
    shape.fields["announce"] = Field(Flag(), since="2027-01-20")
    assert refused("refer", shape) == []
    assert "schemas/2027-01-20/refer.schema.json" in generate.dated("refer", shape)


def test_a_better_sentence_changes_nothing_that_is_published() -> None:
    shape = refer()
    field = shape.fields["target_uri"]
    shape.fields["target_uri"] = field._replace(doc="Better.", default="tel:1", examples=("tel:2",), source="a")
    assert refused("refer", shape._replace(doc="Better.")) == []


NEXT_YEAR = """
import sys
sys.path.insert(0, "tools")
from callsheet.facts import model, transcription_model, voice

new = model.MODELS["gpt-realtime"]._replace(name="gpt-realtime-3", since="2027-03-01")
model.MODELS[new.name] = new
old = transcription_model.TRANSCRIPTION_MODELS["gpt-realtime-whisper"]
transcription_model.TRANSCRIPTION_MODELS["gpt-hears"] = old._replace(name="gpt-hears", since="2027-03-01")
model.OTHER_MODELS += ("gpt-7",)
model.OTHER_PREFIXES += ("gpt-7-",)
voice.OTHER_VOICES += ("sam",)

import generate, published

files = generate.outputs()
listed = published.read((generate.ROOT / published.LIST).read_text(encoding="utf-8"))
assert not list(published.objections(listed, files))
new = {name for name in files if published.revision(name)} - listed.keys()
print(*sorted(new), sep="\\n")
"""


def test_the_models_of_next_year_change_nothing_that_is_published() -> None:
    done = subprocess.run([sys.executable, "-c", NEXT_YEAR], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    kinds = ("call", "client-secret", "realtime", "session-update", "transcription")
    assert done.stdout.split() == [f"schemas/2027-03-01/{kind}.schema.json" for kind in kinds]


def test_a_kind_that_goes_away_is_refused() -> None:
    files = {name: text for name, text in OUTPUTS.items() if "refer" not in name}
    (said,) = objections(PUBLISHED, files)
    assert said.startswith("schemas/2025-10-02/refer.schema.json is published and would go away; ")


def test_a_revision_between_published_ones_is_refused() -> None:
    between = "schemas/2026-06-01/realtime.schema.json"
    (said,) = objections(PUBLISHED, {**OUTPUTS, between: "{}"})
    assert said.startswith(f"{between} would come between revisions that are published; ")
    assert list(objections(PUBLISHED, {**OUTPUTS, between: "{}"}, ["2026-06-01"])) == []


def test_nothing_is_written_where_something_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = "schemas/2026-01-01/refer.schema.json", "schemas/2026-02-02/refer.schema.json"
    assert generate.write({old: "{}\n"}, tmp_path) == 0
    listed = (tmp_path / LIST).read_text(encoding="utf-8")
    assert listed == f"{hashlib.sha256(b'{}' + bytes([10])).hexdigest()}  2026-01-01/refer.schema.json\n"

    changed = {old: "[]\n", new: "{}\n"}
    assert generate.write(changed, tmp_path) == 1
    assert generate.write(changed, tmp_path, check=True) == 1
    assert "is published and would change" in capsys.readouterr().err
    assert (tmp_path / old).read_text(encoding="utf-8") == "{}\n"
    assert not (tmp_path / new).exists()

    assert generate.write(changed, tmp_path, ["2026-01-01"]) == 0
    assert (tmp_path / old).read_text(encoding="utf-8") == "[]\n"
    assert (tmp_path / LIST).read_text(encoding="utf-8").count("\n") == 2
    assert generate.write(changed, tmp_path, check=True) == 0


def test_only_a_revision_can_be_amended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"schemas/2026-01-01/refer.schema.json": "{}\n"}
    assert generate.write(files, tmp_path, ["2026-01-02"]) == 1
    assert capsys.readouterr().err == "there is no revision 2026-01-02 to amend\n"


def test_a_file_that_nothing_makes_any_more_is_stale_and_goes(tmp_path: Path) -> None:
    left = tmp_path / "schemas" / "latest" / "old.schema.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}", encoding="utf-8")
    assert generate.write({}, tmp_path, check=True) == 1
    assert generate.write({}, tmp_path) == 0
    assert not left.exists()


def test_what_is_amended_away_leaves_the_list(tmp_path: Path) -> None:
    old = "schemas/2026-01-01/refer.schema.json"
    assert generate.write({old: "{}\n"}, tmp_path) == 0
    assert generate.write({}, tmp_path, ["2026-01-01"]) == 0
    assert not (tmp_path / old).exists()
    assert (tmp_path / LIST).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name.startswith("schemas/")][:6])
def test_a_schema_is_written_densely_and_read_as_it_was(name: str) -> None:
    data = json.loads(OUTPUTS[name])
    assert dense(data) == OUTPUTS[name]
    assert len(OUTPUTS[name]) < len(json.dumps(data, indent=1))


PAGE = OUTPUTS["docs/fields.md"]
ROWS = [row for shape in shapes().values() for row in rows(shape).values()]


def entry(path: str) -> str:
    """What the page says of a field."""
    return PAGE.partition(f"* **`{path}`**: ")[2].partition("\n* **")[0]


def test_every_field_is_on_the_page_of_fields() -> None:
    told = re.findall(r"^\* \*\*`(.*)`\*\*: ", PAGE, re.MULTILINE)
    assert len(told) == len({(row.record.name, row.path.rpartition(".")[2]) for row in ROWS})


def test_the_page_of_fields_leads_somewhere() -> None:
    rules = {f"{rule.code.lower()}-{rule.name}" for rule in RULES.values()}
    assert set(re.findall(r"\]\(rules\.md#([^)]*)\)", PAGE)) <= rules
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) == set(re.findall(r'<a id="([^"]*)"></a>', PAGE))


def test_what_a_field_needs_is_something_that_models_have() -> None:
    needs = {row.field.needs for row in ROWS if row.field.needs}
    assert needs >= {"reasoning", "parallel_tool_calls", "delay", "keywords"}
    assert needs <= {*Model._fields, *TranscriptionModel._fields}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("audio.input.transcription.delay", "`minimal`, `low`, `medium`, `high` or `xhigh`. Since 2026-05-07."),
        ("audio.input.transcription.delay", "Models: `gpt-realtime-whisper`. Not known of `gpt-live-transcribe`."),
        ("audio.input.transcription.delay", "Rules: [CS305](rules.md#cs305-transcription-delay)."),
        ("audio.input.format[audio/pcm].rate", "Rules: [CS203](rules.md#cs203-pcm-rate). Source: service: "),
        (
            "audio.input.noise_reduction.strength",
            "number from 0 to 1; unset: `1`. Since 2026-11-05, its bounds since 2026-",
        ),
        ("prompt.variables.*[input_image].detail", "`original` (2026-03-05); required. Since 2025-09-02."),
        ("prompt.variables.*[input_file].detail", "Since 2026-04-15, and from 2026-03-05 until 2026-03-13."),
        ("reasoning", "Models: `gpt-realtime-2`, `gpt-realtime-2.1-mini`, `gpt-realtime-2.1`."),
        ("tools", "Rules: [CS401](rules.md#cs401-nested-tool)"),
        ("target_uri", "Rules: [CS441](rules.md#cs441-refer-target)."),
    ],
)
def test_what_the_page_says_of_a_field(path: str, said: str) -> None:
    assert said in entry(path)
