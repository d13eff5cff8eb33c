"""Likely causes, said only where the arithmetic shows them: a total left out, digits exchanged.

A cause is a sentence added to a message; it never changes what was found.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from audit.claims import CAME, FEES, HANDLED, NEW_ONLY, Claim, Reading
from disclosure.outcomes import (
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULT_ROWS,
    TOTAL,
    TOTAL_HANDLED,
)
from reporting.findings import Finding
from reporting.identities import APPLICANTS, Cells
from reporting.labels import COLUMN_LABELS, PROCEEDING_LABELS, ROW_LABELS

YUAN = 10000
"""Yuan in the unit of 行政事业性收费."""
FLOW_ROWS = (NEW, CARRIED_IN, TOTAL_HANDLED, CARRIED_OUT)


def cause_of_claim(claim: Claim, cells: Cells, last: Cells) -> str:
    """Return what the number in a sentence is instead, where exactly the tables show it."""
    if claim.rule == FEES and claim.value:
        printed_in_yuan = cells.get(claim.readings[0][0]) == claim.value * YUAN
        return "可能表二以元填报，应以万元为单位。" if printed_in_yuan else ""
    for words, reading in _neighbours(claim):
        known = [cells[code] for code in reading if code in cells]
        if len(known) == len(reading) and sum(known) == claim.value and claim.value:
            return f"可能只引用了{words}的数。"
    before = [last[code] for code in claim.readings[0] if code in last]
    if len(before) == len(claim.readings[0]) and sum(before) == claim.value and claim.value:
        return "可能沿用了上一年度报告的数。"
    return ""


def _neighbours(claim: Claim) -> Iterator[tuple[str, Reading]]:
    reading = claim.readings[0]
    rows = [code.removesuffix(f".{TOTAL}") for code in reading if code.endswith(f".{TOTAL}")]
    if len(rows) != len(reading):
        return
    if len(rows) > 1:
        for row in rows:
            yield f"“{ROW_LABELS.get(row) or PROCEEDING_LABELS[row]}”一项", (f"{row}.{TOTAL}",)
    if all(row in ROW_LABELS for row in rows):
        for column in APPLICANTS:
            yield f"“{COLUMN_LABELS[column]}”一列", tuple(f"{row}.{column}" for row in rows)
    if reading == NEW_ONLY:
        yield "“办理结果总计”", HANDLED
    if reading == HANDLED:
        yield "“本年新收”", NEW_ONLY
        yield "“本年新收、上年结转两项之和”", CAME


def cause_of_finding(finding: Finding, cells: Cells, last: Cells) -> str:
    """Return the likely cause of an identity that does not hold, or nothing."""
    if not isinstance(finding.expected, int) or not isinstance(finding.found, int):
        return ""
    expected, found = finding.expected, finding.found
    specific = SPECIFIC.get(finding.rule)
    cause = specific(finding, cells) if specific else ""
    if cause or finding.rule == "t3.flow":
        return cause
    if found == 0:
        return "" if _total_agrees(finding, cells) else "可能漏填总计。"
    if _digits_exchanged(expected, found):
        return "可能填写时数字颠倒。"
    if _digit_lost(expected, found):
        return "可能填写时少写或多写一位数字。"
    code = f"{finding.where.row}.{finding.where.column}"
    if finding.where.column == TOTAL and last.get(code) == found:
        return "该数与上一年度报告相同，可能未更新。"
    return ""


def _total_agrees(finding: Finding, cells: Cells) -> bool:
    """Whether the figure found is confirmed elsewhere, so that it is not the one left out."""
    column = finding.where.column
    if finding.rule not in {"t3.sum", "t3.total"} or finding.where.row is None:
        return finding.rule != "t4.total"
    if finding.where.row in FLOW_ROWS:
        return _gap(FLOW_ROWS[:2], FLOW_ROWS[2:], str(column), cells) == 0
    return _gap(RESULT_ROWS, (TOTAL_HANDLED,), str(column), cells) == 0


def _gap(
    rows: tuple[str, ...], against: tuple[str, ...], column: str, cells: Cells
) -> int | Decimal | None:
    codes = [f"{row}.{column}" for row in (*rows, *against)]
    if any(code not in cells for code in codes):
        return None
    return sum(cells[code] for code in codes[: len(rows)]) - sum(
        cells[code] for code in codes[len(rows) :]
    )


def _flow_cause(finding: Finding, cells: Cells) -> str:
    """A request both answered and carried over, or a figure put into another column."""
    column = str(finding.where.column)
    gap = _gap(FLOW_ROWS[:2], FLOW_ROWS[2:], column, cells)
    carried = cells.get(f"{CARRIED_OUT}.{column}")
    if gap and carried and -gap == carried:
        return "可能将结转下年度继续办理的申请同时计入了本年度办理结果。"
    return _other_column(FLOW_ROWS[:2], FLOW_ROWS[2:], column, cells)


def _sum_cause(finding: Finding, cells: Cells) -> str:
    return _other_column(RESULT_ROWS, (TOTAL_HANDLED,), str(finding.where.column), cells)


def _other_column(
    rows: tuple[str, ...], against: tuple[str, ...], column: str, cells: Cells
) -> str:
    """Two cells exchanged: one column has too much by what another has too little."""
    gap = _gap(rows, against, column, cells)
    for other in APPLICANTS if column != TOTAL else ():
        if other != column and gap and _gap(rows, against, other, cells) == -gap:
            return f"可能与“{COLUMN_LABELS[other]}”列的数填写错位。"
    return ""


def _neighbour_repeated(finding: Finding, cells: Cells) -> str:
    row = finding.where.row
    counts = [(column, cells[f"{row}.{column}"]) for column in APPLICANTS]
    surplus = int(str(finding.expected)) - int(str(finding.found))
    for (before, first), (column, second) in pairwise(counts):
        if first and first == second == surplus:
            return f"可能“{COLUMN_LABELS[column]}”列重复了“{COLUMN_LABELS[before]}”列的数。"
    for column, count in counts:
        if count and count == surplus:
            return f"可能“{COLUMN_LABELS[column]}”列的数未计入总计或误填。" if finding.found else ""
    return ""


def _digits_exchanged(expected: int, found: int) -> bool:
    one, other = str(expected), str(found)
    return one != other and len(one) == len(other) and sorted(one) == sorted(other)


def _digit_lost(expected: int, found: int) -> bool:
    longer, shorter = sorted((str(expected), str(found)), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or len(shorter) < 2:  # noqa: PLR2004 - 1 of 12 proves nothing
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


SPECIFIC: dict[str, Callable[[Finding, Cells], str]] = {
    "t3.flow": _flow_cause,
    "t3.sum": _sum_cause,
    "t3.total": _neighbour_repeated,
}
