"""Flags: facts that happened but should not have, each with its article.

A flag travels in the event that carries the fact, as its code; words and article stand here.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """The codes, as they stand in the log."""

    CORRECTION_NOTICE_LATE = "correction_notice_late"
    CORRECTION_NOTICE_REPEATED = "correction_notice_repeated"
    CORRECTION_RECEIVED_LATE = "correction_received_late"
    EXTENSION_LATE = "extension_late"
    EXTENSION_REPEATED = "extension_repeated"
    ANSWERED_LATE = "answered_late"
    LAPSE_WITHOUT_NOTICE = "lapse_without_notice"
    UNCLEAR_WITHOUT_CORRECTION = "unclear_without_correction"
    DELIVERED_AGAIN = "delivered_again"
    EXTENSION_UNAPPROVED = "extension_unapproved"
    REPLY_AFTER_LIMIT = "reply_after_limit"
    THIRD_PARTY_NOT_NOTIFIED = "third_party_not_notified"
    DISCLOSED_WITHOUT_REASON = "disclosed_without_reason"
    REFUSED_OVER_SILENCE = "refused_over_silence"
    EXCESSIVE_WITHOUT_REASONS = "excessive_without_reasons"
    REASONS_LATE = "reasons_late"
    FEE_NOTICE_LATE = "fee_notice_late"
    FEE_NOTICE_FREE = "fee_notice_free"
    FEE_PAID_LATE = "fee_paid_late"
    FEE_LAPSE_WITHOUT_NOTICE = "fee_lapse_without_notice"
    APPEAL_LATE = "appeal_late"

    @property
    def words(self) -> str:
        """What is wrong, in Chinese, for the register and the timeline."""
        return _WORDS[self].words

    @property
    def article(self) -> str:
        """The provision the fact does not meet."""
        return _WORDS[self].article


def in_order(flags: AbstractSet[Flag]) -> tuple[Flag, ...]:
    """Return flags in the one order in which events carry them."""
    return tuple(flag for flag in Flag if flag in flags)


@dataclass(frozen=True, slots=True)
class _Meaning:
    words: str
    article: str


_WORDS = {
    Flag.CORRECTION_NOTICE_LATE: _Meaning("补正告知超过收到申请后七个工作日", "条例第三十条"),
    Flag.CORRECTION_NOTICE_REPEATED: _Meaning(
        "补正应当一次性告知；再次告知不中断答复期限，也不产生视为放弃的后果", "条例第三十条"
    ),
    Flag.CORRECTION_RECEIVED_LATE: _Meaning("补正材料在补正期限届满后收到", "条例第三十条"),
    Flag.EXTENSION_LATE: _Meaning(
        "延期告知晚于答复期限届满日，答复期限不因此延长", "条例第三十三条第二款"
    ),
    Flag.EXTENSION_REPEATED: _Meaning(
        "延期只能一次，再次延期不延长答复期限", "条例第三十三条第二款"
    ),
    Flag.ANSWERED_LATE: _Meaning("答复晚于法定期限届满日", "条例第三十三条"),
    Flag.LAPSE_WITHOUT_NOTICE: _Meaning("未告知补正即按逾期不补正处理", "条例第三十条"),
    Flag.UNCLEAR_WITHOUT_CORRECTION: _Meaning(
        "未经补正即以补正后仍不明确为由无法提供", "条例第三十条"
    ),
    Flag.EXTENSION_UNAPPROVED: _Meaning(
        "延期未经政府信息公开工作机构负责人同意", "条例第三十三条第二款"
    ),
    Flag.REPLY_AFTER_LIMIT: _Meaning(
        "征询答复在十五个工作日期满后收到", "条例第三十二条、第三十四条"
    ),
    Flag.THIRD_PARTY_NOT_NOTIFIED: _Meaning(
        "第三方不同意公开，决定公开而未将公开的内容和理由书面告知第三方", "条例第三十二条"
    ),
    Flag.DISCLOSED_WITHOUT_REASON: _Meaning(
        "第三方不同意公开，决定公开而未说明不公开会对公共利益造成重大影响的理由", "条例第三十二条"
    ),
    Flag.REFUSED_OVER_SILENCE: _Meaning(
        "第三方逾期未提出意见，未说明理由即以第三方权益为由不予公开", "条例第三十二条"
    ),
    Flag.EXCESSIVE_WITHOUT_REASONS: _Meaning(
        "未要求申请人说明理由、期限未满或者理由合理，仍以大量反复申请为由不予处理", "条例第三十五条"
    ),
    Flag.REASONS_LATE: _Meaning("说明理由在规定期限届满后收到", "条例第三十五条"),
    Flag.FEE_NOTICE_LATE: _Meaning("收费通知在答复期限届满后发出", "国办函〔2020〕109号第六条"),
    Flag.FEE_NOTICE_FREE: _Meaning(
        "在不收费范围内仍发出收费通知，不产生缴费义务", "国办函〔2020〕109号第四条、第五条"
    ),
    Flag.FEE_PAID_LATE: _Meaning("缴费晚于二十个工作日的期限", "国办函〔2020〕109号第六条"),
    Flag.FEE_LAPSE_WITHOUT_NOTICE: _Meaning(
        "未发出收费通知或者没有欠缴费用，即按逾期未缴费处理", "国办函〔2020〕109号第六条"
    ),
    Flag.APPEAL_LATE: _Meaning("上诉晚于判决送达之日起十五日", "行政诉讼法第八十五条"),
    Flag.DELIVERED_AGAIN: _Meaning("同一答复再次送达，以首次发出日认定是否按期", "条例第三十三条"),
}
