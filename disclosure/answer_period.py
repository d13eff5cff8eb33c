"""The answer period (答复期限): one pure function from the facts to the due date and its ledger.

Four clock operations (条例 Art. 30, 32-34; 国办函〔2020〕109号 Art. 6), and nothing else, move it:

- a corrected request restarts it in full, from the day it came in;
- a consultation pauses it: the working days d with sent < d <= end are not counted, several at
  once as the union of their intervals;
- an extension adds to it, once, at most 20 working days;
- complete payment of a fee restarts it in full, from the day after.

The order in which the facts are given does not matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.law import ANSWER_PERIOD, WorkingDays


@dataclass(frozen=True, slots=True)
class Pause:
    """A consultation that stops the clock.

    Attributes:
        sent_on: the day the letter went out; the clock still runs on it.
        ends_on: the day of the answer, or the last of the party's 15 working days.
        what: which consultation, in words without personal data.
    """

    sent_on: date
    ends_on: date
    what: str = "征询意见"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the answer period depends on.

    Attributes:
        received_on: received date; the day itself is not counted.
        corrected_on: days on which corrected requests came in.
        paid_on: days on which a fee was paid in full.
        reopened_on: days on which a result was made void; the request is answered anew.
        pauses: consultations.
        extension: working days added.
        delay_until: the later day set on accepting reasons (条例 Art. 35); it has no cap.
    """

    received_on: date
    corrected_on: Sequence[date] = ()
    paid_on: Sequence[date] = ()
    reopened_on: Sequence[date] = ()
    pauses: Sequence[Pause] = ()
    extension: int = 0
    delay_until: date | None = None

    @property
    def start(self) -> date:
        """The day after which counting begins: the latest restart, else the received date."""
        return max((self.received_on, *self.corrected_on, *self.paid_on, *self.reopened_on))

    @property
    def days(self) -> int:
        """Working days from start to due date, pauses aside."""
        return ANSWER_PERIOD + self.extension


@dataclass(frozen=True, slots=True)
class Period:
    """The answer period.

    Attributes:
        due_on: its last day.
        provisional: whether a day was counted that no published calendar speaks for.
    """

    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day from receipt to due date: counted or not, and why."""

    day: date
    counted: bool
    reason: str


def answer_period(facts: Facts, calendar: WorkingDays) -> Period:
    """Return the due date."""
    counted = counted_period(facts, calendar, facts.days)
    if facts.delay_until is not None and facts.delay_until > counted.due_on:
        return Period(facts.delay_until, provisional=False)
    return counted


def reminder_day(facts: Facts, calendar: WorkingDays, before: int) -> date:
    """Return the working day so many before the due date, pauses aside."""
    counted = counted_period(facts, calendar, facts.days)
    end = facts.delay_until
    if end is None or end <= counted.due_on:
        return counted_period(facts, calendar, facts.days - before).due_on
    earlier = calendar.count(facts.start, end - timedelta(days=1))
    return calendar.after(facts.start, max(1, earlier - before + 1)).day


def counted_period(facts: Facts, calendar: WorkingDays, wanted: int) -> Period:
    """Count so many working days from the start, leaving out those on which the clock stands."""
    pauses = list(_united(facts.pauses))
    total = wanted
    while True:
        due = calendar.after(facts.start, total)
        paused = sum(
            calendar.count(max(pause.sent_on, facts.start), min(pause.ends_on, due.day))
            for pause in pauses
            if max(pause.sent_on, facts.start) < min(pause.ends_on, due.day)
        )
        if wanted + paused == total:
            return Period(due.day, due.provisional)
        total = wanted + paused


def ledger(facts: Facts, calendar: WorkingDays) -> list[LedgerDay]:
    """Return each day from receipt to the due date, and why it counts or does not."""
    counted = counted_period(facts, calendar, facts.days).due_on
    length = (answer_period(facts, calendar).due_on - facts.received_on).days
    days = (facts.received_on + timedelta(days=n) for n in range(length + 1))
    return [_entry(facts, calendar, day) if day <= counted else _delayed(day) for day in days]


def _delayed(day: date) -> LedgerDay:
    return LedgerDay(day, False, "理由合理，延迟答复，不再逐日计算")


def _entry(facts: Facts, calendar: WorkingDays, day: date) -> LedgerDay:
    if day <= facts.start:
        return LedgerDay(day, False, _before_start(facts, day))
    known = calendar.day(day)
    if not known.is_workday:
        return LedgerDay(day, False, known.sentence)
    paused = [pause.what for pause in facts.pauses if pause.sent_on < day <= pause.ends_on]
    if paused:
        return LedgerDay(day, False, f"{'、'.join(dict.fromkeys(paused))}，期间不计入")
    return LedgerDay(day, True, known.sentence)


def _before_start(facts: Facts, day: date) -> str:
    if day in facts.paid_on:
        return "收费缴清，期限自次日起重新计算" if day == facts.start else "收费缴清"
    if day in facts.corrected_on:
        return "收到补正申请，期限重新计算，当日不计" if day == facts.start else "收到补正申请"
    if day in facts.reopened_on:
        return "恢复办理，期限重新计算，当日不计" if day == facts.start else "恢复办理"
    if day == facts.received_on:
        return "收到申请，当日不计"
    return f"期限已因{_restart(facts)}重新计算"


def _restart(facts: Facts) -> str:
    if facts.start in facts.paid_on:
        return "缴清费用"
    return "收到补正申请" if facts.start in facts.corrected_on else "恢复办理"


def _united(pauses: Iterable[Pause]) -> Iterable[Pause]:
    """Join intervals that overlap or touch, so that no day is left out twice."""
    current: Pause | None = None
    for pause in sorted(pauses, key=lambda each: each.sent_on):
        if current is None or pause.sent_on > current.ends_on:
            if current is not None:
                yield current
            current = pause
        elif pause.ends_on > current.ends_on:
            current = Pause(current.sent_on, pause.ends_on)
    if current is not None:
        yield current
