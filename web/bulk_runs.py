"""Registering the rows of a bulk sheet, beside the pages: through the engine, like any other.

A run that is cut short leaves each row registered or not; begun again, it goes on with the rest,
and what was done already is known by its command's id.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from disclosure.refusals import Refused
from disclosure.request_commands import Register
from engine.commands import carry
from engine.errors import CommandFailedError
from web.bulk_batches import Batch, Batches, command_id
from web.office import Office

_AT_ONCE: Final = 8
"""Commands in flight; others want the engine too."""

_log = structlog.get_logger(__name__)
_running: dict[str, asyncio.Task[None]] = {}


def runs_here(batch: Batch) -> bool:
    """Tell whether this process registers rows of a sheet just now."""
    return batch.id in _running


def begin(office: Office, batch: Batch, rows: Sequence[tuple[str, Register]]) -> None:
    """Begin to register rows that were let through, and return at once."""
    office.wait_for(_begin(office, batch, rows))


async def _begin(office: Office, batch: Batch, rows: Sequence[tuple[str, Register]]) -> None:
    if batch.id not in _running:
        task = asyncio.create_task(_run(office, batch, rows))
        _running[batch.id] = task
        task.add_done_callback(lambda _: _running.pop(batch.id, None))


async def _run(office: Office, batch: Batch, rows: Sequence[tuple[str, Register]]) -> None:
    batches = Batches(office)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def register(fingerprint: str, command: Register) -> None:
        async with gate:
            try:
                await carry(
                    office.engine_client, office.parts.log, command_id(fingerprint), command
                )
            except Refused as refused:
                await asyncio.to_thread(
                    batches.mark, batch, fingerprint, "refused", refused.message
                )
            else:
                await asyncio.to_thread(batches.mark, batch, fingerprint, "registered")

    try:
        async with asyncio.TaskGroup() as group:
            for fingerprint, command in rows:
                group.create_task(register(fingerprint, command))
    except* CommandFailedError:
        _log.warning("bulk registration stopped: the engine does not answer", batch=batch.id)
    except* Exception:  # noqa: BLE001 - the rest can be registered later, whatever it is
        _log.exception("bulk registration stopped", batch=batch.id)
    await asyncio.to_thread(office.parts.projector.catch_up)
    await asyncio.to_thread(batches.ended, batch)
