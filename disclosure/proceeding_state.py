"""One proceeding (行政复议、行政诉讼) as its events have made it; nothing here decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from disclosure.event import Event
from disclosure.proceeding_events import (
    LawsuitAppealed,
    LawsuitConcluded,
    LawsuitFiled,
    ProceedingLimitPassed,
    ProceedingLimitRecalculated,
    ReconsiderationConcluded,
    ReconsiderationFiled,
    RunningLimit,
)
from disclosure.proceeding_limits import ProceedingExpiry
from disclosure.proceeding_results import ProceedingKind, ProceedingResult


class ProceedingStage(StrEnum):
    """Where a proceeding stands."""

    UNFILED = "unfiled"
    PENDING = "pending"
    UNDER_APPEAL = "under_appeal"
    CONCLUDED = "concluded"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The stage as officials write it."""
        return {
            ProceedingStage.UNFILED: "未受理",
            ProceedingStage.PENDING: "审理中",
            ProceedingStage.UNDER_APPEAL: "二审审理中",
            ProceedingStage.CONCLUDED: "已审结，尚可起诉或者上诉",
            ProceedingStage.FINAL: "已审结",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingState:
    """What must be known of a proceeding to decide. Dates are legal dates.

    Attributes:
        filed_on: day of acceptance or registration; None until then.
        request: the request's case, where it is about one.
        appealed_on: day of the appeal, which opens the second instance.
        result: of the last instance; None while an instance is pending.
        latest_on: day of the last fact that moved it.
        limit: the limit that began with that fact; None when nothing can follow.
        limit_passed: whether that limit has been noticed to have passed.
    """

    kind: ProceedingKind | None = None
    filed_on: date | None = None
    request: str | None = None
    after_reconsideration: bool = False
    appealed_on: date | None = None
    result: ProceedingResult | None = None
    latest_on: date | None = None
    limit: RunningLimit | None = None
    limit_passed: bool = False

    @property
    def stage(self) -> ProceedingStage:
        """Where the proceeding stands."""
        if self.filed_on is None:
            return ProceedingStage.UNFILED
        if self.result is not None:
            waits = self.limit is not None and not self.limit_passed
            return ProceedingStage.CONCLUDED if waits else ProceedingStage.FINAL
        return ProceedingStage.UNDER_APPEAL if self.appealed_on else ProceedingStage.PENDING

    @property
    def final(self) -> bool:
        """Whether its conclusion can no longer be taken to court in due time."""
        return self.stage is ProceedingStage.FINAL

    @property
    def overdue(self) -> bool:
        """Whether an instance is pending beyond its limit."""
        return self.result is None and self.limit_passed


def proceeding_expiries(state: ProceedingState) -> tuple[ProceedingExpiry, ...]:
    """Return the limit that runs and has not been noticed to have passed, if there is one."""
    if state.limit is None or state.limit_passed:
        return ()
    return (ProceedingExpiry.of(state.limit),)


def evolve_proceeding(state: ProceedingState, event: Event) -> ProceedingState:
    """Return the state after `event`; one that concerns no proceeding leaves it as it was."""
    match event:
        case ReconsiderationFiled():
            return _begun(state, "reconsideration", event)
        case LawsuitFiled():
            begun = _begun(state, "lawsuit", event)
            return replace(begun, after_reconsideration=event.after_reconsideration)
        case ReconsiderationConcluded() | LawsuitConcluded():
            return replace(_moved(state, event.on, event.limit), result=event.result)
        case LawsuitAppealed():
            moved = _moved(state, event.on, event.limit)
            return replace(moved, appealed_on=event.on, result=None)
        case ProceedingLimitRecalculated():
            return replace(state, limit=event.limit)
        case ProceedingLimitPassed():
            return replace(state, limit_passed=True)
        case _:
            return state


def fold_proceeding(events: Iterable[Event]) -> ProceedingState:
    """Fold a proceeding's events, oldest first."""
    state = ProceedingState()
    for event in events:
        state = evolve_proceeding(state, event)
    return state


def _begun(
    state: ProceedingState, kind: ProceedingKind, event: ReconsiderationFiled | LawsuitFiled
) -> ProceedingState:
    moved = _moved(state, event.on, event.limit)
    return replace(moved, kind=kind, filed_on=event.on, request=event.request)


def _moved(state: ProceedingState, on: date, limit: RunningLimit | None) -> ProceedingState:
    return replace(state, latest_on=on, limit=limit, limit_passed=False)
