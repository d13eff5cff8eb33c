"""Keeping projections and engine up to the log for as long as a process lives.

Neither may end the worker beside it: what does not work now is logged and tried again.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from temporalio.client import Client
from temporalio.service import RPCError

from engine.errors import CommandFailedError
from engine.parts import Parts
from engine.recovery import reconcile, registered_agencies
from engine.report_watch import reconcile_reports
from engine.schedules import schedule_annual_reports
from eventstore import ProjectionStopped

Told = Callable[[int, int], None]
"""Told how many of how many are through."""

Showing = Callable[[], AbstractContextManager[Told]]
"""Shows progress to a person while the block runs."""

_DATABASE_PAUSE = 5.0
"""Seconds between looks for a database that is away."""

_STOPPED_PAUSE = 60.0
"""Seconds between looks at an event that cannot be folded; only a newer program mends it."""

_ENGINE_PAUSE = 30.0
"""Seconds until what went wrong is tried again, where the setting asks for no less."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def keeping_projections(parts: Parts) -> AsyncIterator[asyncio.Task[None]]:
    """Keep the projections current while the block runs.

    The task ends by itself only where this program must not go on: newer code has taken over, or
    a table is not the one the code declares.
    """
    stop = threading.Event()
    task = asyncio.create_task(asyncio.to_thread(_project_until, stop, parts))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait([task])


def _project_until(stop: threading.Event, parts: Parts) -> None:
    """Run the projector.

    A database that is away is waited for. So is a newer program where an event cannot be folded:
    the figures stand still there, nothing is skipped, and the requests go on.
    """
    while not stop.is_set():
        try:
            parts.projector.run(stop)
        except OperationalError as error:
            _log.warning("database away, projections wait", kind=type(error.orig).__name__)
            stop.wait(_DATABASE_PAUSE)
        except ProjectionStopped as stopped:
            _log.error(
                "projection stopped", projection=stopped.projection, position=stopped.position
            )
            stop.wait(_STOPPED_PAUSE)


@contextmanager
def unseen() -> Iterator[Told]:
    """Show no progress."""
    yield lambda _done, _total: None


@asynccontextmanager
async def keeping_engine(
    parts: Parts, client: Client, showing: Showing = unseen
) -> AsyncIterator[None]:
    """Bring the engine up to the log at once and then every so often, while the block runs.

    Besides what the first round is for, the later ones find what an import held back, what came
    to the log past this process, and new agencies.

    Args:
        parts: the parts; a setting says how often.
        client: of the engine.
        showing: shows the progress of the first round, which may be long.
    """
    task = asyncio.create_task(_keep(parts, client, showing))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(parts: Parts, client: Client, showing: Showing) -> None:
    every = parts.settings.reconcile_seconds
    with showing() as told:
        agree = await _brought_up(bring_up_to_date(parts, client, told))
    while True:
        await asyncio.sleep(every if agree else min(every, _ENGINE_PAUSE))
        later = bring_up_to_date(parts, client, at_rest=timedelta(seconds=every))
        agree = await _brought_up(later)


async def _brought_up(bringing: Awaitable[None]) -> bool:
    try:
        await bringing
    except (CommandFailedError, RPCError, DBAPIError) as error:
        _log.warning("engine or database away, tried again", kind=type(error).__name__)
    except Exception:  # noqa: BLE001 - see the module: the worker goes on whatever it is
        _log.exception("engine not brought up to the log, tried again")
    else:
        return True
    return False


async def bring_up_to_date(
    parts: Parts, client: Client, told: Told | None = None, *, at_rest: timedelta = timedelta()
) -> None:
    """Start from the log what should run and does not, and make the schedules.

    Args:
        parts: the parts.
        client: of the engine.
        told: told of progress.
        at_rest: see `reconcile`.
    """
    await reconcile(client, parts.log, parts.projector, parts.engine, told, at_rest=at_rest)
    await reconcile_reports(parts, client)
    agencies = await asyncio.to_thread(registered_agencies, parts.engine)
    made = await schedule_annual_reports(client, agencies)
    _log.info("schedules", agencies=len(agencies), made=made)
