"""Flags: facts that happened but should not have, each with its article.

A flag travels in the event that carries the fact, as its code; words and article stand here.
"""

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

    @property
    def words(self) -> str:
        """What is wrong, in Chinese, for the register and the timeline."""
        return _WORDS[self].words

    @property
    def article(self) -> str:
        """The provision the fact does not meet."""
        return _WORDS[self].article


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
    Flag.DELIVERED_AGAIN: _Meaning("同一答复再次送达，以首次发出日认定是否按期", "条例第三十三条"),
}
