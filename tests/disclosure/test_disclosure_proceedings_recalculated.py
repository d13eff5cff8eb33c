"""A holiday notice is loaded: the limits of proceedings that run roll forward over other days."""

from dataclasses import replace
from datetime import date, timedelta

from disclosure.proceeding_recalculation import recalculated_proceeding
from tests.disclosure.notices import UNPUBLISHED, with_invented_notice
from tests.disclosure.proceeding_specification import (
    Given,
    conclude_reconsideration,
    expire,
    file_reconsideration,
    given,
)
from tests.disclosure.specification import LAW

AFTER = replace(LAW, calendar=with_invented_notice())
LOADED_ON = date(UNPUBLISHED - 1, 12, 1)

SIXTY_DAYS_BEFORE = date.fromordinal(date(UNPUBLISHED, 1, 4).toordinal() - 60).isoformat()
"""So that the sixtieth day is 4 January: a day off by the invented notice."""


def test_a_limit_that_ends_on_a_new_day_of_rest_rolls_on_and_is_provisional_no_more() -> None:
    filed = given(file_reconsideration(SIXTY_DAYS_BEFORE))
    (change,) = recalculated_proceeding(filed.events, LOADED_ON, AFTER)
    assert change.limit.what == "decision"
    assert change.limit.due_on == AFTER.calendar.after(date(UNPUBLISHED, 1, 5), 1).day
    assert not change.limit.provisional
    moved = Given((*filed.events, change))
    assert moved.state.limit == change.limit
    assert recalculated_proceeding(moved.events, LOADED_ON, AFTER) == []


def test_a_limit_within_the_published_calendar_stays() -> None:
    filed = given(file_reconsideration("2025-03-03"))
    assert recalculated_proceeding(filed.events, LOADED_ON, AFTER) == []


def test_once_concluded_it_is_the_time_to_sue_that_moves() -> None:
    on = date(UNPUBLISHED - 1, 12, 20).isoformat()
    concluded = given(file_reconsideration(SIXTY_DAYS_BEFORE), conclude_reconsideration(on))
    (change,) = recalculated_proceeding(concluded.events, LOADED_ON, AFTER)
    assert change.limit.what == "suing"


def test_a_proceeding_whose_limit_has_passed_keeps_it() -> None:
    filed = given(file_reconsideration(SIXTY_DAYS_BEFORE))
    assert filed.state.limit is not None
    day_after = filed.state.limit.due_on + timedelta(days=1)
    passed = filed.when(expire("decision", day_after.isoformat())).after
    assert recalculated_proceeding(passed.events, LOADED_ON, AFTER) == []
