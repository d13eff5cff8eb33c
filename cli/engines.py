"""An engine for one command: the one that runs on the data folder, or one of its own."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from temporalio.client import Client

from cli.output import CommandFailed, warn
from engine.folder import EngineNote
from engine.parts import Parts
from worker import engine_for

_PATIENCE = 120.0
"""Seconds. An import of twenty thousand requests is done by then."""


class _ServeIsUp(Exception):  # noqa: N818 - good news
    """The `gongkai serve` that was starting can be used now."""


@asynccontextmanager
async def engine_at_hand(
    parts: Parts, role: str, *, with_worker: bool = True
) -> AsyncIterator[Client]:
    """Give a client on an engine, waiting while another command's engine holds the folder.

    Args:
        parts: the parts; the settings say whether the engine is embedded or a cluster.
        role: what an engine would be started for.
        with_worker: whether an engine started for this command alone needs a worker too.

    Raises:
        CommandFailed: the cluster does not answer.
        FolderError: the folder's engine was not given free in time.
    """
    async with AsyncExitStack() as stack:
        client = None
        while client is None:
            engine = engine_for(parts, role, _patiently(), with_worker=with_worker)
            try:
                client = await stack.enter_async_context(engine)
            except _ServeIsUp:
                continue
            except RuntimeError as error:  # what Temporal's SDK raises when nobody answers
                raise CommandFailed(
                    "不能连接 Temporal 集群，请检查 TEMPORAL_ADDRESS 等设置"
                ) from error
        yield client


def _patiently() -> Callable[[EngineNote], bool]:
    """Return the judge of how long to wait while another process holds the folder's engine."""
    until = time.monotonic() + _PATIENCE
    told = False

    def wait(holder: EngineNote) -> bool:
        nonlocal told
        if holder.role == "serve" and holder.address:
            raise _ServeIsUp
        if holder.role not in {"serve", "starting"} and not told:
            warn(f"进程 {holder.pid}（{holder.role}）正在使用该数据目录的引擎，等待其结束……")
            told = True
        return time.monotonic() < until

    return wait
