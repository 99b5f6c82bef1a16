"""Days on which parts of the API end that are neither a model nor a voice."""

STORED_PROMPTS = "2026-11-30"
"""From this day on, prompts stored at OpenAI are gone.

Source: the deprecations page, in a third party's copy (/v1/prompts). No schema marks `session.prompt` yet.
"""
