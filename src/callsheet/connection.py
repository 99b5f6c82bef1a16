"""Where requests go: to OpenAI or to an Azure resource, as the environment of the openai package says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callsheet.redact import mask
from callsheet.shape.directive import TARGETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openai import OpenAI

_BASE_URL = "https://api.openai.com/v1"
_KEY, _BASE = "OPENAI_API_KEY", "OPENAI_BASE_URL"
_AZURE_KEY, _AZURE_TOKEN = "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"
_AZURE_ENDPOINT, _AZURE_VERSION = "AZURE_OPENAI_ENDPOINT", "OPENAI_API_VERSION"
_NAMED = {"OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID"}
_CUSTOM = "OPENAI_CUSTOM_HEADERS"


class Connection(NamedTuple):
    """What the client adds to a request: the URL before its path and behind it, and headers.

    What is secret is the name of its variable.
    """

    base_url: str
    query: str
    headers: dict[str, str]


def connection(target: str, environment: Mapping[str, str]) -> Connection:
    """How a request would go out, in words: neither a key nor the openai package is needed."""
    if _is_azure(target, environment):
        endpoint = environment.get(_AZURE_ENDPOINT) or f"${_AZURE_ENDPOINT}"
        version = environment.get(_AZURE_VERSION) or f"${_AZURE_VERSION}"
        key = (
            {"Authorization": f"Bearer ${_AZURE_TOKEN}"}
            if environment.get(_AZURE_TOKEN)
            else {"api-key": f"${_AZURE_KEY}"}
        )
        base_url, query = f"{endpoint.rstrip('/')}/openai", f"?api-version={version}"
    else:
        base_url, query = (environment.get(_BASE) or _BASE_URL).rstrip("/"), ""
        key = {"Authorization": f"Bearer ${_KEY}"}
    named = {header: f"${name}" for header, name in _NAMED.items() if environment.get(name)}
    lines = environment.get(_CUSTOM, "").splitlines()
    custom = {line.partition(":")[0].strip(): f"${_CUSTOM}" for line in lines if ":" in line}
    return Connection(mask(base_url), mask(query), {**key, **named, **custom})


def connected(target: str, environment: Mapping[str, str]) -> OpenAI:
    """A client of the openai package for a target, which reads its environment.

    Raises ImportError without the package, and ValueError, with a sentence, if the environment lacks something.
    """
    import httpx2  # noqa: F401 - an openai package without it is too old
    from openai import AzureOpenAI, OpenAI, OpenAIError

    is_azure = _is_azure(target, environment)
    keys = (_AZURE_TOKEN, _AZURE_KEY) if is_azure else (_KEY,)
    missing = [name for name in (_AZURE_ENDPOINT, _AZURE_VERSION) if is_azure and not environment.get(name)]
    key = next((name for name in keys if environment.get(name)), None)
    if key is None:
        missing.append(" or ".join(reversed(keys)))
    elif not (environment[key].isascii() and environment[key].isprintable() and " " not in environment[key]):
        raise ValueError(f"{key} contains a space, a line break or another character that no key has")
    if missing:
        raise ValueError(
            f"the environment lacks {', '.join(missing)}: set {'it' if len(missing) == 1 else 'them'} first"
        )
    try:
        return AzureOpenAI() if is_azure else OpenAI()
    except (OpenAIError, OSError) as error:  # OSError: a file of certificates that is not there
        raise ValueError(mask(str(error))) from None


def _is_azure(target: str, environment: Mapping[str, str]) -> bool:
    """Whether it takes the client for Azure: its newer endpoints are reached by their base URL and the plain client."""
    return target != TARGETS[0] and bool(environment.get(_AZURE_ENDPOINT) or not environment.get(_BASE))
