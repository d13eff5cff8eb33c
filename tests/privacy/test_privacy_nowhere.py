"""Personal data goes through every command and can be read nowhere but in `show --reveal`."""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from temporalio.client import Client

from tests.cli.entries import AGENCY, Line, agency, days_ago, fact, register, write
from tests.cli.stranger import Finished, Gongkai
from tests.privacy.planted import APPLICANT, NAME, PLANTED, forms, found

CASE = "现场-1"
IMPORTED, WITHDRAWN, OPEN = "导入-1", "导入-2", "导入-4"
MISTAKE_SAID = "程序出错（ValueError）"


@dataclass
class Traces:
    """Everything the office left behind, by place."""

    gongkai: Gongkai
    places: dict[str, bytes] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, finished: Finished) -> Finished:
        """Keep what a command said."""
        self.places[f"{name}: stdout"] = finished.out.encode()
        self.places[f"{name}: stderr"] = finished.err.encode()
        self.codes[name] = finished.code
        return finished

    def keep_folder(self, when: str, folder: Path) -> None:
        """Keep the content of every file, as it lies there now."""
        for path in folder.rglob("*"):
            if path.is_file():
                self.places[f"{when}: {path.relative_to(folder)}"] = path.read_bytes()


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Traces:
    """Live through an office's day, with every personal field filled, and keep all traces."""
    folder = tmp_path_factory.mktemp("privacy")
    traces = Traces(Gongkai(folder / "data", GONGKAI_LOG_LEVEL="DEBUG"))
    gongkai = traces.gongkai
    entries = write(folder / "entries.jsonl", *_entry_lines())
    mistaken = [sys.executable, "-m", "tests.privacy.mistaken_serve"]
    traces.keep("import", gongkai("import", entries))
    with gongkai.serving(mistaken, GONGKAI_LOG_FORMAT="json") as served:
        _live(traces, folder)
        note = json.loads((gongkai.data / "engine.lock").read_text("utf-8"))
        traces.places |= asyncio.run(_as_the_engine_has_it(note["address"]))
        traces.keep_folder("data while it runs", gongkai.data)
    traces.keep_folder("data at rest", gongkai.data)
    traces.keep_folder("report", folder / "report")
    traces.places["serve: stdout"] = served.words.read_bytes()
    traces.places["serve: stderr"] = served.logged.read_bytes()
    return traces


def _entry_lines() -> list[Line]:
    texts = PLANTED
    who = {"type": "natural_person", **APPLICANT}
    whole = {"applicant": who, "description": texts["description"], "form": texts["form"]}
    note = {"note": texts["note"]}
    return [
        agency(),
        register(IMPORTED, "2024-03-04", **whole, **note),
        fact("request_correction", IMPORTED, "2024-03-06", points=texts["points"], **note),
        fact("receive_correction", IMPORTED, "2024-03-11", description=texts["corrected"]),
        fact("extend", IMPORTED, "2024-03-12", reason=texts["reason"], approved_by="负责人"),
        fact("decide", IMPORTED, "2024-03-20", outcome="partial", grounds=texts["grounds"], **note),
        fact("deliver", IMPORTED, "2024-03-21", method="other", **note),
        register(WITHDRAWN, "2024-03-04", **whole),
        fact("withdraw", WITHDRAWN, "2024-03-06", reason=texts["reason"], **note),
        register(OPEN, days_ago(2), **whole),
        # Lines that are rejected, and quote a person in every way a line can.
        register("导入-3", "2024-02-30", **whole),
        register("导入-3", days_ago(2), **whole) | {"channel": NAME},
        register("导入-3", days_ago(2), **whole) | {NAME: NAME},
        register("导入-3", days_ago(2), **whole) | {"applicant": NAME},
        fact("decide", OPEN, days_ago(9), outcome="granted", grounds=texts["grounds"]),
    ]


def _live(traces: Traces, folder: Path) -> None:
    """Carry requests by command line: accepted, refused, and met by a mistake of ours."""
    texts = PLANTED

    def request(name: str, verb: str, case: str, *options: str, stdin: str = "") -> None:
        whose = ("request", verb, "--agency", AGENCY, "--case", case)
        traces.keep(name, traces.gongkai(*whose, *options, stdin=stdin))

    applicant = json.dumps({"type": "natural_person", **APPLICANT})
    note = ("--note", texts["note"])
    receipt: tuple[str, ...] = (
        "--channel",
        "in_person",
        "--on",
        days_ago(5),
        "--applicant",
        "-",
        *note,
    )
    receipt += ("--description", texts["description"], "--form", texts["form"])
    early = ("--on", days_ago(9))
    request("register", "register", CASE, *receipt, stdin=applicant)
    request("register, refused", "register", CASE, *receipt, *early, stdin=applicant)
    request("ask", "request-correction", CASE, "--points", texts["points"], *note)
    request("corrected", "receive-correction", CASE, "--description", texts["corrected"])
    extension = ("--reason", texts["reason"], "--approved-by", "负责人")
    request("extend, met by a mistake", "extend", CASE, *extension, *note)
    request("withdraw, refused", "withdraw", CASE, "--reason", texts["reason"], *early)
    request("decide", "decide", CASE, "--outcome", "partial", "--grounds", texts["grounds"])
    request("deliver", "deliver", CASE, "--method", "other", *note)

    gongkai = traces.gongkai
    whose = ("--agency", AGENCY, "--case", CASE)
    traces.keep("show", gongkai("show", *whose))
    traces.keep("list", gongkai("request", "list", "--agency", AGENCY, "--all"))
    report = ("report", "--agency", AGENCY, "--year", 2024, "--out", folder / "report", "--publish")
    traces.keep("report", gongkai(*report))


async def _as_the_engine_has_it(address: str) -> dict[str, bytes]:
    """Return history and description of every workflow, undecoded, as its web pages show them."""
    client = await Client.connect(address)
    places = {}
    async for execution in client.list_workflows():
        handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
        history = await handle.fetch_history()
        description = await handle.describe()
        name = f"workflow {execution.id} {execution.run_id}"
        places[f"{name}: history"] = b"".join(e.SerializeToString() for e in history.events)
        places[f"{name}: history as JSON"] = history.to_json().encode()
        places[f"{name}: description"] = description.raw_description.SerializeToString()
        places[f"{name}: listed"] = execution.raw_info.SerializeToString()
    return places


def test_no_planted_text_can_be_read_anywhere(traces: Traces) -> None:
    assert found(traces.places) == []


def test_the_places_searched_are_those_where_it_could_be(traces: Traces) -> None:
    places = " ".join(traces.places)
    for place in (
        "data while it runs: gongkai.db-wal",
        "data while it runs: temporal.db-wal",
        "data at rest: gongkai.db",
        "data at rest: temporal.db",
        "data at rest: temporal.log",
        "data at rest: keys/master-1.key",
        "data at rest: files/",
        "report: report.json",
        f"workflow case/{AGENCY}/{CASE} ",
        f"workflow case/{AGENCY}/{OPEN} ",
        f"workflow report/{AGENCY}/2024 ",
    ):
        assert place in places
    history = b"".join(content for name, content in traces.places.items() if "history" in name)
    assert b"binary/encrypted" in history


def test_the_day_went_as_planned(traces: Traces) -> None:
    failed = {name for name, code in traces.codes.items() if code}
    refused = {name for name in traces.codes if "refused" in name or "mistake" in name}
    assert failed == refused | {"import"}
    assert MISTAKE_SAID in traces.places["extend, met by a mistake: stderr"].decode()
    logged = traces.places["serve: stderr"]
    assert b'"level": "debug"' in logged
    assert b"RuntimeError" in logged


def test_whoever_may_read_it_is_shown_every_planted_text(traces: Traces) -> None:
    shown = traces.gongkai.done(
        *("show", "--agency", AGENCY, "--case", IMPORTED, "--reveal"), COLUMNS="200"
    )
    assert [field for field, text in PLANTED.items() if text not in shown] == []


@pytest.mark.parametrize(
    "encoded",
    [
        *(content for _, content in forms(f"前{NAME}后")),
        json.dumps({"of": {"whom": NAME}}).encode(),
        repr({"whom": NAME.encode()}).encode(),
    ],
)
def test_the_search_finds_a_name_in_each_form_and_in_any_surroundings(encoded: bytes) -> None:
    assert {(place, field) for place, field, _ in found({"here": encoded})} == {("here", "name")}
