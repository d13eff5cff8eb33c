"""`python -m bench.report`: one agency's year of 100,000 requests, as its report is made.

The log is imported and the projections brought up to it first. Then a process of its own makes the
report, twice, and says how long each part took and how much memory it held at most. Reading the
same rows plainly, with the driver alone, is what to compare with.
"""

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.generate import AGENCY, entry_lines
from engine.parts import open_parts
from engine.reports import assembler_of
from engine.settings import Settings

REQUESTS = 100_000
YEAR = 2024
_GONGKAI = Path(sys.executable).with_name("gongkai")
_COLUMNS = "case_reference, applicant_type, received_on, closed_on, outcome"

Result = TypeVar("Result")


def main() -> None:
    """Import the year, then measure in a process that has done nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        lines = here / "lines.jsonl"
        years = range(YEAR, YEAR + 1)
        lines.write_text("\n".join(entry_lines(REQUESTS, years)) + "\n", encoding="utf-8")
        data = here / "data"
        subprocess.run([_GONGKAI, "import", lines, "--data", data], check=True)  # noqa: S603
        subprocess.run([sys.executable, "-m", "bench.report", data], check=True)  # noqa: S603


def measure(data: Path) -> None:
    """Make the report and print what it took."""
    before = _megabytes()
    with open_parts(Settings(data=data)) as parts:
        assembler = assembler_of(parts)
        made, assembling = _timed(lambda: assembler.now(AGENCY, YEAR))
        files, rendering = _timed(made.files)
        held = _megabytes()
        again, _ = _timed(lambda: assembler.now(AGENCY, YEAR).files())
    rows, reading = _timed(lambda: _plainly(data / "gongkai.db"))
    total = made.report.tables.table3.cell("new", "total")
    say = sys.stdout.write
    say(f"{total} new requests, {rows} rows, log position {made.report.log_position}\n")
    say(f"figures, tables, findings {assembling:6.2f} s = {assembling / reading:.1f} x reading")
    say(f" the same rows with sqlite3 alone ({reading:.2f} s)\n")
    say(f"five files                {rendering:6.2f} s\n")
    say(f"the whole report          {assembling + rendering:6.2f} s\n")
    say(f"memory at most            {held:6.0f} MB, {before:.0f} MB of it before\n")
    say(f"a second time the same bytes: {again == files}\n")


def _plainly(log: Path) -> int:
    with sqlite3.connect(log) as connection:
        return len(connection.execute(f"SELECT {_COLUMNS} FROM request_facts_v2").fetchall())  # noqa: S608 - no input in it


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(Path(sys.argv[1]))
    else:
        main()
