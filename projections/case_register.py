"""The register of requests (登记台账): where each stands, until when, and what is wrong with it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of
from disclosure.events import (
    Clock,
    CorrectionLapsed,
    CorrectionReceived,
    CorrectionRequested,
    DueDateNear,
    Event,
    Overdue,
    PeriodExtended,
    ReceiptConfirmed,
    ReplyDelivered,
    RequestDecided,
    RequestRegistered,
    RequestWithdrawn,
)
from disclosure.outcomes import Outcome
from disclosure.state import Stage
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, Row, metadata


def _runs_until(row: dict[str, Any], clock: Clock | None) -> None:
    row["due_on"] = clock.due_on if clock else None
    row["due_provisional"] = clock.provisional if clock else False
    row["due_near"] = False
    row["overdue"] = False


def _registered(row: dict[str, Any], _: RecordedEvent, event: RequestRegistered) -> None:
    row.update(
        channel=event.channel,
        applicant_type=event.applicant_type.value,
        submitted_on=event.on,
        received_on=event.received_on,
        stage=(Stage.IN_PROGRESS if event.received_on else Stage.AWAITING_RECEIPT).value,
    )
    _runs_until(row, event.clock)


def _confirmed(row: dict[str, Any], _: RecordedEvent, event: ReceiptConfirmed) -> None:
    row.update(received_on=event.on, stage=Stage.IN_PROGRESS.value)
    _runs_until(row, event.clock)


def _correction_requested(
    row: dict[str, Any], _: RecordedEvent, event: CorrectionRequested
) -> None:
    if event.lapses_on is not None:
        row.update(
            stage=Stage.AWAITING_CORRECTION.value,
            correction_due_on=event.due_on,
            lapses_on=event.lapses_on,
        )
        _runs_until(row, None)


def _correction_received(row: dict[str, Any], _: RecordedEvent, event: CorrectionReceived) -> None:
    if event.clock is not None:
        row.update(stage=Stage.IN_PROGRESS.value, correction_due_on=None, lapses_on=None)
        _runs_until(row, event.clock)


def _extended(row: dict[str, Any], _: RecordedEvent, event: PeriodExtended) -> None:
    if event.clock is not None:
        _runs_until(row, event.clock)


def _near(row: dict[str, Any], _: RecordedEvent, _event: DueDateNear) -> None:
    row["due_near"] = True


def _overdue(row: dict[str, Any], _: RecordedEvent, _event: Overdue) -> None:
    row["overdue"] = True


def _close(row: dict[str, Any], on: date, outcome: Outcome) -> None:
    row.update(
        stage=Stage.CLOSED.value,
        closed_on=on,
        outcome=outcome.value,
        correction_due_on=None,
        lapses_on=None,
    )


def _decided(row: dict[str, Any], _: RecordedEvent, event: RequestDecided) -> None:
    _close(row, event.on, event.outcome)
    row["document_number"] = event.document_number


def _lapsed(row: dict[str, Any], _: RecordedEvent, event: CorrectionLapsed) -> None:
    _close(row, event.on, Outcome.CORRECTION_LAPSED)


def _withdrawn(row: dict[str, Any], _: RecordedEvent, event: RequestWithdrawn) -> None:
    _close(row, event.on, Outcome.OTHER)


def _delivered(row: dict[str, Any], _: RecordedEvent, event: ReplyDelivered) -> None:
    row["delivered_on"] = event.signed_on or event.posted_on or event.on


class CaseRegister(KeyedFold):
    """One row a request."""

    name = "case_register"
    version = 1
    table = sa.Table(
        "case_register_v1",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("applicant_type", sa.Text),
        sa.Column("submitted_on", sa.Date),
        sa.Column("received_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("due_provisional", sa.Boolean, nullable=False),
        sa.Column("due_near", sa.Boolean, nullable=False),
        sa.Column("overdue", sa.Boolean, nullable=False),
        sa.Column("correction_due_on", sa.Date),
        sa.Column("lapses_on", sa.Date),
        sa.Column("outcome", sa.Text),
        sa.Column("document_number", sa.Text),
        sa.Column("closed_on", sa.Date),
        sa.Column("delivered_on", sa.Date),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("stream_version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Index("case_register_v1_worklist", "agency", "stage", "due_on"),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        RequestRegistered: _registered,
        ReceiptConfirmed: _confirmed,
        CorrectionRequested: _correction_requested,
        CorrectionReceived: _correction_received,
        PeriodExtended: _extended,
        DueDateNear: _near,
        Overdue: _overdue,
        RequestDecided: _decided,
        CorrectionLapsed: _lapsed,
        RequestWithdrawn: _withdrawn,
        ReplyDelivered: _delivered,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return a request nobody has heard of yet."""
        row: dict[str, Any] = dict.fromkeys(column.name for column in self.table.columns)
        row.update(
            stream=key[0],
            agency=agency_of(event.stream),
            case_reference=case_of(event.stream),
            stage=Stage.UNREGISTERED.value,
            due_provisional=False,
            due_near=False,
            overdue=False,
            flags="",
            stream_version=0,
            position=0,
        )
        return row

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        changed = {**(super().apply(key, row, event, content) or {})}
        new = [flag.value for flag in content.flags if flag.value not in changed["flags"].split()]
        changed["flags"] = " ".join([*changed["flags"].split(), *new])
        changed["stream_version"] = event.version
        changed["position"] = event.position
        return changed
