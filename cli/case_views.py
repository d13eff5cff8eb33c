"""One request and the register, as read from the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from rich import box
from rich.table import Table

from cli.case_outlook import (
    Outlook,
    ledger_document,
    outlook,
    outlook_document,
    print_outlook,
)
from cli.output import CommandFailed, out, say
from cli.proceeding_views import proceeding_lines, proceedings_about
from cli.timeline_views import (
    TimelineView,
    flags_document,
    print_timeline,
    read_timeline,
    timeline_document,
)
from disclosure.addresses import case_stream
from disclosure.chinese import chinese_date
from disclosure.outcomes import APPLICANT_LABELS, ApplicantType, Outcome
from disclosure.sentences import CHANNELS
from disclosure.state import Stage
from engine.parts import Parts
from projections import CaseRegister
from projections.cells import CellChange, changes_by_version
from records import decode
from reporting.labels import ROW_LABELS
from workdays import date_in_shanghai


@dataclass(frozen=True, slots=True)
class CaseView:
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


def find_case(parts: Parts, agency: str, case: str, *, reveal: bool = False) -> CaseView:
    """Read one request.

    Raises:
        CommandFailed: there is none.
    """
    stream = case_stream(agency, case)
    register = CaseRegister.table
    with parts.engine.connect() as connection:
        row = (
            connection.execute(sa.select(register).where(register.c.stream == stream))
            .mappings()
            .one_or_none()
        )
    if row is None:
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的申请")
    return CaseView(
        row=dict(row),
        timeline=read_timeline(parts, stream, reveal=reveal),
        proceedings=proceedings_about(parts, agency, case),
        outlook=outlook(parts, dict(row)),
        changes=_cell_changes(parts, stream),
    )


def _cell_changes(parts: Parts, stream: str) -> dict[int, list[CellChange]]:
    this_year = date_in_shanghai(datetime.now(UTC)).year
    events = ((recorded, decode(recorded)) for recorded in parts.store.read_stream(stream))
    return changes_by_version(events, this_year)


def list_cases(parts: Parts, agency: str, *, closed: bool) -> list[dict[str, Any]]:
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
        return [_register_document(dict(row)) for row in connection.execute(query).mappings()]


def _register_document(row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: row[name] for name in row if name not in {"stream", "flags", "state"}}
    shown["case"] = shown.pop("case_reference")
    shown["flags"] = flags_document(row["flags"])
    document: dict[str, Any] = msgspec.to_builtins(shown)
    return document


def case_document(view: CaseView, *, with_ledger: bool = False) -> dict[str, Any]:
    """Return the JSON document of `show`."""
    return {
        **_register_document(view.row),
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


def print_case(view: CaseView, *, with_ledger: bool = False) -> None:
    """Print one request for a person."""
    _print_head(view.row)
    for line in proceeding_lines(view.proceedings):
        say(line)
    print_timeline(view.timeline, lambda version: _cell_lines(view.changes.get(version, ())))
    print_outlook(view.outlook, with_ledger=with_ledger)


def _print_head(row: Mapping[str, Any]) -> None:
    out.print(f"{row['case_reference']}  {Stage(row['stage']).label}", style="bold", markup=False)
    applicant = ApplicantType(row["applicant_type"]).label
    say(f"申请人类型 {applicant}，渠道 {CHANNELS[row['channel']]}，收到 {_day(row['received_on'])}")
    if row["outcome"]:
        result = Outcome(row["outcome"])
        number = f"，{row['document_number']}" if row["document_number"] else ""
        sent = f"，{chinese_date(row['delivered_on'])}送达" if row["delivered_on"] else ""
        say(f"{chinese_date(row['closed_on'])}办结：{result.label}（{result.basis}）{number}{sent}")
    elif row["correction_due_on"]:
        say(f"补正期限至 {chinese_date(row['correction_due_on'])}{_lapse(row, '补正')}")
    elif row["payment_due_on"]:
        say(f"缴费期限至 {chinese_date(row['payment_due_on'])}{_lapse(row, '缴费')}")
    elif row["due_on"]:
        marks = [
            word
            for word, on in (
                ("暂定", row["due_provisional"]),
                ("临期", row["due_near"] and not row["overdue"]),
                ("逾期", row["overdue"]),
            )
            if on
        ]
        say(
            f"答复期限至 {chinese_date(row['due_on'])}"
            + (f"（{'、'.join(marks)}）" if marks else "")
        )


def _lapse(row: Mapping[str, Any], what: str) -> str:
    """Say what follows from silence; after a lapse was undone nothing does."""
    if not row["lapses_on"]:
        return ""
    return f"，逾期未{what}的 {chinese_date(row['lapses_on'])}视为放弃申请"


def _cell_lines(changes: Sequence[CellChange]) -> list[str]:
    return [
        f"　{each.cell.year} 年表三“{ROW_LABELS[each.cell.row]}”"
        f"（{APPLICANT_LABELS[ApplicantType(each.cell.column)]}）"
        f"{'＋' if each.change > 0 else '－'}1"
        for each in changes
    ]


def print_register(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the register for a person."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("申请编号", "状态", "收到", "答复期限", "办理结果", "备注"):
        table.add_column(head)
    for row in rows:
        marks = [flag["words"] for flag in row["flags"]]
        if row["overdue"]:
            marks.insert(0, "逾期")
        elif row["due_near"]:
            marks.insert(0, "临期")
        due = row["due_on"] or ""
        table.add_row(
            row["case"],
            Stage(row["stage"]).label,
            row["received_on"] or "",
            f"{due}（暂定）" if row["due_provisional"] else due,
            Outcome(row["outcome"]).label if row["outcome"] else "",
            "；".join(marks),
        )
    out.print(table)
    say(f"共 {len(rows)} 件")


def _day(day: date | None) -> str:
    return chinese_date(day) if day else "待确认"
