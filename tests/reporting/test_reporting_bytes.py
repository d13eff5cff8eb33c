import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings

from reporting.annual_report import AnnualReport
from reporting.render import render
from reporting.render_json import render_json
from reporting.tables import Tables
from reporting.trends import Trends
from tests.reporting.report_makers import ANY_TABLES, a_report, city

ROOT = Path(__file__).parents[2]
TRENDS = Trends(tuple(range(12)), {2022: (7, 5), 2023: (20, 21), 2024: (66, 60)})
FILES = ["report.json", "report.docx", "report.pdf", "report.html", "report.xlsx"]
SCRIPT = """
import tests.reporting.another_day
from datetime import UTC, date, datetime
print("day", date.today().isoformat(), datetime.now(UTC).date().isoformat())
from tests.reporting.test_reporting_bytes import digests
for name, digest in digests().items():
    print(name, digest)
"""


def digests() -> dict[str, str]:
    files = render(a_report(city()), TRENDS)
    return {name: hashlib.sha256(file).hexdigest() for name, file in files.items()}


def test_the_same_report_gives_the_same_bytes_on_any_machine_on_another_day() -> None:
    surroundings = {
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "86400",
        "LANG": "de_DE.UTF-8",
        "PYTHONPATH": str(ROOT),
    }
    elsewhere = subprocess.run(  # noqa: S603 - this interpreter, on the lines above
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    day, *lines = elsewhere.stdout.splitlines()
    next_year = datetime.now(UTC).date() + timedelta(days=365)
    assert all(date.fromisoformat(said) > next_year for said in day.split()[1:])
    told = dict(line.split() for line in lines)
    assert told == digests()
    assert list(told) == FILES


@settings(max_examples=2)
@given(ANY_TABLES)
def test_a_report_read_back_from_its_json_renders_to_the_same_files(tables: Tables) -> None:

    report = a_report(tables)
    again = AnnualReport.from_json(json.loads(render_json(report)))
    assert render(again, TRENDS) == render(report, TRENDS)


def test_trends_change_what_is_drawn_and_nothing_that_is_counted() -> None:
    plain, drawn = render(a_report(city())), render(a_report(city()), TRENDS)
    changed = {name for name in FILES if plain[name] != drawn[name]}
    assert changed == {"report.pdf", "report.html"}
