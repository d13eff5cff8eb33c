"""An engine for one command, and waiting for another command's engine on the same data folder."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from cli.output import CommandFailed, warn
from engine.folder import EngineHeldError, EngineNote
from engine.parts import Parts

if TYPE_CHECKING:
    from temporalio.client import Client

_PATIENCE = 120.0
"""Seconds. An import of twenty thousand requests is done by then."""


@asynccontextmanager
async def engine_at_hand(
    parts: Parts, role: str, *, with_worker: bool = True
) -> AsyncIterator["Client"]:
    """Give a client on the engine that runs, or on one started for this command alone.

    Raises:
        CommandFailed: the cluster does not answer.
    """
    from engine.logs import configure_logs
    from worker import engine_for

    # An attempt that failed is made again or told by its command; only what is wrong is logged.
    configure_logs("ERROR", parts.settings.log_format)
    async with AsyncExitStack() as stack:
        engine = engine_for(parts, role, wait_for_engine(), with_worker=with_worker)
        try:
            client = await stack.enter_async_context(engine)
        except RuntimeError as error:  # what Temporal's SDK raises when nobody answers
            raise CommandFailed(NO_CLUSTER) from error
        yield client


def serve_runs(parts: Parts) -> bool:
    """Tell whether `gongkai serve` runs on this data folder and answers."""
    try:
        with parts.folder.hold_engine("look"):
            return False
    except EngineHeldError as held:
        return held.holder.serves


NO_CLUSTER = "不能连接 Temporal 集群，请检查 TEMPORAL_ADDRESS 等设置"


def wait_for_engine() -> Callable[[EngineNote], bool]:
    """Return the judge of how long to wait while a short-lived engine holds the folder."""
    until = time.monotonic() + _PATIENCE
    told = False

    def wait(holder: EngineNote) -> bool:
        nonlocal told
        if not told:
            warn(f"进程 {holder.pid}（{holder.role}）正在使用该数据目录的引擎，等待其结束……")
            told = True
        return time.monotonic() < until

    return wait
