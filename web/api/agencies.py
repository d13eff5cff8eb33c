"""Agencies: which there are, and who stands above whom by date."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from disclosure.agency_tree import Agency
from engine.rollup_sources import sources_of
from web.api.bodies import LegalDate
from web.api.callers import Reading
from web.api.parameters import AgencyId
from web.api.problems import not_found
from workdays import date_in_shanghai

router = APIRouter(tags=["机关"])

Day = Annotated[LegalDate | None, Query(description="按这一天的隶属关系，缺省为今天")]


class AgencyPlace(BaseModel):
    """机关及其汇总关系."""

    agency: str = Field(description="机关代码")
    name: str = Field(description="机关名称")
    parent: str | None = Field(description="汇总到的上级机关")
    opened_on: date | None = Field(description="成立日期")
    ended_on: date | None = Field(description="撤销日期")
    merged_into: str | None = Field(description="并入的机关")
    exists: bool = Field(description="这一天是否存在")


class AgencyList(BaseModel):
    """令牌适用的机关."""

    on: date = Field(description="隶属关系的日期")
    items: list[AgencyPlace]


@router.get(
    "/agencies",
    summary="查询机关",
    description="列出令牌适用的机关和某一天的汇总关系。",
)
def list_agencies(caller: Reading, on: Day = None) -> AgencyList:
    """Return the agencies the token is for, as they stand on a day."""
    sources = sources_of(caller.office.parts)
    day = _day(on)
    known = sorted(sources.tree(sources.position()), key=lambda one: one.agency)
    reached = [one for one in known if caller.client.reaches(one.agency)]
    return AgencyList(on=day, items=[_place(one, day) for one in reached])


@router.get(
    "/agencies/{agency}",
    summary="查询一个机关",
    description="列出一个机关和某一天的汇总关系。",
)
def get_agency(caller: Reading, agency: AgencyId, on: Day = None) -> AgencyPlace:
    """Return one agency, as it stands on a day."""
    sources = sources_of(caller.office.parts)
    known = sources.tree(sources.position())
    if agency not in known:
        raise not_found(f"没有登记机关 {agency}")
    return _place(known[agency], _day(on))


def _day(on: date | None) -> date:
    return on or date_in_shanghai(datetime.now(UTC))


def _place(one: Agency, day: date) -> AgencyPlace:
    return AgencyPlace(
        agency=one.agency,
        name=one.name,
        parent=one.place.parent_on(day),
        opened_on=one.place.opened_on,
        ended_on=one.place.ended_on,
        merged_into=one.place.merged_into,
        exists=one.place.exists_on(day),
    )
