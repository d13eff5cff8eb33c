"""The gate of the interface: token, how often, and the trail of every call.

It stands before the routes, so that nothing is read of a body whose sender may not send it. Plain
ASGI, so that a stream stays a stream.
"""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from people import Clients, Doer
from web.api.callers import Caller
from web.api.limits import Limits
from web.api.problems import TOO_MANY_CALLS, UNAUTHENTICATED, ProblemError
from web.office import Office

PUBLIC: Final = frozenset({"/health", "/openapi.json", "/docs"})
"""What anybody may ask for: whether it runs, and how it is used. Nothing of any office is in it."""

_DONE_BELOW = 400


class Gate:
    """Lets programs in with their tokens, as often as they may, and writes each call down.

    A call that is turned away here (no token, too often) is no entry: nothing was asked of the
    office yet, and a program gone wild would fill the trail. One with a token that has ended is.
    """

    def __init__(self, app: ASGIApp, office: Office, limits: Limits) -> None:
        self._app = app
        self._office = office
        self._limits = limits
        self._clients = Clients(office.people.engine, office.people.now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http" or _path(scope) in PUBLIC:
            await self._app(scope, receive, send)
            return
        try:
            caller = await run_in_threadpool(self._let_in, Request(scope))
        except ProblemError as problem:
            await problem.answer()(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                await run_in_threadpool(_note, caller, scope, message["status"])
            await send(message)

        await self._app(scope, receive, noted)

    def _let_in(self, request: Request) -> Caller:
        """Return who calls.

        Raises:
            ProblemError: nobody who may.
        """
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        known = self._clients.find(token.strip()) if kind.lower() == "bearer" and token else None
        if known is None:
            raise _unauthenticated("请在 Authorization 请求头中写明 Bearer 令牌")
        doer = Doer(known.account, request.client.host if request.client else "")
        if not known.valid(self._office.people.now()):
            trail = self._office.people.trail
            trail.write(doer, "client_refused", words="接口令牌已失效", success=False)
            raise _unauthenticated("令牌已经到期或者撤销，请向安全管理员申请新的令牌")
        wait = self._limits.wait_of(known.name, known.per_minute)
        if wait:
            raise ProblemError(
                TOO_MANY_CALLS,
                f"每分钟至多 {known.per_minute} 次，请 {wait} 秒后重试",
                headers={"Retry-After": str(wait)},
            )
        return Caller(self._office, known, doer)


def _note(caller: Caller, scope: Scope, status: int) -> None:
    """Write a call into the trail; one that leads nowhere under its own name."""
    endpoint, route = scope.get("endpoint"), scope.get("route")
    name = getattr(endpoint, "__name__", "unknown_call")
    caller.office.people.trail.write(
        caller.doer,
        f"api_{name}",
        f"{scope['method']} {scope['path']} {caller.about}".rstrip(),
        words=f"接口：{getattr(route, 'summary', None) or '无此功能'}",
        success=status < _DONE_BELOW,
    )


def _path(scope: Scope) -> str:
    """Return the path below where the interface is mounted."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def _unauthenticated(detail: str) -> ProblemError:
    return ProblemError(UNAUTHENTICATED, detail, headers={"WWW-Authenticate": "Bearer"})
