"""Roles and locks (授权管理): the security administrator's pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from people import ADMINISTRATORS, PeopleError, Role
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.middleware import keeps_own_trail
from web.pages.accounts import known_account
from web.rendering import render, see_other

_WHO = Role.SECURITY_ADMINISTRATOR
router = APIRouter(dependencies=[Depends(may(_WHO))])
AREA = Area(router, menu=(MenuItem("/grants", "授权", (_WHO,)),))


@router.get("/grants", summary="授权")
def grants(request: Request, visit: Signed) -> Response:
    """List every account with its roles, and which are locked."""
    people = visit.office.people
    return render(
        request,
        "pages/grants.html",
        accounts=people.accounts.all(),
        held=people.grants.all(),
        agencies=visit.office.agencies(),
        now=people.now(),
    )


@router.get("/grants/{name}", summary="账号的角色")
def grants_of(request: Request, visit: Signed, name: str) -> Response:
    """Show one account's roles, its lock and its second factor."""
    return _page(request, visit, name)


@router.post("/grants/{name}", summary="授予角色")
@keeps_own_trail
def grant(
    request: Request,
    visit: Signed,
    name: str,
    role: Annotated[str, Form()] = "",
    agency: Annotated[str, Form()] = "",
) -> Response:
    """Give a role in an agency, or one of the installation."""
    values = {"role": role, "agency": agency}
    try:
        wanted = _role(role)
        place = "" if wanted in ADMINISTRATORS else _agency(visit, agency)
        visit.office.people.grants.grant(visit.doer, name, wanted, place)
    except PeopleError as refused:
        return _page(request, visit, name, refused, values)
    return see_other(request, f"/grants/{name}", f"已授予“{wanted.words}”")


@router.post("/grants/{name}/revoke", summary="撤销角色")
@keeps_own_trail
def revoke(
    request: Request,
    visit: Signed,
    name: str,
    role: Annotated[str, Form()] = "",
    agency: Annotated[str, Form()] = "",
) -> Response:
    """Take a role away."""
    try:
        visit.office.people.grants.revoke(visit.doer, name, _role(role), agency)
    except PeopleError as refused:
        return _page(request, visit, name, refused)
    return see_other(request, f"/grants/{name}", f"已撤销“{_role(role).words}”")


@router.post("/grants/{name}/unlock", summary="解除锁定")
@keeps_own_trail
def unlock(request: Request, visit: Signed, name: str) -> Response:
    """End a lock before its time."""
    known_account(visit, name)
    visit.office.people.accounts.unlock(visit.doer, name)
    return see_other(request, f"/grants/{name}", "已解除锁定")


@router.post("/grants/{name}/second-factor/remove", summary="停用动态口令")
@keeps_own_trail
def remove_second_factor(request: Request, visit: Signed, name: str) -> Response:
    """Take a lost telephone's factor out of use."""
    known_account(visit, name)
    visit.office.people.second_factor.remove(visit.doer, name)
    return see_other(request, f"/grants/{name}", "动态口令已停用")


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError:
        raise PeopleError("role", "请选择角色") from None


def _agency(visit: SignedVisit, given: str) -> str:
    if given not in visit.office.agencies():
        raise PeopleError("agency", "请选择机关")
    return given


def _page(
    request: Request,
    visit: SignedVisit,
    name: str,
    refused: PeopleError | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    return render(
        request,
        "pages/grants_of.html",
        422 if refused else 200,
        account=known_account(visit, name),
        held=sorted(visit.office.people.grants.of(name)),
        roles=list(Role),
        agencies=visit.office.agencies(),
        now=visit.office.people.now(),
        values=values or {},
        errors={refused.field: refused.message} if refused else {},
        is_self=name == visit.person.name,
    )
