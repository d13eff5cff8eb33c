"""Items of an applicant by month of receipt: what a fee by items is counted from.

Per applicant, calendar month of receipt and agency; refusals count, withdrawn requests do not. An
applicant is known by a pseudonym only.

Source: 国办函〔2020〕109号 Art. 4.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.amendment_events import RecordCorrected, RequestReopened
from disclosure.event import Event
from disclosure.matter_events import FeeCharged
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.request_events import ReceiptConfirmed, RequestRegistered, RequestWithdrawn
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _registered(row: dict[str, Any], _: RecordedEvent, event: RequestRegistered) -> None:
    row.update(applicant_ref=event.applicant_ref, received_on=event.received_on)


def _confirmed(row: dict[str, Any], _: RecordedEvent, event: ReceiptConfirmed) -> None:
    row["received_on"] = event.on


def _corrected(row: dict[str, Any], _: RecordedEvent, event: RecordCorrected) -> None:
    if event.applicant_ref is not None:
        row["applicant_ref"] = event.applicant_ref
    if event.field in FIELDS_OF_RECEIPT:
        row["received_on"] = event.received_on


def _charged(row: dict[str, Any], _: RecordedEvent, event: FeeCharged) -> None:
    if event.mode == "items":
        row["items"] = event.quantity


def _withdrawn(row: dict[str, Any], _: RecordedEvent, _event: RequestWithdrawn) -> None:
    row["withdrawn"] = True


def _reopened(row: dict[str, Any], _: RecordedEvent, _event: RequestReopened) -> None:
    row["withdrawn"] = False


class ApplicantItems(KeyedFold):
    """One row a request."""

    name = "applicant_items"
    version = 2
    table = sa.Table(
        "applicant_items_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("applicant_ref", sa.Text, nullable=False),
        sa.Column("received_on", sa.Date),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("first_position", sa.Integer, nullable=False),
        sa.Index("applicant_items_v2_month", "agency", "applicant_ref", "received_on"),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        RequestRegistered: _registered,
        ReceiptConfirmed: _confirmed,
        RecordCorrected: _corrected,
        FeeCharged: _charged,
        RequestWithdrawn: _withdrawn,
        RequestReopened: _reopened,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return a request nothing is known of yet."""
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "applicant_ref": "",
            "received_on": None,
            "items": 1,
            "withdrawn": False,
            "first_position": event.position,
        }
