"""CS6xx: names that are unknown, gone or on their way out."""

from __future__ import annotations

from callsheet.facts.model import MODELS, is_other
from callsheet.facts.shutdown import STORED_PROMPTS
from callsheet.facts.transcription_model import TRANSCRIPTION_MODELS
from callsheet.nearest import nearest
from callsheet.patch import Fix, Put
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.facts.transcription_model import TranscriptionModel
    from callsheet.pointer import Path
    from callsheet.rules.subject import Catalogue, Names

_SOON = 180
"""Days before a shutdown from which on it is worth a line in every run."""
_TALKING = {model.name: model for model in MODELS.values() if model.api == "realtime"}


def _successor(name: str, catalogue: Catalogue) -> str:
    """A model to take instead that is not on its way out: what the notices name, else the newest of its kind."""
    following = _TALKING if catalogue is MODELS else catalogue
    entry = following.get(name)
    while entry is not None and entry.until is not None and entry.replacement is not None:
        name = entry.replacement
        entry = following.get(name)
    if entry is not None and entry.until is None:
        return name
    lasting = [other.name for other in following.values() if other.until is None]
    return next((other for other in reversed(lasting) if ("mini" in other) == ("mini" in name)), lasting[-1])


def _latest(name: str, today: str) -> str | None:
    """The newest model of the family whose `-latest` somebody asks for; the API has no such names."""
    family = name.removesuffix("-latest")
    if family == name or "realtime" not in name:
        return None
    living = [model.name for model in _TALKING.values() if model.until is None or model.until > today]
    small = family.endswith("-mini")
    family = family.removesuffix("-mini")
    return next(
        (model for model in reversed(living) if model.startswith(family) and model.endswith("-mini") == small), None
    )


def _days(since: str, until: str) -> int:
    from datetime import date

    return (date.fromisoformat(until) - date.fromisoformat(since)).days


def _in_days(count: int) -> str:
    return "tomorrow" if count == 1 else f"in {count} days"


def _replaced(path: Path, name: str, catalogue: Catalogue, session: dict[str, Any]) -> tuple[str, Fix]:
    """A model to take instead, one of those to which the rest of the body fits."""
    better = _successor(name, catalogue)
    if catalogue is TRANSCRIPTION_MODELS:
        lasting = [model.name for model in TRANSCRIPTION_MODELS.values() if model.until is None]
        better = min([better, *reversed(lasting)], key=lambda model: _losses(TRANSCRIPTION_MODELS[model], session))
    return better, Fix(f"write `{better}`", (Put(path, better),), "unsafe")


def _for_all(help_: str, *, is_part: bool) -> str:
    """The advice to take a model; the profiles that build on this one may have settings that it does not take."""
    return f"{help_}, or take a model that suits all profiles that build on this one" if is_part else help_


def _losses(model: TranscriptionModel, session: dict[str, Any]) -> int:
    """How many settings of a session the model does not take."""
    given = session["audio"]["input"]
    hints = given["transcription"]
    lost = sum(
        hints.get(key) is not None and getattr(model, key) is False
        for key in ("prompt", "keywords", "languages", "language", "delay")
    )
    if session.get("type") == "transcription" and given.get("turn_detection") is not None:
        lost += model.vad_in_transcription is False
    return lost + (bool(session.get("include")) and model.logprobs is False)


def _unknown(names: Names, session: dict[str, Any], today: str, as_of: str, is_part: bool) -> Iterator[At]:  # noqa: FBT001 - asked for by name
    for path, name, catalogue in names:
        entry = catalogue.get(name)
        if entry is not None and entry.delisted and entry.until is not None and entry.until <= as_of:
            better, fix = _replaced(path, name, catalogue, session)
            yield At(
                path,
                f"`{name}` was removed from the API's list of models on {entry.until}",
                _for_all(f"write `{better}`", is_part=is_part),
                fix=fix,
            )
            continue
        if name in MODELS or name in TRANSCRIPTION_MODELS or is_other(name):
            continue  # known, if perhaps in the wrong place
        what = "model" if catalogue is MODELS else "transcription model"
        guess = _latest(name, today) or nearest(name, _TALKING if catalogue is MODELS else catalogue)
        if guess is None:
            newest = _successor(name, catalogue)
            help_ = f"check the spelling, or take `{newest}`; for a deployment on Azure add `$target: azure`"
            yield At(path, f"callsheet knows no {what} {shown(name)}", help_)
            continue
        until = catalogue[guess].until
        if until is not None and (until <= today or _days(today, until) <= _SOON):
            guess, _fix = _replaced(path, guess, catalogue, session)
        yield At(
            path,
            f"callsheet knows no {what} {shown(name)}",
            f"write `{guess}`, unless the model is newer than this callsheet",
            fix=Fix(f"write `{guess}`", (Put(path, guess),), "unsafe"),
        )


UNKNOWN_MODEL = Rule(
    code="CS601",
    name="unknown-model",
    severity="warning",
    summary="A model or transcription model that callsheet does not know.",
    why="The API takes any text here, so a misspelt name passes every schema and the call fails when it begins. A model "
    "that came out after this version of callsheet is fine, and so is a deployment on Azure; that the name is wrong is "
    "not proven.",
    source="the lists of models in the API reference; observed: invalid_model",
    targets=("openai",),
    check=_unknown,
    of_parts=True,
    bad="type: realtime\nmodel: gpt-reatime-2.1\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
    fixed="type: realtime\nmodel: gpt-realtime-2.1\n",
)


def _retired(names: Names, session: dict[str, Any], as_of: str, is_part: bool) -> Iterator[At]:  # noqa: FBT001 - as above
    for path, name, catalogue in names:
        entry = catalogue.get(name)
        if entry is not None and not entry.delisted and entry.until is not None and entry.until <= as_of:
            better, fix = _replaced(path, name, catalogue, session)
            help_ = _for_all(f"write `{better}`", is_part=is_part)
            yield At(path, f"`{name}` was shut down on {entry.until}", help_, fix=fix)


RETIRED_MODEL = Rule(
    code="CS602",
    name="retired-model",
    severity="error",
    summary="A model or transcription model that was shut down.",
    why="The API's schemas list models for long after their end, and the name alone looks right. There is nobody to answer "
    "the call.",
    source="OpenAI's deprecations page; list of deprecated values in openai-python 3.41.0",
    targets=("openai",),
    check=_retired,
    of_parts=True,
    bad="type: realtime\nmodel: gpt-4o-realtime-preview\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
    fixed="type: realtime\nmodel: gpt-realtime-1.5\n",
)


def _retiring(names: Names, session: dict[str, Any], today: str, as_of: str, is_part: bool) -> Iterator[At]:  # noqa: FBT001 - as above
    for path, name, catalogue in names:
        entry = catalogue.get(name)
        if entry is None or entry.delisted or entry.until is None or entry.until <= as_of:
            continue
        left = _days(today, entry.until)
        if left > _SOON:
            continue
        better, fix = _replaced(path, name, catalogue, session)
        if left > 0:
            message = f"`{name}` will be shut down on {entry.until}, {_in_days(left)}"
            help_ = _for_all(f"move to `{better}` before then", is_part=is_part)
            yield At(path, message, help_, fix=fix)
        else:
            message = f"`{name}` was shut down on {entry.until}; at the revision of {as_of} it still ran"
            yield At(path, message, _for_all(f"move to `{better}`", is_part=is_part), fix=fix)


RETIRING_MODEL = Rule(
    code="CS603",
    name="retiring-model",
    severity="warning",
    summary="A model or transcription model that will be shut down within 180 days, or was after the revision checked against.",
    why="From the day of its shutdown on, no call with it gets through. A new model speaks and listens differently, so try "
    "it while the old one still answers.",
    source="OpenAI's deprecations page; list of deprecated values in openai-python 3.41.0",
    targets=("openai",),
    check=_retiring,
    of_parts=True,
    bad="type: realtime\nmodel: gpt-realtime\n",
    good="type: realtime\nmodel: gpt-realtime-2.1\n",
    fixed="type: realtime\nmodel: gpt-realtime-2.1\n",
)


NOT_IN_REVISION = Rule(
    code="CS605",
    name="not-in-revision",
    severity="error",
    summary="A key, a value or a form that the API does not have at the revision that is checked against.",
    why="Whoever names a revision speaks to something that has stopped there: a deployment on Azure, an SDK, a gateway. One "
    "key that it does not know, and the whole body is dropped. The dates are those of SDK releases and of the OpenAPI "
    "document; a server may have known a key some days sooner.",
    source="openai-python releases 1.103.0 to 3.51.0; commits of the OpenAPI document; the service's unknown_parameter error",
    bad="$revision: 2026-01-01\ntype: realtime\nreasoning: {effort: low}\n",
    good="$revision: 2026-06-01\ntype: realtime\nmodel: gpt-realtime-2\nreasoning: {effort: low}\n",
)


def _later_name(names: Names, revision: str) -> Iterator[At]:
    for path, name, catalogue in names:
        entry = catalogue.get(name)
        if entry is not None and entry.since > revision:
            yield At(
                path,
                f"`{name}` was released on {entry.since}, after {revision}, the revision that is checked against",
                f"raise the revision to {entry.since}, or take a model of that time",
            )


LATER_NAME = Rule(
    code="CS606",
    name="later-name",
    severity="warning",
    summary="A model or transcription model that came after the revision that is checked against.",
    why="What has stopped at a revision serves the models of that time. The API takes any text here and the dates are those "
    "of lists, not of servers, so that the name is refused is not proven.",
    source="the lists of models in openai-python 1.103.0 to 3.51.0",
    targets=("openai",),
    check=_later_name,
    of_parts=True,
    bad="$revision: 2026-05-01\ntype: realtime\nmodel: gpt-realtime-2\n",
    good="$revision: 2026-05-07\ntype: realtime\nmodel: gpt-realtime-2\n",
)


def _stored_prompt(prompt: dict[str, Any], today: str) -> Iterator[At]:
    if "id" not in prompt:
        return  # that it is no stored prompt has been said
    if today < STORED_PROMPTS:
        message = f"stored prompts end on {STORED_PROMPTS}, {_in_days(_days(today, STORED_PROMPTS))}"
    else:
        message = f"stored prompts ended on {STORED_PROMPTS}"
    yield At(("prompt",), message, "put the text of the prompt into `instructions`", "key")


STORED_PROMPT = Rule(
    code="CS604",
    name="stored-prompt",
    severity="warning",
    summary="A prompt that is stored at OpenAI; these end on 2026-11-30.",
    why="Without its prompt the agent answers with the service's defaults, or not at all. The date is known from a copy of "
    "the deprecations page, and no schema marks `prompt` yet, so the end is not proven.",
    source="OpenAI's deprecations page in a third party's copy (/v1/prompts)",
    kinds=("realtime",),
    targets=("openai",),
    check=_stored_prompt,
    of_parts=True,
    bad="type: realtime\nprompt: {id: pmpt_5f1c0a}\n",
    good="type: realtime\ninstructions: You answer the phone at Hotel Aurora.\n",
)
