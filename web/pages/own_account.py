"""One's own account (我的账号): password and second factor."""

from typing import Annotated

import segno
from fastapi import APIRouter, Form, Request
from markupsafe import Markup
from starlette.responses import Response

from people import Act, PeopleError, TooManyAttempts
from people.passwords import RULE
from web.access import PASSWORD_PAGE, SECOND_FACTOR_PAGE, Signed, SignedVisit
from web.area import Area
from web.middleware import keeps_own_trail
from web.pages.sign_in import begin
from web.rendering import render, see_other

router = APIRouter()
AREA = Area(router)

_SECRET_LIVES = 900


@router.get("/account", summary="我的账号")
def own_account(request: Request, visit: Signed) -> Response:
    """Show the account and what can be changed about it."""
    return render(request, "pages/own_account.html", visit=visit)


@router.get(PASSWORD_PAGE, summary="修改密码")
def password_page(request: Request, visit: Signed) -> Response:
    """Show the form; after a first sign-in there is no way around it."""
    return _password_form(request, visit)


@router.post(PASSWORD_PAGE, summary="修改密码")
@keeps_own_trail
def change_password(
    request: Request,
    visit: Signed,
    old: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change it; every session of the account ends and this browser gets a new one."""
    people = visit.office.people
    if password != again:
        return _password_form(request, visit, {"again": "两次输入的新密码不一致"})
    try:
        people.accounts.change_password(visit.doer, old, password)
    except TooManyAttempts:
        raise
    except PeopleError as refused:
        return _password_form(request, visit, {refused.field: refused.message})
    people.first_passwords.forget(visit.person.name)
    response = see_other(request, "/", "密码已修改，其他地方的登录已退出")
    return begin(request.state.visit, response, visit.person.name)


@router.get(SECOND_FACTOR_PAGE, summary="动态口令")
def second_factor_page(request: Request, visit: Signed) -> Response:
    """Show the secret as a QR code and in letters, or that a factor is in use."""
    return _second_factor_form(request, visit)


@router.post(SECOND_FACTOR_PAGE, summary="启用动态口令")
@keeps_own_trail
def enrol(request: Request, visit: Signed, code: Annotated[str, Form()] = "") -> Response:
    """Take the secret shown into use."""
    secret = _shown_secret(visit)
    if not secret:
        return see_other(request, SECOND_FACTOR_PAGE, "页面已过期，请扫描新的二维码")
    try:
        visit.office.people.second_factor.enrol(visit.doer, secret, code)
    except PeopleError as refused:
        return _second_factor_form(request, visit, {refused.field: refused.message})
    response = see_other(request, "/account", "动态口令已启用，下次登录时使用")
    visit.cookies.forget(response, "secret")
    return response


@router.post(f"{SECOND_FACTOR_PAGE}/remove", summary="停用动态口令")
@keeps_own_trail
def remove(request: Request, visit: Signed, code: Annotated[str, Form()] = "") -> Response:
    """Take one's own factor out of use, with a code of it: an open desk is not enough."""
    if visit.office.people.policy.second_factor == "required":
        return see_other(request, "/account", "本系统要求使用动态口令，不能停用")
    try:
        visit.office.people.sign_in.with_code(
            visit.person.name, code, visit.doer.address, Act.CODE_CONFIRMED
        )
    except PeopleError as refused:
        return _second_factor_form(request, visit, {"code": refused.message})
    visit.office.people.second_factor.remove(visit.doer, visit.person.name)
    return see_other(request, "/account", "动态口令已停用")


def _shown_secret(visit: SignedVisit) -> str:
    """Return the secret this browser was shown; empty where none was, or it is none of ours."""
    kept = visit.cookies.read("secret")
    return kept if visit.office.people.second_factor.is_secret(kept) else ""


def _password_form(
    request: Request, visit: SignedVisit, errors: dict[str, str] | None = None
) -> Response:
    return render(
        request,
        "pages/password.html",
        422 if errors else 200,
        errors=errors or {},
        rule=RULE,
        first=visit.person.account.must_change,
    )


def _second_factor_form(
    request: Request, visit: SignedVisit, errors: dict[str, str] | None = None
) -> Response:
    account = visit.person.account
    secret = _shown_secret(visit) or visit.office.people.second_factor.new_secret()
    address = visit.office.people.second_factor.address_of(account.name, secret)
    code = segno.make(address, error="m").svg_inline(scale=5, border=2, title="动态口令二维码")
    response = render(
        request,
        "pages/second_factor.html",
        422 if errors else 200,
        errors=errors or {},
        in_use=account.has_second_factor,
        required=visit.office.people.policy.second_factor == "required",
        code=Markup(code),  # noqa: S704 - drawn by us, from base32 letters and an account's name
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    )
    if not account.has_second_factor:
        visit.cookies.keep(response, "secret", secret, _SECRET_LIVES)
    return response
