"""The register of requests (登记台账): where each stands, until when, and what is wrong with it.

A row is the state of the request, folded by the law's own `evolve`, seen as columns; no rule is
written here a second time. The state itself stands beside them, so that the next event can go on.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import msgspec
import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of
from disclosure.events import REQUEST_EVENTS
from disclosure.evolution import evolve
from disclosure.request_events import ReplyDelivered, RequestDecided
from disclosure.state import RequestState
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(RequestState)


class CaseRegister:
    """One row a request."""

    name: ClassVar[str] = "case_register"
    version: ClassVar[int] = 3
    table: ClassVar[sa.Table] = sa.Table(
        "case_register_v3",
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
        sa.Column("payment_due_on", sa.Date),
        sa.Column("lapses_on", sa.Date),
        sa.Column("outcome", sa.Text),
        sa.Column("document_number", sa.Text),
        sa.Column("closed_on", sa.Date),
        sa.Column("delivered_on", sa.Date),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("stream_version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Index("case_register_v3_worklist", "agency", "stage", "due_on"),
    )

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event of a request."""
        return frozenset(kind.type for kind in REQUEST_EVENTS)

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the request's own row."""
        return [(event.stream,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        state = evolve(state_of(row) if row is not None else RequestState(), content)
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "case_reference": case_of(event.stream),
            **_columns(state),
            **_of_the_reply(row or {}, state, content),
            "stream_version": event.version,
            "position": event.position,
            "state": _encoder.encode(state).decode(),
        }


def state_of(row: Mapping[str, Any]) -> RequestState:
    """Return the state a row of the register stands for."""
    return _decoder.decode(row["state"])


def _columns(state: RequestState) -> dict[str, Any]:
    clock = state.running_clock
    correction = state.correction if state.awaits_correction and not state.closed else None
    fee = state.fee if state.awaits_payment and not state.closed else None
    lapses = correction.lapses_on if correction else fee.lapses_on if fee else None
    last = clock or (state.clock if state.closed else None)
    return {
        "stage": state.stage.value,
        "channel": state.channel,
        "applicant_type": state.applicant_type.value if state.applicant_type else None,
        "submitted_on": state.submitted_on,
        "received_on": state.received_on,
        "due_on": last.due_on if last else None,
        "due_provisional": last.provisional if last else False,
        "due_near": clock is not None and clock.due_on in state.reminded_due_dates,
        "overdue": state.overdue,
        "correction_due_on": correction.due_on if correction else None,
        "payment_due_on": fee.due_on if fee else None,
        "lapses_on": lapses,
        "outcome": state.outcome.value if state.outcome else None,
        "closed_on": state.closed_on,
        "archived": state.archived,
        "flags": " ".join(state.flags),
    }


def _of_the_reply(row: Row, state: RequestState, content: Any) -> dict[str, Any]:
    """What the state need not know: the reply's number, and when it reached the applicant."""
    if not state.closed:
        return {"document_number": None, "delivered_on": None}
    number, delivered_on = row.get("document_number"), row.get("delivered_on")
    if isinstance(content, RequestDecided):
        number = content.document_number
    if isinstance(content, ReplyDelivered):
        delivered_on = content.signed_on or content.posted_on or content.on
    return {"document_number": number, "delivered_on": delivered_on}
