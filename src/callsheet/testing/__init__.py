"""Hypothesis strategies for sessions, valid and broken, so that you can test your own code with them.

    from hypothesis import given
    from callsheet.testing import sessions

    @given(sessions("realtime"))
    def test_my_gateway_takes_every_session(session): ...

Needs hypothesis. All of it follows from the shapes: a new field is generated as soon as its model has it.
"""

from callsheet.testing.broken import Broken, broken_sessions
from callsheet.testing.valid import sessions

__all__ = ["Broken", "broken_sessions", "sessions"]
