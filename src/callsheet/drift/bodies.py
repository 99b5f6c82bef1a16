"""Where others have each kind of body."""

from __future__ import annotations

from typing import NamedTuple


class Body(NamedTuple):
    """The places of one kind of body.

    `sdk` are types of the `openai` package, from `openai.types` on. `openapi` are operations, whose request body is
    meant (`POST /realtime/calls`), or names of components. A source without a place is not asked.
    """

    sdk: tuple[str, ...]
    openapi: tuple[str, ...]


BODIES: dict[str, Body] = {
    "realtime": Body(
        sdk=(
            "realtime.realtime_session_create_request_param.RealtimeSessionCreateRequestParam",
            "realtime.call_accept_params.CallAcceptParams",
        ),
        openapi=("POST /realtime/calls/{call_id}/accept",),
    ),
    "transcription": Body(
        sdk=(
            "realtime.realtime_transcription_session_create_request_param.RealtimeTranscriptionSessionCreateRequestParam",
        ),
        openapi=("RealtimeTranscriptionSessionCreateRequestGA",),
    ),
    "client-secret": Body(
        sdk=("realtime.client_secret_create_params.ClientSecretCreateParams",),
        openapi=("POST /realtime/client_secrets",),
    ),
    "session-update": Body(
        sdk=("realtime.session_update_event_param.SessionUpdateEventParam",),
        openapi=("RealtimeClientEventSessionUpdate",),
    ),
    "call": Body(
        sdk=("realtime.call_create_params.CallCreateParams",),
        openapi=("POST /realtime/calls",),
    ),
    "translation": Body(
        sdk=(
            "realtime.realtime_translation_session_create_request_param.RealtimeTranslationSessionCreateRequestParam",
        ),
        openapi=("RealtimeTranslationSessionCreateRequest",),
    ),
    "translation-secret": Body(
        sdk=("realtime.translations.client_secret_create_params.ClientSecretCreateParams",),
        openapi=("POST /realtime/translations/client_secrets",),
    ),
    "translation-update": Body(
        sdk=("realtime.realtime_translation_session_update_event_param.RealtimeTranslationSessionUpdateEventParam",),
        openapi=("RealtimeTranslationClientEventSessionUpdate",),
    ),
    "refer": Body(
        sdk=("realtime.call_refer_params.CallReferParams",),
        openapi=("POST /realtime/calls/{call_id}/refer",),
    ),
    "reject": Body(
        sdk=("realtime.call_reject_params.CallRejectParams",),
        openapi=("POST /realtime/calls/{call_id}/reject",),
    ),
    # In the OpenAPI document the bodies of the beta are mixed up with what the server answers: its session needs a
    # `client_secret` with a value, has no `model`, and lists voices that came later.
    "realtime-beta": Body(
        sdk=("beta.realtime.session_create_params.SessionCreateParams",),
        openapi=(),
    ),
    "transcription-beta": Body(
        sdk=("beta.realtime.transcription_session_create_params.TranscriptionSessionCreateParams",),
        openapi=(),
    ),
}
"""By kind, in the order of `callsheet.shape.kind`."""

OTHER_SDK = frozenset(
    {
        # what stands in an address, and what makes one answer
        "realtime.realtime_connect_params",
        "realtime.realtime_response_create_params",
    }
)
"""Modules of parameters that are no kind of body here."""

OTHER_OPENAPI = frozenset({"POST /realtime/sessions", "POST /realtime/transcription_sessions"})
"""Operations with a body that is no kind here, or not in this form: see the beta kinds above."""
