"""The words of the form for a figure's code: which table, which row, which column."""

from disclosure.outcomes import ROWS
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    PROCEEDING_LABELS,
    ROW_LABELS,
    SECTION_TITLES,
    STATE_LABELS,
)

_SECTIONS = {
    "overall": SECTION_TITLES[0],
    "problems": SECTION_TITLES[4],
    "other": SECTION_TITLES[5],
}

_SINGLE = {
    **{kind: f"表二“{label}”处理决定数量" for kind, label in DECISION_LABELS.items()},
    "fees_10k_yuan": f"表二“{FEE_LABEL}”（万元）",
    "fees.notices": "信息处理费收费通知件数",
    "fees.demanded": "要求缴纳信息处理费金额（元）",
    "fees.received": "实际收取信息处理费金额（元）",
    "published.total": "主动公开政府信息条数",
    **{f"sections.{name}": f"“{title}”文字" for name, title in _SECTIONS.items()},
}


def cell_words(code: str) -> str:
    """Return a figure's place in an official's words; `code` as in `Tables.figures`."""
    if code in _SINGLE:
        return _SINGLE[code]
    row, _, column = code.rpartition(".")
    if row in ROWS:
        return f"表三“{ROW_LABELS[row]}”{COLUMN_LABELS[column]}"
    if row in PROCEEDING_LABELS:
        return f"表四“{PROCEEDING_LABELS[row]}”{STATE_LABELS[column]}"
    return f"表二“{DOCUMENT_LABELS[row]}”{DOCUMENT_COLUMN_LABELS[column]}"
