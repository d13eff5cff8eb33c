"""The verbs of a request, from 登记 to 归档."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from disclosure.command import Command, Yuan
from disclosure.outcomes import ApplicantType, Outcome

Channel = Literal["in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral"]
DeliveryMethod = Literal["in_person", "mail", "online", "other"]
ThirdPartyOpinion = Literal["agree", "partly", "object"]
FeeMode = Literal["items", "pages"]
Limit = Literal["reminder", "due", "correction", "consultation", "reasons", "fee"]


class RequestCommand(Command):
    """A fact in the life of one request (依申请公开)."""

    case: str = Field(description="申请编号（机关自编，机关内唯一）")


class Applicant(BaseModel):
    """Who asked. All but the type is personal data."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    type: ApplicantType
    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


class Register(RequestCommand):
    """登记: a request has been submitted or has arrived (条例 Art. 29, 31)."""

    do: Literal["register"] = "register"
    channel: Channel = Field(description="申请渠道")
    applicant: Applicant = Field(description="申请人")
    description: str = Field(description="申请公开的内容")
    signed_on: date | None = Field(default=None, description="签收日（挂号信）")
    confirmed_on: date | None = Field(default=None, description="双方确认日（平信、网络、传真）")
    form: str | None = Field(default=None, description="获取信息的方式、途径")


class ConfirmReceipt(RequestCommand):
    """确认收到: the day both sides confirmed, where the channel needs it (条例 Art. 31)."""

    do: Literal["confirm_receipt"] = "confirm_receipt"


class RequestCorrection(RequestCommand):
    """告知补正: the agency asks, once, for what is unclear (条例 Art. 30)."""

    future: ClassVar[frozenset[str]] = frozenset({"due_on"})

    do: Literal["request_correction"] = "request_correction"
    points: str = Field(description="需要补正的内容")
    due_on: date | None = Field(default=None, description="补正期限届满日")
    working_days: int | None = Field(default=None, description="补正期限（工作日）")


class ReceiveCorrection(RequestCommand):
    """收到补正: the corrected request has come in; the period starts anew (条例 Art. 30)."""

    do: Literal["receive_correction"] = "receive_correction"
    description: str = Field(description="补正后的申请内容")


class Extend(RequestCommand):
    """延期答复 (条例 Art. 33¶2)."""

    do: Literal["extend"] = "extend"
    reason: str = Field(description="延期理由")
    approved_by: str = Field(description="同意延期的政府信息公开工作机构负责人")
    working_days: int = Field(default=20, description="延长的工作日数（1—20）")


class Decide(RequestCommand):
    """答复: the agency's decision, one of the 21 results (条例 Art. 36-39)."""

    do: Literal["decide"] = "decide"
    outcome: Outcome = Field(description="办理结果（年度报告表三的代码）")
    document_number: str | None = Field(default=None, description="答复文号")
    grounds: str | None = Field(default=None, description="依据和理由")
    already_public: bool | None = Field(default=None, description="信息是否已经主动公开")


class Deliver(RequestCommand):
    """送达: the reply reaches the applicant; both dates are kept (条例 Art. 33)."""

    follows_the_end: ClassVar[bool] = True

    do: Literal["deliver"] = "deliver"
    method: DeliveryMethod = Field(description="送达方式")
    posted_on: date | None = Field(default=None, description="交邮日")
    signed_on: date | None = Field(default=None, description="申请人签收日")


class Withdraw(RequestCommand):
    """撤回: the applicant takes the request back."""

    do: Literal["withdraw"] = "withdraw"
    reason: str | None = Field(default=None, description="撤回原因")


class ConsultThirdParty(RequestCommand):
    """征询第三方意见 (条例 Art. 32): the letter goes out and the period stands still."""

    do: Literal["consult_third_party"] = "consult_third_party"
    party: str = Field(description="第三方")
    received_on: date | None = Field(default=None, description="第三方收到征询书之日")


class PartyReceived(RequestCommand):
    """第三方或共同制作机关收到征询: from this day it has its 15 working days."""

    do: Literal["party_received"] = "party_received"
    party: str = Field(description="被征询方")


class ThirdPartyReply(RequestCommand):
    """第三方答复."""

    do: Literal["third_party_reply"] = "third_party_reply"
    party: str = Field(description="第三方")
    opinion: ThirdPartyOpinion = Field(description="意见")
    reason: str | None = Field(default=None, description="理由")


class NotifyThirdParty(RequestCommand):
    """告知第三方 (条例 Art. 32): what is disclosed over its objection, and why."""

    do: Literal["notify_third_party"] = "notify_third_party"
    party: str = Field(description="第三方")
    content: str = Field(description="决定公开的内容和理由")


class ConsultAgency(RequestCommand):
    """征求共同制作机关意见 (条例 Art. 34)."""

    do: Literal["consult_agency"] = "consult_agency"
    party: str = Field(description="共同制作机关")
    received_on: date | None = Field(default=None, description="该机关收到之日")


class AgencyReply(RequestCommand):
    """共同制作机关答复."""

    do: Literal["agency_reply"] = "agency_reply"
    party: str = Field(description="共同制作机关")
    opinion: str = Field(description="意见")


class DemandReasons(RequestCommand):
    """要求说明理由 (条例 Art. 35): number or frequency of requests is clearly beyond reason."""

    future: ClassVar[frozenset[str]] = frozenset({"due_on"})

    do: Literal["demand_reasons"] = "demand_reasons"
    facts: str = Field(description="申请数量、频次明显超过合理范围的事实")
    due_on: date = Field(description="说明理由的期限届满日")


class ReceiveReasons(RequestCommand):
    """收到理由: accepted or not; if accepted, the agency may set a later date (条例 Art. 35)."""

    future: ClassVar[frozenset[str]] = frozenset({"delay_until"})

    do: Literal["receive_reasons"] = "receive_reasons"
    accepted: bool = Field(description="理由是否合理")
    delay_until: date | None = Field(default=None, description="延迟答复至")


class ChargeFee(RequestCommand):
    """收取信息处理费 (国办函〔2020〕109号): the notice has reached the applicant.

    Attributes:
        items_before: the applicant's earlier items of the month in this agency, counted by the
            system when the fee is charged and never again.
    """

    internal: ClassVar[frozenset[str]] = frozenset({"items_before"})

    do: Literal["charge_fee"] = "charge_fee"
    mode: FeeMode = Field(description="计收方式")
    quantity: int = Field(default=1, description="页数，或本申请所计件数")
    notice_received_on: date = Field(description="申请人收到收费通知之日")
    items_before: int | None = Field(default=None, description="此前件数")

    @property
    def needs_count(self) -> bool:
        """Whether the system must count before this can be decided."""
        return self.mode == "items" and self.items_before is None


class PayFee(RequestCommand):
    """缴费: the fee is paid, in whole or in part (国办函〔2020〕109号 Art. 6)."""

    do: Literal["pay_fee"] = "pay_fee"
    amount: Yuan = Field(description="金额（元）")


class Reclassify(RequestCommand):
    """更正办理结果: a wrong result corrected in the open; the first one stays in the log."""

    follows_the_end: ClassVar[bool] = True

    do: Literal["reclassify"] = "reclassify"
    outcome: Outcome = Field(description="正确的办理结果")
    reason: str = Field(description="更正理由")
    approved_by: str = Field(description="批准人")


class CorrectRecord(RequestCommand):
    """更正登记: a wrong entry corrected in the open."""

    do: Literal["correct_record"] = "correct_record"
    field: str = Field(description="字段")
    value: str = Field(description="正确的值")
    reason: str = Field(description="更正理由")
    approved_by: str = Field(description="批准人")


class Reopen(RequestCommand):
    """恢复办理: a good reason or an earlier postmark has come to light, or a court has said so."""

    follows_the_end: ClassVar[bool] = True

    do: Literal["reopen"] = "reopen"
    reason: str = Field(description="恢复办理的理由")
    approved_by: str = Field(description="批准人")


class Archive(RequestCommand):
    """归档 (条例 Art. 45; 档案法)."""

    follows_the_end: ClassVar[bool] = True

    do: Literal["archive"] = "archive"
    volume: str = Field(description="案卷号")
    retention_years: int = Field(description="保管年限")


class Expire(RequestCommand):
    """期限届满: a timer's command; never an entry line. `on` is the legal date of its effect.

    Attributes:
        what: which limit has run out.
        party_ref: whose, where it is a consultation's.
    """

    do: Literal["expire"] = "expire"
    what: Limit
    party_ref: str = ""
