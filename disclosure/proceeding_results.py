"""Table four of the annual report as data: its groups, its results, and what each result takes in.

Source: 国办公开办函〔2021〕30号 (form of the annual report); which kind of decision is which result
follows from 行政复议法 (2023) Art. 64-73 and 行政诉讼法 Art. 69-79.
"""

from collections.abc import Mapping
from typing import Literal

ProceedingKind = Literal["reconsideration", "lawsuit"]
ProceedingResult = Literal["upheld", "corrected", "other"]

KIND_LABELS: Mapping[ProceedingKind, str] = {
    "reconsideration": "行政复议",
    "lawsuit": "行政诉讼",
}

RESULT_LABELS: Mapping[ProceedingResult, str] = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
}

RECONSIDERATION = "reconsideration"
LITIGATION_DIRECT = "litigation_direct"
LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"

GROUP_LABELS: Mapping[str, str] = {
    RECONSIDERATION: "行政复议",
    LITIGATION_DIRECT: "未经复议直接起诉",
    LITIGATION_AFTER_RECONSIDERATION: "复议后起诉",
}
"""The three groups of table four, in the order of the form."""

RESULTS_OF_DECISIONS: Mapping[ProceedingKind, Mapping[str, ProceedingResult]] = {
    "reconsideration": {
        "维持": "upheld",
        "变更": "corrected",
        "撤销": "corrected",
        "确认违法": "corrected",
        "责令履行": "corrected",
        "确认无效": "corrected",
        "驳回": "other",
        "不予受理": "other",
        "终止": "other",
        "调解": "other",
    },
    "lawsuit": {
        "驳回诉讼请求": "upheld",
        "撤销": "corrected",
        "履行": "corrected",
        "给付": "corrected",
        "确认违法": "corrected",
        "无效": "corrected",
        "变更": "corrected",
        "不予立案": "other",
        "驳回起诉": "other",
        "撤诉": "other",
        "终结": "other",
    },
}
"""Which result each kind of decision counts as. Kinds that are not listed say nothing of theirs."""


def group_of(kind: ProceedingKind, *, after_reconsideration: bool) -> str:
    """Return the group of table four a proceeding is counted in."""
    if kind == "reconsideration":
        return RECONSIDERATION
    return LITIGATION_AFTER_RECONSIDERATION if after_reconsideration else LITIGATION_DIRECT
