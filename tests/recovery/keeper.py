"""A process that keeps a worker alive and kills it, again and again.

Every worker is a fork of this process, so that a new one costs no imports. Some are killed from
outside at a random moment; the others kill themselves right after the log's commit and before the
engine hears of it, which is the moment that would count twice if anything did.

Run as ``python -m tests.recovery.keeper SEED KILLS ADDRESS DATA``; it prints one line a kill.
"""

import asyncio
import dataclasses
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from engine.settings import Settings
from eventstore import Appended
from records import RecordLog, Write
from worker import Parts, connect, open_parts, running_worker
from workflows import case_workflow

INSIDE, OUTSIDE = "between append and acknowledgement", "at a random moment"

FROM_OUTSIDE = 0.3
"""Share of the kills."""

_DEADLY = 0.6
"""How likely a write is the worker's last act."""


class DeadlyLog(RecordLog):
    """A log that at random kills the worker once its event is on record."""

    def __init__(self, parts: Parts, chance: random.Random) -> None:
        super().__init__(parts.store, parts.vault)
        self._chance = chance

    def write(self, write: Write) -> Appended:
        """Write, and perhaps never answer."""
        written = super().write(write)
        if self._chance.random() < _DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        return written


def keep(seed: int, kills: int, address: str, data: Path) -> None:
    """Start and kill workers, then keep one that lives."""
    chance = random.Random(seed)  # noqa: S311 - a test's chance, to be had again
    outside = set(chance.sample(range(kills), round(kills * FROM_OUTSIDE)))
    for n in range(kills):
        from_outside = n in outside
        deadline = chance.uniform(0.2, 0.8) if from_outside else None
        pid = os.fork()
        if pid == 0:
            asyncio.run(_work(address, data, None if from_outside else random.Random(seed + n)))  # noqa: S311 - as above
        sys.stdout.write(f"{_killed(pid, deadline)}\n")
        sys.stdout.flush()
    asyncio.run(_work(address, data, None))


def _killed(pid: int, after: float | None) -> str:
    """Wait until a worker has killed itself, or kill it after so many seconds."""
    if after is None:
        _, status = os.waitpid(pid, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        return INSIDE
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return OUTSIDE


async def _work(address: str, data: Path, deadly: random.Random | None) -> None:
    # An answer that was lost is waited for this long; ten seconds are beyond a test's patience.
    case_workflow._ONE_WRITE = timedelta(seconds=2)  # noqa: SLF001 - no setting, on purpose
    settings = Settings(data=data, sandbox=False, database_synchronous="NORMAL")
    with open_parts(settings) as parts:
        log = parts.log if deadly is None else DeadlyLog(parts, deadly)
        async with running_worker(
            dataclasses.replace(parts, log=log), await connect(parts, address)
        ):
            await asyncio.Event().wait()


if __name__ == "__main__":
    keep(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
