"""Figures: tables two to four of a year, and what stands behind a cell."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from activities.cell_sources import origin_of
from activities.figures import AgencyFigures
from disclosure.sentences import sentence
from web.api.callers import Caller, Reading
from web.api.parameters import AgencyId, KnownAt, ReportYear
from web.api.problems import not_found

router = APIRouter(tags=["统计"])


class YearFigures(BaseModel):
    """年度报告的表二、表三、表四."""

    agency: str = Field(description="机关名称")
    agency_id: str = Field(description="机关代码")
    year: int
    known_at: datetime | None = Field(description="按这一时刻已知的情况；空为现在")
    log_position: int = Field(description="数据截至的日志位置")
    table2: dict[str, Any] = Field(description="主动公开政府信息情况")
    table3: dict[str, dict[str, int]] = Field(description="收到和处理申请情况：行、列、件数")
    table4: dict[str, dict[str, int]] = Field(description="行政复议、行政诉讼情况")


class SourceEvent(BaseModel):
    """构成数字的一项事实."""

    position: int = Field(description="日志位置")
    version: int = Field(description="在本案中的次序")
    on: date = Field(description="事实发生日期")
    recorded_at: datetime = Field(description="登记时刻")
    type: str = Field(description="事件种类")
    sentence: str = Field(description="一句话说明")


class CellSource(BaseModel):
    """构成数字的一件，或者机关自身的事实."""

    name: str = Field(description="编号，表二为机关名称")
    events: list[SourceEvent]


class CellSources(BaseModel):
    """一个数字由何构成."""

    agency_id: str = Field(description="机关代码")
    year: int
    cell: str
    value: str = Field(description="该格的数字")
    log_position: int = Field(description="数据截至的日志位置")
    sources: list[CellSource]
    next_after: int | None = Field(description="下一页的 after；没有下一页的没有")


@router.get(
    "/agencies/{agency}/figures/{year}",
    summary="查询年度统计",
    description="按现在或者某一时刻已知的情况，统计一个年度的表二、表三、表四。",
)
def get_figures(
    caller: Reading, agency: AgencyId, year: ReportYear, known_at: KnownAt = None
) -> YearFigures:
    """Return the tables of a year, now or as they were known at a moment."""
    figures = _figures(caller, agency, known_at)
    return YearFigures(
        agency=figures.name,
        agency_id=agency,
        year=year,
        known_at=known_at,
        log_position=figures.position,
        **figures.of_year(year).tables.as_json(),
    )


@router.get(
    "/agencies/{agency}/figures/{year}/cells/{cell}",
    summary="追溯一个数字",
    description="列出一个数字由哪些案件、每件的哪些事实构成，不含个人信息。",
)
def explain_cell(
    caller: Reading,
    agency: AgencyId,
    year: ReportYear,
    *,
    cell: Annotated[
        str,
        Path(
            description="表三的行或者行.列，如 new.natural_person；表四如 reconsideration.upheld；"
            "表二如 permits",
            pattern="^[a-z0-9_]+(\\.[a-z_]+){0,2}$",
            max_length=80,
        ),
    ],
    known_at: KnownAt = None,
    after: Annotated[int, Query(ge=0, le=99_999_999, description="上一页的 next_after")] = 0,
    limit: Annotated[int, Query(ge=1, le=500, description="一页至多几件")] = 100,
) -> CellSources:
    """Return the cases and events a figure is made of."""
    figures = _figures(caller, agency, known_at)
    origin = origin_of(figures, year, cell)
    if origin is None:
        raise not_found("没有这一格，写法如 new.natural_person、reconsideration.upheld")
    cases = origin.cases[after : after + limit]
    sources = origin.sources(caller.office.parts.log, cases)
    return CellSources(
        agency_id=agency,
        year=year,
        cell=cell,
        value=figures.of_year(year).named()[cell],
        log_position=figures.position,
        sources=[
            CellSource(
                name=source.name,
                events=[
                    SourceEvent(
                        position=entry.position,
                        version=entry.version,
                        on=entry.event.on,
                        recorded_at=entry.recorded_at,
                        type=entry.event.type,
                        sentence=sentence(entry.event),
                    )
                    for entry in source.entries
                ],
            )
            for source in sources
        ],
        next_after=after + limit if len(origin.cases) > after + limit else None,
    )


def _figures(caller: Caller, agency: str, known_at: datetime | None) -> AgencyFigures:
    parts = caller.office.parts
    position = None if known_at is None else parts.store.positions_recorded_by(known_at)
    return parts.figures.at(agency, position)
