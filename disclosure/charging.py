"""收费 (国办函〔2020〕109号): the notice, the payment, and the period that starts anew with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.evolution import evolve
from disclosure.fees import fee_by
from disclosure.flags import Flag
from disclosure.law import PAYMENT_PERIOD, DueDay, Law
from disclosure.matter_events import FeeCharged, FeePaid
from disclosure.order import must_be_open, not_before, received_on
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee, PayFee
from disclosure.state import RequestState


def charge(state: RequestState, command: ChargeFee, law: Law) -> list[Event]:
    """收费通知: 20 working days to pay, from the day after the applicant received it.

    A notice exists only where the agency has decided to charge (Art. 6), and within the free band
    it may not (Art. 4, 5). One that went out all the same asks for nothing: nobody owes, nothing
    waits, no figure counts it, and the first that asks for money takes its place.
    """
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    not_before(
        command.notice_received_on, command.on, "发出收费通知之日", field="notice_received_on"
    )
    if state.fee is not None and not state.fee.is_free:
        raise Refused("already_charged", "do", "该申请已经发出收费通知，两种方式只能择一、计收一次")
    amount = _amount(command)
    due, lapse = payment_limit(command.notice_received_on, law)
    return [
        FeeCharged(
            on=command.on,
            flags=tuple(_unlawful(state, command, amount)),
            note=command.note,
            mode=command.mode,
            quantity=command.quantity,
            items_before=command.items_before,
            amount_yuan=Decimal(amount),
            notice_received_on=command.notice_received_on,
            due_on=due.day,
            lapses_on=lapse.day if amount else None,
            provisional=lapse.provisional,
            calendar=law.calendar.version,
        )
    ]


def pay(state: RequestState, command: PayFee, law: Law) -> list[Event]:
    """缴费: paid in full, the answer period starts anew on the day after."""
    must_be_open(state)
    fee = state.fee
    if fee is None or not fee.pending:
        raise Refused("not_charged", "do", "没有尚待缴纳的信息处理费")
    not_before(command.on, fee.charged_on, "发出收费通知之日")
    owed = fee.amount - fee.paid
    amount = command.amount
    if not amount.is_finite() or not 0 < amount <= owed or amount != round(amount, 2):
        raise Refused("out_of_range", "amount", f"缴费金额须大于 0、不超过尚欠的 {owed} 元")
    event = FeePaid(
        on=command.on,
        flags=(Flag.FEE_PAID_LATE,) if command.on > fee.due_on else (),
        note=command.note,
        amount_yuan=amount,
        clock=None,
    )
    after = evolve(state, event)
    complete = after.fee is not None and not after.fee.pending
    return [replace(event, clock=period_clock(after, law) if complete else None)]


def payment_limit(notice_received_on: date, law: Law) -> tuple[DueDay, DueDay]:
    """Return the last day to pay and the day on which the request lapses if it stays unpaid."""
    due = law.calendar.after(notice_received_on, PAYMENT_PERIOD)
    return due, law.calendar.after(due.day, 1)


def _unlawful(state: RequestState, command: ChargeFee, amount: int) -> Iterator[Flag]:
    if state.period_ended_by(command.on):
        yield Flag.FEE_NOTICE_LATE
    if not amount:
        yield Flag.FEE_NOTICE_FREE


def _amount(command: ChargeFee) -> int:
    if command.needs_count:
        raise Refused("uncounted", "mode", "按件计收须先由系统计算该申请人当月的此前件数")
    return fee_by(command.mode, command.quantity, command.items_before or 0).amount
