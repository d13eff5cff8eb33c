"""`gongkai serve` on a folder with very many open requests: of use at once, and stopped at once."""

import os
import pty
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from disclosure.addresses import case_stream
from engine.settings import Settings
from records import Write
from tests.cli.stranger import PATIENCE, PROGRAM, Gongkai
from tests.recovery.lives import AGENCY, days_ago, register, register_agency
from worker import Parts, open_parts
from workflows.law_in_force import current_law
from workflows.record import RequestRecord

MANY = 3_000
AGREES = "engine agrees with the log"


@pytest.fixture
def crowded(tmp_path: Path) -> Gongkai:
    """Give the command on a folder whose requests take a minute to be started."""
    with open_parts(Settings(data=tmp_path / "data", database_synchronous="NORMAL")) as parts:
        register_agency(parts)
        put_many_on_record(parts)
    return Gongkai(tmp_path / "data")


def put_many_on_record(parts: Parts) -> None:
    """Write registrations to the log in one go, as an import does."""
    writes = []
    for n in range(MANY):
        events = RequestRecord().decide(register(f"在办-{n}", days_ago(2)), current_law())
        writes.append(Write(case_stream(AGENCY, f"在办-{n}"), 0, "old:0", "", events))
    parts.log.write_batch(writes)


def test_with_very_many_open_requests_it_serves_at_once_and_ends_cleanly_at_a_signal(
    crowded: Gongkai,
) -> None:
    with crowded.serving() as served:
        decided = crowded.asked(
            *("request", "decide", "--agency", AGENCY, "--case", f"在办-{MANY - 1}"),
            *("--outcome", "granted"),
        )
        assert decided["case"]["stage"] == "closed"
        assert served.stop() == 0
        assert "已停止" in served.words.read_text("utf-8")
        said = served.logged.read_text("utf-8")
        assert AGREES not in said, "it served, and ended, before it had compared all of them"
        assert "Traceback" not in said
    assert crowded.engines() == []


def test_on_a_terminal_the_first_comparison_shows_how_far_it_has_come(crowded: Gongkai) -> None:
    ours, its = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [PROGRAM, "serve"], stdout=its, stderr=its, env=crowded.environment | {"TERM": "xterm"}
    )
    os.close(its)
    try:
        shown, end = b"", time.monotonic() + PATIENCE
        while "启动办理流程".encode() not in shown or b" 1%" not in shown:
            assert time.monotonic() < end, shown.decode(errors="replace")
            shown += os.read(ours, 4096)
        assert shown.index("已启动".encode()) < shown.index("启动办理流程".encode())
    finally:
        process.terminate()
        with suppress(OSError):  # a terminal nobody writes to any more reads as an error
            while os.read(ours, 4096):
                pass
        assert process.wait(PATIENCE) == 0
        os.close(ours)
