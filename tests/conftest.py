"""What all tests share."""

import os

from hypothesis import settings

pytest_plugins = ["tests.databases"]

settings.register_profile("steady", derandomize=True, max_examples=50)
settings.register_profile("search", max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
# The same examples at every run, so that what fails has been changed; to look for more, run with
# HYPOTHESIS_PROFILE=search.
