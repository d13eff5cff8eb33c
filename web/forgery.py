"""Refusing what a page of somebody else's makes a browser send (跨站请求伪造).

Two checks, both on every request that may change something: where the browser says it comes from,
and a token that only our own forms hold.
"""

import secrets
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from web.access import AnyVisit, ForbiddenError, Visit

FIELD: Final = "csrf_token"
HEADER: Final = "x-csrf-token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class ForgedError(ForbiddenError):
    """The request was not sent by a form of ours, or by one that is too old."""

    def __init__(self) -> None:
        super().__init__("页面已过期，或者请求不是从本系统的页面发出的，请返回刷新页面后重试")


async def not_forged(request: Request, here: AnyVisit) -> None:
    """Let a changing request through only from a form of this browser's own session.

    Raises:
        ForgedError: it was not.
    """
    if request.method in _SAFE:
        return
    if not _from_here(request, https=here.office.settings.https):
        raise ForgedError
    given = request.headers.get(HEADER) or await _field(request)
    if not _is_ours(here, given):
        raise ForgedError


def _from_here(request: Request, *, https: bool) -> bool:
    """Compare where it comes from with where it goes to, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    source = request.headers.get("origin") or request.headers.get("referer")
    if source is None:
        return True  # an old browser; the token decides
    try:
        origin = urlsplit(source)
    except ValueError:
        return False
    wanted = ("https",) if https else ("http", "https")
    return origin.scheme in wanted and origin.netloc == request.headers.get("host")


async def _field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        return ""
    given = (await request.form()).get(FIELD)
    return given if isinstance(given, str) else ""


def _is_ours(here: Visit, given: str) -> bool:
    secret = here.cookies.form_secret
    if not secret or not given:
        return False
    wanted = here.cookies.form_token(secret)
    return secrets.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))
