"""One proceeding and the register of proceedings, as read from the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa
from rich import box
from rich.table import Table

from cli.output import CommandFailed, out, say
from cli.timeline_views import (
    TimelineView,
    flags_document,
    print_timeline,
    read_timeline,
    timeline_document,
)
from disclosure.addresses import case_stream
from disclosure.chinese import chinese_date
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_results import GROUP_LABELS, RESULT_LABELS
from disclosure.proceeding_state import ProceedingStage
from engine.parts import Parts
from projections import Proceedings

_OWN_BUSINESS = {"stream", "case_reference", "proceeding_group", "turns", "state"}
"""Columns that are the projection's own business, or shown under another name."""


@dataclass(frozen=True, slots=True)
class ProceedingView:
    """A proceeding as a person reads it: its row of the register, and its events in sentences."""

    row: Mapping[str, Any]
    timeline: TimelineView


def is_proceeding(parts: Parts, agency: str, case: str) -> bool:
    """Tell whether a case is a proceeding."""
    return _row(parts, case_stream(agency, case)) is not None


def find_proceeding(
    parts: Parts, agency: str, case: str, *, reveal: bool = False
) -> ProceedingView:
    """Read one proceeding.

    Raises:
        CommandFailed: there is none.
    """
    stream = case_stream(agency, case)
    row = _row(parts, stream)
    if row is None:
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的行政复议或者行政诉讼")
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
        return [_register_document(dict(row)) for row in connection.execute(query).mappings()]


def _register_document(row: Mapping[str, Any]) -> dict[str, Any]:
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
    """Return the JSON document of `show`."""
    return {**_register_document(view.row), "timeline": timeline_document(view.timeline)}


def print_proceeding(view: ProceedingView) -> None:
    """Print one proceeding for a person."""
    row = _register_document(view.row)
    out.print(f"{row['case']}  {_standing(row)}", style="bold", markup=False)
    about = f"，涉及申请 {row['request']}" if row["request"] else ""
    say(f"{GROUP_LABELS[row['group']]}，{chinese_date(view.row['filed_on'])}受理或者立案{about}")
    if view.row["due_on"] is not None and row["stage"] != ProceedingStage.FINAL.value:
        say(f"{limit_words(row['limit_kind'])}至 {chinese_date(view.row['due_on'])}{_marks(row)}")
    print_timeline(view.timeline)


def print_proceedings(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the register for a person."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("案件编号", "类别", "涉及申请", "状态", "受理或立案", "期限", "备注"):
        table.add_column(head, overflow="fold")
    for row in rows:
        running = row["due_on"] and row["stage"] != ProceedingStage.FINAL.value
        table.add_row(
            row["case"],
            GROUP_LABELS[row["group"]],
            row["request"] or "",
            _standing(row),
            row["filed_on"],
            f"{row['due_on']}{_marks(row)}" if running else "",
            "；".join(flag["words"] for flag in row["flags"]),
        )
    out.print(table)
    say(f"共 {len(rows)} 件")


def proceeding_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say in a line each which proceedings there are about a request."""
    return [
        f"{GROUP_LABELS[row['group']]} {row['case']}（{row['filed_on']}）：{_standing(row)}"
        for row in rows
    ]


def _standing(row: Mapping[str, Any]) -> str:
    stage = ProceedingStage(row["stage"]).label
    return f"{stage}，{RESULT_LABELS[row['result']]}" if row["result"] else stage


def _marks(row: Mapping[str, Any]) -> str:
    marks = [
        word for word, on in (("暂定", row["due_provisional"]), ("逾期", row["overdue"])) if on
    ]
    return f"（{'、'.join(marks)}）" if marks else ""
