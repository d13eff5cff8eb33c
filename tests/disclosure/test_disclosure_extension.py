"""延期: adds once, told in time; otherwise on record and without effect (Art. 33¶2)."""

import pytest

from disclosure.flags import Flag
from disclosure.request_events import PeriodExtended
from tests.disclosure.facts import day, extend, register
from tests.disclosure.specification import clock, given

RECEIVED = given(register("2025-09-17"))


def test_an_extension_adds_its_days_to_the_period() -> None:
    RECEIVED.when(extend("2025-10-20")).then(
        PeriodExtended(
            on=day("2025-10-20"),
            working_days=20,
            approved_by="办公室",
            effective=True,
            clock=clock("2025-11-18", "2025-11-13"),
            reason="检索量大",
        )
    )


def test_an_extension_on_the_due_date_is_in_time() -> None:
    RECEIVED.when(extend("2025-10-21", 1)).then_runs_until("2025-10-22")


def test_an_extension_after_the_due_date_is_recorded_flagged_and_without_effect() -> None:
    late = RECEIVED.when(extend("2025-10-22"))
    late.then(
        PeriodExtended(
            on=day("2025-10-22"),
            flags=(Flag.EXTENSION_LATE,),
            working_days=20,
            approved_by="办公室",
            effective=False,
            clock=None,
            reason="检索量大",
        )
    )
    late.then_runs_until("2025-10-21")


def test_a_second_extension_is_recorded_flagged_and_without_effect() -> None:
    once = RECEIVED.when(extend("2025-10-20", 5)).after
    twice = once.when(extend("2025-10-21", 5))
    twice.then_flagged(Flag.EXTENSION_REPEATED)
    twice.then_runs_until("2025-10-28")


def test_a_second_extension_that_is_also_late_says_both() -> None:
    once = RECEIVED.when(extend("2025-10-20", 5)).after
    once.when(extend("2025-10-29", 5)).then_flagged(Flag.EXTENSION_LATE, Flag.EXTENSION_REPEATED)


def test_after_an_extension_without_effect_there_is_no_second_chance_to_be_in_time() -> None:
    late = RECEIVED.when(extend("2025-10-22")).after
    late.when(extend("2025-10-23")).then_flagged(Flag.EXTENSION_LATE)


@pytest.mark.parametrize("working_days", [-20, 0, 21, 10**9])
def test_an_extension_outside_one_to_twenty_days_is_refused(working_days: int) -> None:
    RECEIVED.when(extend("2025-10-20", working_days)).then_refused("out_of_range", "working_days")


def test_an_extension_before_receipt_is_refused() -> None:
    RECEIVED.when(extend("2025-09-16")).then_refused("impossible_order", "on")
