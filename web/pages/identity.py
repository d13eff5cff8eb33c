"""Signing in by an identity provider (统一身份认证), OpenID Connect Core 1.0, by settings.

Authorization code with PKCE (RFC 7636). Public, because nobody is signed in yet. What is kept
between the two requests lies in a cookie of the browser that began, so that an answer meant for
another browser is refused.
"""

import secrets
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from people import PeopleError
from web.access import AnyVisit, Visit
from web.area import Area
from web.openid import Begun, IdentityError, Provider, named_by
from web.pages.sign_in import begin
from web.rendering import render, see_other

router = APIRouter()
AREA = Area(router, public=True)

_ON_ITS_WAY = 600
_CALLBACK = "/sign-in/identity/callback"
_log = structlog.get_logger(__name__)


@router.get("/sign-in/identity", summary="统一身份认证")
def to_provider(request: Request, visit: AnyVisit) -> Response:
    """Send the browser to the provider."""
    begun = Begun.anew()
    try:
        address = _provider(visit).address(begun, _callback(request, visit))
    except IdentityError as error:
        return _failed(request, error)
    response = RedirectResponse(address, 303)
    visit.cookies.keep(response, "oidc", begun.text, _ON_ITS_WAY)
    return response


@router.get(_CALLBACK, summary="统一身份认证返回")
async def from_provider(
    request: Request,
    visit: AnyVisit,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Take the provider's answer, once, and begin a session."""
    return await run_in_threadpool(_received, request, visit, state, code)


def _received(request: Request, visit: Visit, state: str, code: str) -> Response:
    begun = Begun.read(visit.cookies.read("oidc"))
    if begun is None or not secrets.compare_digest(begun.state.encode(), state.encode()):
        return _failed(request, IdentityError("no such sign-in was begun here"))
    settings = visit.office.settings
    try:
        claims = _provider(visit).claims(begun, code, _callback(request, visit))
        identity = named_by(claims, settings.oidc_claim)
        make = str(claims.get("name") or identity) if settings.oidc_makes_accounts else ""
        account = visit.office.people.sign_in.with_identity(identity, visit.address, make=make)
    except IdentityError as error:
        return _failed(request, error)
    except PeopleError as refused:
        return render(
            request, "pages/error.html", 403, title="没有可用的账号", detail=refused.message
        )
    response = see_other(request, "/")
    visit.cookies.forget(response, "oidc")
    return begin(visit, response, account.name, by_oidc=True)


def _provider(visit: Visit) -> Provider:
    settings = visit.office.settings
    if not settings.oidc_issuer:
        raise HTTPException(404)
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
    )


def _callback(request: Request, visit: Visit) -> str:
    scheme = "https" if visit.office.settings.https else "http"
    return f"{scheme}://{request.headers['host']}{_CALLBACK}"


def _failed(request: Request, error: IdentityError) -> Response:
    _log.warning("identity provider", reason=str(error))
    return render(
        request,
        "pages/error.html",
        502,
        title="统一身份认证没有成功",
        detail="请返回登录页重试；仍不成功的，用本系统的用户名和密码登录，或者联系系统管理员",
    )
