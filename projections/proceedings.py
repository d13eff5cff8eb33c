"""The register of proceedings (行政复议、行政诉讼台账): where each stands, and every turn it took.

A row is the state of the proceeding, folded by the law's own `evolve_proceeding`, seen as columns;
the state itself stands beside them, so that the next event can go on. Table four is counted from
the turns, see `projections.table_four`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

import msgspec
import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of
from disclosure.events import PROCEEDING_EVENTS
from disclosure.proceeding_events import (
    LawsuitAppealed,
    LawsuitConcluded,
    LawsuitFiled,
    ReconsiderationConcluded,
    ReconsiderationFiled,
)
from disclosure.proceeding_results import group_of
from disclosure.proceeding_state import ProceedingState, evolve_proceeding
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

PENDING = "pending"

Turns = list[tuple[date, str]]
"""Each day the proceeding took a turn, and what it has been since: pending, or its result."""

_encoder = msgspec.json.Encoder(order="sorted")
_states = msgspec.json.Decoder(ProceedingState)
_turns = msgspec.json.Decoder(Turns)


class Proceedings:
    """One row a proceeding."""

    name: ClassVar[str] = "proceedings"
    version: ClassVar[int] = 1
    table: ClassVar[sa.Table] = sa.Table(
        "proceedings_v1",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("proceeding_group", sa.Text, nullable=False),
        sa.Column("request", sa.Text),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("result", sa.Text),
        sa.Column("filed_on", sa.Date),
        sa.Column("appealed_on", sa.Date),
        sa.Column("concluded_on", sa.Date),
        sa.Column("limit_kind", sa.Text),
        sa.Column("due_on", sa.Date),
        sa.Column("due_provisional", sa.Boolean, nullable=False),
        sa.Column("overdue", sa.Boolean, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("stream_version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("turns", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Index("proceedings_v1_request", "agency", "request"),
    )

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event of a proceeding."""
        return frozenset(kind.type for kind in PROCEEDING_EVENTS)

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the proceeding's own row."""
        return [(event.stream,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        before = _states.decode(row["state"]) if row is not None else ProceedingState()
        state = evolve_proceeding(before, content)
        flags = row["flags"].split() if row is not None else []
        turns = [*(turns_of(row) if row is not None else ()), *_turn(content)]
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "case_reference": case_of(event.stream),
            **_columns(state),
            "flags": " ".join(dict.fromkeys([*flags, *(flag.value for flag in content.flags)])),
            "stream_version": event.version,
            "position": event.position,
            "turns": _encoder.encode(turns).decode(),
            "state": _encoder.encode(state).decode(),
        }


def turns_of(row: Mapping[str, Any]) -> Turns:
    """Return the turns a row of the register tells of, oldest first."""
    return _turns.decode(row["turns"])


def _columns(state: ProceedingState) -> dict[str, Any]:
    limit = state.limit
    return {
        "proceeding_group": group_of(
            state.kind or "reconsideration", after_reconsideration=state.after_reconsideration
        ),
        "request": state.request,
        "stage": state.stage.value,
        "result": state.result,
        "filed_on": state.filed_on,
        "appealed_on": state.appealed_on,
        "concluded_on": state.latest_on if state.result is not None else None,
        "limit_kind": limit.what if limit else None,
        "due_on": limit.due_on if limit else None,
        "due_provisional": limit.provisional if limit else False,
        "overdue": state.overdue,
    }


def _turn(content: Any) -> Turns:
    match content:
        case ReconsiderationFiled() | LawsuitFiled() | LawsuitAppealed():
            return [(content.on, PENDING)]
        case ReconsiderationConcluded() | LawsuitConcluded():
            return [(content.on, content.result)]
        case _:
            return []
