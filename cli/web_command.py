"""`gongkai web`, and the pages of `gongkai serve`: settings, first accounts, address."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from cli.options import DataOption, settings_for
from cli.output import CommandFailed, say, warn
from cli.system_user import operator
from engine.parts import Parts, open_parts

if TYPE_CHECKING:
    from temporalio.client import Client

    from web.office import Office
    from web.running import Door
    from web.settings import WebSettings

    Pages = Callable[[Client], AbstractAsyncContextManager[asyncio.Task[None]]]


def web(data: DataOption = None) -> None:
    """运行网页，办理进程另由 gongkai worker 或者 gongkai serve 运行"""
    from cli.engines import NO_CLUSTER
    from engine.logs import configure_logs
    from engine.stopping import stopping
    from worker import connect

    settings = settings_for(data)
    configure_logs(settings.log_level, settings.log_format)

    async def run(parts: Parts, pages: "Pages") -> None:
        try:
            client = await connect(parts, _engine_address(parts))
        except RuntimeError as error:
            raise CommandFailed(NO_CLUSTER) from error
        async with stopping(settings.shutdown_seconds) as stop, pages(client) as serving:
            say(f"网页已就绪：{door.url}")
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait([stopped, serving], return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
        serving.result()

    with open_parts(settings) as parts, pages_of(parts) as (door, pages):
        asyncio.run(run(parts, pages))
    say("已停止")


@contextmanager
def pages_of(parts: Parts) -> Iterator[tuple["Door", "Pages"]]:
    """Take the address, make the first accounts, and give what serves the pages by a client.

    Raises:
        FolderError: the address cannot be had.
    """
    from web.app import create_app
    from web.office import Office, open_office
    from web.running import open_door, serving
    from web.settings import WebSettings

    settings = WebSettings()
    door = open_door(settings)
    with open_office(parts, settings) as office:
        _say_first_passwords(office)
        _warn_of_plain_text(settings)

        @asynccontextmanager
        async def pages(client: "Client") -> AsyncIterator[asyncio.Task[None]]:
            app = create_app(Office(parts, office.people, settings, client))
            async with serving(app, settings, door) as task:
                yield task

        try:
            yield door, pages
        finally:
            door.listening.close()


def _engine_address(parts: Parts) -> str | None:
    """Return the embedded engine's address; none for a cluster, which `TEMPORAL_*` names."""
    from engine.folder import EngineHeldError

    if parts.settings.engine == "cluster":
        return None
    try:
        with parts.folder.hold_engine("look"):
            pass
    except EngineHeldError as held:
        if held.holder.serves:
            return held.holder.address
    raise CommandFailed(
        "没有运行中的引擎：单机请使用 gongkai serve，它自带网页；"
        "集群请设置 GONGKAI_ENGINE=cluster 和 TEMPORAL_ADDRESS"
    )


def _say_first_passwords(office: "Office") -> None:
    passwords = office.people.make_first_accounts(operator())
    if passwords:
        say("第一次启动，已建立三个管理员账号。以下密码只显示一次，第一次登录时必须修改：")
        for name, password in passwords.items():
            say(f"  用户名 {name}　首次密码 {password}")
        say(f"密码另存于 {office.people.first_passwords.path}（仅本用户可读），修改后自动删去")


def _warn_of_plain_text(settings: "WebSettings") -> None:
    if not settings.https and settings.web_host not in {"127.0.0.1", "localhost", "::1"}:
        warn(
            "网页在本机以外可以访问，但没有启用 HTTPS，密码和个人信息会明文传输："
            "请设置 GONGKAI_WEB_HTTPS（前面有 HTTPS 代理的）或者 GONGKAI_WEB_TLS_CERTIFICATE"
        )
