"""CS43x: stored prompts and their variables."""

from __future__ import annotations

from callsheet.nearest import nearest
from callsheet.pointer import to_dotted
from callsheet.rules.rule import At, Rule
from callsheet.shape.say import either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from callsheet.pointer import Path

_SOURCES = {
    "input_image": ("an image", ("image_url", "file_id")),
    "input_file": ("a file", ("file_id", "file_url", "file_data")),
}
"""What each type of content is, and the keys that say where it comes from."""


def _contents(prompt: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any], str, tuple[str, ...]]]:
    variables = prompt.get("variables")
    for name, value in variables.items() if isinstance(variables, dict) else ():
        known = _SOURCES.get(str(value.get("type"))) if isinstance(value, dict) else None
        if known is not None:
            yield ("prompt", "variables", name), value, *known


def _no_source(prompt: dict[str, Any]) -> Iterator[At]:
    for path, value, what, keys in _contents(prompt):
        if any(value.get(key) is not None or (key in value and key != "file_id") for key in keys):
            continue
        if any(nearest(key, keys) for key in value.keys() - {*keys, "detail"}):  # which is like `file_data`
            continue  # it is there, misspelt, and that has been said
        yield At(path, f"`{to_dotted(path)}` is {what} that comes from nowhere", f"add {either(keys)}", "object")


NO_SOURCE = Rule(
    code="CS431",
    name="no-content-source",
    severity="warning",
    summary="An image or a file among the variables of a prompt that says neither where it is nor what is in it.",
    why="The model gets nothing to look at. The schemas require none of the keys, and the service's answer is not "
    "proven, hence a warning.",
    source="API reference, `input_image` and `input_file`",
    kinds=("realtime",),
    check=_no_source,
    of_parts=True,
    bad="type: realtime\n$target: azure\n"
    "prompt: {id: pmpt_5f1c0a, variables: {plan: {type: input_image, detail: auto}}}\n",
    good="type: realtime\n$target: azure\n"
    "prompt: {id: pmpt_5f1c0a, variables: {plan: {type: input_image, detail: auto, file_id: file-5f1c0a}}}\n",
)


def _several_sources(prompt: dict[str, Any]) -> Iterator[At]:
    for path, value, what, keys in _contents(prompt):
        given = [key for key in keys if value.get(key) is not None]  # in one order, however they are written
        if len(given) > 1:
            yield At(
                (*path, given[1]),
                f"`{to_dotted(path)}` is {what} with {either(given, 'and')}; it comes from one of them",
                f"keep one: {either(given)}",
                "key",
            )


SEVERAL_SOURCES = Rule(
    code="CS432",
    name="several-content-sources",
    severity="warning",
    summary="An image or a file among the variables of a prompt that comes from two places.",
    why="The reference offers the one in place of the other. Which one counts is not proven, hence a warning.",
    source="API reference, `input_image` and `input_file`",
    kinds=("realtime",),
    check=_several_sources,
    of_parts=True,
    bad="type: realtime\n$target: azure\n"
    "prompt:\n  id: pmpt_5f1c0a\n  variables:\n"
    '    prices: {type: input_file, file_id: file-5f1c0a, file_url: "https://example.com/prices.pdf"}\n',
    good="type: realtime\n$target: azure\n"
    "prompt:\n  id: pmpt_5f1c0a\n  variables:\n"
    '    prices: {type: input_file, file_url: "https://example.com/prices.pdf"}\n',
)
