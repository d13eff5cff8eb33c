"""How a process that works until it is told to stop learns of it, and that it does stop."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_IN_ADDITION = 10.0
"""Seconds to stop in, beyond those that work in flight is given."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def stopping(work_may_take: float) -> AsyncIterator[asyncio.Event]:
    """Give an event that SIGINT and SIGTERM set; some time after it the process ends by force.

    A thread that waits for a database which has fallen silent cannot be woken. Nothing is lost with
    it: a process may be killed at any instant.

    Args:
        work_may_take: seconds that work in flight is given to end.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def begin() -> None:
        stop.set()
        last_resort = threading.Timer(work_may_take + _IN_ADDITION, _end_by_force)
        last_resort.daemon = True  # gone with a process that ends in time
        last_resort.start()

    for number in _SIGNALS:
        loop.add_signal_handler(number, begin)
    try:
        yield stop
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _end_by_force() -> None:
    _log.error("stopping took too long, ended by force")
    os._exit(1)
