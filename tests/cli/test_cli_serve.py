"""Other commands beside a running `gongkai serve`; its end, wanted or not."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from engine.folder import DataFolder
from tests.cli.entries import AGENCY, agency, days_ago, register, write
from tests.cli.stranger import PATIENCE, PROGRAM, SAMPLE, Gongkai, until

THIS = ("--agency", AGENCY, "--case", "在办-1")


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder with one open request."""
    lines = agency(), register("在办-1", days_ago(2))
    gongkai.done("import", write(tmp_path / "open.jsonl", *lines))
    return gongkai


def test_every_command_works_beside_a_running_serve_and_a_second_serve_says_so(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    with gongkai.serving() as served:
        assert gongkai.asked("import", SAMPLE)["events"] == 10
        more = write(tmp_path / "open.jsonl", register("在办-1", days_ago(2)))
        assert gongkai.asked("import", more)["events"] == 1
        decided = gongkai.asked("request", "decide", *THIS, "--outcome", "granted")
        assert decided["case"]["stage"] == "closed"
        assert gongkai.asked("show", *THIS)["outcome"] == "granted"
        listed = gongkai.asked("request", "list", "--agency", AGENCY, "--all")
        assert [row["case"] for row in listed] == ["2024-001", "在办-1"]
        stats = gongkai.asked("stats", "--agency", AGENCY, "--year", 2024)
        assert stats["table3"]["new"]["total"] == 1
        report = gongkai.asked(
            "report", "--agency", AGENCY, "--year", 2024, "--out", tmp_path / "r"
        )
        assert report["version"] == 1
        assert gongkai.asked("verify")["faults"] == []

        second = gongkai("serve")
        assert second.code == 1
        assert f"进程 {served.process.pid}" in second.err
        assert "只能运行一个 gongkai serve" in second.err
        assert "Traceback" not in second.err
        assert served.process.poll() is None
        assert len(gongkai.engines()) == 1


def test_serve_leaves_no_process_behind_however_it_ends_and_its_requests_go_on(
    desk: Gongkai,
) -> None:
    with desk.serving() as served:
        assert len(desk.engines()) == 1
        desk.done("request", "extend", *THIS, "--reason", "检索需时", "--approved-by", "负责人")
        assert served.stop(signal.SIGKILL) == -signal.SIGKILL
        until(lambda: not desk.engines())
    with desk.serving() as served:
        decided = desk.asked("request", "decide", *THIS, "--outcome", "granted")
        assert decided["case"]["stage"] == "closed"
        assert served.stop(signal.SIGTERM) == 0
        assert desk.engines() == []
        assert "已停止" in served.words.read_text("utf-8")
    assert [kind for kind, _ in desk.events("在办-1")] == [
        "request_registered",
        "period_extended",
        "request_decided",
    ]


def test_a_command_given_while_another_command_holds_the_engine_waits_for_it(
    desk: Gongkai, tmp_path: Path
) -> None:
    more = write(tmp_path / "more.jsonl", register("在办-2", days_ago(1)))
    words = tmp_path / "import.err"
    with DataFolder(desk.data).hold_engine("import"), words.open("wb") as err:
        waiting = subprocess.Popen(  # noqa: S603 - our own program
            [PROGRAM, "import", more], stderr=err, env=desk.environment
        )
        until(
            lambda: (
                f"进程 {os.getpid()}（import）正在使用该数据目录的引擎" in words.read_text("utf-8")
            )
        )
        assert waiting.poll() is None
    assert waiting.wait(PATIENCE) == 0
    assert [kind for kind, _ in desk.events("在办-2")] == ["request_registered"]
