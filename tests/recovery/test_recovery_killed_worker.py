"""kill -9 of the worker at any instant: nothing is lost, nothing is there twice."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from temporalio.client import Client

from disclosure.addresses import case_stream
from engine.commands import carry
from engine.server import embedded_server
from tests.recovery.keeper import FROM_OUTSIDE, INSIDE, OUTSIDE
from tests.recovery.lives import AGENCY, whole_life
from worker import Parts, connect

KILLS = 50
AT_ONCE = 32
PATIENCE = 150


async def test_fifty_kills_lose_no_command_and_record_none_twice(parts: Parts) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    async with (
        asyncio.timeout(PATIENCE),
        embedded_server(parts.folder.temporal_database, parts.folder.engine_log) as server,
    ):
        client = await connect(parts, server.address)
        sent, kills = await _storm(parts, client, server.address, seed)

    assert kills == {INSIDE: KILLS * (1 - FROM_OUTSIDE), OUTSIDE: KILLS * FROM_OUTSIDE}
    recorded = Counter(
        (event.stream, event.command_id)
        for event in parts.store.read_log()
        if event.stream.startswith("case/")
    )
    assert recorded == Counter(sent)
    for stream in {stream for stream, _ in sent}:
        versions = [entry.version for entry in parts.log.read(stream)]
        assert versions == list(range(1, len(list(whole_life(""))) + 1))
    assert list(parts.store.verify()) == []
    parts.projector.catch_up()
    assert parts.projector.verify() == []


async def _storm(
    parts: Parts, client: Client, address: str, seed: int
) -> tuple[list[tuple[str, str]], Counter[str]]:
    """Carry request after request from start to end until the killing is over.

    Returns:
        Stream and id of every command that was acknowledged, and the kills by kind.
    """
    sent: list[tuple[str, str]] = []
    kills: Counter[str] = Counter()
    cases = count(1)

    async def desk() -> None:
        while kills.total() < KILLS:
            case = f"请求-{next(cases)}"
            for n, command in enumerate(whole_life(case)):
                await carry(client, parts.log, f"form:{n}", command)
                sent.append((case_stream(AGENCY, case), f"form:{n}"))

    async with _keeper(parts, address, seed) as lines:

        async def tally() -> None:
            while kills.total() < KILLS:
                kills[(await lines.readline()).decode().strip()] += 1

        async with asyncio.TaskGroup() as group:
            group.create_task(tally())
            for _ in range(AT_ONCE):
                group.create_task(desk())
    return sent, kills


@asynccontextmanager
async def _keeper(parts: Parts, address: str, seed: int) -> AsyncIterator[asyncio.StreamReader]:
    """Run the keeper of workers; give what it says."""
    keeper = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.recovery.keeper",
        *(str(seed), str(KILLS), address, str(parts.folder.path)),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert keeper.stdout is not None
    try:
        yield keeper.stdout
    finally:
        os.killpg(keeper.pid, signal.SIGKILL)
        await keeper.wait()
