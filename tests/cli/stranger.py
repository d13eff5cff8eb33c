"""The installed `gongkai` as a stranger uses it: a process of its own, a data folder of its own."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sysconfig.get_path("scripts")) / "gongkai"
SAMPLE = Path(__file__).parents[2] / "demo" / "baoding-commerce-2024.jsonl"

PATIENCE = 60
"""Seconds a command may take on a machine that does other things too."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command that has ended left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)

    @property
    def said(self) -> str:
        """Everything it said, to people and programs."""
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Log:
    """A fingerprint of the events table: equal where not a byte of the log has changed."""

    events: int
    digest: str


class Gongkai:
    """The command on one data folder."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GONGKAI_", "TEMPORAL_"))
        } | {"GONGKAI_DATA": str(data), **settings}

    def __call__(self, *arguments: object, stdin: str = "", **settings: str) -> Finished:
        """Run a command to its end."""
        ended = subprocess.run(  # noqa: S603 - our own program
            [PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=self.environment | settings,
            timeout=PATIENCE,
            check=False,
        )
        return Finished(ended.returncode, ended.stdout, ended.stderr)

    def done(self, *arguments: object, **settings: str) -> str:
        """Run a command that must succeed; return what it printed."""
        finished = self(*arguments, **settings)
        assert finished.code == 0, finished.err
        return finished.out

    def asked(self, *arguments: object, **settings: str) -> Any:
        """Run a command that must succeed; return its JSON document."""
        return json.loads(self.done(*arguments, "--format", "json", **settings))

    def log(self) -> Log:
        """Read the event log past the program."""
        with closing(sqlite3.connect(self.data / "gongkai.db")) as connection:
            rows = connection.execute("SELECT * FROM events ORDER BY position").fetchall()
        return Log(len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())

    def events(self, case: str, agency: str = "baoding-commerce") -> list[tuple[str, str]]:
        """Return type and legal date of each event of a case, read past the program."""
        with closing(sqlite3.connect(self.data / "gongkai.db")) as connection:
            return connection.execute(
                "SELECT type, legal_date FROM events WHERE stream = ? ORDER BY version",
                (f"case/{agency}/{case}",),
            ).fetchall()

    def engines(self) -> list[int]:
        """Return the processes of embedded engines on this folder."""
        mark = f"--db-filename={self.data.resolve()}/temporal.db".encode()
        return [pid for pid in _processes() if mark in _arguments(pid)]

    @contextmanager
    def serving(
        self, command: Sequence[str | Path] = (PROGRAM, "serve"), **settings: str
    ) -> Iterator["Served"]:
        """Run `gongkai serve`, or a program that stands for it, while the block runs."""
        served = Served(self, command, settings)
        try:
            served.wait_until_ready()
            yield served
        finally:
            served.end()


class Served:
    """A running `gongkai serve`, its words in files beside the data folder."""

    def __init__(
        self, gongkai: Gongkai, command: Sequence[str | Path], settings: dict[str, str]
    ) -> None:
        self.words = gongkai.data.parent / "serve.out"
        self.logged = gongkai.data.parent / "serve.err"
        with self.words.open("wb") as out, self.logged.open("ab") as err:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdout=out, stderr=err, env=gongkai.environment | settings
            )

    def wait_until_ready(self) -> None:
        """Return when it says that it is ready."""
        end = time.monotonic() + PATIENCE
        while "已启动" not in self.words.read_text("utf-8"):
            assert self.process.poll() is None, self.logged.read_text("utf-8")
            assert time.monotonic() < end, self.logged.read_text("utf-8")
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Stop it if it still runs."""
        if self.process.poll() is None:
            self.stop()


def until(condition: Any, seconds: float = PATIENCE) -> None:
    """Wait for what must come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def _processes() -> Iterator[int]:
    yield from (int(entry) for entry in os.listdir("/proc") if entry.isdigit())  # noqa: PTH208 - names alone


def _arguments(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []  # it ended meanwhile
