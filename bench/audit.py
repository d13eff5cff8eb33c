"""`python -m bench.audit`: a thousand published reports audited as one command would.

The reports are ours in all five formats, fifty of them with figures of their own, each laid down
twenty times: a worker remembers nothing from one file to the next. Reading the same bytes plainly
is what to compare with.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from disclosure.outcomes import COLUMNS, RESULT_ROWS, ROWS, TOTAL
from reporting.annual_report import AnnualReport, Rules, assemble
from reporting.figures import Fees, Figures
from reporting.narrative import Sections
from reporting.render_docx import render_docx
from reporting.render_html import render_html
from reporting.render_json import render_json
from reporting.render_pdf import render_pdf
from reporting.render_xlsx import render_xlsx
from reporting.tables import Table3, Tables

REPORTS, DIFFERENT = 1000, 50
_GONGKAI = Path(sys.executable).with_name("gongkai")
_FORMATS: Mapping[str, Callable[[AnnualReport], bytes]] = {
    "docx": render_docx,
    "pdf": render_pdf,
    "html": render_html,
    "xlsx": render_xlsx,
    "json": render_json,
}


def main() -> None:
    """Write the reports, audit them, and say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        random_ = random.Random(1)  # noqa: S311 - data for a benchmark, not a secret
        for number in range(DIFFERENT):
            ending, render = list(_FORMATS.items())[number % len(_FORMATS)]
            content = render(_report(random_, number))
            for copy in range(REPORTS // DIFFERENT):
                Path(folder, f"{number:02}-{copy:02}.{ending}").write_bytes(content)
        plainly = _timed(lambda: [file.read_bytes() for file in Path(folder).iterdir()])
        out = ("--format", "xlsx", "--out", f"{folder}/a.xlsx")
        # Exit code 1 would be a finding; there is none to find.
        taken = _timed(lambda: subprocess.run([_GONGKAI, "audit", folder, *out], check=True))  # noqa: S603
    sys.stdout.write(
        f"{REPORTS} reports audited in {taken:.1f} s, {REPORTS / taken:.0f} a second\n"
        f" the same bytes read alone {plainly:.2f} s\n"
    )


def _report(random_: random.Random, number: int) -> AnnualReport:
    return assemble(
        agency=f"（虚构）第{number}局",
        agency_id=f"bench-{number}",
        year=2024,
        version=1,
        known_at=None,
        log_position=1,
        rules=Rules("2021-30", "2024.1"),
        figures=Figures(_tables(random_), {}, Fees(notices=5)),
        texts=Sections(),
    )


def _tables(random_: random.Random) -> Tables:
    """Return tables in which every identity holds."""
    cells = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for column in COLUMNS[:-1]:
        for row in RESULT_ROWS:
            cells[row][column] = random_.randint(0, 40)
        handled = sum(cells[row][column] for row in RESULT_ROWS)
        cells["total_handled"][column] = cells["new"][column] = handled
    for row in ROWS:
        cells[row][TOTAL] = sum(cells[row].values())
    none = Tables.zero()
    return Tables(none.table2, Table3.of(cells), none.table4)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
