"""Read every kind of event in eight threads at once, switching between them all the time."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier

import msgspec

from disclosure.events import EVENTS

THREADS = 8


def read_all(together: Barrier) -> None:
    """Read an event of each kind; most lack what they need, which is said and no more."""
    together.wait()
    for kind in EVENTS.values():
        with suppress(msgspec.ValidationError):
            kind.from_parts(date(2025, 1, 1), {"flags": [], "clock": None})


if __name__ == "__main__":
    sys.setswitchinterval(1e-6)
    gate = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as threads:
        for reading in [threads.submit(read_all, gate) for _ in range(THREADS)]:
            reading.result()
