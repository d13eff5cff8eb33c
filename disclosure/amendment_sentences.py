"""The sentences of what is said of a request afterwards, and of what no longer holds then."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from disclosure.amendment_events import (
    LimitsRecalculated,
    RecordCorrected,
    RequestArchived,
    RequestReopened,
    ResultReclassified,
)
from disclosure.chinese import chinese_date, due_words
from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.registration_words import REGISTRATION_FIELDS, value_in_words


def _record_corrected(event: RecordCorrected) -> str:
    value = f"为“{value_in_words(event.field, event.value)}”" if event.value is not None else ""
    follows = _received_anew(event) if event.field in FIELDS_OF_RECEIPT else []
    head = f"经{event.approved_by}批准，更正登记的{_name_of(event)}{value}"
    return "，".join([head, *follows, *_lifted(event.lifted)])


def _name_of(event: RecordCorrected) -> str:
    return REGISTRATION_FIELDS.get(event.field, event.field)


def _received_anew(event: RecordCorrected) -> list[str]:
    """Say what follows from the received date as it is now, and what no longer holds."""
    if event.received_on is None:
        said = ["收到日期待双方确认"]
    else:
        said = [f"收到日期为{chinese_date(event.received_on)}{due_words(event.clock)}"]
    if event.extension_days is not None:
        effect = "产生" if event.extension_days else "不产生"
        said.append(f"已告知的延期{effect}延长期限的效力")
    if event.overdue_lifted is not None:
        said.append(f"此前登记的逾期（{chinese_date(event.overdue_lifted)}届满）取消")
    return said


def _reclassified(event: ResultReclassified) -> str:
    head = (
        f"经{event.approved_by}批准，办理结果由“{event.previous.label}”更正为"
        f"“{event.outcome.label}”"
    )
    return "，".join([head, *_lifted(event.lifted)])


def _reopened(event: RequestReopened) -> str:
    head = (
        f"经{event.approved_by}批准恢复办理，原结果“{event.voided.label}”作废"
        f"{due_words(event.clock)}"
    )
    return "，".join([head, *_lifted(event.lifted)])


def _lifted(flags: Iterable[Flag]) -> list[str]:
    return [f"不再认定“{flag.words}”" for flag in flags]


AMENDMENT_SENTENCES: Mapping[type[Event], Callable[[Any], str]] = {
    LimitsRecalculated: lambda event: f"节假日安排公布，期限重新计算{due_words(event.clock)}",
    ResultReclassified: _reclassified,
    RecordCorrected: _record_corrected,
    RequestReopened: _reopened,
    RequestArchived: lambda event: f"归档，案卷号{event.volume}，保管 {event.retention_years} 年",
}
