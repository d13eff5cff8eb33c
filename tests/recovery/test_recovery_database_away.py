"""A worker whose database is away, or does not answer, can be stopped all the same."""

import os
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from engine.server import embedded_server
from engine.settings import Settings
from eventstore import open_engine
from tests.cli.stranger import PROGRAM
from tests.databases import NewDatabase
from tests.recovery.leaky_line import Line, line_to
from tests.recovery.lives import days_ago, put_on_record, register, register_agency
from worker import open_parts

KEY = "1:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
PATIENCE = 60


@pytest.fixture
def line(new_database: NewDatabase, tmp_path: Path) -> Iterator[Line]:
    """Give a line to a PostgreSQL that holds an agency and an open request."""
    url = new_database()
    settings = Settings.model_validate(
        {"data": tmp_path / "data", "database_url": url, "master_key": KEY}
    )
    with open_parts(settings) as parts:
        register_agency(parts)
        put_on_record(parts, register("在办-1", days_ago(2)))
    with line_to(url) as line:
        yield line


@asynccontextmanager
async def working(line: Line, data: Path) -> AsyncIterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run `gongkai worker` over the line; give the process and what it logs, once it is at rest."""
    logged = data.parent / "worker.err"
    async with embedded_server(data.parent / "t.db", data.parent / "t.log") as server:
        with logged.open("wb") as err:
            process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own program
                [PROGRAM, "worker"],
                stdout=subprocess.DEVNULL,
                stderr=err,
                env=os.environ
                | {
                    "GONGKAI_DATA": str(data),
                    "GONGKAI_DATABASE_URL": line.url,
                    "GONGKAI_MASTER_KEY": KEY,
                    "GONGKAI_SHUTDOWN_SECONDS": "2",
                    "TEMPORAL_ADDRESS": server.address,
                },
            )
        try:
            until(lambda: "schedules" in logged.read_text("utf-8"), process)
            yield process, logged
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
async def test_without_its_database_a_worker_stops_at_once(line: Line, tmp_path: Path) -> None:
    async with working(line, tmp_path / "data") as (process, logged):
        line.cut()
        until(lambda: "database away" in logged.read_text("utf-8"), process)
        process.terminate()
        assert process.wait(PATIENCE) == 0, logged.read_text("utf-8")
    assert "Traceback" not in logged.read_text("utf-8")


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
async def test_a_worker_whose_database_has_fallen_silent_is_ended_by_force_and_says_so(
    line: Line, tmp_path: Path
) -> None:
    async with working(line, tmp_path / "data") as (process, logged):
        line.fall_silent()
        time.sleep(3)  # noqa: ASYNC251 - nothing is said by who waits for an answer
        process.terminate()
        assert process.wait(PATIENCE) == 1
    assert "ended by force" in logged.read_text("utf-8")
    assert "Traceback" not in logged.read_text("utf-8")


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_a_database_that_does_not_answer_a_call_is_given_up(line: Line) -> None:
    line.fall_silent()
    ours = seconds_until_given_up(line.url)
    assert ours < PATIENCE
    assert seconds_until_given_up(f"{line.url}?connect_timeout=2") < ours


def seconds_until_given_up(url: str) -> float:
    engine = open_engine(url)
    begun = time.monotonic()
    with pytest.raises(OperationalError):
        engine.connect()
    return time.monotonic() - begun


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait for what must come while the process lives."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
