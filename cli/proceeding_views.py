"""One proceeding and the register of proceedings, printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table

from casework import proceedings
from casework.proceedings import ProceedingView, limit_runs, proceeding_row, standing
from cli.output import CommandFailed, out, say
from cli.timeline_views import print_timeline
from disclosure.chinese import chinese_date
from disclosure.proceeding_limits import limit_words
from disclosure.proceeding_results import GROUP_LABELS
from engine.parts import Parts


def find_proceeding(
    parts: Parts, agency: str, case: str, *, reveal: bool = False
) -> ProceedingView:
    """Read one proceeding.

    Raises:
        CommandFailed: there is none.
    """
    found = proceedings.find_proceeding(parts, agency, case, reveal=reveal)
    if found is None:
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的行政复议或者行政诉讼")
    return found


def print_proceeding(view: ProceedingView) -> None:
    """Print one proceeding for a person."""
    row = proceeding_row(view.row)
    out.print(f"{row['case']}  {standing(row)}", style="bold", markup=False)
    about = f"，涉及申请 {row['request']}" if row["request"] else ""
    say(f"{GROUP_LABELS[row['group']]}，{chinese_date(view.row['filed_on'])}受理或者立案{about}")
    if limit_runs(row):
        say(f"{limit_words(row['limit_kind'])}至 {chinese_date(view.row['due_on'])}{_marks(row)}")
    print_timeline(view.timeline)


def print_proceedings(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the register for a person."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("案件编号", "类别", "涉及申请", "状态", "受理或立案", "期限", "备注"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(
            row["case"],
            GROUP_LABELS[row["group"]],
            row["request"] or "",
            standing(row),
            row["filed_on"],
            f"{row['due_on']}{_marks(row)}" if limit_runs(row) else "",
            "；".join(flag["words"] for flag in row["flags"]),
        )
    out.print(table)
    say(f"共 {len(rows)} 件")


def _marks(row: Mapping[str, Any]) -> str:
    marks = [
        word for word, on in (("暂定", row["due_provisional"]), ("逾期", row["overdue"])) if on
    ]
    return f"（{'、'.join(marks)}）" if marks else ""
