"""Serving the pages: an address bound first, then uvicorn in the event loop that is there."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from engine.folder import FolderError
from web.settings import WebSettings

_END_WITHIN = 5


@dataclass(frozen=True, slots=True)
class Door:
    """An address that is ours, and how a person calls it."""

    listening: socket.socket
    url: str


def open_door(settings: WebSettings) -> Door:
    """Bind the address of the settings.

    A port that nobody asked for by name gives way to a free one; one that was asked for must be it.

    Raises:
        FolderError: it cannot be had; the sentence says which setting to change.
    """
    try:
        listening = _bound(settings.web_host, settings.web_port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        if taken and "web_port" not in settings.model_fields_set:
            listening = _bound(settings.web_host, 0)
        else:
            raise FolderError(_why_not(settings, taken=taken)) from error
    scheme = "https" if settings.web_tls_certificate else "http"
    port = listening.getsockname()[1]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.web_host, settings.web_host)  # noqa: S104 - read, not bound
    return Door(listening, f"{scheme}://{host}:{port}")


def _why_not(settings: WebSettings, *, taken: bool) -> str:
    at = f"{settings.web_host}:{settings.web_port}"
    if taken:
        return f"网页地址 {at} 已被其他程序占用，请停止该程序，或者修改 GONGKAI_WEB_PORT"
    return f"网页地址 {at} 不能使用，请检查 GONGKAI_WEB_HOST、GONGKAI_WEB_PORT"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # Two programs may bind one address until one of them listens.
        listening.listen()
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


class _Server(uvicorn.Server):
    """uvicorn without hands on the signals: who runs us decides when we stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


@asynccontextmanager
async def serving(
    app: ASGIApp, settings: WebSettings, door: Door
) -> AsyncIterator[asyncio.Task[None]]:
    """Serve the pages while the block runs; requests in flight are finished.

    Yields:
        The task that serves: it ends by itself only where serving has failed.
    """
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # `web.middleware` writes one that has no query in it
            server_header=False,
            lifespan="off",
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies) or None,
            ssl_certfile=settings.web_tls_certificate or None,
            ssl_keyfile=settings.web_tls_key or None,
            timeout_graceful_shutdown=_END_WITHIN,
            timeout_keep_alive=15,
        )
    )
    task = asyncio.create_task(server.serve([door.listening]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield task
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task
        door.listening.close()
