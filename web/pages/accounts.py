"""Accounts (账号管理): the system administrator's pages."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from people import Account, PeopleError, Role
from web.access import Signed, SignedVisit, may
from web.area import Area, MenuItem
from web.middleware import keeps_own_trail
from web.rendering import render, see_other

_WHO = Role.SYSTEM_ADMINISTRATOR
router = APIRouter(dependencies=[Depends(may(_WHO))])
AREA = Area(router, menu=(MenuItem("/accounts", "账号", (_WHO,)),))


@router.get("/accounts", summary="账号")
def accounts(request: Request, visit: Signed) -> Response:
    """List every account with its state and roles."""
    people = visit.office.people
    return render(
        request,
        "pages/accounts.html",
        accounts=people.accounts.all(),
        held=people.grants.all(),
        agencies=visit.office.agencies(),
        now=people.now(),
    )


@router.get("/accounts/new", summary="新增账号")
def new_account(request: Request, _visit: Signed) -> Response:
    """Show the empty form."""
    return render(request, "pages/account_new.html")


@router.post("/accounts/new", summary="新增账号")
@keeps_own_trail
def add_account(
    request: Request,
    visit: Signed,
    name: Annotated[str, Form()] = "",
    display_name: Annotated[str, Form()] = "",
    external_id: Annotated[str, Form()] = "",
) -> Response:
    """Make an account and show its first password, this once."""
    name = name.strip()
    try:
        password = visit.office.people.accounts.add(visit.doer, name, display_name, external_id)
    except PeopleError as refused:
        values = {"name": name, "display_name": display_name, "external_id": external_id}
        errors = {refused.field: refused.message}
        return render(request, "pages/account_new.html", 422, values=values, errors=errors)
    return _handed_over(request, name, password, "账号已建立")


@router.get("/accounts/{name}", summary="账号")
def account(request: Request, visit: Signed, name: str) -> Response:
    """Show one account and what can be done with it."""
    return _account_page(request, visit, name)


@router.post("/accounts/{name}", summary="修改账号")
@keeps_own_trail
def change_account(
    request: Request,
    visit: Signed,
    name: str,
    display_name: Annotated[str, Form()] = "",
    external_id: Annotated[str, Form()] = "",
) -> Response:
    """Change what is shown of it, and how an identity provider finds it."""
    try:
        visit.office.people.accounts.change(visit.doer, name, display_name, external_id)
    except PeopleError as refused:
        values = {"display_name": display_name, "external_id": external_id}
        return _account_page(request, visit, name, refused, values)
    return see_other(request, f"/accounts/{name}", "账号已修改")


@router.post("/accounts/{name}/reset", summary="重置密码")
@keeps_own_trail
def reset_password(request: Request, visit: Signed, name: str) -> Response:
    """Give it a new first password and show that, this once."""
    try:
        password = visit.office.people.accounts.reset_password(visit.doer, name)
    except PeopleError as refused:
        return _account_page(request, visit, name, refused)
    return _handed_over(request, name, password, "密码已重置")


@router.post("/accounts/{name}/disable", summary="停用账号")
@keeps_own_trail
def disable(request: Request, visit: Signed, name: str) -> Response:
    """Let it sign in no more."""
    try:
        visit.office.people.accounts.disable(visit.doer, name)
    except PeopleError as refused:
        return _account_page(request, visit, name, refused)
    return see_other(request, f"/accounts/{name}", "账号已停用")


@router.post("/accounts/{name}/enable", summary="启用账号")
@keeps_own_trail
def enable(request: Request, visit: Signed, name: str) -> Response:
    """Let it sign in again."""
    try:
        visit.office.people.accounts.enable(visit.doer, name)
    except PeopleError as refused:
        return _account_page(request, visit, name, refused)
    return see_other(request, f"/accounts/{name}", "账号已启用")


def known_account(visit: SignedVisit, name: str) -> Account:
    """Return an account; a name nobody has is a page that is not there."""
    found = visit.office.people.accounts.get(name)
    if found is None:
        raise HTTPException(404)
    return found


def _account_page(
    request: Request,
    visit: SignedVisit,
    name: str,
    refused: PeopleError | None = None,
    values: dict[str, str] | None = None,
) -> Response:
    found = known_account(visit, name)
    kept = {"display_name": found.display_name, "external_id": found.external_id or ""}
    return render(
        request,
        "pages/account.html",
        422 if refused else 200,
        account=found,
        held=sorted(visit.office.people.grants.of(name)),
        agencies=visit.office.agencies(),
        now=visit.office.people.now(),
        values=values or kept,
        errors={refused.field: refused.message} if refused else {},
        is_self=name == visit.person.name,
    )


def _handed_over(request: Request, name: str, password: str, title: str) -> Response:
    return render(request, "pages/first_password.html", title=title, name=name, password=password)
