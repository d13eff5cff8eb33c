"""The words of the form, each beside the code it labels, character for character.

Source: 国办公开办函〔2021〕30号 (form of the annual report); numbering and punctuation of table
three as agencies publish it, half-width, so that our rows read like theirs to the letter.
"""

from disclosure.outcomes import (
    APPLICANT_LABELS,
    CARRIED_IN,
    CARRIED_OUT,
    NEW,
    RESULT_ROWS,
    TOTAL,
    TOTAL_HANDLED,
    Outcome,
)

COLUMN_LABELS = {kind.value: label for kind, label in APPLICANT_LABELS.items()} | {TOTAL: "总计"}

RESULTS_LABEL = "三、本年度办理结果"
GROUP_WORDS = {
    "refused": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}
GROUP_LABELS = {
    group: f"({number}) {words}"
    for number, (group, words) in zip("三四五六", GROUP_WORDS.items(), strict=True)
}
"""The four groups of results that the form divides further."""


def group_of(row: str) -> str | None:
    """Return the group a result belongs to, or None for a row that stands by itself."""
    group, dot, _ = row.partition(".")
    return group if dot else None


def rows_of(group: str) -> tuple[str, ...]:
    """Return the results of a group in the order of the form."""
    return tuple(row for row in RESULT_ROWS if group_of(row) == group)


def _numbered(row: str) -> str:
    group = group_of(row)
    words = Outcome(row).label
    return f"{rows_of(group).index(row) + 1}. {words}" if group else words


ROW_LABELS = {
    NEW: "一、本年新收政府信息公开申请数量",
    CARRIED_IN: "二、上年结转政府信息公开申请数量",
    **{row: _numbered(row) for row in RESULT_ROWS},
    Outcome.GRANTED.value: "(一) 予以公开",
    Outcome.PARTIAL.value: "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
    TOTAL_HANDLED: "(七) 总计",
    CARRIED_OUT: "四、结转下年度继续办理",
}
"""The head of each row of table three, as numbered on the form."""

BALANCE_NOTE = "(本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和)"

DOCUMENT_LABELS = {"regulations": "规章", "normative_documents": "行政规范性文件"}
DOCUMENT_COLUMN_LABELS = {
    "issued": "本年制发件数",
    "repealed": "本年废止件数",
    "in_force": "现行有效件数",
}
DECISION_LABELS = {
    "permits": "行政许可",
    "penalties": "行政处罚",
    "coercive_measures": "行政强制",
}
FEE_LABEL = "行政事业性收费"

PROCEEDING_LABELS = {
    "reconsideration": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_reconsideration": "复议后起诉",
}
STATE_LABELS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

SECTION_TITLES = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def title(agency: str, year: int) -> tuple[str, str]:
    """Return the report's title in its two parts: whose it is, and what it is."""
    return agency, f"{year}年政府信息公开工作年度报告"
