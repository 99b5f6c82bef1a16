"""How sending fails: the API says no, or there is no answer of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.said import harmless

if TYPE_CHECKING:
    from callsheet.answer import Answer
    from callsheet.diagnostic import Finding
    from callsheet.request import Request
    from callsheet.unsaid import Unsaid

_LONGEST = 2_000
"""How much of a sentence of the service is passed on."""


class SendError(Exception):
    """A request that did not get what it asked for.

    `status` is that of the answer, None without one; `request_id` is the id by which the service knows the request.
    `in_doubt` says that the service may have done what was asked all the same, and `doubt` says why, "" without one.
    The error of the openai package, where there is one, is the `__cause__`.
    """

    def __init__(
        self, sentence: str, *, status: int | None = None, request_id: str | None = None, doubt: str = ""
    ) -> None:
        super().__init__(f"{sentence}; {doubt}" if doubt else sentence)
        self.status = status
        self.request_id = request_id
        self.doubt = doubt

    @property
    def in_doubt(self) -> bool:
        """Whether the service may have done what was asked all the same."""
        return bool(self.doubt)


class RefusedError(SendError):
    """The API said no.

    `message` is its own sentence, `code` its word for the reason, `param` the setting that it means. `finding` is the
    same at the line of the profile where that setting is written, None where there is no such line.
    """

    def __init__(
        self,
        sentence: str,
        *,
        message: str,
        code: str | None = None,
        param: str | None = None,
        finding: Finding | None = None,
        **common: Any,
    ) -> None:
        super().__init__(sentence, **common)
        self.message = message
        self.code = code
        self.param = param
        self.finding = finding


class UnreachableError(SendError):
    """There is no answer of the API: the network failed, it took too long, or something else answered."""


def refused(request: Request, error: Any, unsaid: Unsaid, doubt: str) -> RefusedError:
    """The refusal that the openai package met as an `APIStatusError`."""
    said = error.body.get("message") if isinstance(error.body, dict) else None  # HTML, or nothing, is no sentence
    if not isinstance(said, str) or not said.strip():
        said = f"{error.status_code} {error.response.reason_phrase}".strip()
    message = _clean(said, unsaid)
    code = error.code and _clean(error.code, unsaid)
    param = _clean(error.param, unsaid) if isinstance(error.param, str) and error.param else None
    request_id = error.request_id and _clean(error.request_id, unsaid)
    details = [str(error.status_code), *filter(None, (code, request_id and f"request {request_id}"))]
    whole = f"{message} ({', '.join(details)})"
    finding = None
    if param is not None and request.profile is not None:
        finding = request.profile.refused(param, f"the API refused `{param}`: {whole}")
    return RefusedError(
        f"the API refused to {request.operation.what}: {whole}",
        status=error.status_code,
        message=message,
        code=code,
        param=param,
        request_id=request_id,
        finding=finding,
        doubt=doubt,
    )


def unreachable(request: Request, error: Any, unsaid: Unsaid, doubt: str) -> UnreachableError:
    """What the openai package met as an `APIConnectionError`."""
    cause = error.__cause__
    reason = str(error) if cause is None or not str(cause) else str(cause)
    if "Timeout" in type(error).__name__:
        reason = "it took too long"
    where = f"{error.request.url.host}: " if error.request.url.host else ""
    return UnreachableError(f"could not {request.operation.what}: {where}{_clean(reason, unsaid)}", doubt=doubt)


def unlike(request: Request, answer: Answer, lack: str) -> UnreachableError:
    """An answer that is none of the API's."""
    request_id = answer.request_id
    details = f"{answer.status}, request {harmless(request_id)}" if request_id else str(answer.status)
    return UnreachableError(
        f"could not {request.operation.what}: what answered is not the API, {lack} ({details})",
        status=answer.status,
        request_id=request_id,
        doubt="whether it was done is unknown",
    )


def _clean(text: str, unsaid: Unsaid) -> str:
    """A text of somebody else as it may be shown: on one line, without secrets, and with an end."""
    shown = harmless(unsaid.without(text.strip()))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
