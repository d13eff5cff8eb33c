"""`make bench`: the main figures, each beside a plain cost of the same work in the same run.

Whole processes are timed as an operator would wait for them. Absolute seconds depend on the
machine; the ratios are what to compare.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.generate import AGENCY, entry_lines

REQUESTS = 20_000
YEARS = range(2023, 2026)
_GONGKAI = Path(sys.executable).with_name("gongkai")


def main() -> None:
    """Measure import, statistics, rebuild and verification of three invented years."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        lines = here / "lines.jsonl"
        lines.write_text("\n".join(entry_lines(REQUESTS, YEARS)) + "\n", encoding="utf-8")
        data = ["--data", str(here / "data")]
        year = ["--agency", AGENCY, "--year", str(YEARS[1])]
        importing = _timed(lambda: _gongkai("import", str(lines), *data))
        reading = _timed(lambda: _gongkai("stats", *year, "--format", "json", *data))
        rebuilding = _timed(lambda: _gongkai("rebuild", *data))
        verifying = _timed(lambda: _gongkai("verify", *data))
        rows = _rows_of(here / "data" / "gongkai.db")
        plain = _timed(lambda: _write_plainly(here / "plain.db", rows))
        parsing = _timed(lambda: _parse(lines))
        starting = _timed(lambda: _gongkai("--help"))
    print(f"{REQUESTS} requests, {len(rows)} events, {len(YEARS)} years")  # noqa: T201
    for name, seconds, against, what in (
        ("import", importing, plain, "plain sqlite3 writes of the same rows, 1,000 a commit"),
        ("import", importing, parsing, "json.loads of the same lines"),
        ("rebuild", rebuilding, plain, "plain sqlite3 writes of the same rows"),
        ("verify", verifying, plain, "plain sqlite3 writes of the same rows"),
        ("stats", reading, starting, "starting the command at all (--help)"),
    ):
        print(f"{name:8} {seconds:6.2f} s = {seconds / against:6.1f} x {what} ({against:.2f} s)")  # noqa: T201


def _gongkai(*arguments: str) -> None:
    subprocess.run([_GONGKAI, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rows_of(log: Path) -> Sequence[tuple[object, ...]]:
    with sqlite3.connect(log) as connection:
        return connection.execute("SELECT * FROM events ORDER BY position").fetchall()


def _write_plainly(target: Path, rows: Sequence[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    width = len(rows[0])
    connection.execute(f"CREATE TABLE events ({', '.join(f'c{n}' for n in range(width))})")
    insert = f"INSERT INTO events VALUES ({', '.join('?' * width)})"  # noqa: S608 - no input in it
    for first in range(0, len(rows), 1000):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(insert, rows[first : first + 1000])
        connection.execute("COMMIT")
    connection.close()


def _parse(lines: Path) -> None:
    with lines.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


main()
