"""How far an annual report has come: the fold of its stream, and the day it must be out by.

Source: 条例 Art. 49: a department publishes before 31 January, a government, which sums up the
reports of others, before 31 March. Both are days of the calendar and roll to no working day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from disclosure.event import Event
from disclosure.report_events import (
    AnnualReportAmendmentOpened,
    AnnualReportAmendmentWithdrawn,
    AnnualReportApproved,
    AnnualReportOpened,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
    AnnualReportSubmitted,
    SealedDraft,
)


class ReportStage(StrEnum):
    """Where a report stands."""

    UNOPENED = "unopened"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        """The stage in an official's words."""
        return _LABELS[self]


_LABELS = {
    ReportStage.UNOPENED: "尚未启动",
    ReportStage.DRAFTING: "编制中",
    ReportStage.SUBMITTED: "已送审",
    ReportStage.APPROVED: "已审核通过，待公布",
    ReportStage.PUBLISHED: "已公布",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """What must be known of a year's report to decide.

    Attributes:
        due_on: last day to publish the first version; None where nobody worked it out.
        overdue: whether that day passed unmet.
        submitted: the draft under review, or approved and not yet out.
        approved_by: who approved it.
        published: the version that stands before the public.
        opened_on: the day it was taken up.
        latest_on: the day of the latest step.
    """

    stage: ReportStage = ReportStage.UNOPENED
    opened_on: date | None = None
    due_on: date | None = None
    overdue: bool = False
    submitted: SealedDraft | None = None
    approved_by: str = ""
    published: SealedDraft | None = None
    latest_on: date | None = None

    @property
    def under_way(self) -> bool:
        """Whether somebody must still bring it before the public."""
        return self.stage not in {ReportStage.UNOPENED, ReportStage.PUBLISHED}

    @property
    def next_version(self) -> int:
        """The version a draft would become."""
        return 1 if self.published is None else self.published.version + 1

    @property
    def deadline(self) -> date | None:
        """The last day to publish, while it still can be missed.

        A report taken up only after that day, as of a year long past, has none to miss.
        """
        missable = self.under_way and self.published is None and not self.overdue
        if not missable or self.due_on is None or self.opened_on is None:
            return None
        return self.due_on if self.opened_on <= self.due_on else None


def due_day(year: int, *, government: bool) -> date:
    """Return the last day to publish the report about a year (条例 Art. 49)."""
    return date(year + 1, 3, 31) if government else date(year + 1, 1, 31)


def first_day_overdue(due_on: date) -> date:
    """Return the day whose beginning is the end, 24:00, of the last day."""
    return due_on + timedelta(days=1)


def evolve_report(state: ReportState, event: Event) -> ReportState:
    """Return the state after `event`; an event of another stream changes nothing."""
    match event:
        case AnnualReportOpened():
            moved = replace(
                state,
                stage=ReportStage.DRAFTING,
                opened_on=event.on,
                due_on=event.due_on,
            )
        case AnnualReportSubmitted():
            moved = replace(state, stage=ReportStage.SUBMITTED, submitted=event.draft)
        case AnnualReportReturned():
            moved = replace(state, stage=ReportStage.DRAFTING, submitted=None, approved_by="")
        case AnnualReportApproved():
            moved = replace(state, stage=ReportStage.APPROVED, approved_by=event.approved_by)
        case AnnualReportPublished():
            moved = replace(
                state,
                stage=ReportStage.PUBLISHED,
                published=event.draft,
                submitted=None,
                approved_by=event.approved_by,
            )
        case AnnualReportAmendmentOpened():
            moved = replace(state, stage=ReportStage.DRAFTING, approved_by="")
        case AnnualReportAmendmentWithdrawn():
            moved = replace(state, stage=ReportStage.PUBLISHED)
        case AnnualReportOverdue():
            return replace(state, overdue=True)
        case _:
            return state
    return replace(moved, latest_on=event.on)


def fold_report(events: Iterable[Event]) -> ReportState:
    """Fold a report's stream, oldest first."""
    state = ReportState()
    for event in events:
        state = evolve_report(state, event)
    return state
