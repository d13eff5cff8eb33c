"""The summary as a workbook: files by rules on one sheet, every finding on another.

Texts are written as texts, whatever they begin with: a sentence from a report is no formula.
"""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from audit.run import Audit
from audit.summary import (
    SEVERITY_LABELS,
    Summary,
    place_in_words,
    rule_label,
    summary_of,
)
from reporting.findings import Finding

WIDTHS = (48, 28, 8, 8, 8)
FINDING_HEADS = ("文件", "轻重", "规则", "规则名称", "位置", "应为", "实为", "说明")
FINDING_WIDTHS = (40, 6, 16, 16, 32, 14, 14, 90)
LONGEST = 32_767
"""Characters of one cell; a longer text would be left out without a word (Excel's limit)."""
MADE = datetime(2021, 1, 1)  # noqa: DTZ001 - the file format has no zone; fixed, so bytes repeat


def render_xlsx(audit: Audit) -> bytes:
    """Return the workbook; the same audit gives the same bytes."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "年度报告核对结果", "created": MADE})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _write_summary(book.add_worksheet("汇总"), summary_of(audit), head)
        _write_findings(book.add_worksheet("问题清单"), audit.findings, head, wrapped)
    return content.getvalue()


def _write_summary(sheet: Worksheet, summary: Summary, head: Format) -> None:
    heads = ("文件", "机关", "年度", "错误", "提示", *map(rule_label, summary.rules))
    for column, words in enumerate(heads):
        sheet.write_string(0, column, words, head)
        sheet.set_column(column, column, WIDTHS[column] if column < len(WIDTHS) else 10)
    for line, row in enumerate(summary.rows, start=1):
        for column, text in enumerate((row.file, row.agency, row.year)):
            sheet.write_string(line, column, text[:LONGEST])
        for column, count in enumerate((row.errors, row.warnings, *row.counts), start=3):
            sheet.write_number(line, column, count)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(summary.rows), len(heads) - 1)
    sheet.write_string(len(summary.rows) + 2, 0, summary.closing)


def _write_findings(
    sheet: Worksheet, findings: tuple[Finding, ...], head: Format, wrapped: Format
) -> None:
    for column, (words, width) in enumerate(zip(FINDING_HEADS, FINDING_WIDTHS, strict=True)):
        sheet.write_string(0, column, words, head)
        sheet.set_column(column, column, width)
    for line, finding in enumerate(findings, start=1):
        texts = (
            finding.file or "",
            SEVERITY_LABELS[finding.severity],
            finding.rule,
            rule_label(finding.rule),
            place_in_words(finding),
            _shown(finding.expected),
            _shown(finding.found),
            finding.message,
        )
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text[:LONGEST], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(findings), len(FINDING_HEADS) - 1)


def _shown(value: int | str | None) -> str:
    return "" if value is None else str(value)
