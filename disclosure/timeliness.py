"""按期与否: what was late, judged by the received date as it is on record now.

A fact is judged when it happens (条例 Art. 30, 33; 国办函〔2020〕109号 Art. 6). The limit follows
from the day of receipt, whenever that is learned: where it is put right (更正登记), every fact that
was held against it is held against it again, by what else was known when it happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from disclosure.answer_period import Facts, answer_period
from disclosure.correction import notice_is_late
from disclosure.deadlines import period_facts
from disclosure.flags import Flag
from disclosure.law import Law
from disclosure.state import RequestState
from disclosure.timed_facts import TimedFact, TimedKind

RECEIPT_FLAGS = frozenset(
    {
        Flag.CORRECTION_NOTICE_LATE,
        Flag.EXTENSION_LATE,
        Flag.EXTENSION_REPEATED,
        Flag.FEE_NOTICE_LATE,
        Flag.ANSWERED_LATE,
    }
)
"""Flags that rest on the received date; whether an extension is a second one rests on whether the
first was in time."""


@dataclass(frozen=True, slots=True)
class Timeliness:
    """What the received date makes of everything on record.

    Attributes:
        flags: of `RECEIPT_FLAGS`, those that hold.
        extension_days: working days the one extension in time adds; 0 where none was.
    """

    flags: frozenset[Flag]
    extension_days: int


def remembering(
    state: RequestState, what: TimedKind, on: date, working_days: int = 0
) -> RequestState:
    """Return the state with one more fact to be judged by the period as it is before it.

    An answer is judged by the last period even where that stands still or has ended.
    """
    replied = what in {"answer", "delivery"}
    facts = period_facts(state)
    restarts = (*facts.corrected_on, *facts.paid_on, *facts.reopened_on) if facts else ()
    timed = TimedFact(
        what=what,
        on=on,
        stands_still=not replied and state.running_clock is None,
        restarted_on=max(restarts, default=None),
        pauses=tuple(facts.pauses) if facts else (),
        delay_until=state.delay_until,
        working_days=working_days,
    )
    return replace(state, timed_facts=(*state.timed_facts, timed))


def timeliness(state: RequestState, law: Law) -> Timeliness:
    """Judge every remembered fact by the received date of `state`, in the order they happened."""
    flags: set[Flag] = set()
    extension = 0
    for fact in state.timed_facts:
        found = set(_flags_of(state, fact, extension, law))
        if fact.what == "extension" and not found:
            extension = fact.working_days
        flags |= found
    return Timeliness(frozenset(flags), extension)


_LATE: dict[TimedKind, Flag] = {
    "extension": Flag.EXTENSION_LATE,
    "fee_notice": Flag.FEE_NOTICE_LATE,
    "answer": Flag.ANSWERED_LATE,
    "delivery": Flag.ANSWERED_LATE,
}
"""What a fact is flagged for that comes after the last day to answer."""


def _flags_of(state: RequestState, fact: TimedFact, extension: int, law: Law) -> Iterator[Flag]:
    if fact.what == "correction_notice":
        if notice_is_late(state, fact.on, law):
            yield Flag.CORRECTION_NOTICE_LATE
        return
    if state.received_on is None:
        return
    if fact.what == "extension" and extension:
        yield Flag.EXTENSION_REPEATED
    if not fact.stands_still and fact.on > _due_on(state.received_on, fact, extension, law):
        yield _LATE[fact.what]


def _due_on(received: date, fact: TimedFact, extension: int, law: Law) -> date:
    period = Facts(
        received_on=received,
        reopened_on=(fact.restarted_on,) if fact.restarted_on else (),
        pauses=fact.pauses,
        extension=extension,
        delay_until=fact.delay_until,
    )
    return answer_period(period, law.calendar).due_on
