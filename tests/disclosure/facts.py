"""What a case worker reports, in one short line each; every applicant here is invented."""

from datetime import date
from typing import Any, TypeVar

from disclosure.command import Command
from disclosure.request_commands import (
    AgencyReply,
    Archive,
    ChargeFee,
    ConfirmReceipt,
    ConsultAgency,
    ConsultThirdParty,
    CorrectRecord,
    Decide,
    Deliver,
    DemandReasons,
    Expire,
    Extend,
    NotifyThirdParty,
    PartyReceived,
    PayFee,
    ReceiveCorrection,
    ReceiveReasons,
    Reclassify,
    Register,
    Reopen,
    RequestCommand,
    RequestCorrection,
    ThirdPartyReply,
    Withdraw,
)

AGENCY = "chengguan"
CASE = "2025-001"
PARTY = "（虚构）某公司"
CO_MAKER = "（虚构）某局"
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


def consult(on: str, party: str = PARTY, **fields: Any) -> ConsultThirdParty:
    return said(ConsultThirdParty, on, party=party, **fields)


def party_received(on: str, party: str = PARTY) -> PartyReceived:
    return said(PartyReceived, on, party=party)


def third_party_reply(on: str, opinion: str = "object", party: str = PARTY) -> ThirdPartyReply:
    return said(ThirdPartyReply, on, party=party, opinion=opinion, reason="涉及经营信息")


def notify(on: str, party: str = PARTY) -> NotifyThirdParty:
    return said(NotifyThirdParty, on, party=party, content="公开中标价格，涉及公共利益")


def consult_agency(on: str, party: str = CO_MAKER, **fields: Any) -> ConsultAgency:
    return said(ConsultAgency, on, party=party, **fields)


def agency_reply(on: str, party: str = CO_MAKER) -> AgencyReply:
    return said(AgencyReply, on, party=party, opinion="同意公开")


def demand_reasons(on: str, due_on: str) -> DemandReasons:
    return said(DemandReasons, on, facts="一个月内就同类事项申请五十件", due_on=due_on)


def receive_reasons(on: str, *, accepted: bool = True, **fields: Any) -> ReceiveReasons:
    return said(ReceiveReasons, on, accepted=accepted, **fields)


def charge(on: str, pages: int = 100, received: str | None = None) -> ChargeFee:
    return said(ChargeFee, on, mode="pages", quantity=pages, notice_received_on=received or on)


def charge_items(on: str, before: int, items: int = 1) -> ChargeFee:
    return said(
        ChargeFee, on, mode="items", quantity=items, notice_received_on=on, items_before=before
    )


def pay(on: str, amount: str) -> PayFee:
    return said(PayFee, on, amount=amount)


def reclassify(on: str, outcome: str, **fields: Any) -> Reclassify:
    default = {"reason": "登记有误", "approved_by": "科长"}
    return said(Reclassify, on, outcome=outcome, **{**default, **fields})


def correct_record(on: str, field: str, value: str, **fields: Any) -> CorrectRecord:
    default = {"reason": "登记有误", "approved_by": "科长"}
    return said(CorrectRecord, on, field=field, value=value, **{**default, **fields})


def reopen(on: str, **fields: Any) -> Reopen:
    return said(Reopen, on, **{"reason": "邮戳日期在期限之内", "approved_by": "科长", **fields})


def archive(on: str, volume: str = "2025-永-1", years: int = 10) -> Archive:
    return said(Archive, on, volume=volume, retention_years=years)


def expire(what: str, on: str, party_ref: str = "") -> Expire:
    return said(Expire, on, what=what, party_ref=party_ref)
