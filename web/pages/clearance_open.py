"""What a draft's document may still leave open when it is approved, each with why it may.

What a document must say is no part of this: without it there is no document, and no approval.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from casework.documents import UNNUMBERED
from casework.letters import ENDS
from disclosure.remedies import RemedyBodies
from documents import DocumentContent

OpenPoint = tuple[str, str]
"""A name as it stands in the document, and when it is filled or why it may stay empty."""

_UNWRITTEN: Final[Mapping[str, str]] = {
    "依据和理由": "没有另写，正文不含这一段",
    "获取方式": "可以告知有关渠道、途径；没有写，正文不含这一段",
    "负责公开的机关": "能够确定的，应当写明（条例第三十六条第五项）；没有写，正文不含这一段",
    "联系方式": "没有写，正文不含这一段",
    "要求说明理由日期": "没有要求申请人说明理由的记录，正文不含这一段（条例第三十五条）",
}


def open_points(
    words: DocumentContent, command: Mapping[str, Any], agency: Mapping[str, Any]
) -> tuple[OpenPoint, ...]:
    """Return what is open in a document that could go out.

    Args:
        words: the document, whole.
        command: members of the draft's command.
        agency: the agency's row, for its document code and its bodies of remedy.
    """
    return tuple(_open(words, command, agency))


def _open(
    words: DocumentContent, command: Mapping[str, Any], agency: Mapping[str, Any]
) -> Iterator[OpenPoint]:
    if words.number == UNNUMBERED:
        yield "文号", _number(words, agency["document_code"])
    if not command.get("on"):
        yield "成文日期", "没有填写，以批准之日为准"
    if words.remedy is not None:
        yield from _bodies(agency)
    for name in words.unwritten:
        yield name, _UNWRITTEN[name]


def _number(words: DocumentContent, code: str | None) -> str:
    if not code:
        return "本机关没有设置机关代字，系统不能编号；请先在“机关”中设置"
    return "批准登记时连续编号" if words.kind in ENDS else "制发时连续编号"


def _bodies(agency: Mapping[str, Any]) -> Iterator[OpenPoint]:
    general = RemedyBodies()
    if not agency["reconsideration_body"]:
        why = "告知申请人权利时应当写明（行政复议法实施条例第十七条）"
        yield "复议机关", f"机关设置中没有写明，文书写作“{general.reconsideration_body}”；{why}"
    if not agency["court"]:
        yield "管辖法院", f"机关设置中没有写明，文书写作“{general.court}”"
