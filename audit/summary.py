"""What an audit says as a document, and the table of files by rules over it."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.run import Audit, AuditedFile
from reporting.findings import Finding, Severity

RULE_LABELS: Mapping[str, str] = {
    "file.unreadable": "文件不能读取",
    "table.missing": "缺表",
    "table.layout": "表格式旧",
    "cell.blank": "空白格",
    "cell.not_a_number": "非数字",
    "cell.unreadable": "未能辨认",
    "t3.flow": "表三勾稽",
    "t3.sum": "表三结果合计",
    "t3.total": "表三行总计",
    "t4.total": "表四总计",
    "t4.pending": "表四未审结",
    "carry_over": "上年结转",
    "in_force": "现行有效",
    "rollup.sum": "上下级汇总",
    "section.missing": "缺部分",
    "section.empty": "部分空缺",
    "text.period": "年份不一",
    "text.requests": "正文与申请数",
    "text.results": "正文与办理结果",
    "text.proceedings": "正文与复议诉讼",
    "text.documents": "正文与表二",
    "text.fees": "正文与收费",
    "text.sum": "正文分项合计",
    "text.copied": "沿用上年文字",
}
"""Every rule in the order of the form, with the words of a table's head."""
SEVERITY_LABELS = {severity: severity.words for severity in Severity}


def as_document(audit: Audit) -> dict[str, object]:
    """Return the JSON form: ``files``, then ``findings`` of all of them."""
    return {
        "files": [_file_json(file) for file in audit.files],
        "findings": [finding.as_json() for finding in audit.findings],
    }


def _file_json(file: AuditedFile) -> dict[str, object]:
    report = file.report
    return {
        "file": file.file,
        "readable": report is not None,
        "title": report.title if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "tables": sorted(report.tables) if report else [],
        "sections": sorted(report.sections) if report else [],
        "previous": file.previous,
        "errors": file.count(Severity.ERROR),
        "warnings": file.count(Severity.WARNING),
        "notes": list(report.notes) if report else [],
    }


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One file in the table of files by rules; ``counts`` stand under ``Summary.rules``."""

    file: str
    agency: str
    year: str
    errors: int
    warnings: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Files by rules: only the rules that found something, in the order of the form."""

    rules: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    totals: tuple[int, ...]
    closing: str


def summary_of(audit: Audit) -> Summary:
    """Return the table over an audit."""
    seen = {finding.rule for finding in audit.findings}
    known = [rule for rule in RULE_LABELS if rule in seen]
    rules = (*known, *sorted(seen - set(known)))
    rows = tuple(_row(file, rules) for file in audit.files)
    totals = tuple(sum(row.counts[place] for row in rows) for place in range(len(rules)))
    return Summary(rules, rows, totals, closing_line(audit))


def _row(file: AuditedFile, rules: tuple[str, ...]) -> SummaryRow:
    report = file.report
    found = [finding.rule for finding in file.findings]
    return SummaryRow(
        file.file,
        (report.agency if report else None) or "（未能识别）",
        str(report.year) if report and report.year else "（未能识别）",
        file.count(Severity.ERROR),
        file.count(Severity.WARNING),
        tuple(found.count(rule) for rule in rules),
    )


def closing_line(audit: Audit) -> str:
    """Return the one sentence that sums an audit up."""
    unread = sum(file.report is None for file in audit.files)
    clean = sum(not file.findings for file in audit.files)
    return (
        f"共核对 {len(audit.files)} 份文件：错误 {audit.count(Severity.ERROR)} 处，"
        f"提示 {audit.count(Severity.WARNING)} 处；未发现问题 {clean} 份，不能读取 {unread} 份。"
    )


def rule_label(rule: str) -> str:
    """Return a rule in words."""
    return RULE_LABELS.get(rule, rule)


def place_in_words(finding: Finding) -> str:
    """Return where a finding is, as far as it says: the codes of a cell, or the sentence."""
    where = finding.where
    if where.sentence is not None:
        return where.sentence
    codes = [part for part in (where.row, where.column) if part]
    table = {"table2": "表二", "table3": "表三", "table4": "表四"}.get(where.table or "", "")
    return " ".join(filter(None, (table, ".".join(codes))))
