"""The figures of a published report by their codes, as the identities of the form read them."""

from decimal import Decimal

from audit.published import PrintedCell, PublishedReport
from disclosure.outcomes import COLUMNS, ROWS, TOTAL, Outcome
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    PROCEEDING_LABELS,
    ROW_LABELS,
    STATE_LABELS,
    rows_of,
)

MERGED_ROW = "other"
"""（六）其他处理 in one row, as until 2020: its figure is known, its three parts are not."""
ROW_HEADS = {
    **ROW_LABELS,
    **DOCUMENT_LABELS,
    **DECISION_LABELS,
    **PROCEEDING_LABELS,
    "fees_10k_yuan": FEE_LABEL,
    MERGED_ROW: "(六) 其他处理",
}


def known_figures(report: PublishedReport) -> dict[str, int | Decimal]:
    """Return every figure that was read, a blank or a sign as 0.

    Left out, and so passed over by every rule, is what is not read for certain: a cell that is not
    there, and a blank of a table in which a row could not be told from another.
    """
    in_doubt = {torn.table for torn in report.unreadable if torn.row is None}
    figures: dict[str, int | Decimal] = {}
    for code, cell in report.cells.items():
        unsure = is_blank(cell) and table_of(code) in in_doubt
        if code not in report.absent and not unsure:
            figures[code] = 0 if cell.value is None else cell.value
    return figures | _merged(figures)


def figures_told(report: PublishedReport) -> dict[str, int | Decimal]:
    """Return the figures a sentence can be held against: what is printed, and no blank.

    A total left blank is the sum of its row where the whole row is printed: its being blank is
    found by another rule already.
    """
    blanks = {code for code, cell in report.cells.items() if cell.value is None}
    told = {code: one for code, one in known_figures(report).items() if code not in blanks}
    for row in ROWS:
        parts = [f"{row}.{column}" for column in COLUMNS if column != TOTAL]
        if f"{row}.{TOTAL}" in blanks and all(part in told for part in parts):
            told[f"{row}.{TOTAL}"] = sum(told[part] for part in parts)
    return told


def _merged(figures: dict[str, int | Decimal]) -> dict[str, int | Decimal]:
    """Let a merged row stand for its three parts where they are known to be empty or unknown."""
    merged: dict[str, int | Decimal] = {}
    for column in COLUMNS:
        parts = [f"{row}.{column}" for row in rows_of(MERGED_ROW)]
        if f"{MERGED_ROW}.{column}" in figures and not any(figures.get(part) for part in parts):
            merged |= dict.fromkeys(parts, 0)
            merged[f"{Outcome.OTHER}.{column}"] = figures[f"{MERGED_ROW}.{column}"]
    return merged


def is_blank(cell: PrintedCell) -> bool:
    """Whether nothing is printed in a cell."""
    return not cell.printed.strip()


def table_of(code: str) -> str:
    """Return the table a code belongs to."""
    row = code.partition(".")[0]
    if row in PROCEEDING_LABELS:
        return "table4"
    return "table2" if row in {*DOCUMENT_LABELS, *DECISION_LABELS, "fees_10k_yuan"} else "table3"


def place_of(code: str) -> tuple[str, str, str | None]:
    """Return table, row and column of a code; a decision of table two has no column."""
    table = table_of(code)
    if table == "table3":
        row, _, column = code.rpartition(".")
        return table, row, column
    row, dot, column = code.partition(".")
    return table, row, column if dot else None


def row_label(row: str) -> str:
    """Return the words of the form for a row of any of its tables."""
    return ROW_HEADS.get(row, row)


def in_words(code: str) -> str:
    """Return where a cell is on the form: 表三“一、本年新收……”行“自然人”列."""
    table, row, column = place_of(code)
    number = {"table2": "二", "table3": "三", "table4": "四"}[table]
    columns = STATE_LABELS if table == "table4" else {**COLUMN_LABELS, **DOCUMENT_COLUMN_LABELS}
    words = f"表{number}“{row_label(row)}”"
    return f"{words}行“{columns.get(column, column)}”列" if column else words
