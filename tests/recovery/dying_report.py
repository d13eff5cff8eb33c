"""A worker that is killed while it assembles a report.

Run as ``python -m tests.recovery.dying_report ADDRESS DATA``.
"""

import asyncio
import dataclasses
import os
import signal
import sys
from pathlib import Path

from activities.figures import AgencyFigures, FigureReader
from engine.settings import Settings
from worker import connect, open_parts, running_worker


class DeadlyFigures(FigureReader):
    """Figures that kill who reads them."""

    def at(self, agency: str, position: int | None = None) -> AgencyFigures:
        """Never answer."""
        os.kill(os.getpid(), signal.SIGKILL)
        return super().at(agency, position)


async def work(address: str, data: Path) -> None:
    """Run a worker until it reads a figure."""
    with open_parts(Settings(data=data, database_synchronous="NORMAL")) as parts:
        deadly = DeadlyFigures(parts.store, parts.engine, parts.projector)
        async with running_worker(
            dataclasses.replace(parts, figures=deadly), await connect(parts, address)
        ):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2])))
