"""更正收到日期 (条例 Art. 31, 33): the limit follows from the day of receipt, whenever learned.

Received on 17 September 2025, answered by 21 October; received on the 16th, by the 20th; received
on the 18th, by the 22nd.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, settings
from hypothesis import given as whatever

from disclosure.amendment_events import RecordCorrected
from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.flags import Flag
from disclosure.recalculation import recalculated
from disclosure.request_commands import CorrectRecord, RequestCommand
from disclosure.sentences import sentence
from disclosure.state import RequestState
from tests.disclosure.any_life import LIVES, Life, lived
from tests.disclosure.facts import (
    ask_correction,
    charge,
    confirm,
    consult,
    correct_record,
    day,
    decide_on,
    deliver,
    expire,
    extend,
    receive_correction,
    register,
    reopen,
    third_party_reply,
    withdraw,
)
from tests.disclosure.put_right import (
    LOADED_IN_TIME,
    TOLD,
    TOLD_BEFORE_A_NOTICE,
    Told,
    put_right_later,
    right_from_the_start,
)
from tests.disclosure.put_right import Life as PutRight
from tests.disclosure.specification import LAW, Given, clock, given

OPEN = given(register("2025-09-17"))
OVERDUE = given(register("2025-09-17"), expire("due", "2025-10-22"))
EARLIER, LATER = "2025-09-16", "2025-09-18"


def put(request: Given, received: str, on: str = "2025-11-03") -> Given:
    return request.when(received_on(received, on)).after


def received_on(received: str, on: str = "2025-11-03") -> CorrectRecord:
    return correct_record(on, "on", received)


def correction(request: Given, received: str) -> RecordCorrected:
    (event,) = request.when(received_on(received)).happened
    assert isinstance(event, RecordCorrected)
    return event


# ── what was judged ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("happened", "flag"),
    [
        ([decide_on("2025-10-21")], Flag.ANSWERED_LATE),
        ([decide_on("2025-10-20"), deliver("2025-10-21")], Flag.ANSWERED_LATE),
        ([extend("2025-10-21")], Flag.EXTENSION_LATE),
        ([charge("2025-10-21")], Flag.FEE_NOTICE_LATE),
        ([ask_correction("2025-09-26")], Flag.CORRECTION_NOTICE_LATE),
    ],
    ids=["answer", "delivery", "extension", "fee-notice", "correction-notice"],
)
def test_what_was_in_time_by_the_wrong_day_is_late_by_the_right_one_and_the_other_way_round(
    happened: list[RequestCommand], flag: Flag
) -> None:
    wrong = given(register("2025-09-17"), *happened)
    assert wrong.state.flags == ()
    late = correction(wrong, EARLIER)
    assert (late.flags, late.lifted) == ((flag,), ())
    made_late = put(wrong, EARLIER)
    assert made_late.state.flags == (flag,)
    back = correction(made_late, "2025-09-17")
    assert (back.flags, back.lifted) == ((), (flag,))
    assert put(made_late, "2025-09-17").state.flags == ()


def test_a_second_notice_of_correction_is_judged_again_too() -> None:
    twice = given(
        register("2025-09-17"),
        ask_correction("2025-09-22"),
        receive_correction("2025-09-23"),
        ask_correction("2025-09-29"),
    )
    assert Flag.CORRECTION_NOTICE_LATE in twice.state.flags
    assert correction(twice, "2025-09-19").lifted == (Flag.CORRECTION_NOTICE_LATE,)


def test_a_second_delivery_and_a_lapse_are_held_against_no_day() -> None:
    again = given(
        register("2025-09-17"),
        decide_on("2025-10-20"),
        deliver("2025-10-20"),
        deliver("2025-10-21"),
    )
    assert correction(again, EARLIER).flags == ()
    lapsed = given(
        register("2025-09-17"),
        ask_correction("2025-09-22", due_on="2025-10-10"),
        expire("correction", "2025-10-15"),
    )
    assert put(lapsed, "2025-09-01").state.answer_due_on is None
    assert not put(lapsed, "2025-09-01").state.overdue


def test_pauses_restarts_and_what_was_known_then_are_counted_as_they_were() -> None:
    paused = given(
        register("2025-09-17"),
        consult("2025-09-22"),
        third_party_reply("2025-09-24", "agree"),
        decide_on("2025-10-23"),
    )
    assert paused.state.flags == ()
    assert correction(paused, EARLIER).flags == (Flag.ANSWERED_LATE,)
    restarted = given(
        register("2025-09-17"),
        ask_correction("2025-09-22"),
        receive_correction("2025-10-09"),
        decide_on("2025-11-05"),
    )
    assert correction(restarted, EARLIER).flags == ()
    assert put(restarted, EARLIER).state.answer_due_on == day("2025-11-05")


# ── what follows from it ────────────────────────────────────────────────────────────────────────


def test_an_extension_that_was_in_time_after_all_has_its_effect() -> None:
    late = given(register("2025-09-17"), extend("2025-10-22", 5))
    assert late.runs_until == day("2025-10-21")
    event = correction(late, LATER)
    assert (event.extension_days, event.lifted) == (5, (Flag.EXTENSION_LATE,))
    assert put(late, LATER).runs_until == day("2025-10-29")
    assert put(put(late, LATER), "2025-09-17").runs_until == day("2025-10-21")


def test_a_second_extension_is_the_first_where_the_first_came_too_late() -> None:
    twice = given(register("2025-09-17"), extend("2025-10-21", 5), extend("2025-10-22", 10))
    assert twice.state.flags == (Flag.EXTENSION_REPEATED,)
    early = put(twice, EARLIER)
    assert early.state.flags == (Flag.EXTENSION_LATE,)
    assert early.state.extension_days == 0


def test_an_overdue_fact_the_right_day_refutes_stays_in_the_log_and_is_lifted() -> None:
    event = correction(OVERDUE, LATER)
    assert event.overdue_lifted == day("2025-10-21")
    corrected = put(OVERDUE, LATER)
    assert corrected.events[:2] == OVERDUE.events
    assert not corrected.state.overdue
    limit = corrected.next_limit
    assert limit is not None
    assert limit.due_on == day("2025-10-22")
    assert correction(OVERDUE, EARLIER).overdue_lifted is None


def test_a_due_date_found_to_have_passed_is_known_to_have_passed_when_it_comes_back() -> None:
    there = put(OVERDUE, LATER).when(expire("due", "2025-10-23")).after
    back = put(there, "2025-09-17")
    assert back.state.overdue
    assert back.next_limit is None


def test_facts_may_follow_the_right_day_where_nothing_else_had_happened() -> None:
    wrong = given(register("2025-09-22"))
    wrong.when(withdraw("2025-09-18")).then_refused("impossible_order", "on")
    assert put(wrong, "2025-09-17").when(withdraw("2025-09-18")).happened


def test_a_withdrawal_before_receipt_that_turns_out_to_follow_it_has_a_due_date() -> None:
    withdrawn = given(register("2025-09-15", "online"), withdraw("2025-09-19"))
    confirmed = withdrawn.when(correct_record("2025-10-09", "confirmed_on", "2025-09-17")).after
    assert confirmed.state.answer_due_on == day("2025-10-21")


def test_a_day_of_receipt_that_stays_what_it_was_changes_nothing_else() -> None:
    event = given(register("2025-09-17"), decide_on("2025-10-22")).when(
        correct_record("2025-11-03", "channel", "oral")
    )
    event.then_flagged()
    (corrected,) = event.happened
    assert isinstance(corrected, RecordCorrected)
    assert corrected.clock == clock("2025-10-21", "2025-10-16")


def test_a_reopened_request_keeps_the_period_that_runs_from_its_reopening() -> None:
    opened = given(register("2025-09-17"), decide_on("2025-10-20"), reopen("2025-10-27"))
    assert put(opened, EARLIER).runs_until == opened.runs_until == day("2025-11-24")


def test_a_text_that_comes_while_a_payment_is_awaited_starts_the_period_it_is_judged_by() -> None:
    both = given(
        register("2025-09-17"),
        ask_correction("2025-09-22", due_on="2025-10-31"),
        charge("2025-09-22"),
        receive_correction("2025-10-09"),
    )
    assert both.runs_until is None
    both.when(decide_on("2025-11-05")).then_flagged()
    both.when(decide_on("2025-11-06")).then_flagged(Flag.ANSWERED_LATE)


# ── as it is read, and as it was written before ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("request_", "received", "follows"),
    [
        (OPEN, EARLIER, "，收到日期为2025年9月16日，答复期限至2025年10月20日"),
        (
            OVERDUE,
            LATER,
            (
                "，收到日期为2025年9月18日，答复期限至2025年10月22日"
                "，此前登记的逾期（2025年10月21日届满）取消"
            ),
        ),
        (
            given(register("2025-09-17"), decide_on("2025-10-22")),
            LATER,
            "，收到日期为2025年9月18日，答复期限至2025年10月22日，不再认定“答复晚于法定期限届满日”",
        ),
        (
            given(register("2025-09-17"), extend("2025-10-21")),
            EARLIER,
            "，收到日期为2025年9月16日，答复期限至2025年10月20日，已告知的延期不产生延长期限的效力",
        ),
    ],
    ids=["open", "overdue", "answered", "extended"],
)
def test_the_timeline_says_what_follows_from_the_right_day(
    request_: Given, received: str, follows: str
) -> None:
    said = sentence(correction(request_, received))
    assert said == f"经科长批准，更正登记的提交日为“{received}”{follows}"


def test_a_day_of_receipt_that_is_open_again_is_said_to_be() -> None:
    (event,) = OPEN.when(correct_record("2025-10-09", "channel", "fax")).happened
    assert sentence(event).endswith("，收到日期待双方确认")


def test_a_correction_written_before_this_rule_means_what_it_meant() -> None:
    answered = given(register("2025-09-17"), decide_on("2025-10-21"))
    event = RecordCorrected(
        on=day("2025-11-03"),
        field="on",
        value=EARLIER,
        received_on=day(EARLIER),
        clock=answered.state.clock,
        approved_by="科长",
    )
    after = fold([*answered.events, event])
    assert after.received_on == day(EARLIER)
    assert after.answer_due_on == day("2025-10-21")
    assert not after.overdue


def test_counting_again_by_a_new_calendar_leaves_a_corrected_flag_where_it_is() -> None:
    flagged = put(given(register("2025-09-17"), ask_correction("2025-09-26")), EARLIER)
    assert flagged.state.flags == (Flag.CORRECTION_NOTICE_LATE,)
    assert recalculated(flagged.events, day("2025-11-10"), LAW) == []


# ── whatever happens ────────────────────────────────────────────────────────────────────────────


def _without_history(state: RequestState) -> RequestState:
    """Leave out how it came about.

    These are the limits noted on the way, the calendar counted with last, the day an extension was
    told under, and the order of the flags.
    """
    return replace(
        state,
        clock=replace(state.clock, calendar="") if state.clock else None,
        timed_facts=tuple(
            replace(fact, told_under=None, told_flags=()) for fact in state.timed_facts
        ),
        passed_due_dates=(),
        reminded_due_dates=(),
        flags=tuple(sorted(state.flags)),
    )


def _stand_alike(right: PutRight, later: PutRight) -> None:
    later.lives_until(right.today)
    right.lives_until(later.today)
    assert _without_history(later.record.state) == _without_history(right.record.state)


@settings(max_examples=400)
@whatever(TOLD)
def test_put_right_later_a_request_stands_as_if_it_had_been_right_from_the_start(
    told: Told,
) -> None:
    right, taken = right_from_the_start(told)
    _stand_alike(right, put_right_later(told, taken))


@settings(max_examples=200)
@whatever(TOLD_BEFORE_A_NOTICE)
def test_put_right_around_a_holiday_notice_too(told: Told) -> None:
    told = replace(told, notice_on=LOADED_IN_TIME)
    right, taken = right_from_the_start(told)
    assume(right.counted_again)
    _stand_alike(right, put_right_later(told, taken))


@settings(max_examples=200)
@whatever(TOLD_BEFORE_A_NOTICE)
def test_corrected_by_a_day_and_back_a_request_stands_as_before_whenever_a_notice_was_loaded(
    told: Told,
) -> None:
    life, _ = right_from_the_start(told)
    assume(life.counted_again)
    before = _without_history(life.record.state)
    assert life.is_put_right(told.field, told.right - timedelta(days=1))
    assert life.is_put_right(told.field, told.right)
    assert _without_history(life.record.state) == before


@settings(max_examples=200)
@whatever(LIVES)
def test_the_period_on_record_is_always_the_one_the_facts_so_far_give(life: Life) -> None:
    for moment in lived(life):
        assert moment.after.clock == period_clock(moment.after, LAW)


@settings(max_examples=200)
@whatever(LIVES)
def test_the_flags_that_stand_are_those_earned_and_not_lifted(life: Life) -> None:
    standing: set[Flag] = set()
    for moment in lived(life):
        for event in moment.events:
            standing -= _lifted(event)
            standing |= set(event.flags)
        assert set(moment.after.flags) == standing


def _lifted(event: Event) -> set[Flag]:
    return set(getattr(event, "lifted", ()))


def test_a_confirmed_day_that_was_wrong_is_put_right_like_any_other() -> None:
    confirmed = given(register("2025-09-15", "online"), confirm("2025-09-17"))
    put_right = confirmed.when(correct_record("2025-10-09", "confirmed_on", "2025-09-18")).after
    assert put_right.runs_until == day("2025-10-22")
