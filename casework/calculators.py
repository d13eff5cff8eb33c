"""The law's arithmetic for any case, on record or not: when an answer is due, what a fee comes to.

What somebody tells of a case is read here, into the facts of the law; who asks keeps the words in
which it was told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.outlook import ledger_document
from disclosure.answer_period import Facts, LedgerDay, Pause, Period, answer_period, ledger
from disclosure.fees import Fee
from disclosure.law import CONSULTATION_PERIOD, EXTENSION_LIMIT, WorkingDays
from disclosure.order import not_before
from disclosure.refusals import Refused

_YEARS: Final = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Consulted:
    """A consultation as it is told (征询意见); without an answer its 15 working days run out."""

    sent_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a case, in whatever order.

    Attributes:
        received_on: 收到申请之日.
        corrected_on: days on which corrected requests came in.
        paid_on: days on which a fee was paid in full.
        consultations: of third parties and of agencies that share the record.
        extended_working_days: of each extension; the law knows one.
    """

    received_on: date
    corrected_on: Sequence[date] = ()
    paid_on: Sequence[date] = ()
    consultations: Sequence[Consulted] = ()
    extended_working_days: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An answer period worked out: from what, until when, and each day of it."""

    facts: Facts
    period: Period
    ledger: Sequence[LedgerDay]

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "received_on": self.facts.received_on.isoformat(),
            "due_on": self.period.due_on.isoformat(),
            "provisional": self.period.provisional,
            "ledger": ledger_document(self.ledger),
        }


def reckon(told: Told, calendar: WorkingDays) -> Reckoned:
    """Work out a due date, day by day (条例 Art. 33).

    Raises:
        Refused: it cannot have happened so; `field` is the path of the member of `Told` at fault,
            as in `consultations.0.sent_on`.
    """
    facts = _facts(told, calendar)
    return Reckoned(facts, answer_period(facts, calendar), ledger(facts, calendar))


def fee_document(fee: Fee) -> dict[str, Any]:
    """Return a fee with its steps as plain JSON values."""
    return {
        "amount_yuan": str(fee.amount),
        "steps": [
            {
                "from": step.first,
                "to": step.last,
                "each_yuan": str(step.each),
                "amount_yuan": str(step.amount),
            }
            for step in fee.steps
        ],
    }


def reckonable(day: date, field: str) -> date:
    """Return a day; refuse one outside this century, whose ledger nobody would read."""
    if day.year not in _YEARS:
        raise Refused("out_of_range", field, f"日期须在 {_YEARS[0]}—{_YEARS[-1]} 年之间")
    return day


def _facts(told: Told, calendar: WorkingDays) -> Facts:
    received = reckonable(told.received_on, "received_on")
    for name, days in (("corrected_on", told.corrected_on), ("paid_on", told.paid_on)):
        for n, day in enumerate(days):
            _after_receipt(day, received, f"{name}.{n}")
    return Facts(
        received_on=received,
        corrected_on=told.corrected_on,
        paid_on=told.paid_on,
        pauses=[
            _pause(each, f"consultations.{n}", received, calendar)
            for n, each in enumerate(told.consultations)
        ],
        extension=_extension(told.extended_working_days),
    )


def _pause(each: Consulted, field: str, received: date, calendar: WorkingDays) -> Pause:
    _after_receipt(each.sent_on, received, f"{field}.sent_on")
    run_out = calendar.after(each.sent_on, CONSULTATION_PERIOD).day
    answered = each.answered_on or run_out
    not_before(answered, each.sent_on, "征询发出之日", field=f"{field}.answered_on")
    return Pause(each.sent_on, min(answered, run_out))


def _extension(each: Sequence[int]) -> int:
    field = "extended_working_days"
    if any(not 1 <= days <= EXTENSION_LIMIT for days in each):
        raise Refused("out_of_range", field, f"延期须为 1—{EXTENSION_LIMIT} 个工作日")
    if len(each) > 1:
        raise Refused("repeated", field, "延期只能一次（条例第三十三条第二款）")
    return sum(each)


def _after_receipt(day: date, received: date, field: str) -> None:
    not_before(reckonable(day, field), received, "收到申请之日", field=field)
