"""The summaries: files by rules, every finding in its place, nothing acted on that a file says."""

from dataclasses import replace
from io import BytesIO

import openpyxl
from lxml import html

from audit.rules import check
from audit.run import Audit, AuditedFile, unreadable
from audit.summary import RULE_LABELS, as_document, closing_line, summary_of
from audit.summary_html import render_html
from audit.summary_xlsx import render_xlsx
from reporting.findings import Severity
from tests.audit.published_makers import bureau_report, with_cells


def audited() -> Audit:
    clean = bureau_report()
    spoilt = with_cells(bureau_report(), {"reconsideration.total": 9, "permits": "/"})
    spoilt = replace(spoilt, file="=1+1<b>.docx", agency="<script>局")
    refused = unreadable("坏.pdf", "文件已损坏。")
    return Audit(
        (
            AuditedFile(clean.file, clean, None, check(clean)),
            AuditedFile(spoilt.file, spoilt, "前.docx", check(spoilt)),
            AuditedFile("坏.pdf", None, None, (refused,)),
        )
    )


def test_the_document_has_files_and_findings() -> None:
    document = as_document(audited())
    assert list(document) == ["files", "findings"]
    files, findings = document["files"], document["findings"]
    assert isinstance(files, list)
    assert isinstance(findings, list)
    assert [(one["readable"], one["errors"], one["warnings"]) for one in files] == [
        (True, 0, 0),
        (True, 2, 0),
        (False, 1, 0),
    ]
    assert files[1]["previous"] == "前.docx"
    assert [one["rule"] for one in findings] == [
        "cell.not_a_number",
        "t4.total",
        "file.unreadable",
    ]
    members = {"rule", "severity", "where", "expected", "found", "message", "file"}
    assert all(set(one) == members for one in findings)


def test_the_table_has_a_column_for_each_rule_that_found_something() -> None:
    summary = summary_of(audited())
    assert summary.rules == ("file.unreadable", "cell.not_a_number", "t4.total")
    assert [row.counts for row in summary.rows] == [(0, 0, 0), (0, 1, 1), (1, 0, 0)]
    assert summary.totals == (1, 1, 1)
    assert closing_line(audited()) == (
        "共核对 3 份文件：错误 3 处，提示 0 处；未发现问题 1 份，不能读取 1 份。"
    )


def test_every_rule_of_the_contract_has_words() -> None:
    assert {"t3.flow", "t3.sum", "t3.total", "t4.total", "carry_over", "in_force"} <= set(
        RULE_LABELS
    )
    assert len(set(RULE_LABELS.values())) == len(RULE_LABELS)


def test_findings_are_grouped_with_errors_first() -> None:
    file = audited().files[1]
    warning = replace(file.findings[0], severity=Severity.WARNING, rule="a")
    grouped = replace(file, findings=(warning, *file.findings)).by_rule()
    assert [(rule, len(found)) for rule, found in grouped] == [
        ("cell.not_a_number", 1),
        ("t4.total", 1),
        ("a", 1),
    ]


def test_the_page_links_each_file_to_its_findings_and_quotes_everything() -> None:
    page = html.document_fromstring(render_html(audited()).decode())
    assert page.findall(".//script") == []
    assert page.findall(".//b") == []
    links = [link.get("href") for link in page.findall(".//a")]
    assert links == ["#f2", "#f3"]
    assert [page.findtext(f".//*[@id='{str(link)[1:]}']") for link in links] == [
        "=1+1<b>.docx",
        "坏.pdf",
    ]
    heads = [
        "".join(map(str, cell.itertext()))
        for cell in page.findall(".//table")[0].findall(".//thead//th")
    ]
    assert heads[5:] == [
        "文件不能读取file.unreadable",
        "非数字cell.not_a_number",
        "表四总计t4.total",
    ]


def test_the_workbook_has_counts_as_numbers_and_texts_as_texts() -> None:
    book = openpyxl.load_workbook(BytesIO(render_xlsx(audited())))
    counts = list(book["汇总"].iter_rows(min_row=2, max_row=4, values_only=True))
    assert counts[1] == ("=1+1<b>.docx", "<script>局", "2024", 2, 0, 0, 1, 1)
    assert book["汇总"]["A3"].data_type == "s"
    findings = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in findings] == ["cell.not_a_number", "t4.total", "file.unreadable"]
    assert findings[1][4:7] == ("表四 reconsideration.total", "3", "9")


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert render_xlsx(audited()) == render_xlsx(audited())
    assert render_html(audited()) == render_html(audited())
