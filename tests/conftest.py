"""Settings for all tests: how hard hypothesis tries, and an environment that no shell has coloured.

CI tries the same examples each time, so that a commit passes or it does not; the other profiles look for new ones.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.register_profile("short", settings.get_profile("default"), max_examples=25, derandomize=True)
settings.register_profile("ci", settings.get_profile("short"), max_examples=100)
settings.register_profile("long", settings.get_profile("default"), max_examples=20_000)
settings.register_profile(  # for tools/mutants.py: whether there is an example counts, not how small it is
    "mutants", settings.get_profile("short"), max_examples=40, phases=[Phase.explicit, Phase.generate], database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

_SHELL = ("CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name in _SHELL or name.startswith(("CALLSHEET_", "GITHUB_", "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """For commands that may not write: what they reach, which is measured in every process, cannot be kept either."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
