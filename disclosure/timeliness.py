"""按期与否: what was late, judged by the received date as it is on record now.

A fact is judged when it happens (条例 Art. 30, 33; 国办函〔2020〕109号 Art. 6). The limit follows
from the day of receipt, whenever that is learned: where it is put right (更正登记), every fact that
was held against it is held against it again, by what else was known when it happened.

Whether an extension has its effect was told to the applicant with it. A calendar loaded later does
not change that, only another day of receipt does; where the day comes back under which it was told,
so does what was told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from disclosure.answer_period import Facts, answer_period
from disclosure.correction import notice_is_late
from disclosure.deadlines import period_facts
from disclosure.flags import Flag, in_order
from disclosure.law import Law
from disclosure.request_events import PeriodExtended
from disclosure.state import RequestState
from disclosure.timed_facts import TimedFact, TimedKind

EXTENSION_FLAGS = frozenset({Flag.EXTENSION_LATE, Flag.EXTENSION_REPEATED})
"""Flags of an extension that has no effect."""

RECEIPT_FLAGS = EXTENSION_FLAGS | {
    Flag.CORRECTION_NOTICE_LATE,
    Flag.FEE_NOTICE_LATE,
    Flag.ANSWERED_LATE,
}
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


def remembering(state: RequestState, what: TimedKind, on: date) -> RequestState:
    """Return the state with one more fact to be judged by the period as it is before it.

    An answer is judged by the last period even where that stands still or has ended.
    """
    return _with_fact(state, _timed(state, what, on))


def remembering_extension(state: RequestState, event: PeriodExtended) -> RequestState:
    """Return the state with an extension to be judged, and what it was told with."""
    fact = replace(
        _timed(state, "extension", event.on),
        working_days=event.working_days,
        told_under=state.received_on,
        told_flags=in_order(EXTENSION_FLAGS.intersection(event.flags)),
    )
    return _with_fact(state, fact)


def _with_fact(state: RequestState, fact: TimedFact) -> RequestState:
    return replace(state, timed_facts=(*state.timed_facts, fact))


def _timed(state: RequestState, what: TimedKind, on: date) -> TimedFact:
    replied = what in {"answer", "delivery"}
    facts = period_facts(state)
    restarts = (*facts.corrected_on, *facts.paid_on, *facts.reopened_on) if facts else ()
    return TimedFact(
        what=what,
        on=on,
        stands_still=not replied and state.running_clock is None,
        restarted_on=max(restarts, default=None),
        pauses=tuple(facts.pauses) if facts else (),
        delay_until=state.delay_until,
    )


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


def late_by_calendar(state: RequestState, law: Law) -> frozenset[Flag]:
    """Return what is late by the calendar of `law`, every extension having the effect on record."""
    flags: set[Flag] = set()
    extension = 0
    for fact in state.timed_facts:
        if fact.what != "extension":
            flags |= set(_flags_of(state, fact, extension, law))
        elif not extension and _has_effect(state, fact):
            extension = fact.working_days
    return frozenset(flags)


def _has_effect(state: RequestState, extension: TimedFact) -> bool:
    """Tell whether an extension is the one on record; under a corrected day its length tells."""
    if extension.told_under == state.received_on:
        return not extension.told_flags
    return extension.working_days == state.extension_days


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
    if fact.told_under == state.received_on:
        yield from fact.told_flags
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
