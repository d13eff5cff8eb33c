"""One request and the register of requests, as read from the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from casework.outlook import Outlook, ledger_document, outlook, outlook_document
from casework.proceedings import proceedings_about
from casework.timeline import TimelineView, flags_document, read_timeline, timeline_document
from disclosure.addresses import case_stream
from disclosure.state import RequestState, Stage
from engine.parts import Parts
from projections import CaseRegister
from projections.case_register import state_of
from projections.cells import CellChange, changes_by_version
from records import decode
from workdays import date_in_shanghai


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as a person reads it.

    Attributes:
        row: of the register.
        timeline: its events in sentences.
        proceedings: reconsiderations and lawsuits about it, oldest first.
        outlook: what can be done now, and what may follow.
        changes: by event version, the cells of table three a correction of the record moved.
    """

    row: Mapping[str, Any]
    timeline: TimelineView
    proceedings: Sequence[Mapping[str, Any]]
    outlook: Outlook
    changes: Mapping[int, Sequence[CellChange]] = field(default_factory=dict)

    @property
    def state(self) -> RequestState:
        """The state the register's row stands for."""
        return state_of(self.row)

    @property
    def version(self) -> int:
        """Events the view tells of; a form carries it back."""
        return int(self.row["stream_version"])


def request_row(parts: Parts, agency: str, case: str) -> Mapping[str, Any] | None:
    """Return a request's row of the register; None where there is no such request."""
    register = CaseRegister.table
    query = sa.select(register).where(register.c.stream == case_stream(agency, case))
    with parts.engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def find_request(
    parts: Parts, agency: str, case: str, *, reveal: bool = False
) -> RequestView | None:
    """Read one request; None where there is none."""
    row = request_row(parts, agency, case)
    if row is None:
        return None
    stream = case_stream(agency, case)
    return RequestView(
        row=row,
        timeline=read_timeline(parts, stream, reveal=reveal),
        proceedings=proceedings_about(parts, agency, case),
        outlook=outlook(parts, row),
        changes=_cell_changes(parts, stream),
    )


def _cell_changes(parts: Parts, stream: str) -> dict[int, list[CellChange]]:
    this_year = date_in_shanghai(datetime.now(UTC)).year
    events = ((recorded, decode(recorded)) for recorded in parts.store.read_stream(stream))
    return changes_by_version(events, this_year)


def list_requests(parts: Parts, agency: str, *, closed: bool) -> list[dict[str, Any]]:
    """Return an agency's register, the nearest due date first, as plain JSON values."""
    register = CaseRegister.table
    query = (
        sa.select(register)
        .where(register.c.agency == agency)
        .order_by(
            sa.func.coalesce(register.c.due_on, register.c.lapses_on), register.c.case_reference
        )
    )
    if not closed:
        query = query.where(register.c.stage != Stage.CLOSED.value)
    with parts.engine.connect() as connection:
        return [register_document(dict(row)) for row in connection.execute(query).mappings()]


def register_document(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the register as plain JSON values."""
    shown = {name: row[name] for name in row if name not in {"stream", "flags", "state"}}
    shown["case"] = shown.pop("case_reference")
    shown["flags"] = flags_document(row["flags"])
    document: dict[str, Any] = msgspec.to_builtins(shown)
    return document


def request_document(view: RequestView, *, with_ledger: bool = False) -> dict[str, Any]:
    """Return the JSON document of one request."""
    return {
        **register_document(view.row),
        **outlook_document(view.outlook),
        **({"ledger": ledger_document(view.outlook.ledger)} if with_ledger else {}),
        "proceedings": view.proceedings,
        "timeline": timeline_document(
            view.timeline, lambda version: _cells_document(view.changes.get(version, ()))
        ),
    }


def _cells_document(changes: Sequence[CellChange]) -> dict[str, Any]:
    """Return the cells a correction moved; nothing for any other event."""
    if not changes:
        return {}
    return {
        "cells": [
            {
                "year": each.cell.year,
                "cell": f"{each.cell.row}.{each.cell.column}",
                "change": each.change,
            }
            for each in changes
        ]
    }
