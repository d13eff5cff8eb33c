"""What holds for every answer: headers, host, size, the trail of actions, and a line in the log.

Plain ASGI, so that a stream stays a stream.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from fastapi import HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from people import Doer
from web import unstorable
from web.settings import WebSettings

_log = structlog.get_logger(__name__)

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with that, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TOO_LARGE: Final = "内容太大"
_HSTS: Final = "max-age=31536000"

Answer = Callable[[Request, int, str, str], Response]
"""Makes a page of an error from status, title and sentence."""


class Frame:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, settings: WebSettings, answer: Answer) -> None:
        self._app = app
        self._settings = settings
        self._answer = answer
        self._most = settings.web_upload_megabytes * 1_048_576
        self._headers = dict(SECURITY_HEADERS)
        if settings.https:
            self._headers["Strict-Transport-Security"] = _HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        sent = _Sent(send, self._headers, lambda: _note(scope, sent.status))
        try:
            refusal = self._refusal(Request(scope))
            if refusal is not None:
                await refusal(scope, receive, sent)
            else:
                await self._app(scope, _limited(receive, self._most, self._too_large), sent)
        except Exception:  # noqa: BLE001 - whatever it is, a person gets a page and the log the place
            _log.exception("page failed", route=_route(scope))
            await self._fail(
                scope,
                sent,
                500,
                "系统出错",
                "操作可能没有完成，请返回核对；仍有问题的，联系管理员",
            )
        _log.info(
            "page",
            method=scope["method"],
            route=_route(scope),
            status=sent.status,
            milliseconds=round((time.perf_counter() - begun) * 1000),
        )

    @property
    def _too_large(self) -> str:
        return f"一次最多上传 {self._settings.web_upload_megabytes} MB，请拆分后再传"

    def _refusal(self, request: Request) -> Response | None:
        host = _without_port(request.headers.get("host", ""))
        if host not in self._settings.allowed_hosts:
            # Plain words: a page could carry the wrong name into links.
            return Response("主机名不在允许之列", 400, media_type="text/plain; charset=utf-8")
        length = request.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._most:
            return self._answer(request, 413, TOO_LARGE, self._too_large)
        if unstorable.NUL in request.scope["path"]:
            return self._answer(request, 400, "请求有误", unstorable.WORDS)
        return None

    async def _fail(self, scope: Scope, sent: "_Sent", status: int, title: str, words: str) -> None:
        if not sent.status:
            await self._answer(Request(scope), status, title, words)(scope, _nothing, sent)


class TooLargeError(HTTPException):
    """A body that did not say its length has grown beyond the limit.

    FastAPI's own kind of error: any other, raised while it reads, it takes for a broken body.
    """

    def __init__(self, words: str) -> None:
        super().__init__(413, words)


class _Sent:
    """Passes an answer on, with its headers, once what it tells of stands in the trail."""

    def __init__(
        self, send: Send, headers: dict[str, str], note: Callable[[], Awaitable[None]]
    ) -> None:
        self._send = send
        self._headers = headers
        self._note = note
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            await self._note()
        await self._send(message)


def keeps_own_trail(endpoint: Any) -> Any:
    """Mark a route whose work writes its own entries, in the transaction of what it does."""
    endpoint.keeps_own_trail = True
    return endpoint


async def _note(scope: Scope, status: int) -> None:
    """Write every changing request of a known route into the trail, and every forbidden one.

    A route with a trail of its own has written what it did; what was refused somebody there, and
    so was not done, is written here.
    """
    endpoint = scope.get("endpoint")
    state = Request(scope).state
    visit, turned_away = getattr(state, "visit", None), getattr(state, "turned_away", False)
    if endpoint is None or visit is None:
        return
    done = status < 400 and not turned_away  # noqa: PLR2004 - HTTP's own number
    forbidden = status == 403  # noqa: PLR2004 - HTTP's own number
    changing = scope["method"] not in {"GET", "HEAD", "OPTIONS"}
    has_entry = getattr(endpoint, "keeps_own_trail", False) and (done or visit.person is None)
    if not forbidden and (not changing or has_entry):
        return
    doer: Doer = visit.doer
    route = scope.get("route")
    await run_in_threadpool(
        visit.office.people.trail.write,
        doer,
        endpoint.__name__,
        scope["path"],
        words=getattr(route, "summary", None) or endpoint.__name__,
        success=done,
    )


async def _nothing() -> Message:
    """Give an answer that needs nothing of the request what it would receive."""
    return {"type": "http.disconnect"}


def _limited(receive: Receive, most: int, words: str) -> Receive:
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise TooLargeError(words)
        return message

    return limited


def _route(scope: Scope) -> str:
    """Return the route's pattern: neither query nor path values belong in a log."""
    return getattr(scope.get("route"), "path", "") or "none"


def _without_port(host: str) -> str:
    head, colon, port = host.rpartition(":")
    return (head if colon and port.isdigit() else host).lower()


def media_type_wanted(request: Request) -> str:
    """Tell whether a program or a person asks."""
    accepts = Headers(scope=request.scope).get("accept", "")
    is_program = request.url.path.startswith("/api/") or (
        "json" in accepts and "html" not in accepts
    )
    return "application/problem+json" if is_program else "text/html"
