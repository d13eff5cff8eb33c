"""One data folder a test, or one a module where a test only reads."""

from pathlib import Path

import pytest

from tests.cli.stranger import Gongkai


@pytest.fixture
def gongkai(tmp_path: Path) -> Gongkai:
    """Give the command on a data folder that does not exist yet."""
    return Gongkai(tmp_path / "data")
