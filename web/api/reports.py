"""Annual reports: how each stands, its next step, its published versions and files."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from disclosure.commands import verb_of
from disclosure.refusals import Refused
from disclosure.report_commands import ApproveReport
from disclosure.report_events import AnnualReportPublished
from engine.report_status import report_changes, report_status
from engine.reports import assembler_of, carry_report
from people import Scope
from projections import ReportRegister
from reporting.narrative import UnknownPlaceholder
from reporting.plain_values import MalformedValueError
from web.api.bodies import StepBody, step_of
from web.api.callers import Caller, Reading, Reporting
from web.api.commands import must_have_engine, take_key
from web.api.files import DOCUMENTED, FileName, FileRow, Version, file_answer
from web.api.parameters import AgencyId, IdempotencyKey, ReportYear
from web.api.problems import REFUSED, ProblemError, not_found, of_refusal

router = APIRouter(tags=["年度报告"])


class ReportRow(BaseModel):
    """年度报告台账的一行."""

    agency: str = Field(description="机关代码")
    year: int
    stage: str = Field(description="所处环节")
    due_on: date | None = Field(description="公布期限")
    overdue: bool = Field(description="是否逾期")
    approved_by: str = Field(description="审核人")
    version: int = Field(description="已公布的版本，0 为尚未公布")
    digest: str | None = Field(description="已公布版本的摘要")
    published_on: date | None = Field(description="公布日期")
    log_position: int | None = Field(description="已公布版本的数据截至的日志位置")


class ReportList(BaseModel):
    """一个机关的年度报告."""

    items: list[ReportRow]


class ReportStanding(BaseModel):
    """年度报告的进展，内容与 gongkai annual-report status 相同."""

    agency: str = Field(description="机关名称")
    agency_id: str = Field(description="机关代码")
    year: int
    stage: str = Field(description="所处环节")
    due_on: date | None = Field(description="公布期限")
    overdue: bool = Field(description="是否逾期")
    submitted: dict[str, Any] | None = Field(description="送审的草稿")
    approved_by: str = Field(description="审核人")
    published: dict[str, Any] | None = Field(description="公布的版本")
    draft: dict[str, Any] = Field(description="按现在的日志编制的草稿：摘要、审查发现、变化")
    continuity: dict[str, Any] = Field(description="与上年报告的衔接")
    history: list[dict[str, Any]] = Field(description="办理过程；理由只给有 report 权限的")


class ReportStepResult(BaseModel):
    """年度报告一个环节的结果."""

    agency: str = Field(description="机关代码")
    year: int
    stage: str = Field(description="现在所处环节")
    version: int = Field(description="登记后的版本")
    log_position: int = Field(description="日志位置；此前已经登记的为 0")
    events: list[str] = Field(description="登记的事件种类")
    already_recorded: bool = Field(description="同一幂等键此前已经登记")


class PublishedVersion(BaseModel):
    """公布的一版."""

    version: int
    published_on: date = Field(description="公布日期")
    log_position: int = Field(description="数据截至的日志位置")
    digest: str = Field(description="report.json 的摘要")
    files: list[FileRow]


class ReportChanges(BaseModel):
    """一版公布以后的变化."""

    agency_id: str = Field(description="机关代码")
    year: int
    version: int
    log_position: int = Field(description="该版数据截至的日志位置")
    changes: list[dict[str, Any]] = Field(description="逐项：哪一格、何时登记、由何事实引起")
    net: list[dict[str, Any]] = Field(description="与公布的数据相比")


@router.get(
    "/agencies/{agency}/reports",
    summary="查询年度报告台账",
    description="列出一个机关各年度的报告，近的在前。",
)
def list_reports(caller: Reading, agency: AgencyId) -> ReportList:
    """Return an agency's reports, the latest year first."""
    parts, table = caller.office.parts, ReportRegister.table
    parts.projector.catch_up()
    wanted = sa.select(table).where(table.c.agency == agency).order_by(table.c.year.desc())
    with parts.engine.connect() as connection:
        rows = connection.execute(wanted).mappings().all()
    return ReportList(items=[ReportRow.model_validate(dict(row)) for row in rows])


@router.get(
    "/agencies/{agency}/reports/{year}",
    summary="查询年度报告进展",
    description="列出所处环节、公布期限、草稿的审查发现、与上年报告的衔接、办理过程。",
)
def get_report(caller: Reading, agency: AgencyId, year: ReportYear) -> ReportStanding:
    """Return how a year's report stands."""
    try:
        document = report_status(caller.office.parts, agency, year).as_json()
    except (UnknownPlaceholder, MalformedValueError) as why:
        raise ProblemError(REFUSED, f"草稿不能编制：{why}", code="cannot_be_made") from None
    if Scope.REPORT not in caller.client.scopes:
        document["history"] = [{**step, "reason": None} for step in document["history"]]
    return ReportStanding.model_validate(document)


@router.post(
    "/agencies/{agency}/reports/{year}/steps",
    summary="办理年度报告的一个环节",
    description="送审、退回、审核通过、公布、启动更正、撤销更正；"
    "审核通过另需权限 approve，并写明审核人。",
)
def take_report_step(
    caller: Reporting,
    agency: AgencyId,
    year: ReportYear,
    given: StepBody,
    key: IdempotencyKey,
) -> ReportStepResult:
    """Carry a step to a year's report."""
    command = step_of(given, agency, year, caller.client.account)
    caller.about = verb_of(type(command))
    if isinstance(command, ApproveReport):
        caller.needs(Scope.APPROVE)
        if command.by == caller.client.account:
            raise of_refusal(Refused("empty", "by", "请写明审核人姓名"))
    must_have_engine(caller)
    command_id = take_key(caller, key, command)
    office = caller.office
    work = carry_report(office.engine_client, office.parts.log, command_id, command)
    receipt = office.wait_for(work)
    office.parts.projector.catch_up(through=receipt.position or None)
    return ReportStepResult(
        agency=agency,
        year=year,
        stage=receipt.stage,
        version=receipt.version,
        log_position=receipt.position,
        events=receipt.events,
        already_recorded=receipt.already_recorded,
    )


@router.get(
    "/agencies/{agency}/reports/{year}/versions/{version}",
    summary="查询公布的一版年度报告",
    description="列出公布的一版：日期、摘要、文件。",
)
def get_version(
    caller: Reading, agency: AgencyId, year: ReportYear, version: Version
) -> PublishedVersion:
    """Return a published version."""
    published = _published(caller, agency, year, version)
    return PublishedVersion(
        version=published.version,
        published_on=published.on,
        log_position=published.log_position,
        digest=published.digest,
        files=[
            FileRow(name=file.name, sha256=file.sha256, size=file.size)
            for file in published.draft.files
        ],
    )


@router.get(
    "/agencies/{agency}/reports/{year}/versions/{version}/changes",
    summary="查询公布以后的变化",
    description="列出一版公布以后数据的变化：哪一格、何时登记、由何事实引起。",
)
def get_changes(
    caller: Reading, agency: AgencyId, year: ReportYear, version: Version
) -> ReportChanges:
    """Return what was learned since a version was published."""
    published = _published(caller, agency, year, version)
    found: Mapping[str, Any] = report_changes(caller.office.parts, agency, year, published.draft)
    return ReportChanges.model_validate(found)


@router.get(
    "/agencies/{agency}/reports/{year}/versions/{version}/files/{name}",
    summary="下载公布的文件",
    response_class=Response,
    responses=DOCUMENTED,
    description="下载公布的一版的一个文件，与公布时逐字节相同。",
)
def get_file(
    caller: Reading, agency: AgencyId, year: ReportYear, version: Version, name: FileName
) -> Response:
    """Return a published file, byte for byte."""
    published = _published(caller, agency, year, version)
    return file_answer(caller.office.parts, published.draft.files, name)


def _published(caller: Caller, agency: str, year: int, version: int) -> AnnualReportPublished:
    found = assembler_of(caller.office.parts).published(agency, year, version)
    if found is None:
        raise not_found(f"{year} 年度报告没有公布过第 {version} 版")
    return found
