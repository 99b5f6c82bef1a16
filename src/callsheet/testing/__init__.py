"""Hypothesis strategies for sessions, valid and broken, and for profiles: to test your own code with.

    from hypothesis import given
    from callsheet.testing import sessions

    @given(sessions("realtime"))
    def test_my_gateway_takes_every_session(session): ...

Needs hypothesis. All of it follows from the shapes and the rules: a new field is generated, and a new rule broken, as
soon as it is declared.
"""

from callsheet.testing.broken import Broken, broken_sessions
from callsheet.testing.profile import Profile, profiles
from callsheet.testing.valid import sessions

__all__ = ["Broken", "Profile", "broken_sessions", "profiles", "sessions"]
