"""The working-day calendar (工作日历): what it rests on, and what a new notice would change.

Everybody sees it, for everybody counts by it. A notice is an installation's affair, so the system
administrator loads it; once loaded it cannot be taken back, so the effects are shown first.
"""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from casework.calendar_effects import CalendarEffect, calendar_effect
from engine.recovery import nudge_all
from eventstore import StreamConflict
from people import Role
from records.holiday_notices import (
    calendar_on_record,
    calendar_with,
    notices_on_record,
    record_notice,
)
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.form_posts import TheForm
from web.office import Office
from web.rendering import render, see_other
from web.uploads import TheFiles
from workdays import (
    Calendar,
    Day,
    Notice,
    NoticeInvalid,
    date_in_shanghai,
    read_notice_text,
    shipped_notices,
)
from workflows.law_in_force import use_law

_WHO: Final = Role.SYSTEM_ADMINISTRATOR
router = APIRouter()
AREA = Area(router, menu=(MenuItem("/calendar", "工作日历"),))

_LARGEST_NOTICE: Final = 100_000
"""Bytes; a year's notice has two thousand."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it hangs on a wall; days of other months are None."""

    number: int
    weeks: list[list[Day | None]]
    workdays: int


@router.get("/calendar", summary="工作日历")
def notices(request: Request, visit: Signed) -> Response:
    """List the notices the calendar rests on."""
    return _page(request, visit, {})


@router.get("/calendar/{year:int}", summary="年历")
def year_page(request: Request, visit: Signed, year: int) -> Response:
    """Show a year, day by day."""
    known = calendar_on_record(visit.office.parts.log)
    if not known.published_from.year <= year <= known.published_through.year:
        raise HTTPException(404)
    return render(
        request,
        "pages/calendar/year.html",
        year=year,
        first=known.published_from.year,
        last=known.published_through.year,
        months=[_month(known, year, number) for number in range(1, 13)],
        workdays=known.workdays_in_year(year),
    )


@router.post("/calendar/preview", dependencies=[Depends(may(_WHO))], summary="预览放假安排通知")
def preview(request: Request, visit: Signed, given: TheForm, uploads: TheFiles) -> Response:
    """Show what a notice would change; nothing is."""
    text = given.get("text", "").strip()
    if not text and uploads:
        text = uploads[0].content[: _LARGEST_NOTICE + 1].decode("utf-8-sig", "replace")
    values = {**given, "text": text}
    try:
        notice = _read(text)
        effects = _effects(visit.office, notice)
    except NoticeInvalid as invalid:
        return _page(request, visit, values, {"text": str(invalid)})
    return render(
        request,
        "pages/calendar/preview.html",
        notice=notice,
        effects=effects,
        text=notice.model_dump_json(by_alias=True),
        agencies=visit.office.agencies(),
    )


@router.post("/calendar/load", dependencies=[Depends(may(_WHO))], summary="载入放假安排通知")
def load(request: Request, visit: Signed, given: TheForm) -> Response:
    """Put a notice on record, and count again what still runs."""
    parts = visit.office.parts
    try:
        notice = _read(given.get("text", ""))
        record_notice(parts.log, notice, visit.person.name)
    except NoticeInvalid as invalid:
        return _page(request, visit, dict(given), {"text": str(invalid)})
    except StreamConflict:
        words = "另一份通知刚刚载入，请重新预览"
        return _page(request, visit, dict(given), {"text": words})
    law = parts.law()
    use_law(law)
    changed = parts.recalculator.apply(law)
    if changed:
        visit.office.wait_for(nudge_all(visit.office.engine_client, changed))
    parts.projector.catch_up()
    said = f"已载入{notice.number}，重新计算在办案件 {len(changed)} 件"
    return see_other(request, "/calendar", said)


def _read(text: str) -> Notice:
    """Read a notice.

    Raises:
        NoticeInvalid: it cannot be used, today or ever.
    """
    if not text:
        raise NoticeInvalid("请粘贴通知的内容，或者选择文件")
    if len(text) > _LARGEST_NOTICE:
        raise NoticeInvalid("内容过长，不像一份放假安排通知")
    notice = read_notice_text(text)
    if notice.published_on > date_in_shanghai(datetime.now(UTC)):
        raise NoticeInvalid("发布日期晚于今天，尚不能载入", field="published_on")
    return notice


def _effects(office: Office, notice: Notice) -> list[CalendarEffect]:
    law = replace(office.parts.law(), calendar=calendar_with(office.parts.log, notice))
    return [calendar_effect(each) for each in office.parts.recalculator.preview(law)]


def _page(
    request: Request,
    visit: SignedVisit,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Response:
    loaded = notices_on_record(visit.office.parts.log)
    shipped = shipped_notices()
    known = calendar_on_record(visit.office.parts.log)
    listed = sorted(
        {notice.number: notice for notice in (*loaded, *shipped)}.values(),
        key=lambda notice: (notice.year, notice.published_on),
        reverse=True,
    )
    return render(
        request,
        "pages/calendar/notices.html",
        422 if errors else 200,
        notices=listed,
        loaded={notice.number for notice in loaded} - {notice.number for notice in shipped},
        through=known.published_through,
        version=known.version,
        years=range(known.published_through.year, known.published_from.year - 1, -1),
        may_load=visit.person.holds(_WHO),
        values=values,
        errors=errors or {},
    )


def _month(known: Calendar, year: int, number: int) -> Month:
    weeks = [
        [known.day(day) if day.month == number else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, number)
    ]
    days = [date(year, number, 1 + n) for n in range(months.monthrange(year, number)[1])]
    return Month(number, weeks, sum(map(known.is_workday, days)))
