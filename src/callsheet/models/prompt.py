"""Stored prompts, and what may stand in for their variables."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from callsheet.models.base import Maybe, Part, field, tag

BREAKPOINTS = "2026-07-09"
"""openai-python 2.45.0: prompt cache breakpoints, and `auto` for files."""


class CacheBreakpoint(Part):
    """Ends a stretch of the prompt that is cached and used again."""

    mode: Literal["explicit"] = field(
        "`explicit`: the cached stretch ends here. There is no other mode.",
        since=BREAKPOINTS,
        required=True,
        examples=["explicit"],
    )
    ttl: Maybe[Literal["30m", "12h"]] = field(
        "How long the cached stretch lives: 30 minutes or 12 hours.",
        since="2026-10-25",
        source="openai-python 3.51.0",
    )


class InputText(Part, tagged=True):
    """A piece of text."""

    type: Literal["input_text"] = tag("input_text", "A piece of text.")
    text: str = field("The text.", required=True, examples=["Open on weekdays from 8 to 18."])
    prompt_cache_breakpoint: Maybe[CacheBreakpoint] = field(
        "Ends a cached stretch of the prompt after this text.",
        since=BREAKPOINTS,
        examples=[{"mode": "explicit"}],
    )


class InputImage(Part, tagged=True):
    """An image, by address or by file id."""

    type: Literal["input_image"] = tag("input_image", "An image.")
    detail: Literal["low", "high", "auto", "original"] = field(
        "How finely the model looks; finer costs more tokens. The schemas require it although the reference "
        "calls `auto` its default.",
        required=True,
        added={"original": "2026-03-05"},
        examples=["auto"],
    )
    file_id: str | None = field("The id of an uploaded image, in place of `image_url`.", examples=["file-5f1c0a"])
    image_url: str | None = field(
        "The image's full address, or the image itself as a base64 `data:` URL.",
        examples=["https://example.com/floor-plan.png"],
    )
    prompt_cache_breakpoint: Maybe[CacheBreakpoint] = field(
        "Ends a cached stretch of the prompt after this image.",
        since=BREAKPOINTS,
        examples=[{"mode": "explicit"}],
    )


class InputFile(Part, tagged=True):
    """A file, by its content, its address or its id."""

    type: Literal["input_file"] = tag("input_file", "A file.")
    detail: Maybe[Literal["auto", "low", "high"]] = field(
        "How finely pages are rendered; finer costs more tokens. The default was `low` until `auto` came.",
        since="2026-04-15",
        earlier=(("2026-03-05", "2026-03-13"),),
        default="auto",
        added={"auto": BREAKPOINTS},
    )
    file_data: Maybe[str] = field("The file itself, encoded as text.")
    file_id: str | None = field("The id of an uploaded file.", examples=["file-5f1c0a"])
    file_url: Maybe[str] = field("The file's full address.", examples=["https://example.com/price-list.pdf"])
    filename: Maybe[str] = field("What the file is called.", examples=["price-list.pdf"])
    prompt_cache_breakpoint: Maybe[CacheBreakpoint] = field(
        "Ends a cached stretch of the prompt after this file.",
        since=BREAKPOINTS,
        examples=[{"mode": "explicit"}],
    )


PromptVariable = str | Annotated[InputText | InputImage | InputFile, Field(discriminator="type")]
"""What a variable of a stored prompt stands for."""


class Prompt(Part):
    """A prompt that is stored at OpenAI. These end on 2026-11-30; `instructions` stay."""

    id: str = field("The stored prompt's id.", required=True, examples=["pmpt_5f1c0a"])
    variables: dict[str, PromptVariable] | None = field(
        "Values for the prompt's placeholders, by name: text, or an object for text, an image or a file.",
        examples=[{"clinic": "Dr. Ostrowska", "greeting": {"type": "input_text", "text": "Good morning"}}],
    )
    version: str | None = field(
        "Which version of the prompt to use, as a string. Unset, the one that is current at OpenAI.",
        examples=["3"],
    )
