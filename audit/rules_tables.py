"""Rules about the tables: they are there, every cell is a number, and the identities hold."""

from collections.abc import Iterator
from dataclasses import replace

from audit.causes import cause_of_finding
from audit.known_figures import (
    in_words,
    is_blank,
    known_figures,
    place_of,
    row_label,
    table_of,
)
from audit.published import PublishedReport
from reporting.findings import Finding, Severity, Where
from reporting.identities import ACROSS_YEARS, CARRY_OVER, Cells, check_cells
from reporting.labels import PROCEEDING_LABELS, SECTION_TITLES

TABLES = {
    "table2": f"表二（{SECTION_TITLES[1][2:]}）",
    "table3": f"表三（{SECTION_TITLES[2][2:]}）",
    "table4": f"表四（{SECTION_TITLES[3][2:]}）",
}
FIRST_YEAR_OF_FORM = 2021
RULES_ROW = "regulations."
SHOWN_ROWS = 3
A_NUMBER = "数字（没有的填0）"


def missing_tables(report: PublishedReport) -> Iterator[Finding]:
    """`table.missing`: tables two, three and four are there (国办公开办函〔2021〕30号).

    One that is there as a picture alone is none to whoever checks or copies it.
    """
    for table, label in TABLES.items():
        if table not in report.tables:
            message = (
                f"{label}只有图片，没有文字，无法读取，未作核对。表格应当以文字形式公布，"
                "请提供含表格的原文件，或作文字识别（OCR）并人工校对后再试。"
                if table in report.pictured
                else f"报告中未见{label}，年度报告格式要求逐表公布。"
            )
            yield Finding("table.missing", Severity.ERROR, Where(table), label, None, message)


def outdated_layout(report: PublishedReport) -> Iterator[Finding]:
    """`table.layout`: from the report of 2021 on, the form of 2021 and not the one before it."""
    if (report.year or 0) < FIRST_YEAR_OF_FORM:
        return
    # An agency that makes no rules may leave out their row and still use the form of its year.
    missed = {code for code in report.absent if not code.startswith(RULES_ROW)}
    for table in sorted({table_of(code) for code in missed} & report.tables):
        yield Finding(
            "table.layout",
            Severity.WARNING,
            Where(table),
            "国办公开办函〔2021〕30号格式",
            None,
            f"{TABLES[table]}缺少现行格式的项目，疑为2021年以前的旧格式，"
            "所缺项目未作核对，请按现行格式填报。",
        )


def cells_without_number(report: PublishedReport) -> Iterator[Finding]:
    """`cell.blank`, `cell.not_a_number`: 没有的填0, never blank, never a sign (the form's notes).

    A blank in a table with a row that could not be told from another is a warning only: what
    belongs there may stand in that row.
    """
    torn = {unreadable.table for unreadable in report.unreadable if unreadable.row is None}
    for code, cell in report.cells.items():
        negative = cell.value is not None and cell.value < 0
        if code in report.absent or (cell.value is not None and not negative):
            continue
        blank = is_blank(cell)
        doubtful = blank and table_of(code) in torn
        said = "为空白" if blank else f"填“{cell.printed.strip()}”"
        ending = "（该表有未能辨认的行，请核实。）" if doubtful else ""
        yield Finding(
            "cell.blank" if blank else "cell.not_a_number",
            Severity.WARNING if doubtful else Severity.ERROR,
            Where(*place_of(code)),
            A_NUMBER,
            None if blank else cell.printed.strip(),
            f"{in_words(code)}{said}，应当填写数字，没有的填0。{ending}",
        )
    yield from _blanks_somewhere(report)


def _blanks_somewhere(report: PublishedReport) -> Iterator[Finding]:
    """Rows of fewer noughts than cells: that some are blank is certain, which ones is not."""
    for torn in report.unreadable:
        if torn.blanks and torn.row:
            yield Finding(
                "cell.blank",
                Severity.ERROR,
                Where(torn.table, torn.row),
                A_NUMBER,
                None,
                f"{TABLES[torn.table][:2]}“{row_label(torn.row)}”行只填有{len(torn.printed)}个0"
                f"（{torn.place}），有{torn.blanks}格为空白，文本中看不出是哪一格，"
                "应当填写数字，没有的填0。",
            )


def unreadable_rows(report: PublishedReport) -> Iterator[Finding]:
    """`cell.unreadable`: what is there but cannot be read for certain is said, not guessed.

    Rows that are unreadable for one and the same reason at one place are one finding.
    """
    together: dict[tuple[str, str, str, str], list[str | None]] = {}
    for torn in report.unreadable:
        if torn.blanks:
            continue
        key = (torn.table, torn.place, torn.printed, torn.reason)
        together.setdefault(key, []).append(torn.row)
    for (table, place, printed, reason), rows in together.items():
        names = [f"“{row_label(row)}”" for row in rows if row]
        named = "、".join(names[:SHOWN_ROWS]) + (
            f"等{len(names)}行" if len(names) > SHOWN_ROWS else "行" if names else "一行"
        )
        said = f"“{printed}”" if printed.strip() else ""
        yield Finding(
            "cell.unreadable",
            Severity.WARNING,
            Where(table, rows[0] if len(rows) == 1 else None),
            None,
            printed,
            f"{TABLES[table][:2]}{named}{said}（{place}）未能确定各格数字：{reason}。"
            "该处未作核对，请人工核实。",
        )


def identities(report: PublishedReport, previous: PublishedReport | None) -> Iterator[Finding]:
    """`t3.*`, `t4.total`, `carry_over`, `in_force`: the identities, each with its likely cause."""
    cells = known_figures(report)
    comparable = previous is not None and follows(report, previous)
    last = known_figures(previous) if previous and comparable else {}
    for finding in check_cells(cells, last):
        if finding.rule in ACROSS_YEARS and previous and _rests_on_blank(finding, previous):
            reason = "（上一年度报告该格为空白，按0核对，请核实。）"
            yield replace(finding, severity=Severity.WARNING, message=f"{finding.message}{reason}")
        else:
            cause = cause_of_finding(finding, cells, last)
            yield replace(finding, message=f"{finding.message}{cause}")
    yield from _pending_goes_on(cells, last)


def follows(report: PublishedReport, previous: PublishedReport) -> bool:
    """Whether ``previous`` is the report of the year before, as far as the years are known."""
    return None in {report.year, previous.year} or report.year == (previous.year or 0) + 1


def years_apart(report: PublishedReport, previous: PublishedReport) -> Iterator[Finding]:
    """`carry_over`: reports that do not follow each other are not held against each other."""
    if not follows(report, previous):
        yield Finding(
            CARRY_OVER.name,
            Severity.WARNING,
            Where(),
            f"{(report.year or 0) - 1}年度报告",
            f"{previous.year}年度报告",
            f"所给上一年度报告为{previous.year}年度报告，与{report.year}年度报告不相衔接，"
            "未作跨年度核对。",
        )


def _rests_on_blank(finding: Finding, previous: PublishedReport) -> bool:
    row, column = finding.where.row, finding.where.column
    code = f"carried_out.{column}" if finding.rule == CARRY_OVER.name else f"{row}.{column}"
    cell = previous.cells.get(code)
    return cell is not None and cell.value is None


def _pending_goes_on(cells: Cells, last: Cells) -> Iterator[Finding]:
    """A proceeding open when last year ended is in this year's table too, open or concluded."""
    for group, label in PROCEEDING_LABELS.items():
        pending, total = last.get(f"{group}.pending"), cells.get(f"{group}.total")
        if pending is not None and total is not None and total < pending:
            yield Finding(
                "t4.pending",
                Severity.WARNING,
                Where("table4", group, "total"),
                f"不少于{pending}件",
                int(total),
                f"表四“{label}”上一年度报告尚未审结{pending}件，应当计入本年度，"
                f"本年度总计仅填报{total}件，请核实。",
            )
