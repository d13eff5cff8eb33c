"""Reading through the interface: pages of registers, figures and their origin, events, sums."""

import io
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from disclosure.agency_commands import RecordDecisions
from disclosure.event import Event
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_events import RequestDecided, RequestRegistered
from engine.agency_entry import record_of_agency
from engine.parts import Parts
from people import Scope
from records import Write
from tests.web.api_programs import Program, problem, token_for
from tests.web.offices import COMMERCE
from web.api import events
from web.office import Office

REGISTER = f"/agencies/{COMMERCE}/requests"
CASES = [f"2024-{n:03}" for n in range(1, 8)] + ["甲/一"]


@pytest.fixture
def cases(parts: Parts) -> Parts:
    """Give a log with eight requests, every second one decided."""
    for n, case in enumerate(CASES):
        received = date(2024, 3, 4 + n)
        registered = RequestRegistered(
            on=received,
            channel="fax" if n % 2 else "in_person",
            applicant_type=ApplicantType.BUSINESS if n % 2 else ApplicantType.NATURAL_PERSON,
            received_on=received,
            description="请公开采购合同",
        )
        decided = RequestDecided(on=date(2024, 3, 20), outcome=Outcome.GRANTED)
        written: list[Event] = [registered, decided] if n % 2 else [registered]
        parts.log.write(Write(f"case/{COMMERCE}/{case}", 0, "entry", "张三", written))
    parts.projector.catch_up()
    return parts


@pytest.fixture
def program(cases: Parts, office: Office) -> Iterator[Program]:
    """Give a program that reads the agency of these requests."""
    assert cases is office.parts
    with Program(office, token_for(office, Scope.READ)) as program:
        yield program


def test_the_register_is_read_page_by_page_without_a_gap_or_a_repetition(program: Program) -> None:
    seen: list[str] = []
    after: dict[str, Any] = {}
    for _ in range(4):
        page = program.get(REGISTER, limit=3, **after).json()
        seen += [row["case"] for row in page["items"]]
        after = {"after": page["next_after"]}
        if page["next_after"] is None:
            break
    assert seen == sorted(CASES)


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        ({"closed": "true"}, 4),
        ({"closed": "false"}, 4),
        ({"stage": "closed", "channel": "fax"}, 4),
        ({"outcome": "granted"}, 4),
        ({"outcome": "partial"}, 0),
        ({"applicant_type": "natural_person"}, 4),
        ({"received_from": "2024-03-06", "received_to": "2024-03-07"}, 2),
        ({"overdue": "true"}, 0),
    ],
)
def test_the_register_is_narrowed_by_what_is_asked(
    program: Program, narrowing: dict[str, str], found: int
) -> None:
    assert len(program.get(REGISTER, **narrowing).json()["items"]) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "0"},
        {"limit": "501"},
        {"stage": "somewhere"},
        {"received_from": "20240306"},
        {"after": "a\x00b"},
    ],
)
def test_a_wrong_parameter_is_named(program: Program, wrong: dict[str, str]) -> None:
    answer = program.get(REGISTER, **wrong)
    assert problem(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["parameter"] == next(iter(wrong))


def test_a_reference_with_a_slash_is_found(program: Program) -> None:
    assert program.get(f"{REGISTER}/甲/一").json()["case"] == "甲/一"
    assert program.get(f"{REGISTER}/甲%2F一").json()["case"] == "甲/一"
    assert problem(program.get(f"{REGISTER}/甲")) == (404, "not-found")


def test_figures_are_those_of_the_tables_and_every_figure_leads_to_its_cases(
    program: Program,
) -> None:
    at = f"/agencies/{COMMERCE}/figures/2024"
    figures = program.get(at).json()
    assert figures["table3"]["new"]["total"] == 8
    assert figures["table3"]["granted"]["business"] == 4
    found = program.get(f"{at}/cells/new.business").json()
    assert (found["value"], len(found["sources"])) == ("4", 4)
    assert found["sources"][0]["events"][0]["type"] == "request_registered"
    first = program.get(f"{at}/cells/new", limit=5).json()
    rest = program.get(f"{at}/cells/new", limit=5, after=first["next_after"]).json()
    names = [source["name"] for source in (*first["sources"], *rest["sources"])]
    assert (sorted(names), rest["next_after"]) == (sorted(CASES), None)
    assert problem(program.get(f"{at}/cells/nothing.total")) == (404, "not-found")


def test_figures_are_given_as_they_were_known_at_a_moment(program: Program) -> None:
    at = f"/agencies/{COMMERCE}/figures/2024"
    now = program.get(at, known_at=datetime.now(UTC).isoformat()).json()
    assert now["table3"]["new"]["total"] == 8
    before = program.get(at, known_at="2020-01-01T00:00:00+08:00")
    assert problem(before) == (404, "not-found")
    for wrong in ("2020-01-01", "1577836800", "2020-01-01T00:00:00"):
        assert problem(program.get(at, known_at=wrong)) == (422, "invalid")


def test_events_come_in_order_in_portions_and_without_personal_data(program: Program) -> None:
    seen: list[int] = []
    position, more = 0, True
    while more:
        page = program.get("/events", after=position, limit=4).json()
        seen += [event["position"] for event in page["events"]]
        position, more = page["position"], page["more"]
        assert "采购合同" not in str(page)
    assert seen == sorted(set(seen))
    assert len(seen) == 1 + 12
    assert position == program.get("/events", after=position).json()["position"]


def test_a_reader_past_the_events_of_others_moves_on(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_LOOKED_AT", 1)
    first = program.get("/events").json()
    assert (first["events"], first["position"], first["more"]) == ([], 1, True)


def test_a_waiting_reader_is_answered_as_soon_as_something_is_recorded(
    program: Program, cases: Parts
) -> None:
    head = cases.store.head()
    fact = RecordDecisions(agency=COMMERCE, on=date(2024, 5, 1), kind="permits", count=1)
    later = threading.Timer(0.3, record_of_agency, (cases.log, "later", fact, date(2026, 1, 1)))
    later.start()
    try:
        page = program.get("/events", after=head, wait=30).json()
    finally:
        later.join()
    assert [event["type"] for event in page["events"]] == ["decisions_recorded"]


def test_readers_beyond_those_that_may_wait_are_answered_at_once(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(events, "_WAITING", taken)
    assert program.get("/events", after=10_000, wait=30).json()["events"] == []


def test_the_calculators_give_the_steps_of_their_results(program: Program) -> None:
    deadline = program.send(
        "POST",
        "/calculators/deadline",
        json={
            "received_on": "2024-01-02",
            "consultations": [{"sent_on": "2024-01-05", "answered_on": "2024-01-12"}],
            "extended_working_days": 5,
        },
    ).json()
    counted = [day for day in deadline["ledger"] if day["counted"]]
    assert len(counted) == 25
    assert counted[-1]["date"] == deadline["due_on"]
    fee = program.get("/calculators/fee", mode="pages", quantity=120).json()
    assert fee["amount_yuan"] == str(70 * 10 + 20 * 20)
    assert fee["steps"][1] == {"from": 31, "to": 100, "each_yuan": "10", "amount_yuan": "700"}
    days = program.get("/calendar/days", first="2024-10-01", count=12).json()["days"]
    assert [day["date"] for day in days if day["workday"]] == [
        *("2024-10-08", "2024-10-09", "2024-10-10", "2024-10-11", "2024-10-12")
    ]
    assert program.get("/calendar").json()["notices"]


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({"received_on": "1999-12-31"}, "#/received_on"),
        ({"received_on": "2024-01-02", "paid_on": ["2024-01-01"]}, "#/paid_on/0"),
        (
            {
                "received_on": "2024-01-02",
                "consultations": [{"sent_on": "2024-01-05", "answered_on": "2024-01-04"}],
            },
            "#/consultations/0/answered_on",
        ),
    ],
)
def test_facts_out_of_order_are_refused_by_the_calculator(
    program: Program, question: dict[str, Any], pointer: str
) -> None:
    answer = program.send("POST", "/calculators/deadline", json=question)
    assert (problem(answer), answer.json()["pointer"]) == ((409, "refused"), pointer)


def test_a_report_that_is_sent_in_is_audited_and_an_unreadable_file_refused(
    program: Program,
) -> None:
    tables = program.get(f"/agencies/{COMMERCE}/figures/2024").content
    wrong = tables.replace(b'"total":8', b'"total":9', 1)
    findings = _audited(program, "report.json", wrong)["findings"]
    assert any(each["rule"] == "t3.total" for each in findings)
    refused = program.send("POST", "/audits", files={"file": ("../a.pdf", io.BytesIO(b"%PDF-1"))})
    assert problem(refused) == (422, "unreadable-file")


def test_a_government_sees_whose_reports_are_missing(office: Office) -> None:
    with Program(office, token_for(office, agencies=("*",))) as program:
        found = program.get("/agencies/baoding/rollups/2024").json()
        assert (found["complete"], found["missing"]) == (False, ["baoding", COMMERCE])
        alone = program.get(f"/agencies/{COMMERCE}/rollups/2024")
        assert problem(alone) == (404, "not-found")
        file = program.get("/agencies/baoding/rollups/2024/versions/1/files/report.pdf")
        assert problem(file) == (404, "not-found")


def test_a_fault_of_ours_says_nothing_of_the_place(
    program: Program, cases: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.cases.register_document", lambda row: row["none"])
    with capture_logs():
        answer = program.get(REGISTER)
    assert problem(answer) == (500, "internal")
    assert "KeyError" not in answer.text
    assert str(cases.folder.path) not in answer.text


def _audited(program: Program, name: str, content: bytes) -> Any:
    return program.send("POST", "/audits", files={"file": (name, content)}).json()
