"""Days on which parts of the API end that are neither a model nor a voice."""

BETA_INTERFACE = "2026-05-12"
"""From this day on, OpenAI's own endpoints take today's shape alone, and refuse the flat one of the beta API.

Source: OpenAI's deprecations page; the service's error `beta_api_shape_disabled`.
"""

STORED_PROMPTS = "2026-11-30"
"""From this day on, prompts stored at OpenAI are gone.

Source: the deprecations page, in a third party's copy (/v1/prompts). No schema marks `session.prompt` yet.
"""
