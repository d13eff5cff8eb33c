"""From the log to the engine: what an import starts, what it leaves, and how it is made good."""

import asyncio
import json
from pathlib import Path

import pytest

from engine.folder import DataFolder, EngineHeldError
from engine.parts import open_parts
from engine.schedules import schedule_id
from engine.settings import Settings
from tests.cli.entries import AGENCY, agency, days_ago, decide, register, write
from tests.cli.stranger import Finished, Gongkai, Served, until
from worker import connect

AWAY = {"GONGKAI_ENGINE": "cluster", "TEMPORAL_ADDRESS": "127.0.0.1:1"}
"""Settings under which no engine answers."""


def started_by(served: Served) -> dict[str, int]:
    """Return what `serve` found and did when it started."""
    lines = map(json.loads, served.logged.read_text("utf-8").splitlines())
    (found,) = [line for line in lines if line["event"] == "engine agrees with the log"]
    return {name: found[name] for name in ("open", "running", "started")}


def engine_was_started(gongkai: Gongkai) -> bool:
    return (gongkai.data / "temporal.db").exists()


def schedules(gongkai: Gongkai) -> list[str]:
    """Ask the engine that serves for its schedules."""

    async def ask() -> list[str]:
        with open_parts(Settings(data=gongkai.data)) as parts:
            client = await connect(parts, _address(gongkai.data))
            return [entry.id async for entry in await client.list_schedules()]

    return sorted(asyncio.run(ask()))


def _address(data: Path) -> str:
    with pytest.raises(EngineHeldError) as held, DataFolder(data).hold_engine("look"):
        pass
    return held.value.holder.address


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder in which one agency is registered."""
    gongkai.done("import", write(tmp_path / "agency.jsonl", agency()))
    return gongkai


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_import_reports_what_it_recorded_though_no_engine_answers(
    desk: Gongkai, tmp_path: Path, form: str
) -> None:
    file = write(tmp_path / "open.jsonl", register("在办-1", days_ago(2)))
    finished = desk("import", file, "--format", form, **AWAY)
    assert finished.code == 1
    (sentence,) = finished.err.splitlines()
    assert sentence.startswith("事实已经记入事件日志，但办理流程未能启动（不能连接 Temporal 集群")
    assert "下次启动 gongkai serve 或再次导入时启动" in sentence
    assert reported_events(finished, form) == 1


def reported_events(finished: Finished, form: str) -> int:
    if form == "json":
        events: int = finished.document["events"]
        return events
    assert "新记录 1 个事件" in finished.out
    return 1


def test_importing_again_starts_what_could_not_be_started(desk: Gongkai, tmp_path: Path) -> None:
    file = write(tmp_path / "open.jsonl", register("在办-1", days_ago(2)))
    assert desk("import", file, **AWAY).code == 1
    again = desk.asked("import", file)
    assert (again["events"], again["already_there"]) == (0, 1)
    with desk.serving(GONGKAI_LOG_FORMAT="json") as served:
        until(lambda: "engine agrees" in served.logged.read_text("utf-8"))
    assert started_by(served) == {"open": 1, "running": 1, "started": 0}


def test_a_new_agency_starts_no_engine_and_has_its_schedule_when_one_serves(
    desk: Gongkai, tmp_path: Path
) -> None:
    closed = register("甲-1", "2024-03-04"), decide("甲-1", "2024-03-11")
    desk.done("import", write(tmp_path / "closed.jsonl", *closed))
    assert not engine_was_started(desk)

    with desk.serving():
        until(lambda: schedules(desk) == [schedule_id(AGENCY)])
        desk.done("import", write(tmp_path / "second.jsonl", agency("second")))
        assert schedules(desk) == [schedule_id(AGENCY), schedule_id("second")]


def test_a_new_agency_with_nothing_open_needs_no_cluster(desk: Gongkai, tmp_path: Path) -> None:
    desk.done("import", write(tmp_path / "second.jsonl", agency("second")), **AWAY)
