"""What a case worker reports, in one short line each; every applicant here is invented."""

from datetime import date
from typing import Any, TypeVar

from disclosure.command import Command
from disclosure.request_commands import (
    ConfirmReceipt,
    Decide,
    Deliver,
    Expire,
    Extend,
    ReceiveCorrection,
    Register,
    RequestCommand,
    RequestCorrection,
    Withdraw,
)

AGENCY = "chengguan"
CASE = "2025-001"
APPLICANT = {"type": "natural_person", "name": "（虚构）甲", "phone": "00000000000"}
DESCRIPTION = "2024 年度道路养护支出明细"

C = TypeVar("C", bound=Command)


def day(text: str) -> date:
    return date.fromisoformat(text)


def said(kind: type[C], on: str, /, **fields: Any) -> C:
    """Read a command as it comes over the wire: dates as text, no field but the verb's own."""
    case = {"case": CASE} if issubclass(kind, RequestCommand) else {}
    whole = {"agency": AGENCY, **case, "on": on, **fields}
    return kind.model_validate(whole, extra="forbid")


def register(on: str, channel: str = "in_person", **fields: Any) -> Register:
    default = {"channel": channel, "applicant": APPLICANT, "description": DESCRIPTION}
    return said(Register, on, **{**default, **fields})


def confirm(on: str) -> ConfirmReceipt:
    return said(ConfirmReceipt, on)


def ask_correction(on: str, **limit: Any) -> RequestCorrection:
    return said(RequestCorrection, on, points="所需信息的年度不明确", **limit)


def receive_correction(on: str) -> ReceiveCorrection:
    return said(ReceiveCorrection, on, description="2024 年度")


def extend(on: str, working_days: int = 20) -> Extend:
    return said(Extend, on, reason="检索量大", approved_by="办公室", working_days=working_days)


def decide_on(on: str, outcome: str = "granted", **fields: Any) -> Decide:
    return said(Decide, on, outcome=outcome, **fields)


def deliver(on: str, method: str = "in_person", **dates: str) -> Deliver:
    return said(Deliver, on, method=method, **dates)


def withdraw(on: str) -> Withdraw:
    return said(Withdraw, on, reason="已经从网站得到")


def expire(what: str, on: str) -> Expire:
    return said(Expire, on, what=what)
