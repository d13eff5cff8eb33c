"""The law's open choices have bounds: beyond them a limit would be none."""

import pytest
from pydantic import ValidationError

from engine.settings import Settings

BOUNDS = [
    ("correction_working_days", 1, 250),
    ("mail_in_transit_working_days", 0, 30),
    ("reminder_working_days", 1, 19),
    ("reconcile_seconds", 10, 86_400),
]


@pytest.mark.parametrize(("name", "least", "most"), BOUNDS)
def test_the_bounds_themselves_are_taken(name: str, least: int, most: int) -> None:
    for value in (least, most):
        assert getattr(Settings.model_validate({name: value}), name) == value


@pytest.mark.parametrize(("name", "least", "most"), BOUNDS)
def test_what_lies_beyond_is_refused_by_name(name: str, least: int, most: int) -> None:
    for value in (least - 1, most + 1):
        with pytest.raises(ValidationError) as refused:
            Settings.model_validate({name: value})
        assert [error["loc"] for error in refused.value.errors()] == [(name,)]
