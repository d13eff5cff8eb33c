"""Following publications: a report that goes out anywhere wakes the roll-up that waits for it."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import DBAPIError
from temporalio.client import Client
from temporalio.service import RPCError

from disclosure.addresses import agency_of
from disclosure.agency_events import AgencyMoved, AgencyRegistered
from disclosure.report_events import AnnualReportPublished
from disclosure.rollup_events import RollupPublished
from engine.errors import CommandFailedError
from engine.parts import Parts
from engine.rollup_sources import sources_of
from engine.rollups import resume_rollups, schedule_rollups, tell_of_publication
from eventstore import RecordedEvent
from workdays import date_in_shanghai

_EVERY = 5.0
"""Seconds between looks at the log; events of two types beyond the last position looked at."""

_PUBLICATIONS = (AnnualReportPublished.type, RollupPublished.type)

_TREE = (AgencyRegistered.type, AgencyMoved.type)

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def following_publications(parts: Parts, client: Client) -> AsyncIterator[None]:
    """Wake roll-ups while the block runs; at the start, begin again those that were lost.

    A publication that was missed is found all the same when the roll-up itself looks at the log.
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
            head = await asyncio.to_thread(parts.store.head)
            if known is None:
                await _begin(parts, client)
            elif head > known:
                await wake(parts, client, known, head)
            known = head
        except (DBAPIError, CommandFailedError, RPCError) as error:
            _log.warning("publications not followed for now", kind=type(error).__name__)
        except Exception:  # noqa: BLE001 - the worker goes on whatever it is
            _log.exception("publications not followed for now")
        await asyncio.sleep(_EVERY)


async def _begin(parts: Parts, client: Client) -> None:
    """Make the schedules of the governments of this year and the last, and resume what waits."""
    sources = sources_of(parts)
    position = await asyncio.to_thread(sources.position)
    tree = await asyncio.to_thread(sources.tree, position)
    year = date_in_shanghai(datetime.now(UTC)).year
    governments = sorted({*tree.governments(year), *tree.governments(year - 1)})
    made = await schedule_rollups(client, governments)
    resumed = await resume_rollups(client, parts.engine)
    _log.info("roll-ups", governments=len(governments), schedules=made, resumed=resumed)


async def wake(parts: Parts, client: Client, after: int, through: int) -> int:
    """Tell the roll-ups concerned of what was published between two positions; return how many.

    Where the tree of agencies has changed, new governments get their schedule.
    """
    events = await asyncio.to_thread(
        lambda: list(
            parts.store.read_log(after, types=_PUBLICATIONS + _TREE, through_position=through)
        )
    )
    if any(event.type in _TREE for event in events):
        await _begin(parts, client)
    published = [event for event in events if event.type in _PUBLICATIONS]
    concerned = await asyncio.to_thread(_concerned, parts, published) if published else set()
    for superior, year in sorted(concerned):
        await tell_of_publication(client, superior, year)
    return len(concerned)


def _concerned(parts: Parts, published: Iterable[RecordedEvent]) -> set[tuple[str, int]]:
    """Return the roll-ups these reports enter: their superior's, and of own ones their own, too."""
    sources = sources_of(parts)
    tree = sources.tree(sources.position())
    concerned = set()
    for event in published:
        agency, year = agency_of(event.stream), int(event.stream.rsplit("/", 1)[1])
        concerned.add((agency, year))
        superior = tree[agency].place.parent_in(year) if agency in tree else None
        if superior is not None:
            concerned.add((superior, year))
    return concerned
