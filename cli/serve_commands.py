"""`gongkai serve` and `gongkai worker`: the embedded system, or one worker of a large one."""

import asyncio
from functools import partial

from cli.engines import NO_CLUSTER, wait_for_engine
from cli.options import DataOption, settings_for
from cli.output import CommandFailed, progress, say
from engine.folder import EngineNote
from engine.parts import open_parts


def serve(data: DataOption = None) -> None:
    """运行内置系统：引擎、办理进程和网页，按 Ctrl-C 停止"""
    from cli.web_command import pages_of
    from engine.logs import configure_logs
    from worker import serve as serve_until_stopped

    settings = settings_for(data)
    configure_logs(settings.log_level, settings.log_format)

    def ready(note: EngineNote) -> None:
        say(f"网页：{door.url}")
        say(f"已启动：数据目录 {settings.data}，引擎 {note.address}，Temporal 网页 {note.ui}")

    with open_parts(settings) as parts, pages_of(parts) as (door, pages):
        asyncio.run(serve_until_stopped(parts, ready, wait_for_engine(), _SHOWING, pages))
    say("已停止")


def worker(data: DataOption = None) -> None:
    """运行一个办理进程，连接由 TEMPORAL_* 指明的集群"""
    from engine.logs import configure_logs
    from worker import connect, work_until_stopped

    settings = settings_for(data).model_copy(update={"engine": "cluster"})
    configure_logs(settings.log_level, settings.log_format)

    async def work() -> None:
        try:
            client = await connect(parts)
        except RuntimeError as error:
            raise CommandFailed(NO_CLUSTER) from error

        async def ready() -> None:
            say("办理进程已就绪")

        await work_until_stopped(parts, client, ready, showing=_SHOWING)

    with open_parts(settings) as parts:
        asyncio.run(work())


_SHOWING = partial(progress, "启动办理流程")
