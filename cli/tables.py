"""The three tables on a terminal, with the words of the form."""

from rich import box
from rich.table import Table

from cli.output import out
from disclosure.outcomes import COLUMNS, ROWS
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    GROUP_LABELS,
    PROCEEDING_LABELS,
    RESULTS_LABEL,
    ROW_LABELS,
    STATE_LABELS,
    group_of,
    rows_of,
)
from reporting.plain_values import plain_decimal
from reporting.tables import DOCUMENT_FIELDS, PROCEEDING_STATES, Tables


def print_tables(agency: str, year: int, tables: Tables) -> None:
    """Print tables two, three and four of an agency's year."""
    out.print(f"{agency} {year} 年", style="bold", markup=False)
    out.print(_table_two(tables))
    out.print(_table_three(tables))
    out.print(_table_four(tables))


def _table(title: str, first: str, columns: list[str]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    room = max(_NARROWEST_LABEL, out.width - len(columns) * _FIGURE_WIDTH - 2)
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=room)
    for column in columns:
        table.add_column(_folded(column), justify="right", min_width=_FIGURE_WIDTH - 2)
    return table


def _folded(head: str) -> str:
    """Fold a head to two characters a line, so that seven columns fit on eighty."""
    return "\n".join(head[start : start + 2] for start in range(0, len(head), 2))


_FIGURE_WIDTH = 6
_NARROWEST_LABEL = 20


def _table_two(tables: Tables) -> Table:
    table = _table("表二 主动公开政府信息情况", "信息内容", list(DOCUMENT_COLUMN_LABELS.values()))
    two = tables.table2
    for kind, label in DOCUMENT_LABELS.items():
        counts = getattr(two, kind)
        table.add_row(label, *(str(getattr(counts, name)) for name in DOCUMENT_FIELDS))
    for kind, label in DECISION_LABELS.items():
        table.add_row(f"{label}（处理决定数量）", str(getattr(two, kind)))
    table.add_row(f"{FEE_LABEL}（万元）", plain_decimal(two.fees_10k_yuan))
    return table


def _table_three(tables: Tables) -> Table:
    table = _table(
        "表三 收到和处理政府信息公开申请情况", "", [COLUMN_LABELS[name] for name in COLUMNS]
    )
    cells = tables.table3.as_json()
    for row in ROWS:
        group = group_of(row)
        if row == "granted":
            table.add_row(RESULTS_LABEL)
        if group is not None and rows_of(group)[0] == row:
            table.add_row(f"  {GROUP_LABELS[group]}")
        inset = "    " if group else "" if row in {ROWS[0], ROWS[1], ROWS[-1]} else "  "
        label = inset + ROW_LABELS[row]
        table.add_row(label, *(str(cells[row][column]) for column in COLUMNS))
    return table


def _table_four(tables: Tables) -> Table:
    table = _table("表四 行政复议、行政诉讼情况", "", list(STATE_LABELS.values()))
    for group, label in PROCEEDING_LABELS.items():
        counts = getattr(tables.table4, group)
        table.add_row(label, *(str(getattr(counts, state)) for state in PROCEEDING_STATES))
    return table
