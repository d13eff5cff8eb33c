"""The identities of the form (勾稽关系): what must hold inside a report and against last year's.

Each rule is one function over figures by their codes (``new.natural_person``,
``reconsideration.total``), so that one set of rules reads our own tables and anyone's. A rule is
silent where a figure it needs is not known. Figures are compared as they stand; nothing is
corrected here.

Source: 国办公开办函〔2021〕30号, tables two to four and the notes on them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from disclosure.outcomes import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    RESULT_ROWS,
    ROWS,
    TOTAL,
    TOTAL_HANDLED,
)
from reporting.findings import Finding, Severity, Where
from reporting.labels import COLUMN_LABELS, DOCUMENT_LABELS, PROCEEDING_LABELS, ROW_LABELS
from reporting.tables import (
    DOCUMENT_KINDS,
    PROCEEDING_GROUPS,
    PROCEEDING_STATES,
    DocumentCounts,
    Table2,
    Table3,
    Tables,
)

Cells: TypeAlias = Mapping[str, int | Decimal]
"""Figures of the three tables by their codes; a code that is missing is a figure not known."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An identity: its name in findings, where it is laid down, what it says."""

    name: str
    basis: str
    says: str


FLOW = Rule(
    "t3.flow",
    "国办公开办函〔2021〕30号表三注",
    "每列第一项加第二项之和，等于第三项加第四项之和",
)
SUM = Rule("t3.sum", "国办公开办函〔2021〕30号表三第三项第（七）目", "每列总计等于各项办理结果之和")
ROW_TOTAL = Rule("t3.total", "国办公开办函〔2021〕30号表三", "每行总计等于六类申请人之和")
PROCEEDING_TOTAL = Rule("t4.total", "国办公开办函〔2021〕30号表四", "每组总计等于前四项之和")
CARRY_OVER = Rule(
    "carry_over",
    "国办公开办函〔2021〕30号表三第二项、第四项",
    "本年度的上年结转数等于上一年度的结转下年度数",
)
IN_FORCE = Rule(
    "in_force",
    "国办公开办函〔2021〕30号表二第二十条第（一）项",
    "现行有效件数等于上年现行有效件数加本年制发件数减本年废止件数",
)
APPLICANTS = tuple(column for column in COLUMNS if column != TOTAL)
ENDINGS = tuple(state for state in PROCEEDING_STATES if state != TOTAL)
ACROSS_YEARS = frozenset({CARRY_OVER.name, IN_FORCE.name})
"""The rules that need last year's report."""

RULES = (FLOW, SUM, ROW_TOTAL, PROCEEDING_TOTAL, CARRY_OVER, IN_FORCE)


def check_tables(
    tables: Tables,
    *,
    last_table2: Table2 | None = None,
    last_table3: Table3 | None = None,
    file: str | None = None,
) -> tuple[Finding, ...]:
    """Return every identity that does not hold, in the order of the form.

    ``last_table2`` and ``last_table3`` are last year's; a rule across years is left out when its
    table is not given. ``file`` is set on the findings of a report that was read from one.
    """
    last: dict[str, int | Decimal] = {}
    last.update(last_table2.figures() if last_table2 else ())
    last.update(last_table3.figures() if last_table3 else ())
    below_zero = (_finding(seen, file) for seen in _below_zero(tables.table2))
    return (*below_zero, *check_cells(tables.figures(), last, file=file))


def check_cells(
    cells: Cells, last: Cells | None = None, *, file: str | None = None
) -> tuple[Finding, ...]:
    """Return every identity that does not hold between figures, in the order of the form.

    ``last`` are the figures of last year's report. Nothing is said of a figure that is in
    neither.
    """
    before = last or {}
    found = [
        *_in_force(cells, before),
        *_flow(cells),
        *_sum(cells),
        *_row_total(cells),
        *_carry_over(cells, before),
        *_proceeding_total(cells),
    ]
    return tuple(_finding(disagreement, file) for disagreement in found)


@dataclass(frozen=True, slots=True)
class _Disagreement:
    rule: Rule
    where: Where
    expected: int | None
    found: int
    message: str


def _finding(seen: _Disagreement, file: str | None) -> Finding:
    return Finding(
        seen.rule.name, Severity.ERROR, seen.where, seen.expected, seen.found, seen.message, file
    )


def _counts(cells: Cells, *codes: str) -> tuple[int, ...] | None:
    """Return the counts of these codes, or None where one of them is not known."""
    known = [cells[code] for code in codes if code in cells]
    return tuple(int(count) for count in known) if len(known) == len(codes) else None


def _flow(cells: Cells) -> Iterator[_Disagreement]:
    rows = (NEW, CARRIED_IN, TOTAL_HANDLED, CARRIED_OUT)
    for column in COLUMNS:
        counts = _counts(cells, *(f"{row}.{column}" for row in rows))
        if counts is None:
            continue
        new, carried_in, handled, carried_out = counts
        came, went = new + carried_in, handled + carried_out
        if came != went:
            yield _Disagreement(
                FLOW,
                Where("table3", column=column),
                came,
                went,
                f"表三“{COLUMN_LABELS[column]}”列勾稽关系不成立："
                f"本年新收{new}件与上年结转{carried_in}件之和为{came}件，"
                f"办理结果总计{handled}件与结转下年度{carried_out}件之和为{went}件，两者应当相等。",
            )


def _sum(cells: Cells) -> Iterator[_Disagreement]:
    for column in COLUMNS:
        rows = (TOTAL_HANDLED, *RESULT_ROWS)
        counts = _counts(cells, *(f"{row}.{column}" for row in rows))
        if counts is None:
            continue
        found, *results = counts
        expected = sum(results)
        if expected != found:
            yield _Disagreement(
                SUM,
                Where("table3", TOTAL_HANDLED, column),
                expected,
                found,
                f"表三“{COLUMN_LABELS[column]}”列“{ROW_LABELS[TOTAL_HANDLED]}”填报{found}件，"
                f"各项办理结果之和为{expected}件，两者应当相等。",
            )


def _row_total(cells: Cells) -> Iterator[_Disagreement]:
    for row in ROWS:
        counts = _counts(cells, *(f"{row}.{column}" for column in (TOTAL, *APPLICANTS)))
        if counts is None:
            continue
        found, *parts = counts
        expected = sum(parts)
        if expected != found:
            yield _Disagreement(
                ROW_TOTAL,
                Where("table3", row, TOTAL),
                expected,
                found,
                f"表三“{ROW_LABELS[row]}”行总计填报{found}件，"
                f"六类申请人之和为{expected}件，两者应当相等。",
            )


def _carry_over(cells: Cells, last: Cells) -> Iterator[_Disagreement]:
    for column in COLUMNS:
        before = _counts(last, f"{CARRIED_OUT}.{column}")
        now = _counts(cells, f"{CARRIED_IN}.{column}")
        if before is None or now is None:
            continue
        (expected,), (found,) = before, now
        if expected != found:
            yield _Disagreement(
                CARRY_OVER,
                Where("table3", CARRIED_IN, column),
                expected,
                found,
                f"表三“{COLUMN_LABELS[column]}”列上年结转填报{found}件，"
                f"上一年度报告结转下年度继续办理为{expected}件，两者应当一致。",
            )


def _proceeding_total(cells: Cells) -> Iterator[_Disagreement]:
    for group in PROCEEDING_GROUPS:
        counts = _counts(cells, *(f"{group}.{state}" for state in (TOTAL, *ENDINGS)))
        if counts is None:
            continue
        found, *parts = counts
        expected = sum(parts)
        if expected != found:
            yield _Disagreement(
                PROCEEDING_TOTAL,
                Where("table4", group, TOTAL),
                expected,
                found,
                f"表四“{PROCEEDING_LABELS[group]}”总计填报{found}件，"
                f"结果维持、结果纠正、其他结果、尚未审结之和为{expected}件，两者应当相等。",
            )


def _below_zero(table: Table2) -> Iterator[_Disagreement]:
    for kind in DOCUMENT_KINDS:
        counts: DocumentCounts = getattr(table, kind)
        if counts.in_force < 0:
            yield _Disagreement(
                IN_FORCE,
                Where("table2", kind, "in_force"),
                None,
                counts.in_force,
                f"表二“{DOCUMENT_LABELS[kind]}”现行有效件数为负（{counts.in_force}件），"
                "请补录年初现行有效件数（opening_documents）。",
            )


def _in_force(cells: Cells, last: Cells) -> Iterator[_Disagreement]:
    for kind in DOCUMENT_KINDS:
        before = _counts(last, f"{kind}.in_force")
        now = _counts(cells, *(f"{kind}.{field}" for field in ("issued", "repealed", "in_force")))
        if before is None or now is None:
            continue
        issued, repealed, found = now
        expected = before[0] + issued - repealed
        if expected != found:
            yield _Disagreement(
                IN_FORCE,
                Where("table2", kind, "in_force"),
                expected,
                found,
                f"表二“{DOCUMENT_LABELS[kind]}”现行有效填报{found}件，"
                f"按上年现行有效{before[0]}件加本年制发{issued}件"
                f"减本年废止{repealed}件计算为{expected}件，两者应当一致。",
            )
