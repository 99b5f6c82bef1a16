"""What a request holds that no message may repeat: the key, and the values that came from the environment."""

from __future__ import annotations

import json
import re
from os.path import commonprefix
from typing import TYPE_CHECKING

from callsheet.redact import mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.request import Request

_CREDENTIALS = ("authorization", "api-key", "proxy-authorization", "cookie")
"""The headers that hold one."""
_ANYWHERE = 6
"""A value as long as this is hidden within words as well; a shorter one, such as `marin`, where it stands alone."""
_SHORTEST = 3
_HEAD = 12
"""Whoever quotes a long value may cut it off; so much of its beginning tells that it is meant."""


class Unsaid:
    """Takes secrets out of texts that others wrote: the service's sentences, and the errors of the network.

    A value from the environment becomes the name of its variable.
    """

    def __init__(self, request: Request, headers: Mapping[str, str]) -> None:
        found = {value: f"${name}" for name, value in request.secrets()}
        for header in _CREDENTIALS:
            credential = headers.get(header, "").removeprefix("Bearer ")
            found[credential.strip()] = "***"
        self._forms: list[tuple[str, str]] = []
        for value, name in sorted(found.items(), key=lambda entry: -len(entry[0])):
            if len(value) >= _SHORTEST:
                # As it is, as Python quotes it in an error, and as JSON does.
                forms = dict.fromkeys((value, repr(value)[1:-1], json.dumps(value)[1:-1]))
                self._forms += ((form, name) for form in forms)

    def without(self, text: str) -> str:
        """The text with every secret masked."""
        return mask(self._replaced(text))

    def hush(self, error: BaseException) -> None:
        """Take the secrets out of the words of an error and of those that led to it: a traceback prints them all."""
        seen: set[int] = set()
        following: BaseException | None = error
        while following is not None and id(following) not in seen:
            seen.add(id(following))
            words = str(following)
            if self._replaced(words) != words:
                following.args = (self._replaced(words),)
                if hasattr(following, "message"):
                    following.message = following.args[0]
            following = following.__cause__ or following.__context__

    def _replaced(self, text: str) -> str:
        for form, name in self._forms:
            if len(form) >= _ANYWHERE:
                text = _cut(text.replace(form, name), form, name)
            elif form in text:
                text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", name.replace("\\", r"\\"), text)
        return text


def _cut(text: str, form: str, name: str) -> str:
    """The text without the beginnings of a value."""
    head = form[:_HEAD]
    at = text.find(head) if len(form) > _HEAD else -1
    while at >= 0:
        same = commonprefix((form, text[at:]))  # noqa: RUF071 - of two texts, not of paths
        text = text[:at] + name + text[at + len(same) :]
        at = text.find(head, at + len(name))
    return text
