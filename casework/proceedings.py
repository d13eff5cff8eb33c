"""One proceeding and the register of proceedings, as read from the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from casework.timeline import TimelineView, flags_document, read_timeline, timeline_document
from disclosure.addresses import case_stream
from disclosure.proceeding_results import GROUP_LABELS, RESULT_LABELS
from disclosure.proceeding_state import ProceedingStage, ProceedingState
from engine.parts import Parts
from projections import Proceedings

_states = msgspec.json.Decoder(ProceedingState)

_OWN_BUSINESS = {"stream", "case_reference", "proceeding_group", "turns", "state"}
"""Columns that are the projection's own business, or shown under another name."""


@dataclass(frozen=True, slots=True)
class ProceedingView:
    """A proceeding as a person reads it: its row of the register, and its events in sentences."""

    row: Mapping[str, Any]
    timeline: TimelineView

    @property
    def state(self) -> ProceedingState:
        """The state the register's row stands for."""
        return _states.decode(self.row["state"])

    @property
    def version(self) -> int:
        """Events the view tells of; a form carries it back."""
        return int(self.row["stream_version"])


def is_proceeding(parts: Parts, agency: str, case: str) -> bool:
    """Tell whether a case is a proceeding."""
    return _row(parts, case_stream(agency, case)) is not None


def find_proceeding(
    parts: Parts, agency: str, case: str, *, reveal: bool = False
) -> ProceedingView | None:
    """Read one proceeding; None where there is none."""
    stream = case_stream(agency, case)
    row = _row(parts, stream)
    if row is None:
        return None
    return ProceedingView(row, read_timeline(parts, stream, reveal=reveal))


def list_proceedings(parts: Parts, agency: str, *, final: bool) -> list[dict[str, Any]]:
    """Return an agency's register, the nearest limit first, as plain JSON values."""
    register = Proceedings.table
    query = (
        sa.select(register)
        .where(register.c.agency == agency)
        .order_by(register.c.due_on.is_(None), register.c.due_on, register.c.case_reference)
    )
    if not final:
        query = query.where(register.c.stage != ProceedingStage.FINAL.value)
    return _documents(parts, query)


def proceedings_about(parts: Parts, agency: str, request: str) -> list[dict[str, Any]]:
    """Return the proceedings about a request, oldest first, as plain JSON values."""
    register = Proceedings.table
    query = (
        sa.select(register)
        .where(register.c.agency == agency, register.c.request == request)
        .order_by(register.c.filed_on, register.c.case_reference)
    )
    return _documents(parts, query)


def _row(parts: Parts, stream: str) -> Mapping[str, Any] | None:
    register = Proceedings.table
    query = sa.select(register).where(register.c.stream == stream)
    with parts.engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def _documents(parts: Parts, query: "sa.Select[Any]") -> list[dict[str, Any]]:
    with parts.engine.connect() as connection:
        return [proceeding_row(dict(row)) for row in connection.execute(query).mappings()]


def proceeding_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the register as plain JSON values."""
    shown = {name: value for name, value in row.items() if name not in _OWN_BUSINESS}
    document: dict[str, Any] = msgspec.to_builtins(
        {
            "case": row["case_reference"],
            "group": row["proceeding_group"],
            **shown,
            "flags": flags_document(row["flags"]),
        }
    )
    return document


def proceeding_document(view: ProceedingView) -> dict[str, Any]:
    """Return the JSON document of one proceeding."""
    return {**proceeding_row(view.row), "timeline": timeline_document(view.timeline)}


def standing(row: Mapping[str, Any]) -> str:
    """Say where a proceeding stands, with its result where it has one."""
    stage = ProceedingStage(row["stage"]).label
    return f"{stage}，{RESULT_LABELS[row['result']]}" if row["result"] else stage


def limit_runs(row: Mapping[str, Any]) -> bool:
    """Tell whether a limit of a proceeding still runs; a final one keeps its last in the row."""
    return row["due_on"] is not None and row["stage"] != ProceedingStage.FINAL.value


def proceeding_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say in a line each which proceedings there are about a request."""
    return [
        f"{GROUP_LABELS[row['group']]} {row['case']}（{row['filed_on']}）：{standing(row)}"
        for row in rows
    ]
