"""How a year's report stands, for whoever must bring it out: stage, draft, findings, history.

Read from the log and the projections alone; no engine is needed to look.
"""

from dataclasses import dataclass
from typing import Any

from activities.cell_words import cell_words
from activities.continuity import Continuity, continuity
from activities.report_assembly import content_digest
from activities.report_changes import CellChange, changes_after, net_changes
from activities.report_comparison import differences
from disclosure.addresses import case_of, report_stream
from disclosure.report_events import SealedDraft
from disclosure.report_state import ReportState, fold_report
from disclosure.sentences import sentence
from engine.parts import Parts
from engine.reports import assembler_of
from records import Entry
from reporting.annual_report import AnnualReport
from reporting.figures import printed
from reporting.identities import ACROSS_YEARS
from reporting.labels import COLUMN_LABELS


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the report's own stream; its reason is opened for who may read it."""

    entry: Entry
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**event_document(self.entry), "by": self.entry.actor, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Everything a page about the report shows.

    Attributes:
        state: folded from its stream.
        draft: as the log now stands, checked and not rendered.
        changed: in what the draft differs from what was submitted, else from what is published.
        continuity: what breaks the thread to last year's published report.
        steps: the report's course.
    """

    state: ReportState
    draft: AnnualReport
    changed: tuple[str, ...]
    continuity: Continuity
    steps: tuple[Step, ...]

    @property
    def compared_with(self) -> str:
        """What `changed` compares the draft with, in an official's words."""
        return "送审稿" if self.state.submitted is not None else "公布的报告"

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "agency": self.draft.agency,
            "agency_id": self.draft.agency_id,
            "year": self.draft.year,
            "stage": self.state.stage.value,
            "due_on": self.state.due_on.isoformat() if self.state.due_on else None,
            "overdue": self.state.overdue,
            "submitted": _sealed(self.state.submitted),
            "approved_by": self.state.approved_by,
            "published": _sealed(self.state.published),
            "draft": {
                "version": self.draft.version,
                "log_position": self.draft.log_position,
                "known_at": self.draft.known_at,
                "content_digest": content_digest(self.draft),
                "findings": [finding.as_json() for finding in self.draft.findings],
                "changed": list(self.changed),
            },
            "continuity": continuity_document(self.continuity),
            "history": [step.as_json() for step in self.steps],
        }


def report_status(parts: Parts, agency: str, year: int) -> ReportStatus:
    """Look at a year's report as it now stands.

    Raises:
        UnknownAgencyError, UnknownPlaceholder, MalformedValueError: there can be no draft of it.
    """
    assembler = assembler_of(parts)
    entries = parts.log.read(report_stream(agency, year))
    state = fold_report(entry.event for entry in entries)
    draft = assembler.now(agency, year).report
    compared = state.submitted or state.published
    before = assembler.published_before(agency, year - 1, draft.log_position)
    broken = any(finding.rule in ACROSS_YEARS for finding in draft.findings)
    return ReportStatus(
        state=state,
        draft=draft,
        changed=tuple(_changed(parts, compared, draft)),
        continuity=continuity(parts.store, agency, year, before.log_position, draft.log_position)
        if before is not None and broken
        else Continuity(),
        steps=tuple(Step(entry, _reason(parts, entry)) for entry in entries),
    )


def report_changes(parts: Parts, agency: str, year: int, sealed: SealedDraft) -> dict[str, Any]:
    """Return what was learned since a version was published, as plain JSON values.

    `changes` has one entry for each cell an event moved, in the order the log learned of it; `net`
    has each cell that now differs from what was published.
    """
    changes = changes_after(parts.store, agency, year, sealed.log_position)
    return {
        "agency_id": agency,
        "year": year,
        "version": sealed.version,
        "log_position": sealed.log_position,
        "changes": [change_document(change) for change in changes],
        "net": [
            {
                "cell": cell,
                "words": cell_words(cell),
                "published": printed(before),
                "now": printed(now),
            }
            for cell, (before, now) in net_changes(changes).items()
        ],
    }


def change_document(change: CellChange) -> dict[str, Any]:
    """Return one change of one cell, with its cause."""
    return {
        "recorded_at": change.cause.recorded_at.isoformat(),
        "cell": change.cell,
        "words": cell_words(change.cell),
        "before": printed(change.before),
        "after": printed(change.after),
        "case": _case(change.cause),
        "by": change.cause.actor,
        "cause": event_document(change.cause),
    }


def continuity_document(broken: Continuity) -> dict[str, Any]:
    """Return what breaks the thread between two years, by request and by fact.

    A request has the column it was carried over in, in either year; none where it was not.
    """
    return {
        "requests": [
            {
                "case": each.case,
                "published": each.published,
                "published_words": _column(each.published, "未结转"),
                "now": each.now,
                "now_words": _column(each.now, "不结转"),
                "causes": [event_document(cause) for cause in each.causes],
            }
            for each in broken.requests
        ],
        "documents": [event_document(entry) for entry in broken.documents],
    }


def event_document(entry: Entry) -> dict[str, Any]:
    """Return an event in one sentence, with the day it happened and when it was recorded."""
    return {
        "position": entry.position,
        "on": entry.event.on.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "type": entry.event.type,
        "sentence": sentence(entry.event),
    }


def _column(code: str | None, none: str) -> str:
    return COLUMN_LABELS[code] if code is not None else none


def _case(entry: Entry) -> str | None:
    return case_of(entry.stream) if entry.stream.startswith("case/") else None


def _sealed(draft: SealedDraft | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    return {
        "version": draft.version,
        "log_position": draft.log_position,
        "digest": draft.digest,
        "content_digest": draft.content_digest,
        "rules": {"rule_set": draft.rule_set, "calendar": draft.calendar},
        "program": draft.program,
        "errors": draft.errors,
        "files": [
            {"name": file.name, "sha256": file.sha256, "size": file.size} for file in draft.files
        ],
    }


def _changed(parts: Parts, compared: SealedDraft | None, draft: AnnualReport) -> list[str]:
    if compared is None or compared.content_digest == content_digest(draft):
        return []
    try:
        return differences(parts.files.get(compared.source), draft)
    except (FileNotFoundError, ValueError):
        return ["数据或者文字有变化"]


def _reason(parts: Parts, entry: Entry) -> str | None:
    revealed: Any = parts.log.reveal(entry)
    for name in ("reason", "despite"):
        if getattr(revealed, name, None):
            return str(getattr(revealed, name))
    return None
