"""Roll-ups: whose reports are in, and the published files."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from activities.rollup_assembly import RollupAssembly, Standstill
from disclosure.addresses import rollup_stream
from disclosure.rollup_events import RollupPublished
from engine.rollup_sources import sources_of
from reporting.rollup_document import places_json
from web.api.callers import Caller, Reading
from web.api.files import DOCUMENTED, FileName, FileRow, Version, file_answer
from web.api.parameters import AgencyId, ReportYear
from web.api.problems import not_found

router = APIRouter(tags=["年度报告"])


class RollupVersion(BaseModel):
    """公布的一版汇总报告."""

    version: int
    published_on: date = Field(description="公布日期")
    log_position: int = Field(description="数据截至的日志位置")
    digest: str = Field(description="report.json 的摘要")
    files: list[FileRow]


class RollupStanding(BaseModel):
    """汇总报告的进展."""

    agency_id: str = Field(description="机关代码")
    year: int
    log_position: int = Field(description="数据截至的日志位置")
    complete: bool = Field(description="是否齐全")
    missing: list[str] = Field(description="缺报的机关")
    twice: list[str] = Field(description="重复计入的机关")
    misplaced: list[str] = Field(description="不应由本级汇总的机关")
    circles: list[list[str]] = Field(description="成环的汇总关系")
    agencies: list[dict[str, Any]] = Field(description="各机关的状态")
    published: list[RollupVersion] = Field(description="已公布的版本")


@router.get(
    "/agencies/{agency}/rollups/{year}",
    summary="查询汇总报告进展",
    description="列出本级、所属部门和下级政府的报告是否到齐，缺报、重复的逐一指明。",
)
def get_rollup(caller: Reading, agency: AgencyId, year: ReportYear) -> RollupStanding:
    """Return whose reports are in."""
    parts = caller.office.parts
    try:
        position, coverage = RollupAssembly(sources_of(parts), parts.law).coverage(agency, year)
    except Standstill as why:
        raise not_found(str(why)) from None
    return RollupStanding(
        agency_id=agency,
        year=year,
        log_position=position,
        complete=coverage.complete,
        missing=list(coverage.missing),
        twice=list(coverage.twice),
        misplaced=list(coverage.misplaced),
        circles=[list(circle) for circle in coverage.circles],
        agencies=places_json(coverage),
        published=[
            RollupVersion(
                version=each.version,
                published_on=each.on,
                log_position=each.log_position,
                digest=each.digest,
                files=[
                    FileRow(name=file.name, sha256=file.sha256, size=file.size)
                    for file in each.files
                ],
            )
            for each in _published(caller, agency, year)
        ],
    )


@router.get(
    "/agencies/{agency}/rollups/{year}/versions/{version}/files/{name}",
    summary="下载公布的汇总报告文件",
    response_class=Response,
    responses=DOCUMENTED,
    description="下载公布的一版汇总报告的一个文件。",
)
def get_rollup_file(
    caller: Reading, agency: AgencyId, year: ReportYear, version: Version, name: FileName
) -> Response:
    """Return a file of a published roll-up, byte for byte."""
    for each in _published(caller, agency, year):
        if each.version == version:
            return file_answer(caller.office.parts, each.files, name)
    raise not_found(f"{year} 年度汇总报告没有公布过第 {version} 版")


def _published(caller: Caller, agency: str, year: int) -> list[RollupPublished]:
    entries = caller.office.parts.log.read(rollup_stream(agency, year))
    return [entry.event for entry in entries if isinstance(entry.event, RollupPublished)]
