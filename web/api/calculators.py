"""The law's arithmetic with its steps: working days, due dates, fees. No record is read."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from casework.calculators import Consulted, Told, fee_document, reckon, reckonable
from disclosure.fees import fee_by
from disclosure.law import EXTENSION_LIMIT
from disclosure.request_commands import FeeMode
from records.holiday_notices import calendar_on_record, notices_on_record
from web.api.bodies import LegalDate
from web.api.callers import AnyCaller
from web.api.case_models import LedgerLine
from workdays import shipped_notices

router = APIRouter(tags=["计算"])

_YEARS: Final = range(2000, 2101)
_LONGEST_SPAN: Final = 400
"""Days of one answer about the calendar."""


class HolidayNotice(BaseModel):
    """节假日安排通知."""

    year: int
    number: str = Field(description="文号")
    published_on: date = Field(description="发布日期")
    source: str = Field(description="来源")


class CalendarInForce(BaseModel):
    """工作日历."""

    version: str = Field(description="版本；登记的期限注明所用版本")
    published_through: date = Field(description="节假日安排公布至；此后的期限为暂定")
    notices: list[HolidayNotice]


class CalendarDay(BaseModel):
    """日历中的一天."""

    date: date
    workday: bool = Field(description="是否工作日")
    provisional: bool = Field(description="是否暂定")
    reason: str = Field(description="说明")


class CalendarDays(BaseModel):
    """日历中的一段."""

    version: str
    days: list[CalendarDay]


class Consultation(BaseModel):
    """征询意见."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    sent_on: LegalDate = Field(description="发出日期")
    answered_on: LegalDate | None = Field(default=None, description="答复日期；未答复的不填")


class DeadlineQuestion(BaseModel):
    """影响答复期限的事实."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    received_on: LegalDate = Field(description="收到申请之日")
    corrected_on: list[LegalDate] = Field(default=[], max_length=20, description="收到补正之日")
    paid_on: list[LegalDate] = Field(default=[], max_length=20, description="缴清费用之日")
    consultations: list[Consultation] = Field(
        default=[], max_length=20, description="征询第三方、共同制作机关"
    )
    extended_working_days: Annotated[StrictInt, Field(ge=0, le=EXTENSION_LIMIT)] = Field(
        default=0, description="延长的工作日数"
    )


class Deadline(BaseModel):
    """答复期限."""

    received_on: date
    due_on: date = Field(description="期限届满日")
    provisional: bool = Field(description="是否暂定")
    ledger: list[LedgerLine] = Field(description="逐日台账")


class FeeStep(BaseModel):
    """一档费用."""

    first: int = Field(description="从第几件或者第几页", alias="from")
    last: int = Field(description="到第几件或者第几页", alias="to")
    each_yuan: str = Field(description="单价（元）")
    amount_yuan: str = Field(description="小计（元）")


class FeeAnswer(BaseModel):
    """信息处理费."""

    amount_yuan: str = Field(description="合计（元）")
    steps: list[FeeStep]


@router.get(
    "/calendar",
    summary="查询工作日历",
    description="列出现行工作日历的版本和所依据的节假日安排通知。",
)
def get_calendar(caller: AnyCaller) -> CalendarInForce:
    """Return the calendar in force and what it rests on."""
    log = caller.office.parts.log
    known = calendar_on_record(log)
    return CalendarInForce(
        version=known.version,
        published_through=known.published_through,
        notices=[
            HolidayNotice(
                year=notice.year,
                number=notice.number,
                published_on=notice.published_on,
                source=notice.source,
            )
            for notice in (*shipped_notices(), *notices_on_record(log))
        ],
    )


@router.get(
    "/calendar/days",
    summary="查询各日是否工作日",
    description="逐日说明是否工作日及其依据。",
)
def list_days(
    caller: AnyCaller,
    first: Annotated[LegalDate, Query(description="从这一天")],
    count: Annotated[int, Query(ge=1, le=_LONGEST_SPAN, description="天数")] = 31,
) -> CalendarDays:
    """Say of each day whether it counts."""
    reckonable(first, "first")
    known = calendar_on_record(caller.office.parts.log)
    days = [known.day(first + timedelta(days=n)) for n in range(count)]
    return CalendarDays(
        version=known.version,
        days=[
            CalendarDay(
                date=day.date,
                workday=day.is_workday,
                provisional=day.provisional,
                reason=day.sentence,
            )
            for day in days
        ],
    )


@router.post(
    "/calculators/deadline",
    summary="计算答复期限",
    description="计算答复期限（条例第三十三条），逐日列出是否计入及其原因。",
)
def reckon_deadline(caller: AnyCaller, given: DeadlineQuestion) -> Deadline:
    """Work out a due date, day by day."""
    extended = given.extended_working_days
    told = Told(
        received_on=given.received_on,
        corrected_on=given.corrected_on,
        paid_on=given.paid_on,
        consultations=[Consulted(each.sent_on, each.answered_on) for each in given.consultations],
        extended_working_days=[extended] if extended else [],
    )
    known = calendar_on_record(caller.office.parts.log)
    return Deadline.model_validate(reckon(told, known).as_json())


@router.get(
    "/calculators/fee",
    summary="计算信息处理费",
    description="按国办函〔2020〕109号计算信息处理费，列出各档。",
)
def reckon_fee(
    _caller: AnyCaller,
    mode: Annotated[FeeMode, Query(description="pages 按量计收，items 按件计收")],
    quantity: Annotated[
        int, Query(ge=1, le=100_000, description="一件申请的页数，或者一个自然月的件数")
    ],
) -> FeeAnswer:
    """Work out a fee, step by step."""
    return FeeAnswer.model_validate(fee_document(fee_by(mode, quantity)))
