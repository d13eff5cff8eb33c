"""A holiday notice is loaded: what still runs is counted again, and nothing else (条例 Art. 33)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given as whatever
from hypothesis import settings

from disclosure.amendment_events import LimitsRecalculated
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.recalculation import CALENDAR_FLAGS, recalculated
from disclosure.request_commands import RequestCommand
from tests.disclosure.any_life import LIVES, Life, lived
from tests.disclosure.facts import (
    ask_correction,
    charge,
    consult,
    correct_record,
    decide_on,
    expire,
    extend,
    party_received,
    receive_correction,
    register,
    third_party_reply,
)
from tests.disclosure.notices import UNPUBLISHED, invented_notice
from tests.disclosure.put_right import AFTER
from tests.disclosure.specification import LAW, given
from workdays import published_with

LOADED_ON = date(UNPUBLISHED - 1, 12, 1)
DECEMBER = f"{UNPUBLISHED - 1}-12-20"


def in_january(n: int) -> date:
    """Return the nth working day of the unpublished January as the invented notice has it."""
    return AFTER.calendar.after(date(UNPUBLISHED - 1, 12, 31), n).day


def change_in(*happened: RequestCommand, law: Law = AFTER) -> LimitsRecalculated:
    (change,) = recalculated(given(*happened).events, LOADED_ON, law)
    return change


def test_a_provisional_due_date_moves_and_is_provisional_no_more() -> None:
    request = given(register(DECEMBER))
    assert request.state.clock is not None
    assert request.state.clock.provisional
    change = change_in(register(DECEMBER))
    assert change.clock is not None
    assert not change.clock.provisional
    assert change.clock.due_on == AFTER.calendar.after(date.fromisoformat(DECEMBER), 20).day
    assert change.clock.due_on > request.state.clock.due_on
    assert change.calendar == AFTER.calendar.version == change.clock.calendar


def test_a_due_date_the_notice_does_not_touch_stays_and_nothing_is_recorded() -> None:
    assert recalculated(given(register("2025-09-17")).events, LOADED_ON, AFTER) == []


def test_a_closed_request_keeps_its_dates() -> None:
    closed = given(register(DECEMBER), decide_on(DECEMBER))
    assert recalculated(closed.events, LOADED_ON, AFTER) == []


def test_a_request_not_received_yet_has_nothing_to_count() -> None:
    waiting = given(register(DECEMBER, "online"))
    assert recalculated(waiting.events, LOADED_ON, AFTER) == []


def test_counting_again_changes_nothing_more() -> None:
    request = given(register(DECEMBER))
    change = change_in(register(DECEMBER))
    assert recalculated([*request.events, change], LOADED_ON, AFTER) == []


def test_the_lapse_of_a_correction_moves_but_not_the_limit_the_applicant_was_told() -> None:
    asked = ask_correction(DECEMBER, due_on=f"{UNPUBLISHED - 1}-12-31")
    change = change_in(register(DECEMBER), asked)
    assert change.correction_lapses_on == in_january(4)
    after = fold([*given(register(DECEMBER), asked).events, change])
    assert after.correction is not None
    assert after.correction.due_on == date(UNPUBLISHED - 1, 12, 31)
    assert after.correction.lapses_on == in_january(4)


def test_the_limit_to_pay_and_its_lapse_move_together() -> None:
    change = change_in(register(DECEMBER), charge(DECEMBER))
    due = AFTER.calendar.after(date.fromisoformat(DECEMBER), 20).day
    assert (change.fee_due_on, change.fee_lapses_on) == (due, AFTER.calendar.after(due, 1).day)


def test_a_consulted_partys_days_move_and_with_them_the_pause() -> None:
    asked = consult(DECEMBER, received_on=DECEMBER)
    change = change_in(register(DECEMBER), asked)
    (limit,) = change.consultations
    assert limit.ends_on == AFTER.calendar.after(date.fromisoformat(DECEMBER), 15).day
    assert change.clock is not None
    assert change.clock.due_on == AFTER.calendar.after(date.fromisoformat(DECEMBER), 35).day


def test_an_answer_that_was_late_only_by_the_provisional_calendar_is_late_no_more() -> None:
    sent = register(DECEMBER), consult(DECEMBER), party_received(DECEMBER)
    (consultation,) = given(*sent).state.consultations
    day_after = consultation.ends_on + timedelta(days=1)
    reply = third_party_reply(day_after.isoformat())
    assert given(*sent).when(reply).happened[0].flags == (Flag.REPLY_AFTER_LIMIT,)
    assert change_in(*sent, reply).lifted == (Flag.REPLY_AFTER_LIMIT,)


def test_a_notice_that_takes_days_off_back_makes_a_correction_notice_late() -> None:
    before = replace(LAW, calendar=published_with([invented_notice(last_day_off=12)]))
    received = f"{UNPUBLISHED - 1}-12-31"
    on = AFTER.calendar.after(date.fromisoformat(received), 8).day
    request = given(register(received), ask_correction(on.isoformat()), law=before)
    assert request.events[-1].flags == ()
    (change,) = recalculated(request.events, LOADED_ON, AFTER)
    assert change.flags == (Flag.CORRECTION_NOTICE_LATE,)


def last_day() -> date:
    """Return the last day to answer what was received in December, before the notice."""
    due = given(register(DECEMBER)).runs_until
    assert due is not None
    return due


def test_an_extension_told_too_late_stays_without_effect_whatever_calendar_comes_later() -> None:
    told = last_day() + timedelta(days=1)
    notice = told + timedelta(days=7)
    late = given(register(DECEMBER), extend(told.isoformat(), 10), charge(notice.isoformat()))
    assert late.state.flags == (Flag.EXTENSION_LATE, Flag.FEE_NOTICE_LATE)
    (change,) = recalculated(late.events, LOADED_ON, AFTER)
    assert (change.flags, change.lifted) == ((), ())
    after = given(*late.events, change, law=AFTER)
    assert told <= AFTER.calendar.after(date.fromisoformat(DECEMBER), 20).day < notice
    assert (after.state.extension_days, after.state.flags) == (0, late.state.flags)


def test_an_extension_told_in_time_keeps_its_effect_whatever_calendar_comes_later() -> None:
    before = replace(LAW, calendar=published_with([invented_notice(last_day_off=12)]))
    due = before.calendar.after(date.fromisoformat(DECEMBER), 20).day
    timely = given(
        register(DECEMBER), extend(due.isoformat(), 10), charge(due.isoformat()), law=before
    )
    (change,) = recalculated(timely.events, LOADED_ON, AFTER)
    assert (change.flags, change.lifted) == ((), ())
    assert AFTER.calendar.after(date.fromisoformat(DECEMBER), 20).day < due
    assert given(*timely.events, change).state.extension_days == 10


def test_the_effect_an_extension_was_given_by_a_corrected_day_stays_with_a_later_calendar() -> None:
    told = last_day() + timedelta(days=1)
    wrong = given(register(f"{UNPUBLISHED - 1}-12-21"), extend(told.isoformat(), 10))
    assert wrong.state.extension_days == 10
    right = wrong.when(correct_record(told.isoformat(), "on", f"{UNPUBLISHED - 1}-12-18")).after
    assert right.state.flags == (Flag.EXTENSION_LATE,)
    (change,) = recalculated(right.events, LOADED_ON, AFTER)
    after = given(*right.events, change, law=AFTER)
    assert (after.state.extension_days, after.state.flags) == (0, right.state.flags)


def test_a_corrected_day_judges_an_extension_anew_and_the_day_it_was_told_under_as_told() -> None:
    told = (last_day() + timedelta(days=1)).isoformat()
    late = given(register(DECEMBER), extend(told, 10))
    noticed = given(*late.events, *recalculated(late.events, LOADED_ON, AFTER), law=AFTER)
    anew = noticed.when(correct_record(told, "on", f"{UNPUBLISHED - 1}-12-21")).after
    assert (anew.state.extension_days, anew.state.flags) == (10, ())
    back = anew.when(correct_record(told, "on", DECEMBER)).after
    assert replace(back.state, reminded_due_dates=()) == noticed.state


def test_an_overdue_request_whose_due_date_moves_on_runs_again() -> None:
    due = given(register(DECEMBER)).runs_until
    assert due is not None
    overdue = expire("due", (due + timedelta(days=1)).isoformat())
    request = given(register(DECEMBER), overdue)
    assert request.next_limit is None
    (change,) = recalculated(request.events, LOADED_ON, AFTER)
    after = given(*request.events, change)
    assert after.next_limit is not None
    assert after.next_limit.due_on >= AFTER.calendar.after(date.fromisoformat(DECEMBER), 17).day


def test_what_is_counted_again_is_what_the_new_calendar_would_have_given_from_the_start() -> None:
    life = (
        register(DECEMBER),
        ask_correction(DECEMBER, due_on=f"{UNPUBLISHED - 1}-12-31"),
        receive_correction(f"{UNPUBLISHED - 1}-12-31"),
        extend(f"{UNPUBLISHED - 1}-12-31"),
    )
    at_once = given(*life, law=AFTER)
    later = given(*given(*life).events, change_in(*life))
    assert later.runs_until == at_once.runs_until


@settings(max_examples=100)
@whatever(LIVES)
def test_whatever_happened_counting_again_settles_at_once_and_says_why(life: Life) -> None:
    events: list[Event] = []
    for moment in lived(life):
        events += moment.events
    for change in recalculated(events, LOADED_ON, AFTER):
        assert not fold(events).closed
        assert {*change.flags, *change.lifted} <= CALENDAR_FLAGS
        after = [*events, change]
        assert recalculated(after, LOADED_ON, AFTER) == []
