"""Following the working-day calendar: a notice loaded anywhere reaches every worker by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import DBAPIError
from temporalio.client import Client

from disclosure.addresses import CALENDAR_STREAM
from engine.errors import CommandFailedError
from engine.parts import Parts
from engine.recovery import nudge_all
from workflows.law_in_force import use_law

_EVERY = 5.0
"""Seconds between looks at the calendar's stream; one indexed row."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def following_calendar(parts: Parts, client: Client) -> AsyncIterator[None]:
    """Decide by the calendar on record while the block runs, and bring open requests into line.

    The first look is at the start: it completes what a load was interrupted in, and takes in the
    notices a new release ships.
    """
    task = asyncio.create_task(_follow(parts, client))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _follow(parts: Parts, client: Client) -> None:
    known: int | None = None
    while True:
        try:
            version = await asyncio.to_thread(parts.store.stream_version, CALENDAR_STREAM)
            if version != known:
                await _take_in(parts, client)
                known = version
        except (DBAPIError, CommandFailedError) as error:
            _log.warning("calendar not followed for now", kind=type(error).__name__)
        except Exception:  # noqa: BLE001 - the worker goes on whatever it is
            _log.exception("calendar not followed for now")
        await asyncio.sleep(_EVERY)


async def _take_in(parts: Parts, client: Client) -> None:
    law = await asyncio.to_thread(parts.law)
    use_law(law)
    changed = await asyncio.to_thread(parts.recalculator.apply, law)
    await nudge_all(client, changed)
    _log.info("calendar", version=law.calendar.version, recalculated=len(changed))
