"""A data folder a test, in which one agency is registered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.parts import Parts, open_parts
from engine.settings import Settings
from tests.activities.desk import enter, registered
from tests.databases import as_after_a_first_start
from workflows.law_in_force import current_law, use_law


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Open a new data folder."""
    before = current_law()
    settings = Settings.model_validate(
        {"data": as_after_a_first_start(tmp_path / "data"), "database_synchronous": "NORMAL"}
    )
    with open_parts(settings) as parts:
        enter(parts, tmp_path, registered())
        yield parts
    use_law(before)
