"""The words of the form as agencies really print them: shortened, torn, misnumbered, renamed.

Each code has the pieces that tell it from every other (``公开出版物``), so that a label cut short
by a page or with a stray character in it is still known. Patterns run over text folded by
``audit.recognition_text.squeezed``: half-width, no white space.

Source: 国办公开办函〔2021〕30号 for the form; the variations are those of published reports.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from audit.recognition_text import squeezed
from disclosure.outcomes import NEW, Outcome
from reporting.labels import GROUP_LABELS, RESULTS_LABEL, ROW_LABELS

REQUEST_ROWS: Mapping[str, str] = {
    NEW: r"本年度?新收|新收到?政府信息公开申请",
    "carried_in": r"上一?年度?结转",
    Outcome.GRANTED.value: r"予以公开",
    Outcome.PARTIAL.value: r"部分公开",
    Outcome.STATE_SECRET.value: r"国家秘密",
    Outcome.PROHIBITED_BY_LAW.value: r"其他法律|法规禁止|禁止公开",
    Outcome.THREE_SECURITIES_ONE_STABILITY.value: r"三安全|危及",
    Outcome.THIRD_PARTY_RIGHTS.value: r"第三方合法|保护第三方",
    Outcome.INTERNAL_AFFAIRS.value: r"三类内部|内部事务",
    Outcome.PROCESS_INFORMATION.value: r"四类过程|过程性信息",
    Outcome.ENFORCEMENT_FILE.value: r"执法案卷",
    Outcome.ADMINISTRATIVE_QUERY.value: r"行政查询|查询事项",
    Outcome.NOT_HELD.value: r"本机关不掌握|不掌握相关",
    Outcome.NEEDS_CREATION.value: r"没有现成|另行制作",
    Outcome.UNCLEAR_AFTER_CORRECTION.value: r"补正后|仍不明确",
    Outcome.PETITION.value: r"信访举报|举报投诉|信访、举报",
    Outcome.REPEAT.value: r"重复申请",
    Outcome.PUBLICATION.value: r"公开出版物|要求提供公开",
    Outcome.EXCESSIVE.value: r"(?<!申请人)无正当理由|大量反复|反复申请",
    Outcome.CONFIRM_OR_REISSUE.value: r"要求行政机关|确认或重新|重新出具",
    Outcome.CORRECTION_LAPSED.value: r"申请人无正当理由|逾期不补|不补正",
    Outcome.FEE_LAPSED.value: r"申请人逾期|逾期未按|收费通知|逾期不缴|不缴费|缴纳费用",
    # The shortest label of the form stands in other labels too: it counts at the end of a run only.
    Outcome.OTHER.value: r"(?:^|[3三][.、)])其他(?:情形|原因)?$",
    "total_handled": r"[(]?[一二三四五六七八5678][)、.](?:总计|合计)|^(?:总计|合计)$",
    "carried_out": r"结转下一?年",
}
"""The pieces by which each row of table three is known."""

REQUEST_GROUPS: Mapping[str, str] = {
    "refused": r"不予公开",
    "unable": r"无法提供",
    "not_processed": r"不予处理",
    "other": r"其他处理",
}
"""The groups of results; a group has figures of its own in the layout of 2019 only."""

APPLICANTS: Mapping[str, str] = {
    "natural_person": r"自然人",
    "business": r"商业",
    "research": r"科研",
    "social_welfare": r"社会公",
    "legal_service": r"法律服",
    "other_org": r"其他",
    "total": r"总计|合计",
}
ORGANISATIONS = r"法人(?:或|和|及)?(?:者)?其他组织"

DOCUMENT_ROWS: Mapping[str, str] = {
    "regulations": r"(?:政府|部门)?规章",
    "normative_documents": r"(?:行政)?规范性文件",
    "permits": r"行政许可",
    "penalties": r"行政处罚",
    "coercive_measures": r"行政强制(?:措施|执行)?",
    "fees_10k_yuan": r"行政事业性?收费(?:金额)?",
}
"""The rows of table two; each stands at the end of the words before its figures."""

DOCUMENT_COLUMNS: Mapping[str, str] = {
    "issued": r"制发|制作",
    "repealed": r"废止|废纸|废除",
    "in_force": r"有效",
}
FORMER_DOCUMENT_COLUMNS = r"新制作数量|新公开数量|对外公开总数"
FORMER_DECISION_COLUMNS = r"上一年项目数|增/?减|处理决定数"
"""Heads of table two in the layout of 2019 and 2020, which counted other things."""

PROCEEDINGS: Mapping[str, str] = {
    "reconsideration": r"行政复议",
    "litigation_direct": r"未经复议|直接起诉",
    "litigation_after_reconsideration": r"复议后",
}
STATES: Mapping[str, str] = {
    "upheld": r"结果维持|维持",
    "corrected": r"结果纠正|纠正",
    "other": r"其他结果|其他",
    "pending": r"尚未审结|审结",
    "total": r"总计|合计",
}

SECTIONS: Mapping[int, str] = {
    1: r"(?:总体|基本)(?:情况|概况)",
    2: r"主动公开(?:政府)?信息(?:的)?情况",
    3: r"收到(?:和|及|与|、)?处理(?:政府)?(?:信息)?(?:公开)?申请(?:的)?情况",
    4: r"(?:因)?(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:被)?(?:申请)?(?:提起)?"
    r"行政法?复议(?:和|及|与|、|,)?(?:被)?(?:提起)?行政诉讼(?:的)?情况",
    5: r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:的)?(?:问题|困难)(?:和不足)?"
    r"(?:以?及|和|与|、)?(?:其)?(?:改进|整改|解决)(?:情况|措施|办法|的?情况)?",
    6: r"其[他它](?:需要?)?(?:报告|说明)的?(?:事项|情况|内容)|其[他它](?:有关)?事项",
}
"""The six titles with their variations, numbering left off."""

_REQUEST_LABELS = {
    **{row: squeezed(label) for row, label in ROW_LABELS.items()},
    **{group: squeezed(label) for group, label in GROUP_LABELS.items()},
}
TABLE_CHARACTERS = frozenset(
    "".join(_REQUEST_LABELS.values()) + RESULTS_LABEL + "1234567890.、,()“”\"'"
)
"""Every character that a row of table three may print: other words are no row of it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a run of words: its code and where its piece stands."""

    code: str
    start: int
    end: int


def _compiled(patterns: Mapping[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(pattern)) for code, pattern in patterns.items())


_ROWS = _compiled(REQUEST_ROWS)
_GROUPS = _compiled(REQUEST_GROUPS)


def rows_in(words: str) -> list[Hit]:
    """Return the rows of table three named in a run of words, by place, each code once."""
    return _hits(_ROWS, words)


def groups_in(words: str) -> list[Hit]:
    """Return the groups of results named in a run of words, by place."""
    return _hits(_GROUPS, words)


def _hits(patterns: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> list[Hit]:
    found: dict[str, Hit] = {}
    for code, pattern in patterns:
        for match in pattern.finditer(words):
            found[code] = Hit(code, match.start(), match.end())
    return sorted(found.values(), key=lambda hit: hit.start)


def _tails(code: str) -> frozenset[str]:
    """Return every end of a label that may stand alone in the last line of a torn one."""
    label = _REQUEST_LABELS[code]
    return frozenset(label[place:] for place in range(len(label)))


ROW_LABEL_WORDS = {
    code: re.sub(r"^(?:[(]?[一二三四五六七][)、]|\d[.])", "", label)
    for code, label in _REQUEST_LABELS.items()
}
"""The words of each label, its numbering left off."""

ROW_LABEL_TAILS = {code: _tails(code) for code in _REQUEST_LABELS}
"""The ends of each label, by which the last line of a torn one is known."""
