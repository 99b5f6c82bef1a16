"""The body as JSON for people: indented, and with an escape for whatever a terminal would obey."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callsheet.render import Draft


def render(draft: Draft) -> str:
    """Exactly the data of the body; a value that is not to be seen is its variable's name already."""
    text = json.dumps(draft.body, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        letter if letter == "\n" or letter.isprintable() else json.dumps(letter).strip('"') for letter in text
    )
