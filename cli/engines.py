"""Waiting for another command's engine on the same data folder."""

import time
from collections.abc import Callable

from cli.output import warn
from engine.folder import EngineNote

_PATIENCE = 120.0
"""Seconds. An import of twenty thousand requests is done by then."""


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
