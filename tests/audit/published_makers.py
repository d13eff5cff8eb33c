"""An invented report of a bureau in which nothing is wrong, and ways to spoil one thing in it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from audit.published import PrintedCell, PublishedReport, Sentence
from audit.rules import check
from disclosure.outcomes import COLUMNS, ROWS, TOTAL
from reporting.figures import printed
from reporting.findings import Finding
from reporting.labels import SECTION_TITLES
from reporting.tables import DocumentCounts, ProceedingCounts, Table2, Table3, Table4, Tables

COUNTED = {
    "new": (10, 2),
    "carried_in": (2, 0),
    "granted": (4, 1),
    "partial": (2, 0),
    "refused.internal_affairs": (1, 0),
    "unable.not_held": (3, 1),
    "other.correction_lapsed": (1, 0),
    "total_handled": (11, 2),
    "carried_out": (1, 0),
}
"""Natural persons and business; every other cell of table three is 0."""

NARRATIVE = {
    0: (
        "本报告根据《中华人民共和国政府信息公开条例》编制。",
        "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
    ),
    1: (
        "2024年，我局扎实推进政府信息公开工作。",
        "（二）依申请公开情况。",
        "全年新收政府信息公开申请12件，其中自然人10件，商业企业2件，上年结转2件。",
        "全年办结13件，结转下年度继续办理1件。",
    ),
    5: ("2024年，工作中还存在政策解读形式不够丰富的问题，下一步将充实解读形式。",),
    6: ("2024年，我局未收取信息处理费。",),
}


def bureau_tables() -> Tables:
    """The tables of the bureau: twelve requests, two of them from businesses."""
    cells = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for row, (persons, businesses) in COUNTED.items():
        cells[row] |= {
            "natural_person": persons,
            "business": businesses,
            TOTAL: persons + businesses,
        }
    return Tables(
        Table2(DocumentCounts(0, 0, 0), DocumentCounts(4, 1, 20), 100, 30, 2, Decimal("12.5")),
        Table3.of(cells),
        Table4(
            ProceedingCounts(2, 1, 0, 0, 3),
            ProceedingCounts(1, 0, 0, 0, 1),
            ProceedingCounts(0, 0, 0, 1, 1),
        ),
    )


def cell(value: int | Decimal | str) -> PrintedCell:
    """A cell as it is printed; words and signs have no value."""
    if isinstance(value, str):
        return PrintedCell(value, None, "第1页")
    return PrintedCell(printed(value), value, "第1页")


def bureau_report(
    narrative: Mapping[int, tuple[str, ...]] | None = None, *, year: int = 2024
) -> PublishedReport:
    """The bureau's report; ``narrative`` replaces whole sections of its text."""
    told = {**NARRATIVE, **(narrative or {})}
    return PublishedReport(
        file="年报.docx",
        title=f"某市商务局{year}年政府信息公开工作年度报告",
        year=year,
        agency="某市商务局",
        tables=frozenset({"table2", "table3", "table4"}),
        cells={code: cell(value) for code, value in bureau_tables().figures().items()},
        sections=dict(enumerate(SECTION_TITLES, start=1)),
        sentences=tuple(
            Sentence(text, section, "第1页") for section in sorted(told) for text in told[section]
        ),
    )


def with_cells(
    report: PublishedReport, cells: Mapping[str, int | Decimal | str]
) -> PublishedReport:
    """The same report with other things printed in some cells."""
    changed = {code: cell(value) for code, value in cells.items()}
    return replace(report, cells={**report.cells, **changed})


def without_cells(report: PublishedReport, *codes: str) -> PublishedReport:
    """The same report in which some cells could not be read."""
    left = {code: one for code, one in report.cells.items() if code not in codes}
    return replace(report, cells=left)


def kinds(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Rule and severity of each finding, in order."""
    return [(found.rule, found.severity.value) for found in findings]


def found_in(report: PublishedReport, previous: PublishedReport | None = None) -> set[str]:
    """The rules that have something to say about a report."""
    return {found.rule for found in check(report, previous)}
