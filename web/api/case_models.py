"""What is answered about cases. The members are those of `gongkai show --format json`."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field


class FlagWords(BaseModel):
    """提示：发生了但不应发生的情形."""

    code: str = Field(description="代码")
    words: str = Field(description="说明")
    article: str = Field(description="依据的条款")


class CaseRow(BaseModel):
    """台账的一行."""

    agency: str = Field(description="机关代码")
    case: str = Field(description="编号")
    stage: str = Field(description="所处环节")
    due_on: date | None = Field(description="期限届满日")
    due_provisional: bool = Field(description="期限是否暂定（节假日安排尚未公布）")
    overdue: bool = Field(description="是否逾期")
    flags: list[FlagWords] = Field(description="提示")
    stream_version: int = Field(description="版本，登记时可写入 If-Match")
    position: int = Field(description="最后一项事实的日志位置")


class RequestRow(CaseRow):
    """申请台账的一行."""

    channel: str | None = Field(description="申请渠道")
    applicant_type: str | None = Field(description="申请人类型")
    submitted_on: date | None = Field(description="提交日期")
    received_on: date | None = Field(description="收到日期；待双方确认的没有")
    due_near: bool = Field(description="是否临期")
    correction_due_on: date | None = Field(description="补正期限届满日")
    payment_due_on: date | None = Field(description="缴费期限届满日")
    lapses_on: date | None = Field(description="逾期未补正、未缴费的，视为放弃申请之日")
    outcome: str | None = Field(description="办理结果（年度报告表三的代码）")
    document_number: str | None = Field(description="答复文号")
    closed_on: date | None = Field(description="办结日期")
    delivered_on: date | None = Field(description="送达日期")
    archived: bool = Field(description="是否归档")


class ProceedingRow(CaseRow):
    """行政复议、行政诉讼台账的一行."""

    group: str = Field(description="年度报告表四的分组")
    request: str | None = Field(description="所涉申请的编号")
    result: str | None = Field(description="结果")
    filed_on: date | None = Field(description="受理或者立案日期")
    appealed_on: date | None = Field(description="上诉日期")
    concluded_on: date | None = Field(description="审结日期")
    limit_kind: str | None = Field(description="进行中的期限的种类")


class MovedCell(BaseModel):
    """更正所影响的统计格."""

    year: int
    cell: str = Field(description="表三的格，如 granted.natural_person")
    change: int = Field(description="增减")


class TimelineLine(BaseModel):
    """办理过程中的一项事实."""

    on: date = Field(description="事实发生日期")
    recorded_at: datetime = Field(description="登记时刻")
    type: str = Field(description="事件种类")
    by: str = Field(description="经办人")
    sentence: str = Field(description="一句话说明，不含个人信息")
    flags: list[str] = Field(description="提示的代码")
    cells: list[MovedCell] | None = Field(default=None, description="更正所影响的统计格")
    personal: dict[str, Any] | None = Field(default=None, description="个人信息（须有权限）")


class NextStep(BaseModel):
    """现在可以办理的事项."""

    verb: str = Field(description="动作（do）")
    label: str = Field(description="名称")
    article: str = Field(description="依据的条款")
    flags: list[str] = Field(description="今天办理会有的提示")


class RemedyWords(BaseModel):
    """救济途径."""

    reconsideration_first: bool = Field(description="是否复议前置")
    text: str = Field(description="告知文字")


class LedgerLine(BaseModel):
    """答复期限中的一天."""

    date: date
    counted: bool = Field(description="是否计入")
    reason: str = Field(description="原因")


class PersonalFields(BaseModel):
    """个人信息的现状；没有的不填."""

    name: str | None = Field(description="姓名或者名称")
    id_number: str | None = Field(description="证件号码")
    phone: str | None = Field(description="电话")
    email: str | None = Field(description="电子邮箱")
    address: str | None = Field(description="地址")
    description: str | None = Field(description="申请内容")
    form: str | None = Field(description="获取信息的方式")
    parties: dict[str, str] = Field(description="被征询方的名称，按代号")
    erased: bool = Field(description="是否已经依法删除")


class RequestDetail(RequestRow):
    """一件申请."""

    next_steps: list[NextStep] = Field(description="现在可以办理的事项")
    remedy: RemedyWords | None = Field(description="救济途径；没有结果的没有")
    ledger: list[LedgerLine] = Field(description="答复期限逐日台账")
    proceedings: list[ProceedingRow] = Field(description="所涉行政复议、行政诉讼")
    timeline: list[TimelineLine] = Field(description="办理过程")
    personal: PersonalFields | None = Field(
        default=None, description="个人信息，查询时写明 personal=true 才有"
    )


class ProceedingDetail(ProceedingRow):
    """一件行政复议或者行政诉讼."""

    timeline: list[TimelineLine] = Field(description="办理过程")


class RequestPage(BaseModel):
    """申请台账的一页."""

    items: list[RequestRow]
    next_after: str | None = Field(description="下一页的 after；没有下一页的没有")


class ProceedingPage(BaseModel):
    """行政复议、行政诉讼台账的一页."""

    items: list[ProceedingRow]
    next_after: str | None = Field(description="下一页的 after；没有下一页的没有")
