"""One request and the register, printed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich import box
from rich.table import Table

from casework.proceedings import proceeding_lines
from casework.requests import RequestView, find_request
from cli.case_outlook import print_outlook
from cli.output import CommandFailed, out, say
from cli.timeline_views import print_timeline
from disclosure.chinese import chinese_date
from disclosure.outcomes import APPLICANT_LABELS, ApplicantType, Outcome
from disclosure.registration_words import CHANNELS
from disclosure.state import Stage
from engine.parts import Parts
from projections.cells import CellChange
from reporting.labels import ROW_LABELS


def find_case(parts: Parts, agency: str, case: str, *, reveal: bool = False) -> RequestView:
    """Read one request.

    Raises:
        CommandFailed: there is none.
    """
    found = find_request(parts, agency, case, reveal=reveal)
    if found is None:
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的申请")
    return found


def print_case(view: RequestView, *, with_ledger: bool = False) -> None:
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
