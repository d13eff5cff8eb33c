"""`python -m bench.worklist`: the worklist and the search over a register of 100,000 requests.

The register is made by the import from invented lines, with what is of the last weeks still open.
Times are those of the application: from the request to the last byte, in one process, without the
network; beside them what of it the process computed, which other work on the machine does not
stretch. The plan of each query is printed below.
"""

import asyncio
import logging
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import sqlalchemy as sa
import structlog
from fastapi import FastAPI

from bench.generate import AGENCY, entry_lines
from cli.importing import Importer
from engine.parts import Parts, open_parts
from engine.settings import Settings
from eventstore import projection_tables, snapshot, writing
from people import Doer, Offices, Role
from people.office_schema import assignments
from projections import Agencies, Worklist
from web.app import create_app
from web.finding import Finding
from web.office import Office, open_office
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_query import Reach, page_query
from web.pages.worklist_rows import WorklistReader
from web.settings import WebSettings
from workdays import date_in_shanghai

REQUESTS = 100_000
CALLS = 50
OFFICES, PEOPLE = 5, 20
MASTER_KEY = "bench:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
_OPERATOR = Doer("os:bench")

PAGES = {
    "open": {},
    "mine": {"scope": "mine"},
    "office": {"scope": "office"},
    "unassigned": {"scope": "unassigned"},
    "overdue": {"due": "overdue"},
    "third party awaited": {"waits_for": "third_party"},
    "closed": {"state": "closed"},
    "all": {"state": "all"},
    "closed of mine": {"scope": "mine", "state": "closed"},
    "closed of the office": {"scope": "office", "state": "closed"},
    "granted in a year": {"state": "closed", "outcome": "granted", "year": "2024"},
    "flagged": {"state": "all", "flag": "answered_late"},
}
"""The lists that are measured, by their filters."""


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where a server's address is given."""
    keep_the_log_quiet()
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    server = sys.argv[2] if len(sys.argv) > 2 else ""  # noqa: PLR2004 - the second argument
    with tempfile.TemporaryDirectory() as folder, opened_parts(Path(folder)) as parts:
        say(f"{requests} requests imported in {_timed(lambda: filled(parts, requests)):.0f} s")
        say(f"projections folded in {_timed(parts.projector.catch_up):.0f} s")
        with open_office(parts, WebSettings()) as office:
            _measure(office)
        if server:
            with opened_parts(Path(folder) / "large", database_url=server) as large:
                _copy(parts, large)
                with open_office(large, WebSettings()) as office:
                    _measure(office)


def keep_the_log_quiet() -> None:
    """Let the pages print no line each: what is measured is printed, nothing else."""
    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)


@contextmanager
def opened_parts(folder: Path, **settings: str) -> Iterator[Parts]:
    """Open a data folder, new or kept."""
    values = {"data": folder, "master_key": MASTER_KEY, "database_synchronous": "NORMAL"}
    with open_parts(Settings.model_validate({**values, **settings})) as parts:
        yield parts


def filled(parts: Parts, requests: int) -> None:
    """Import so many invented requests of the last five years, up to today."""
    today = _today()
    lines = parts.folder.path / "lines.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for line in entry_lines(requests, range(today.year - 4, today.year + 1)):
            if line.split('"on": "', 1)[1][:10] <= today.isoformat():
                file.write(line + "\n")
    importer = Importer(
        parts.log, parts.fingerprints, parts.law(), today=_today, items_before=lambda _: 0
    )
    importer.play([lines])
    say(f"{importer.report.events} events, {len(importer.open_now)} requests open")


def _copy(source: Parts, target: Parts) -> None:
    """Bring what the pages read to the other database; the log itself is not needed for them."""
    target.projector.catch_up()
    for table in (Worklist.table, Agencies.table):
        with snapshot(source.engine) as reading, writing(target.engine) as filling:
            rows = dict(projection_tables.load_all(reading, table))
            projection_tables.write(filling, table, rows)
    with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(f"VACUUM ANALYZE {Worklist.table.name}"))


def _measure(office: Office) -> None:
    account = _staffed(office)
    token = office.people.sessions.open(account, "127.0.0.1", "oidc")
    app = create_app(office)
    say(f"\n{office.parts.engine.dialect.name}")
    _measure_finding(app, token)
    reader = WorklistReader(office.parts, office.people)
    reach = _reach(office, account)
    for name, fields in PAGES.items():
        filters = WorklistFilter(**fields)
        waited, computed = page_times(app, token, f"/worklist?{filters.narrowing()}")
        say(f"{name:22} {waited * 1000:6.0f} ms median, {computed * 1000:6.0f} ms computing")
        wanted, _ = filters.read()
        for step in reader.explain(page_query(reach, wanted, 51)):
            say(f"    {step}")


def _staffed(office: Office) -> str:
    """Give every case to one of five offices and one of twenty people; return one of these."""
    people = office.people
    offices = Offices(people.engine, people.now)
    names = [f"worker{n}" for n in range(PEOPLE)]
    for name in names:
        people.accounts.add(_OPERATOR, name, name)
        people.grants.grant(_OPERATOR, name, Role.CASE_WORKER, AGENCY)
    units = [offices.add(_OPERATOR, AGENCY, f"第{n + 1}科") for n in range(OFFICES)]
    offices.join(_OPERATOR, AGENCY, units[0], names[0])
    with office.parts.engine.connect() as connection:
        streams = list(connection.execute(sa.select(Worklist.table.c.stream)).scalars())
    # Past the trail, which would take ten times as long as all the rest.
    rows = [
        {
            "stream": stream,
            "agency": AGENCY,
            "office": units[n % OFFICES],
            "assignee": names[n % PEOPLE],
            "assigned_by": _OPERATOR.account,
            "assigned_at": people.now(),
        }
        for n, stream in enumerate(streams)
    ]
    with writing(people.engine) as connection:
        connection.execute(sa.insert(assignments), rows)
    return names[0]


def _reach(office: Office, account: str) -> Reach:
    offices = Offices(office.people.engine, office.people.now).of_account(account)
    return Reach(account, [AGENCY], offices, _today(), office.parts.law())


def page_times(app: FastAPI, token: str, path: str, calls: int = CALLS) -> tuple[float, float]:
    """Return the medians of what a page took and of what the process computed, in seconds."""

    async def run() -> tuple[float, float]:
        transport = httpx.ASGITransport(app)
        cookies = {"gongkai-session": token}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", cookies=cookies
        ) as client:
            (await client.get(path)).raise_for_status()
            waited, computed = [], []
            for _ in range(calls):
                begun, at_work = time.perf_counter(), time.process_time()
                answer = await client.get(path)
                waited.append(time.perf_counter() - begun)
                computed.append(time.process_time() - at_work)
                if answer.status_code != httpx.codes.OK:
                    raise RuntimeError(f"{path}: {answer.status_code}")
            return statistics.median(waited), statistics.median(computed)

    return asyncio.run(run())


def _measure_finding(app: FastAPI, token: str) -> None:
    """Measure the search, and let it be ready: while it reads, pages are slower."""
    before = _memory()
    beside: list[float] = []

    def build() -> None:
        while not (hasattr(app.state, "finding") and app.state.finding.wait(0.2)):
            beside.append(page_times(app, token, "/worklist", calls=1)[0])

    seconds = _timed(build)
    finding: Finding = app.state.finding
    say(
        f"texts of {len(finding)} cases: {seconds:.1f} s, {_memory() - before:.0f} MiB more;"
        f" pages meanwhile {statistics.median(beside) * 1000:.0f} ms"
    )
    for name, work in (
        ("number", lambda: finding.search([AGENCY], "B-099", 100)),
        ("two words", lambda: finding.search([AGENCY], "文件 7777", 100)),
        ("nothing", lambda: finding.search([AGENCY], "没有这样的词", 100)),
        ("similar", lambda: finding.similar(AGENCY, "申请公开第 77777 号文件及其附件", 10)),
    ):
        times = [_timed(work) for _ in range(10)]
        say(f"{name:22} {statistics.median(times) * 1000:6.0f} ms median")


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _memory() -> float:
    """Return the memory this process holds now, in MiB; as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def _today() -> date:
    return date_in_shanghai(datetime.now(UTC))


def say(words: str) -> None:
    """Print at once."""
    print(words, flush=True)  # noqa: T201 - a benchmark talks


if __name__ == "__main__":
    main()
