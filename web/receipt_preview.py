"""What follows from the dates of a letter, before anything is written: when it is due.

条例 Art. 31 (received date), Art. 33 (answer period).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from disclosure.deadlines import answer_clock
from disclosure.event import Clock
from disclosure.law import Law
from disclosure.receipt_date import received_date
from disclosure.refusals import Refused
from disclosure.state import RequestState

RULES: Final[Mapping[str, str]] = {
    "in_person": "当面提交的，以提交之日为收到申请之日",
    "oral": "口头提出、由本机关代为填写的，以提出之日为收到申请之日",
    "registered_mail": "以邮寄方式提交、需要签收的，以本机关签收之日为收到申请之日",
    "ordinary_mail": "以平常信函等无需签收的邮寄方式提交的，"
    "本机关应当于收到申请的当日与申请人确认，以确认之日为收到申请之日",
    "online": "通过互联网渠道提交的，以双方确认之日为收到申请之日",
    "fax": "通过传真提交的，以双方确认之日为收到申请之日",
}
"""By channel, after 条例 Art. 31."""


@dataclass(frozen=True, slots=True)
class ReceiptPreview:
    """What the dates come to.

    Attributes:
        rule: the rule for this channel, empty before one is chosen.
        received_on: None while nothing is known, or not confirmed.
        clock: the answer period, where it runs.
        waits: whether only the confirmation is missing.
        trouble: why the dates cannot be true.
    """

    rule: str = ""
    received_on: date | None = None
    clock: Clock | None = None
    waits: bool = False
    trouble: str = ""


def receipt_preview(values: Mapping[str, Any], law: Law, today: date) -> ReceiptPreview:
    """Work out received date and due date from as much as is filled in.

    Args:
        values: `channel`, `on`, `signed_on`, `confirmed_on`, as far as they can be read.
        law: in force.
        today: in Shanghai.
    """
    channel: Any = values.get("channel")
    on = values.get("on")
    if channel not in RULES:
        return ReceiptPreview()
    rule = RULES[channel]
    if on is None:
        return ReceiptPreview(rule)
    given = [values[name] for name in ("on", "signed_on", "confirmed_on") if values.get(name)]
    if any(day > today for day in given):
        return ReceiptPreview(rule, trouble="日期晚于今天，不可能已经发生，请核对")
    if any(day < on for day in given):
        return ReceiptPreview(rule, trouble="签收日、确认日不能早于提交日，请核对")
    try:
        received = received_date(
            channel,
            submitted_on=on,
            signed_on=values.get("signed_on"),
            confirmed_on=values.get("confirmed_on"),
        )
    except Refused:
        return ReceiptPreview(rule, trouble="请填写签收日")
    if received is None:
        return ReceiptPreview(rule, waits=True)
    clock = answer_clock(replace(RequestState(), received_on=received), law)
    return ReceiptPreview(rule, received, clock)
