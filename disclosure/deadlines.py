"""Limits: the answer period of a request as it stands, and whatever runs out by itself.

条例 Art. 30 (correction), 32-35 (consultation, answer, reasons); 国办函〔2020〕109号 Art. 6 (fee).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.answer_period import Facts, Pause, answer_period, reminder_day
from disclosure.event import Clock
from disclosure.law import Law
from disclosure.matters import Consultation
from disclosure.request_commands import Expire, Limit
from disclosure.state import RequestState

_LIMITS: dict[Limit, str] = {
    "reminder": "临期提醒",
    "due": "答复期限届满",
    "correction": "补正期限届满",
    "consultation": "征询意见期限届满",
    "reasons": "说明理由期限届满",
    "fee": "缴费期限届满",
}

_CONSULTED = {"third_party": "征求第三方意见", "agency": "征求共同制作机关意见"}


def period_facts(state: RequestState) -> Facts | None:
    """Return what the answer period of a request depends on; None before it is received."""
    if state.received_on is None:
        return None
    corrected = state.correction.received_on if state.correction else None
    paid = state.fee.paid_on if state.fee else None
    return Facts(
        received_on=state.received_on,
        corrected_on=(corrected,) if corrected else (),
        paid_on=(paid,) if paid else (),
        reopened_on=(state.reopened_on,) if state.reopened_on else (),
        pauses=tuple(
            Pause(each.sent_on, each.paused_through, _named(state, n, each))
            for n, each in enumerate(state.consultations)
        ),
        extension=state.extension_days,
        delay_until=state.delay_until,
    )


def _named(state: RequestState, n: int, asked: Consultation) -> str:
    """Name a consultation in the ledger; of several of a kind, which one."""
    alike = [each for each in state.consultations if each.kind == asked.kind]
    if len(alike) == 1:
        return _CONSULTED[asked.kind]
    before = sum(each.kind == asked.kind for each in state.consultations[:n])
    return f"{_CONSULTED[asked.kind]}（之{before + 1}）"


def answer_clock(state: RequestState, law: Law) -> Clock | None:
    """Work out the answer period of a request, None while it does not run."""
    return None if state.awaits_correction or state.awaits_payment else period_clock(state, law)


def period_clock(state: RequestState, law: Law) -> Clock | None:
    """Work out the answer period as the facts so far give it, None before receipt."""
    facts = period_facts(state)
    if facts is None:
        return None
    period = answer_period(facts, law.calendar)
    return Clock(
        due_on=period.due_on,
        provisional=period.provisional,
        remind_on=reminder_day(facts, law.calendar, law.choices.reminder),
        calendar=law.calendar.version,
    )


@dataclass(frozen=True, slots=True, order=True)
class Expiry:
    """A limit that will run out by itself.

    Attributes:
        on: legal date of the effect; it comes about at 00:00 Shanghai of this day, which is 24:00
            of the day before.
        what: which limit.
        due_on: its last day.
        party_ref: whose, where it is a consultation's.
    """

    on: date
    what: Limit
    due_on: date
    party_ref: str = ""

    @property
    def precedes_later_facts(self) -> bool:
        """Whether a fact of a later day finds this limit passed, whenever it is entered.

        A lapse is another matter: an agency that went on with the case did not let it lapse.
        """
        return self.what in {"due", "consultation", "reasons"}

    def command(self, agency: str, case: str) -> Expire:
        """Return the command by which the limit of this request runs out."""
        return Expire(
            agency=agency, case=case, on=self.on, what=self.what, party_ref=self.party_ref
        )

    @property
    def label(self) -> str:
        """The limit as officials write it."""
        return _LIMITS[self.what]

    @property
    def command_id(self) -> str:
        """The same limit always runs out under the same id, whoever notices it first."""
        whose = f":{self.party_ref}" if self.party_ref else ""
        return f"expire:{self.what}:{self.due_on.isoformat()}{whose}"


def expiries(state: RequestState) -> Iterator[Expiry]:
    """Yield the limits that run now and have not been noticed yet, in no order."""
    if state.closed:
        return
    yield from _lapses(state)
    yield from _silences(state)
    clock = state.running_clock
    if clock is None or clock.due_on in state.passed_due_dates:
        return
    yield Expiry(_day_after(clock.due_on), "due", clock.due_on)
    if clock.due_on not in state.reminded_due_dates:
        yield Expiry(clock.remind_on, "reminder", clock.due_on)


def next_expiry(state: RequestState) -> Expiry | None:
    """Return the limit that runs out first, or None when nothing runs."""
    return min(expiries(state), default=None)


def _lapses(state: RequestState) -> Iterator[Expiry]:
    """Yield the limits whose end closes the request."""
    correction, fee = state.correction, state.fee
    if correction is not None and correction.lapses_on and correction.received_on is None:
        yield Expiry(correction.lapses_on, "correction", correction.due_on)
    if fee is not None and fee.lapses_on and fee.pending:
        yield Expiry(fee.lapses_on, "fee", fee.due_on)


def _silences(state: RequestState) -> Iterator[Expiry]:
    """Yield the limits others have to answer the agency."""
    for each in state.consultations:
        if each.pending:
            yield Expiry(_day_after(each.ends_on), "consultation", each.ends_on, each.party_ref)
    if state.reasons is not None and state.reasons.pending:
        yield Expiry(_day_after(state.reasons.due_on), "reasons", state.reasons.due_on)


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
