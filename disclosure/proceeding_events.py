"""What happens in a proceeding about disclosure (行政复议、行政诉讼)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from disclosure.event import Event, personal
from disclosure.proceeding_commands import ProceedingLimit
from disclosure.proceeding_results import ProceedingResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningLimit:
    """The limit that runs after a fact, in calendar days or months.

    Attributes:
        what: which limit.
        due_on: its last day, a working day.
        provisional: whether it lies beyond the published calendar.
        calendar: version of the working-day calendar it was rolled forward with.
    """

    what: ProceedingLimit
    due_on: date
    provisional: bool
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationFiled(Event):
    """行政复议受理. `request` is the request's case, where it is about one."""

    type: ClassVar[str] = "reconsideration_filed"

    request: str | None = None
    limit: RunningLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconsiderationConcluded(Event):
    """行政复议审结.

    Attributes:
        decision_kind: the kind of decision, where it is one of those the law names.
        outcome_detail: the same in other words; sealed, for free words may name people.
        limit: the time to sue.
    """

    type: ClassVar[str] = "reconsideration_concluded"

    result: ProceedingResult
    decision_kind: str | None = None
    limit: RunningLimit
    outcome_detail: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawsuitFiled(Event):
    """行政诉讼立案. `request` is the request's case, where it is about one."""

    type: ClassVar[str] = "lawsuit_filed"

    request: str | None = None
    after_reconsideration: bool
    limit: RunningLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class LawsuitAppealed(Event):
    """提起上诉: the lawsuit is pending again."""

    type: ClassVar[str] = "lawsuit_appealed"

    limit: RunningLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class LawsuitConcluded(Event):
    """行政诉讼审结.

    Attributes:
        decision_kind: the kind of judgment or ruling, where it is one of those the law names.
        outcome_detail: the same in other words; sealed, for free words may name people.
        limit: the time to appeal; None after the second instance, which is final.
    """

    type: ClassVar[str] = "lawsuit_concluded"

    result: ProceedingResult
    decision_kind: str | None = None
    limit: RunningLimit | None
    outcome_detail: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingLimitPassed(Event):
    """期限届满: the limit ended at 24:00 of `due_on` and nothing had come."""

    type: ClassVar[str] = "proceeding_limit_passed"

    what: ProceedingLimit
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingLimitRecalculated(Event):
    """期限重新计算: a holiday notice has been loaded."""

    type: ClassVar[str] = "proceeding_limit_recalculated"

    limit: RunningLimit
