"""What a holiday notice changes in the cases that are open, as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from disclosure.addresses import agency_of, case_of
from disclosure.amendment_events import LimitsRecalculated
from disclosure.event import Clock
from disclosure.evolution import evolve, fold
from disclosure.flags import Flag
from disclosure.proceeding_events import ProceedingLimitRecalculated, RunningLimit
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_state import fold_proceeding
from engine.recalculation import Recalculation


@dataclass(frozen=True, slots=True)
class MovedLimit:
    """A limit that moves: its name, as it was, as it will be."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CalendarEffect:
    """What changes in one case.

    Attributes:
        is_request: else it is a proceeding.
        raised: flags that it gains.
        lifted: flags that it loses.
    """

    agency: str
    case: str
    is_request: bool
    limits: tuple[MovedLimit, ...]
    raised: tuple[Flag, ...]
    lifted: tuple[Flag, ...]


def calendar_effect(each: Recalculation) -> CalendarEffect:
    """Say what changes in one case."""
    change = each.change
    return CalendarEffect(
        agency=agency_of(each.stream),
        case=case_of(each.stream),
        is_request=isinstance(change, LimitsRecalculated),
        limits=tuple(_moved_limits(each)),
        raised=change.flags,
        lifted=change.lifted if isinstance(change, LimitsRecalculated) else (),
    )


def _moved_limits(each: Recalculation) -> Iterator[MovedLimit]:
    if isinstance(each.change, ProceedingLimitRecalculated):
        was, will_be = fold_proceeding(each.events).limit, each.change.limit
        yield MovedLimit(limit_words(will_be.what), _limit(was), _limit(will_be))
        return
    before = fold(each.events)
    after = evolve(before, each.change)
    if each.change.clock is not None:
        yield MovedLimit("答复期限", _limit(before.clock), _limit(after.clock))
    if before.correction and after.correction and before.correction != after.correction:
        lapses = before.correction.lapses_on, after.correction.lapses_on
        yield MovedLimit("逾期不补正", *map(_day, lapses))
    if before.fee and after.fee and before.fee != after.fee:
        yield MovedLimit("缴费期限", _day(before.fee.due_on), _day(after.fee.due_on))
    for old, new in zip(before.consultations, after.consultations, strict=True):
        if old != new:
            yield MovedLimit("征询意见期限", _day(old.ends_on), _day(new.ends_on))


def _limit(limit: Clock | RunningLimit | None) -> str:
    if limit is None:
        return ""
    return f"{limit.due_on}{'（暂定）' if limit.provisional else ''}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
