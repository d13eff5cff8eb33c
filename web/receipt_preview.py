"""What follows from the dates of a letter, before anything is written: when it is due.

The law decides, as it will when the letter is registered; here are only the words of the form.
条例 Art. 31 (received date), Art. 33 (answer period).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from disclosure.command import refuse_the_future
from disclosure.decider import decide
from disclosure.event import Clock
from disclosure.law import Law
from disclosure.refusals import Refused
from disclosure.request_commands import Register
from disclosure.request_events import RequestRegistered
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

_TROUBLES: Final[Mapping[str, str]] = {
    "in_the_future": "日期晚于今天，不可能已经发生，请核对",
    "impossible_order": "签收日、确认日不能早于提交日，请核对",
    "missing": "请填写签收日",
}
"""What the law refuses, by its code, in the words of the form."""

_WHATEVER: Final[Mapping[str, Any]] = {
    "agency": "preview",
    "case": "preview",
    "applicant": {"type": "natural_person"},
    "description": "preview",
}
"""The rest of a letter: its dates do not follow from it."""


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
    if channel not in RULES:
        return ReceiptPreview()
    rule = RULES[channel]
    if values.get("on") is None:
        return ReceiptPreview(rule)
    dates = {name: values.get(name) for name in ("on", "signed_on", "confirmed_on")}
    command = Register.model_validate({**_WHATEVER, **dates, "channel": channel})
    try:
        refuse_the_future(command, today)
        events = decide(RequestState(), command, law)
    except Refused as refused:
        return ReceiptPreview(rule, trouble=_TROUBLES.get(refused.code, refused.message))
    (registered,) = [event for event in events if isinstance(event, RequestRegistered)]
    if registered.received_on is None:
        return ReceiptPreview(rule, waits=True)
    return ReceiptPreview(rule, registered.received_on, registered.clock)
