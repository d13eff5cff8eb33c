"""The worklist (待办): whose limit ends first, who is to act, and what is waited for.

Nobody's name stands in it but the officials': who asked is shown on the page of the case alone.
"""

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import ValidationError
from starlette.responses import Response

from people import BUSINESS, PeopleError
from web.access import Signed, may_read
from web.area import Area, MenuItem
from web.finding import finding_of
from web.middleware import keeps_own_trail
from web.pages.worklist_desk import Desk, listing, words
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_query import Reach
from web.pages.worklist_rows import COUNTED, Counts, Page
from web.rendering import render, see_other

PATH: Final = "/worklist"
router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router, menu=(MenuItem(PATH, "待办", BUSINESS),))

_A_PAGE: Final = 50


@router.get(PATH, summary="待办")
def worklist(
    request: Request, visit: Signed, filters: Annotated[WorklistFilter, Query()]
) -> Response:
    """Show the cases that fit, the nearest limit first."""
    return worklist_page(request, Desk(visit), filters)


@router.post(f"{PATH}/views", summary="保存视图")
@keeps_own_trail
def save_view(
    request: Request,
    visit: Signed,
    view_name: Annotated[str, Form()] = "",
    view_office: Annotated[str, Form()] = "",
    query: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Save the filters of the list under a name, for oneself or with one's office."""
    desk = Desk(visit)
    filters = filters_of(query)
    try:
        desk.views.save(visit.doer, view_name, filters.narrowing(), view_office)
    except PeopleError as refused:
        errors = {f"view_{refused.field}": refused.message}
        return worklist_page(request, desk, filters, errors, {"view_name": view_name})
    return see_other(request, address(filters), "视图已保存")


@router.post(f"{PATH}/views/{{view}}/remove", summary="删除视图")
@keeps_own_trail
def remove_view(
    request: Request,
    visit: Signed,
    view: str,
    query: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Remove a view of one's own."""
    Desk(visit).views.remove(visit.doer, view)
    return see_other(request, address(filters_of(query)), "视图已删除")


def worklist_page(
    request: Request,
    desk: Desk,
    filters: WorklistFilter,
    refused: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    """Draw the list; `refused` and `values` are of a form on it that was not accepted."""
    desk.allow(filters)
    wanted, unreadable = filters.read()
    errors = {**unreadable, **(refused or {})}
    page, counts = Page(()), Counts(0, {})
    if not unreadable:
        page = desk.reader.page(desk.reach, wanted, _A_PAGE)
        counts = desk.reader.counts(desk.reach, wanted)
    agency = _only_agency(desk.reach, filters)
    shown = listing(desk, page.cases, agency if agency and desk.assigns(agency) else "")
    return render(
        request,
        "pages/worklist.html",
        422 if errors else 200,
        list_words=words(),
        filters=filters,
        values={**filters.values(), **(values or {})},
        errors=errors,
        shown=shown,
        counts=counts,
        counted=COUNTED,
        next=f"{PATH}?{filters.narrowing(after=page.next)}" if page.next else "",
        views=desk.views.of(desk.visit.person.name),
        finding=finding_of(request),
        query=filters.narrowing(),
    )


def filters_of(query: str) -> WorklistFilter:
    """Read filters from the query of an address; one that is none of ours narrows by nothing."""
    try:
        return WorklistFilter.model_validate(dict(parse_qsl(query)))
    except ValidationError:
        return WorklistFilter()


def address(filters: WorklistFilter) -> str:
    """Return the address of the list with these filters."""
    narrowing = filters.narrowing()
    return f"{PATH}?{narrowing}" if narrowing else PATH


def _only_agency(reach: Reach, filters: WorklistFilter) -> str:
    """Return the agency the list is about, empty where it is about several."""
    if filters.agency:
        return filters.agency
    return reach.agencies[0] if len(reach.agencies) == 1 else ""
