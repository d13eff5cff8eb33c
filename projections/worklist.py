"""The worklist (待办): one row a case, request or proceeding, in the order in which limits end.

A row is the state of the case, folded by the law's own functions, seen as the columns a list is
narrowed and sorted by; the state stands beside them, so that the next event can go on. Whether a
limit is near is no column: that depends on the day it is read.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final

import msgspec
import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of
from disclosure.events import PROCEEDING_EVENTS, REQUEST_EVENTS
from disclosure.evolution import evolve
from disclosure.proceeding_state import ProceedingState, evolve_proceeding
from disclosure.request_events import RequestDecided
from disclosure.state import RequestState
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

NO_LIMIT: Final = date.max
"""Where no limit runs: sorted behind every one that does."""

ANSWER: Final = "answer"
"""The limit that binds the agency (答复期限); all others bind somebody else."""

_encoder = msgspec.json.Encoder(order="sorted")
_request_states = msgspec.json.Decoder(RequestState)
_proceeding_states = msgspec.json.Decoder(ProceedingState)

_PROCEEDING_TYPES = frozenset(kind.type for kind in PROCEEDING_EVENTS)


class Worklist:
    """One row a case.

    `waits_for` holds the words `us`, `applicant`, `third_party`, `agency`, `authority`, `parties`,
    each between spaces; `limit_kind` is `answer`, `correction`, `fee` or a limit of a proceeding;
    `flags` are codes between spaces. Dates are legal dates.
    """

    name: ClassVar[str] = "worklist"
    version: ClassVar[int] = 2
    table: ClassVar[sa.Table] = sa.Table(
        "worklist_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("applicant_type", sa.Text),
        sa.Column("came_on", sa.Date, nullable=False),
        sa.Column("received_on", sa.Date),
        sa.Column("limit_kind", sa.Text),
        sa.Column("limit_on", sa.Date, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("overdue", sa.Boolean, nullable=False),
        sa.Column("waits_for", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("document_number", sa.Text),
        sa.Column("closed_on", sa.Date),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    # In these orders the pages read; the first holds open cases only, and all that is counted.
    sa.Index(
        "worklist_v2_open",
        table.c.agency,
        table.c.limit_on,
        table.c.stream,
        table.c.limit_kind,
        sqlite_where=table.c.closed_on.is_(None),
        postgresql_where=table.c.closed_on.is_(None),
    )
    sa.Index("worklist_v2_closed", table.c.agency, table.c.closed_on, table.c.stream)
    sa.Index("worklist_v2_came", table.c.agency, table.c.came_on, table.c.stream)

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event of a request or a proceeding."""
        return frozenset(kind.type for kind in (*REQUEST_EVENTS, *PROCEEDING_EVENTS))

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the case's own row."""
        return [(event.stream,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        columns = (
            _proceeding(row, content) if event.type in _PROCEEDING_TYPES else _request(row, content)
        )
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "case_reference": case_of(event.stream),
            **columns,
        }


def _request(row: Row | None, content: Any) -> dict[str, Any]:
    before = _request_states.decode(row["state"]) if row is not None else RequestState()
    state = evolve(before, content)
    limit_kind, limit_on = _limit(state)
    return {
        "kind": "request",
        "stage": state.stage.value,
        "channel": state.channel,
        "applicant_type": state.applicant_type.value if state.applicant_type else None,
        "came_on": state.submitted_on,
        "received_on": state.received_on,
        "limit_kind": limit_kind,
        "limit_on": limit_on or NO_LIMIT,
        "provisional": bool(limit_kind == ANSWER and state.clock and state.clock.provisional),
        "overdue": state.overdue,
        "waits_for": _spaced(_waited_for(state)),
        "outcome": state.outcome.value if state.outcome else None,
        "document_number": _number(row, state, content),
        "closed_on": state.closed_on,
        "flags": _spaced(state.flags),
        "state": _encoder.encode(state).decode(),
    }


def _limit(state: RequestState) -> tuple[str | None, date | None]:
    """Return the limit that runs, or by which a closed request was answered."""
    if state.closed:
        return (ANSWER, state.answer_due_on) if state.answer_due_on else (None, None)
    if state.awaits_correction and state.correction:
        return "correction", state.correction.lapses_on or state.correction.due_on
    if state.awaits_payment and state.fee:
        return "fee", state.fee.lapses_on or state.fee.due_on
    return (ANSWER, state.clock.due_on) if state.clock else (None, None)


def _waited_for(state: RequestState) -> list[str]:
    if state.closed:
        return []
    if state.awaits_correction or state.awaits_payment:
        return ["applicant"]
    pending = {each.kind for each in state.consultations if each.pending}
    others: list[str] = [kind for kind in ("third_party", "agency") if kind in pending]
    if state.reasons is not None and state.reasons.pending:
        others.append("applicant")
    return others or ["us"]


def _number(row: Row | None, state: RequestState, content: Any) -> str | None:
    if not state.closed:
        return None
    if isinstance(content, RequestDecided):
        return content.document_number
    return row["document_number"] if row is not None else None


def _proceeding(row: Row | None, content: Any) -> dict[str, Any]:
    before = _proceeding_states.decode(row["state"]) if row is not None else ProceedingState()
    state = evolve_proceeding(before, content)
    limit = state.limit
    waits_for = [] if state.final else ["authority" if state.result is None else "parties"]
    return {
        "kind": state.kind,
        "stage": state.stage.value,
        "channel": None,
        "applicant_type": None,
        "came_on": state.filed_on,
        "received_on": state.filed_on,
        "limit_kind": limit.what if limit else None,
        "limit_on": limit.due_on if limit else NO_LIMIT,
        "provisional": limit.provisional if limit else False,
        "overdue": state.overdue,
        "waits_for": _spaced(waits_for),
        "outcome": state.result,
        "document_number": None,
        "closed_on": state.latest_on if state.final else None,
        "flags": _spaced(_flags(row, content)),
        "state": _encoder.encode(state).decode(),
    }


def _flags(row: Row | None, content: Any) -> list[str]:
    """Return the flags of a proceeding: none is ever taken back."""
    known = row["flags"].split() if row is not None else []
    return list(dict.fromkeys([*known, *content.flags]))


def _spaced(words: Sequence[str]) -> str:
    """Join words so that each stands between spaces: one can be looked for by ` word `."""
    return f" {' '.join(words)} " if words else ""
