"""Signing in and out (登录、退出); public, because nobody is signed in yet."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from people import PeopleError, TooManyAttempts
from web.access import CODE_PAGE, AnyVisit, Visit
from web.area import Area
from web.middleware import keeps_own_trail
from web.rendering import render, see_other
from web.safe_paths import safe_path

router = APIRouter()
AREA = Area(router, public=True)

_NEXT_LIVES = 600


@router.get("/sign-in", summary="登录")
def sign_in_page(
    request: Request,
    visit: AnyVisit,
    next_path: Annotated[str, Query(alias="next")] = "/",
    expired: bool = False,  # noqa: FBT001, FBT002 - a query parameter, given by name
) -> Response:
    """Show the form; somebody who is signed in already is sent on."""
    if visit.person is not None:
        return see_other(request, safe_path(next_path))
    return _form(request, visit, next_path=safe_path(next_path), expired=expired)


@router.post("/sign-in", summary="登录")
@keeps_own_trail
def sign_in(
    request: Request,
    visit: AnyVisit,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next_path: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Check name and password; a session begins, or waits for the code."""
    people = visit.office.people
    try:
        account = people.sign_in.with_password(name, password, visit.address)
    except TooManyAttempts:
        raise
    except PeopleError as refused:
        errors = {refused.field: refused.message}
        return _form(
            request,
            visit,
            422,
            values={"name": name},
            errors=errors,
            next_path=safe_path(next_path),
        )
    target = safe_path(next_path)
    if account.has_second_factor:
        response = see_other(request, CODE_PAGE)
        visit.cookies.keep(response, "next", target, _NEXT_LIVES)
    else:
        response = see_other(request, target)
    return begin(visit, response, account.name, halfway=account.has_second_factor)


@router.get(CODE_PAGE, summary="动态口令")
def code_page(request: Request, visit: AnyVisit) -> Response:
    """Ask for the code of somebody whose password was right."""
    if visit.session is None or not visit.session.halfway:
        return see_other(request, "/sign-in")
    return render(request, "pages/code.html")


@router.post(CODE_PAGE, summary="动态口令")
@keeps_own_trail
def code(request: Request, visit: AnyVisit, code: Annotated[str, Form()] = "") -> Response:
    """Check the code; a whole session takes the place of the half one."""
    if visit.session is None or not visit.session.halfway:
        return see_other(request, "/sign-in?expired=1")
    people = visit.office.people
    try:
        account = people.sign_in.with_code(visit.session.account, code, visit.address)
    except TooManyAttempts:
        raise
    except PeopleError as refused:
        return render(request, "pages/code.html", 422, errors={"code": refused.message})
    response = see_other(request, safe_path(visit.cookies.read("next")))
    visit.cookies.forget(response, "next")
    return begin(visit, response, account.name)


@router.post("/sign-out", summary="退出")
@keeps_own_trail
def sign_out(request: Request, visit: AnyVisit) -> Response:
    """End the session here and now."""
    if visit.session is not None:
        visit.office.people.sessions.sign_out(visit.cookies.session, visit.doer)
    response = see_other(request, "/sign-in", "您已退出")
    visit.cookies.forget(response, "session")
    return response


def begin(
    visit: Visit, response: Response, account: str, *, halfway: bool = False, by_oidc: bool = False
) -> Response:
    """Open a new session in place of whatever session and form secret the browser had."""
    sessions = visit.office.people.sessions
    if visit.cookies.session:
        sessions.close(visit.cookies.session)
    token = sessions.open(
        account, visit.address, "oidc" if by_oidc else "password", halfway=halfway
    )
    visit.cookies.set_session(response, token)
    visit.cookies.set_form_secret(response)
    return response


def _form(request: Request, visit: Visit, status_code: int = 200, **context: object) -> Response:
    settings = visit.office.settings
    context = {"expired": False, **context}
    context["provider"] = settings.oidc_name if settings.oidc_issuer else ""
    return render(request, "pages/sign_in.html", status_code, **context)
