"""收费: the notice, the payment, the restart, and the lapse (国办函〔2020〕109号 Art. 4-6).

Received on 17 September 2025, answered by 21 October. A notice received on 24 September, the 5th
working day, is paid by 28 October, the 25th; the request lapses on the 29th of October.
"""

from decimal import Decimal

import pytest

from disclosure.flags import Flag
from disclosure.matter_events import FeeCharged, FeeLapsed, FeePaid
from disclosure.outcomes import Outcome
from disclosure.request_commands import ChargeFee
from disclosure.sentences import sentence
from disclosure.state import Stage
from tests.disclosure.facts import (
    charge,
    charge_items,
    day,
    decide_on,
    expire,
    extend,
    pay,
    register,
    said,
    withdraw,
)
from tests.disclosure.specification import LAW, When, clock, given

RECEIVED = given(register("2025-09-17"))
CHARGED = given(register("2025-09-17"), charge("2025-09-22", 101, received="2025-09-24"))
FREE = given(register("2025-09-17"), charge("2025-09-22", 30))


def notice_of(charged: When) -> FeeCharged:
    (event,) = charged.happened
    assert isinstance(event, FeeCharged)
    return event


# ── the notice ──────────────────────────────────────────────────────────────────────────────────


def test_a_notice_states_the_amount_and_the_last_day_to_pay() -> None:
    RECEIVED.when(charge("2025-09-22", 101, received="2025-09-24")).then(
        FeeCharged(
            on=day("2025-09-22"),
            mode="pages",
            quantity=101,
            amount_yuan=Decimal(720),
            notice_received_on=day("2025-09-24"),
            due_on=day("2025-10-28"),
            lapses_on=day("2025-10-29"),
            calendar=LAW.calendar.version,
        )
    )


@pytest.mark.parametrize(
    ("received", "due_on", "lapses_on"),
    [
        ("2025-12-31", "2026-01-29", "2026-01-30"),
        ("2026-01-17", "2026-02-13", "2026-02-14"),  # lapses on a worked Saturday
        ("2026-01-19", "2026-02-14", "2026-02-24"),  # and after the Spring Festival
        ("2026-02-20", "2026-03-20", "2026-03-23"),
    ],
)
def test_twenty_working_days_to_pay_count_from_the_day_after_the_notice_was_received(
    received: str, due_on: str, lapses_on: str
) -> None:
    request = given(register("2025-12-29"))
    notice = notice_of(request.when(charge("2025-12-30", 31, received=received)))
    assert (notice.due_on, notice.lapses_on) == (day(due_on), day(lapses_on))


@pytest.mark.parametrize(
    ("before", "items", "amount"),
    [
        (9, 1, 0),  # the 10th
        (10, 1, 100),  # the 11th
        (29, 1, 100),  # the 30th
        (30, 1, 200),  # the 31st
        (40, 1, 300),  # the 41st
        (9, 3, 200),  # 10th, 11th, 12th
        (29, 3, 500),  # 30th, 31st, 32nd
    ],
)
def test_by_items_a_request_costs_what_its_own_place_in_the_month_costs(
    before: int, items: int, amount: int
) -> None:
    notice = notice_of(RECEIVED.when(charge_items("2025-09-22", before, items)))
    assert notice.amount_yuan == amount
    assert (notice.items_before, notice.quantity) == (before, items)


def test_by_items_the_place_in_the_month_must_be_known() -> None:
    uncounted = said(
        ChargeFee, "2025-09-22", mode="items", quantity=1, notice_received_on="2025-09-22"
    )
    assert uncounted.needs_count
    RECEIVED.when(uncounted).then_refused("uncounted", "mode")


def test_a_notice_within_the_period_is_in_time_and_after_it_flagged() -> None:
    RECEIVED.when(charge("2025-10-21")).then_flagged()
    late = RECEIVED.when(charge("2025-10-22"))
    late.then_flagged(Flag.FEE_NOTICE_LATE)
    assert late.after.state.stage is Stage.AWAITING_PAYMENT


def test_a_request_is_charged_once_in_one_of_the_two_modes() -> None:
    CHARGED.when(charge_items("2025-09-25", 30)).then_refused("already_charged", "do")
    paid = CHARGED.when(pay("2025-10-15", "720")).after
    paid.when(charge("2025-10-16", 100)).then_refused("already_charged", "do")


def test_a_notice_that_asks_for_money_takes_the_place_of_a_free_one() -> None:
    real = FREE.when(charge("2025-09-25", 101)).after
    assert real.state.stage is Stage.AWAITING_PAYMENT
    assert real.state.flags == (Flag.FEE_NOTICE_FREE,)
    real.when(charge("2025-09-26", 101)).then_refused("already_charged", "do")
    real.when(pay("2025-10-15", "720")).then_runs_until("2025-11-12")


def test_a_notice_that_cannot_be_is_refused() -> None:
    RECEIVED.when(charge("2025-09-16")).then_refused("impossible_order", "on")
    RECEIVED.when(charge("2025-09-22", received="2025-09-21")).then_refused(
        "impossible_order", "notice_received_on"
    )
    for pages in (-1, 0):
        RECEIVED.when(charge("2025-09-22", pages)).then_refused("out_of_range", "quantity")
    RECEIVED.when(charge_items("2025-09-22", 10, 0)).then_refused("out_of_range", "quantity")
    given(register("2025-09-17", "fax")).when(charge("2025-09-22")).then_refused(
        "not_received", "do"
    )


# ── waiting, paying ─────────────────────────────────────────────────────────────────────────────


def test_while_a_payment_is_awaited_the_period_stands_still() -> None:
    assert CHARGED.state.stage is Stage.AWAITING_PAYMENT
    assert CHARGED.runs_until is None
    limit = CHARGED.next_limit
    assert limit is not None
    assert (limit.what, limit.on) == ("fee", day("2025-10-29"))


def test_what_lies_in_the_free_band_waits_for_nothing() -> None:
    assert FREE.state.stage is Stage.IN_PROGRESS
    assert FREE.runs_until == day("2025-10-21")
    limit = FREE.next_limit
    assert limit is not None
    assert limit.what == "reminder"
    FREE.when(pay("2025-09-25", "1")).then_refused("not_charged", "do")


def test_a_notice_over_what_is_free_is_on_record_with_its_flag_and_asks_for_nothing() -> None:
    for notice in (charge("2025-09-22", 30), charge_items("2025-09-22", 9)):
        RECEIVED.when(notice).then_flagged(Flag.FEE_NOTICE_FREE)
    RECEIVED.when(charge_items("2025-09-22", 10)).then_flagged()
    (notice_,) = RECEIVED.when(charge("2025-09-22", 30)).happened
    assert sentence(notice_) == "发出信息处理费收费通知，按量计收 30 页，在不收费范围内，无须缴费"


def test_nobody_is_deemed_to_have_left_a_request_over_a_fee_of_nothing() -> None:
    FREE.when(decide_on("2025-10-20", "other.fee_lapsed")).then_flagged(
        Flag.FEE_LAPSE_WITHOUT_NOTICE
    )


def test_a_payment_in_full_restarts_the_period_on_the_day_after() -> None:
    # Paid on the 16th working day: until the 36th.
    CHARGED.when(pay("2025-10-15", "720")).then(
        FeePaid(
            on=day("2025-10-15"),
            amount_yuan=Decimal(720),
            clock=clock("2025-11-12", "2025-11-07"),
        )
    )


def test_a_restart_by_payment_keeps_an_extension_made_before_it() -> None:
    request = given(register("2025-09-17"), extend("2025-09-18", 10), charge("2025-09-22", 101))
    request.when(pay("2025-10-15", "720")).then_runs_until("2025-11-26")  # the 46th


def test_paid_in_parts_the_period_restarts_with_the_last_of_them() -> None:
    part = CHARGED.when(pay("2025-10-13", "700.50"))
    part.then_runs_until(None)
    assert part.after.state.stage is Stage.AWAITING_PAYMENT
    rest = part.after.when(pay("2025-10-15", "19.50"))
    rest.then_runs_until("2025-11-12")
    rest.after.when(pay("2025-10-16", "1")).then_refused("not_charged", "do")


def test_a_payment_after_the_last_day_is_flagged_and_restarts_the_period() -> None:
    CHARGED.when(pay("2025-10-28", "720")).then_flagged()
    late = CHARGED.when(pay("2025-10-29", "720"))
    late.then_flagged(Flag.FEE_PAID_LATE)
    late.then_runs_until("2025-11-26")  # paid on the 26th


@pytest.mark.parametrize("amount", ["0", "-1", "720.01", "0.001", "1E9"])
def test_no_more_than_is_owed_is_paid_and_nothing_finer_than_a_fen(amount: str) -> None:
    CHARGED.when(pay("2025-10-15", amount)).then_refused("out_of_range", "amount")


def test_nobody_pays_what_was_not_asked_for_yet() -> None:
    RECEIVED.when(pay("2025-10-15", "720")).then_refused("not_charged", "do")
    CHARGED.when(pay("2025-09-21", "720")).then_refused("impossible_order", "on")


# ── the lapse ───────────────────────────────────────────────────────────────────────────────────


def test_unpaid_the_request_is_deemed_abandoned_on_the_first_working_day_after_the_last() -> None:
    CHARGED.when(expire("fee", "2025-10-28")).then_nothing()
    lapse = CHARGED.when(expire("fee", "2025-10-29"))
    lapse.then(FeeLapsed(on=day("2025-10-29")))
    closed = lapse.after.state
    assert (closed.outcome, closed.closed_on) == (Outcome.FEE_LAPSED, day("2025-10-29"))
    lapse.after.when(pay("2025-10-29", "720")).then_refused("already_closed", "do")


def test_paid_in_part_the_request_lapses_too() -> None:
    part = CHARGED.when(pay("2025-10-13", "719.99")).after
    part.when(expire("fee", "2025-10-29")).then(FeeLapsed(on=day("2025-10-29")))


def test_paid_in_full_or_free_the_request_does_not_lapse() -> None:
    paid = CHARGED.when(pay("2025-10-15", "720")).after
    paid.when(expire("fee", "2025-10-29")).then_nothing()
    FREE.when(expire("fee", "2025-10-24")).then_nothing()


def test_an_answer_given_without_waiting_is_judged_by_the_period_that_ran_before() -> None:
    CHARGED.when(decide_on("2025-10-21")).then_flagged()
    CHARGED.when(decide_on("2025-10-22")).then_flagged(Flag.ANSWERED_LATE)


def test_an_extension_while_a_payment_is_awaited_moves_the_day_an_answer_is_judged_by() -> None:
    extended = CHARGED.when(extend("2025-10-09", 10)).after
    assert extended.runs_until is None
    extended.when(decide_on("2025-11-04")).then_flagged()
    extended.when(decide_on("2025-11-05")).then_flagged(Flag.ANSWERED_LATE)


def test_the_applicant_may_withdraw_instead_of_paying() -> None:
    assert CHARGED.when(withdraw("2025-10-09")).after.state.outcome is Outcome.OTHER


def test_a_lapse_entered_by_hand_needs_a_notice() -> None:
    lapse = decide_on("2025-10-29", "other.fee_lapsed")
    CHARGED.when(lapse).then_flagged()
    RECEIVED.when(lapse).then_flagged(Flag.FEE_LAPSE_WITHOUT_NOTICE)


def test_a_lapse_entered_by_hand_where_nothing_is_owed_is_flagged() -> None:
    lapse = decide_on("2025-10-29", "other.fee_lapsed")
    FREE.when(lapse).then_flagged(Flag.FEE_LAPSE_WITHOUT_NOTICE)
    paid = CHARGED.when(pay("2025-10-15", "720")).after
    paid.when(lapse).then_flagged(Flag.FEE_LAPSE_WITHOUT_NOTICE)
