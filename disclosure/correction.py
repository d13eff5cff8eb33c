"""补正 (条例 Art. 30): the notice, the corrected text, and what a second notice is worth."""

from dataclasses import replace
from datetime import date, timedelta

from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.law import CORRECTION_NOTICE_PERIOD, DueDay, Law
from disclosure.order import must_be_open, not_before, received_on
from disclosure.refusals import Refused
from disclosure.request_commands import ReceiveCorrection, RequestCorrection
from disclosure.request_events import CorrectionReceived, CorrectionRequested
from disclosure.state import RequestState


def request(state: RequestState, command: RequestCorrection, law: Law) -> list[Event]:
    """告知补正: once only, within seven working days of receipt, with a reasonable limit."""
    must_be_open(state)
    not_before(command.on, received_on(state), "收到申请之日")
    limit = _limit(command, law)
    flags = []
    if notice_is_late(state, command.on, law):
        flags.append(Flag.CORRECTION_NOTICE_LATE)
    first = state.correction_notices == 0
    if not first:
        flags.append(Flag.CORRECTION_NOTICE_REPEATED)
    lapse = lapse_of(limit, law)
    return [
        CorrectionRequested(
            on=command.on,
            flags=tuple(flags),
            note=command.note,
            due_on=limit,
            lapses_on=lapse.day if first else None,
            provisional=lapse.provisional,
            calendar=law.calendar.version,
            points=command.points,
        )
    ]


def receive(state: RequestState, command: ReceiveCorrection, law: Law) -> list[Event]:
    """收到补正: the period starts anew, in full, from this day."""
    must_be_open(state)
    received = received_on(state)
    if state.corrections_received >= state.correction_notices:
        raise Refused("not_asked", "do", "没有尚待答复的补正告知，请先登记告知补正")
    notice = state.correction
    not_before(command.on, notice.requested_on if notice else received, "告知补正之日")
    if notice is None or notice.received_on is not None:
        # The answer to a second notice: kept, but the first corrected text started the period.
        return [
            CorrectionReceived(
                on=command.on,
                note=command.note,
                effective=False,
                clock=None,
                description=command.description,
            )
        ]
    clock = period_clock(replace(state, correction=replace(notice, received_on=command.on)), law)
    late = (Flag.CORRECTION_RECEIVED_LATE,) if command.on > notice.due_on else ()
    return [
        CorrectionReceived(
            on=command.on,
            flags=late,
            note=command.note,
            clock=clock,
            description=command.description,
        )
    ]


def notice_is_late(state: RequestState, on: date, law: Law) -> bool:
    """Tell whether a notice on this day comes more than seven working days after receipt."""
    received = state.received_on
    return received is not None and on > law.calendar.after(received, CORRECTION_NOTICE_PERIOD).day


def lapse_of(limit: date, law: Law) -> DueDay:
    """Return the day of the lapse: the first working day after the limit and mail in transit."""
    return law.calendar.after(limit, law.choices.mail_in_transit + 1)


def _limit(command: RequestCorrection, law: Law) -> date:
    if command.due_on is not None and command.working_days is not None:
        raise Refused(
            "contradiction", "working_days", "补正期限只能用 due_on 或 working_days 之一表示"
        )
    if command.due_on is not None:
        not_before(command.due_on, command.on, "告知补正之日", field="due_on")
        if command.due_on - command.on > _A_YEAR:
            raise Refused("out_of_range", "due_on", "补正期限不得超过一年")
        return command.due_on
    days = command.working_days
    if days is None:
        days = law.choices.correction_limit
    if not 1 <= days <= _LONGEST_LIMIT:
        raise Refused("out_of_range", "working_days", f"补正期限须为 1—{_LONGEST_LIMIT} 个工作日")
    return law.calendar.after(command.on, days).day


_A_YEAR = timedelta(days=366)
_LONGEST_LIMIT = 250
"""A year of working days: beyond it a limit is a slip of the pen, not a reasonable one."""
