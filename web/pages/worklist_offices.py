"""Offices of an agency (科室) and who belongs to them: what assignment and shared views rest on."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from people import PeopleError
from web.access import Signed, SignedVisit, may, may_read
from web.area import Area
from web.middleware import keeps_own_trail
from web.pages.worklist_desk import ASSIGNS, Desk
from web.rendering import render, see_other

router = APIRouter()
AREA = Area(router)

_OFFICES: Final = "/agencies/{agency}/offices"
_GUARDS: Final = [Depends(may(*ASSIGNS))]


@router.get(_OFFICES, dependencies=[Depends(may_read)], summary="科室")
def offices(request: Request, visit: Signed, agency: str) -> Response:
    """List the agency's offices with their members."""
    return _page(request, visit, agency)


@router.post(_OFFICES, dependencies=_GUARDS, summary="新增科室")
@keeps_own_trail
def add_office(
    request: Request, visit: Signed, agency: str, name: Annotated[str, Form()] = ""
) -> Response:
    """Make an office."""
    try:
        Desk(visit).offices.add(visit.doer, agency, name)
    except PeopleError as refused:
        return _page(request, visit, agency, refused, {"name": name})
    return _back(request, agency, "科室已新增")


@router.post(f"{_OFFICES}/{{office}}/close", dependencies=_GUARDS, summary="停用科室")
@keeps_own_trail
def close_office(request: Request, visit: Signed, agency: str, office: str) -> Response:
    """Let it take no more cases."""
    Desk(visit).offices.close(visit.doer, agency, office, closed=True)
    return _back(request, agency, "科室已停用，已分办的案件不变")


@router.post(f"{_OFFICES}/{{office}}/open", dependencies=_GUARDS, summary="恢复科室")
@keeps_own_trail
def open_office(request: Request, visit: Signed, agency: str, office: str) -> Response:
    """Let it take cases again."""
    Desk(visit).offices.close(visit.doer, agency, office, closed=False)
    return _back(request, agency, "科室已恢复")


@router.post(f"{_OFFICES}/{{office}}/members", dependencies=_GUARDS, summary="加入科室")
@keeps_own_trail
def join_office(
    request: Request, visit: Signed, agency: str, office: str, name: Annotated[str, Form()] = ""
) -> Response:
    """Put somebody of the agency into it."""
    try:
        Desk(visit).offices.join(visit.doer, agency, office, name)
    except PeopleError as refused:
        return _page(request, visit, agency, refused)
    return _back(request, agency, "已加入科室")


@router.post(f"{_OFFICES}/{{office}}/members/remove", dependencies=_GUARDS, summary="移出科室")
@keeps_own_trail
def leave_office(
    request: Request, visit: Signed, agency: str, office: str, name: Annotated[str, Form()] = ""
) -> Response:
    """Take somebody out of it."""
    Desk(visit).offices.leave(visit.doer, agency, office, name)
    return _back(request, agency, "已移出科室")


def _back(request: Request, agency: str, message: str) -> Response:
    return see_other(request, f"/agencies/{agency}/offices", message)


def _page(
    request: Request,
    visit: SignedVisit,
    agency: str,
    refused: PeopleError | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    desk = Desk(visit)
    colleagues = dict(desk.offices.colleagues([agency]))
    return render(
        request,
        "pages/worklist_offices.html",
        422 if refused else 200,
        agency=agency,
        agency_name=desk.known_agencies.name_of(agency),
        offices=desk.offices.of_agencies([agency]),
        members=desk.offices.members(agency),
        colleagues=colleagues,
        changes=desk.assigns(agency),
        values=values or {},
        errors={refused.field: refused.message} if refused else {},
    )
