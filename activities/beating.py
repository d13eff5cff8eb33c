"""Letting the engine know that a long activity is alive, so that a dead one is missed soon."""

import contextvars
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from temporalio import activity

_EVERY = 3.0
"""Seconds between two beats; the engine misses them after `workflows.annual_report._SILENT_FOR`."""


@contextmanager
def beating() -> Iterator[None]:
    """Send heartbeats from a thread of their own while the block runs."""
    done = threading.Event()
    here = contextvars.copy_context()

    def beat() -> None:
        while not done.wait(_EVERY):
            here.run(activity.heartbeat)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
