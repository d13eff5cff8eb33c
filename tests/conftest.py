"""What all tests share."""

import os

import structlog
from hypothesis import HealthCheck, settings

from engine.logs import frames_without_text

pytest_plugins = ["tests.databases"]

# No example is timed: how long one takes says how busy the machine is.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples at every run, so that what fails has been changed; to look for more, run with
# HYPOTHESIS_PROFILE=search.
settings.register_profile("steady", UNTIMED, derandomize=True, max_examples=50)
settings.register_profile("search", UNTIMED, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Errors as the product writes them; structlog's default prints every frame's variables, ten seconds
# for a page that fails (measured).
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.processors.ExceptionRenderer(frames_without_text),
        structlog.dev.ConsoleRenderer(colors=False),
    ]
)
