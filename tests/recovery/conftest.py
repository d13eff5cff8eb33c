"""A data folder with one agency, opened in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.settings import Settings
from tests.recovery.lives import register_agency
from worker import Parts, open_parts


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Open a new data folder in which one agency is registered."""
    settings = Settings(data=tmp_path / "data", database_synchronous="NORMAL")
    with open_parts(settings) as parts:
        register_agency(parts)
        yield parts
