"""The identities of the form (勾稽关系): what must hold inside a report and against last year's.

Each rule is one function with the name it bears in a finding. Figures are compared as they were
counted; nothing is corrected here.

Source: 国办公开办函〔2021〕30号, tables two to four and the notes on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    DocumentCounts,
    ProceedingCounts,
    Table2,
    Table3,
    Table4,
    Tables,
)


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
    found = [
        *_below_zero(tables.table2),
        *(_in_force(tables.table2, last_table2) if last_table2 else ()),
        *_flow(tables.table3),
        *_sum(tables.table3),
        *_row_total(tables.table3),
        *(_carry_over(tables.table3, last_table3) if last_table3 else ()),
        *_proceeding_total(tables.table4),
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


def _flow(table: Table3) -> Iterator[_Disagreement]:
    for column in COLUMNS:
        new, carried_in = table.cell(NEW, column), table.cell(CARRIED_IN, column)
        handled, carried_out = table.cell(TOTAL_HANDLED, column), table.cell(CARRIED_OUT, column)
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


def _sum(table: Table3) -> Iterator[_Disagreement]:
    for column in COLUMNS:
        expected = sum(table.cell(row, column) for row in RESULT_ROWS)
        found = table.cell(TOTAL_HANDLED, column)
        if expected != found:
            yield _Disagreement(
                SUM,
                Where("table3", TOTAL_HANDLED, column),
                expected,
                found,
                f"表三“{COLUMN_LABELS[column]}”列“{ROW_LABELS[TOTAL_HANDLED]}”填报{found}件，"
                f"各项办理结果之和为{expected}件，两者应当相等。",
            )


def _row_total(table: Table3) -> Iterator[_Disagreement]:
    for row in ROWS:
        expected = sum(table.cell(row, column) for column in COLUMNS if column != TOTAL)
        found = table.cell(row, TOTAL)
        if expected != found:
            yield _Disagreement(
                ROW_TOTAL,
                Where("table3", row, TOTAL),
                expected,
                found,
                f"表三“{ROW_LABELS[row]}”行总计填报{found}件，"
                f"六类申请人之和为{expected}件，两者应当相等。",
            )


def _carry_over(table: Table3, last: Table3) -> Iterator[_Disagreement]:
    for column in COLUMNS:
        expected, found = last.cell(CARRIED_OUT, column), table.cell(CARRIED_IN, column)
        if expected != found:
            yield _Disagreement(
                CARRY_OVER,
                Where("table3", CARRIED_IN, column),
                expected,
                found,
                f"表三“{COLUMN_LABELS[column]}”列上年结转填报{found}件，"
                f"上一年度报告结转下年度继续办理为{expected}件，两者应当一致。",
            )


def _proceeding_total(table: Table4) -> Iterator[_Disagreement]:
    for group in PROCEEDING_GROUPS:
        counts: ProceedingCounts = getattr(table, group)
        expected = counts.upheld + counts.corrected + counts.other + counts.pending
        if expected != counts.total:
            yield _Disagreement(
                PROCEEDING_TOTAL,
                Where("table4", group, TOTAL),
                expected,
                counts.total,
                f"表四“{PROCEEDING_LABELS[group]}”总计填报{counts.total}件，"
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


def _in_force(table: Table2, last: Table2) -> Iterator[_Disagreement]:
    for kind in DOCUMENT_KINDS:
        now: DocumentCounts = getattr(table, kind)
        before: DocumentCounts = getattr(last, kind)
        expected = before.in_force + now.issued - now.repealed
        if expected != now.in_force:
            yield _Disagreement(
                IN_FORCE,
                Where("table2", kind, "in_force"),
                expected,
                now.in_force,
                f"表二“{DOCUMENT_LABELS[kind]}”现行有效填报{now.in_force}件，"
                f"按上年现行有效{before.in_force}件加本年制发{now.issued}件"
                f"减本年废止{now.repealed}件计算为{expected}件，两者应当一致。",
            )
