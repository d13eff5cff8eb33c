"""The verbs: what a case worker, an entry line or a timer says has happened.

One class a verb, with the field names of the entry lines. The same classes travel on the wire, so
they stay permissive: types only, a default for every later field, no limits. Entry lines are read
with `strict=True, extra="forbid"` at the place where they come in; what a value may be is the
decider's business.

Dates are legal dates in Asia/Shanghai; periods are working days.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from disclosure.outcomes import ApplicantType, Outcome
from disclosure.refusals import Refused

Channel = Literal["in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral"]
DeliveryMethod = Literal["in_person", "mail", "online", "other"]
DocumentKind = Literal["regulations", "normative_documents"]
DecisionKind = Literal["permits", "penalties", "coercive_measures"]
SectionName = Literal["overall", "problems", "other"]


def _text_only(value: Any) -> Any:
    """Refuse money given as a JSON number: a float has lost digits before we see it."""
    if isinstance(value, int | float):
        raise ValueError("须为十进制数字符串")  # noqa: TRY004 - pydantic reports ValueError
    return value


Yuan = Annotated[Decimal, Field(strict=False), BeforeValidator(_text_only)]


class Command(BaseModel):
    """A fact someone reports.

    Attributes:
        agency: id of the agency (机关).
        on: legal date of the fact.
        by: who did it, a member of staff.
        note: free text; sealed in the log, for it may name people.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    future: ClassVar[frozenset[str]] = frozenset()
    """Date fields that may lie in the future, because they set a limit."""

    agency: str = Field(description="机关代码")
    on: date = Field(description="事实发生日期，YYYY-MM-DD")
    by: str = Field(default="", description="经办人")
    note: str | None = Field(default=None, description="备注")


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

    do: Literal["deliver"] = "deliver"
    method: DeliveryMethod = Field(description="送达方式")
    posted_on: date | None = Field(default=None, description="交邮日")
    signed_on: date | None = Field(default=None, description="申请人签收日")


class Withdraw(RequestCommand):
    """撤回: the applicant takes the request back."""

    do: Literal["withdraw"] = "withdraw"
    reason: str | None = Field(default=None, description="撤回原因")


class Expire(RequestCommand):
    """期限届满: a timer's command; never an entry line. `on` is the legal date of its effect.

    Attributes:
        what: which limit has run out.
    """

    do: Literal["expire"] = "expire"
    what: Literal["reminder", "due", "correction"]


class AgencyCommand(Command):
    """A fact about an agency itself, or about what it published."""


class RegisterAgency(AgencyCommand):
    """登记机关."""

    do: Literal["register_agency"] = "register_agency"
    name: str = Field(description="机关名称")
    region: str | None = Field(default=None, description="地区")
    parent: str | None = Field(default=None, description="汇总到的上级机关代码")
    document_code: str | None = Field(default=None, description="机关代字")
    opened_on: date | None = Field(default=None, description="成立日期")


class OpeningDocuments(AgencyCommand):
    """年初现行有效件数: documents in force at the start of the year of `on`."""

    do: Literal["opening_documents"] = "opening_documents"
    kind: DocumentKind
    in_force: int = Field(description="年初现行有效件数")


class RecordDocuments(AgencyCommand):
    """规章、行政规范性文件的制发和废止 (条例 Art. 20(1))."""

    do: Literal["record_documents"] = "record_documents"
    kind: DocumentKind
    issued: int = 0
    repealed: int = 0


class RecordDecisions(AgencyCommand):
    """行政许可、处罚、强制的处理决定数量 (条例 Art. 20(5), (6))."""

    do: Literal["record_decisions"] = "record_decisions"
    kind: DecisionKind
    count: int


class RecordFeeIncome(AgencyCommand):
    """行政事业性收费金额，元 (条例 Art. 20(8))."""

    do: Literal["record_fee_income"] = "record_fee_income"
    amount_yuan: Yuan


class PublishInformation(AgencyCommand):
    """主动公开信息条数 by channel and category."""

    do: Literal["publish_information"] = "publish_information"
    channel: str
    category: str
    count: int


class WriteSection(AgencyCommand):
    """年度报告文字部分: Markdown with placeholders for the figures."""

    do: Literal["write_section"] = "write_section"
    year: int
    section: SectionName
    text: str


AnyRequestCommand = Annotated[
    Register
    | ConfirmReceipt
    | RequestCorrection
    | ReceiveCorrection
    | Extend
    | Decide
    | Deliver
    | Withdraw
    | Expire,
    Field(discriminator="do"),
]

AnyAgencyCommand = Annotated[
    RegisterAgency
    | OpeningDocuments
    | RecordDocuments
    | RecordDecisions
    | RecordFeeIncome
    | PublishInformation
    | WriteSection,
    Field(discriminator="do"),
]


def verb_of(kind: type[Command]) -> str:
    """Return the word an entry line calls this command by."""
    return str(kind.model_fields["do"].default)


REQUEST_VERBS: dict[str, type[RequestCommand]] = {
    verb_of(kind): kind
    for kind in (
        Register,
        ConfirmReceipt,
        RequestCorrection,
        ReceiveCorrection,
        Extend,
        Decide,
        Deliver,
        Withdraw,
    )
}
"""The verbs a person may say of a request. `Expire` is not among them."""

AGENCY_VERBS: dict[str, type[AgencyCommand]] = {
    verb_of(kind): kind
    for kind in (
        RegisterAgency,
        OpeningDocuments,
        RecordDocuments,
        RecordDecisions,
        RecordFeeIncome,
        PublishInformation,
        WriteSection,
    )
}


def refuse_unstorable_text(command: BaseModel) -> None:
    """Refuse characters that are no text: U+0000 and halves of surrogate pairs.

    They come from broken exports, and one of the two databases would choke on them later.

    Raises:
        Refused: naming the field, never its content.
    """
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, BaseModel):
            refuse_unstorable_text(value)
        elif isinstance(value, str) and _UNSTORABLE.search(value):
            raise Refused("bad_text", name, "含有空字符（U+0000）或残缺字符，请删除后重新录入")


_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


def refuse_the_future(command: Command, today: date) -> None:
    """Refuse a fact dated after today (Asia/Shanghai); limits may lie ahead.

    Raises:
        Refused: naming the first field that lies in the future.
    """
    for name in type(command).model_fields:
        value = getattr(command, name)
        if isinstance(value, date) and value > today and name not in command.future:
            raise Refused(
                "in_the_future", name, f"日期 {value} 晚于今天（{today}），不可能已经发生"
            )
