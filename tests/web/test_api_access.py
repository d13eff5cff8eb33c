"""Who may call what: tokens, scopes, agencies, how often; and that each call is written down."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from people import Clients, Scope, TrailQuery
from tests.web.api_programs import HOME, Program, problem, token_for
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, Clock
from tests.web.readers import Reader
from web.api import MOUNTED_AT, create_api
from web.api.limits import Limits
from web.api.settings import ApiSettings
from web.office import Office

READS = (
    "/agencies",
    "/agencies/{agency}",
    "/agencies/{agency}/requests",
    "/agencies/{agency}/proceedings",
    "/agencies/{agency}/figures/2024",
    "/agencies/{agency}/figures/2024/cells/new.total",
    "/agencies/{agency}/reports",
    "/agencies/{agency}/reports/2024",
    "/events",
)
FACT = {"do": "record_decisions", "on": "2024-05-01", "kind": "permits", "count": 1}
AGENCY = {"do": "register_agency", "on": "2024-05-01", "name": "新设机关"}


@pytest.fixture
def program(office: Office) -> Iterator[Program]:
    """Give a program that reads one agency."""
    with Program(office, token_for(office, Scope.READ, name="reader")) as program:
        yield program


def test_nobody_comes_in_without_a_token_and_not_with_a_wrong_one(office: Office) -> None:
    for token in (None, "gk_none", "a b c"):
        with Program(office, token) as stranger:
            for path in (*READS, "/calendar", "/nothing/there"):
                answer = stranger.get(path.format(agency=COMMERCE))
                assert problem(answer) == (401, "unauthenticated"), path
                assert answer.headers["www-authenticate"] == "Bearer"


def test_a_session_of_the_pages_opens_nothing_here(office: Office) -> None:
    with Reader(office) as reader:
        reader.sign_in("worker")
        path = f"{MOUNTED_AT}/agencies/{COMMERCE}/requests"
        assert problem(reader.get(path)) == (401, "unauthenticated")


def test_a_token_that_has_ended_opens_nothing_and_its_use_is_written_down(
    office: Office, clock: Clock, program: Program
) -> None:
    assert program.get("/agencies").status_code == 200
    Clients(office.people.engine, clock).revoke(OPERATOR, "reader")
    assert problem(program.get("/agencies")) == (401, "unauthenticated")
    (entry, *_) = office.people.trail.read(TrailQuery(account="client:reader"))
    assert (entry.words, entry.success, entry.address) == ("接口令牌已失效", False, "192.0.2.9")


@pytest.mark.parametrize("path", READS)
def test_reading_needs_the_scope_and_an_agency_the_token_is_for(office: Office, path: str) -> None:
    with Program(office, token_for(office, Scope.READ)) as reader:
        assert reader.get(path.format(agency=COMMERCE)).status_code == 200
        if "{agency}" in path:
            for other in (CITY, "unknown"):
                answer = reader.get(path.format(agency=other))
                assert problem(answer) == (403, "out-of-reach")
    with Program(office, token_for(office, Scope.WRITE)) as writer:
        answer = writer.get(path.format(agency=COMMERCE))
        assert (problem(answer), answer.json()["code"]) == ((403, "scope-missing"), "read")


@pytest.mark.parametrize(
    ("fact", "scope"), [(FACT, "report"), (AGENCY, "admin"), ({**FACT, "do": "withdraw"}, "write")]
)
def test_each_kind_of_fact_needs_its_scope(
    office: Office, fact: dict[str, object], scope: str
) -> None:
    if fact["do"] == "withdraw":
        fact = {"do": "withdraw", "on": "2024-05-01", "case": "1"}
    others = [each for each in Scope if each.value != scope]
    with Program(office, token_for(office, *others)) as program:
        answer = program.say(fact, "some-key-1")
        assert (problem(answer), answer.json()["code"]) == ((403, "scope-missing"), scope)


def test_lists_and_events_hold_only_the_agencies_of_the_token(office: Office) -> None:
    with Program(office, token_for(office, Scope.READ, agencies=(COMMERCE, TOWN))) as program:
        listed = {each["agency"] for each in program.get("/agencies").json()["items"]}
        told = {each["stream"] for each in program.get("/events").json()["events"]}
    assert listed == {COMMERCE, TOWN}
    assert told == {f"agency/{COMMERCE}", f"agency/{TOWN}"}
    with Program(office, token_for(office, Scope.READ, agencies=("*",))) as program:
        assert len(program.get("/agencies").json()["items"]) == 3


def test_every_call_is_in_the_trail_done_or_not(office: Office, program: Program) -> None:
    program.get(f"/agencies/{COMMERCE}/requests")
    program.get(f"/agencies/{CITY}/requests")
    program.get("/nothing/there")
    nowhere, refused, done = office.people.trail.read(TrailQuery(account="client:reader"))
    path = f"GET {MOUNTED_AT}/agencies/{COMMERCE}/requests"
    assert (done.object, done.words, done.success) == (path, "接口：查询申请台账", True)
    assert (refused.kind, refused.success) == ("api_list_requests", False)
    assert (nowhere.words, nowhere.success) == ("接口：无此功能", False)


def test_nothing_is_answered_that_cannot_be_written_down(office: Office, program: Program) -> None:
    with office.people.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE trail_head RENAME TO trail_gone")
    with capture_logs():
        answer = program.get(f"/agencies/{COMMERCE}/requests")
    assert answer.status_code == 500
    assert "items" not in answer.text


def test_a_program_that_calls_too_often_is_told_when_to_come_again(office: Office) -> None:
    with Program(office, token_for(office, per_minute=2)) as eager:
        assert [eager.get("/calendar").status_code for _ in range(3)] == [200, 200, 429]
        answer = eager.get("/calendar")
        assert problem(answer) == (429, "too-many-calls")
        assert 1 <= int(answer.headers["retry-after"]) <= 30
    with Program(office, token_for(office, per_minute=2)) as other:
        assert other.get("/calendar").status_code == 200


def test_a_bucket_fills_as_steadily_as_it_may_be_emptied() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    assert [limits.wait_of("a", 60) for _ in range(60)] == [0] * 60
    assert limits.wait_of("a", 60) == 1
    now = 1.0
    assert limits.wait_of("a", 60) == 0
    assert limits.wait_of("a", 60) == 1
    now = 3600.0
    assert [limits.wait_of("a", 60) for _ in range(60)] == [0] * 60
    assert limits.wait_of("a", 60) == 1


def test_what_is_wrong_with_an_address_or_a_method_is_a_problem_too(program: Program) -> None:
    assert problem(program.get("/nothing/there")) == (404, "not-found")
    wrong = program.send("DELETE", f"/agencies/{COMMERCE}/requests")
    assert problem(wrong) == (405, "wrong-method")
    assert wrong.headers["allow"] == "GET"
    year = program.get(f"/agencies/{COMMERCE}/figures/1990")
    assert problem(year) == (422, "invalid")
    assert year.json()["errors"][0]["parameter"] == "year"
    broken = program.send(
        "POST", "/calculators/deadline", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert problem(broken) == (422, "invalid")
    deep = program.send(
        "POST",
        "/calculators/deadline",
        content=b'{"received_on":' + b"[" * 100_000,
        headers={"Content-Type": "application/json"},
    )
    assert problem(deep)[0] in {400, 422}


def test_without_an_engine_a_command_is_told_to_come_again(office: Office) -> None:
    with Program(office, token_for(office, Scope.WRITE)) as program:
        answer = program.say({"do": "withdraw", "on": "2024-05-01", "case": "1"}, "some-key-1")
    assert problem(answer) == (503, "engine-away")
    assert int(answer.headers["retry-after"]) > 0


def test_a_command_without_a_key_is_refused(office: Office) -> None:
    with Program(office, token_for(office, Scope.REPORT)) as program:
        for headers in (
            {},
            {"Idempotency-Key": "short"},
            {"Idempotency-Key": "钥匙钥匙钥匙钥匙".encode()},
        ):
            answer = program.send(
                "POST", f"/agencies/{COMMERCE}/commands", json=FACT, headers=headers
            )
            assert problem(answer) == (422, "invalid")
            assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


def test_two_programs_may_use_the_same_key(office: Office) -> None:
    counts = []
    for _ in range(2):
        with Program(office, token_for(office, Scope.REPORT, Scope.READ)) as program:
            assert program.say(FACT, "the-same-key").json()["already_recorded"] is False
            figures = program.get(f"/agencies/{COMMERCE}/figures/2024").json()
            counts.append(figures["table2"]["permits"])
    assert counts == [1, 2]


def test_browsers_of_other_sites_are_let_in_only_by_a_setting(
    office: Office, program: Program
) -> None:
    ours, others = "https://portal.example", "https://elsewhere.example"
    plain = program.send("OPTIONS", "/calendar", headers=_preflight(ours))
    assert "access-control-allow-origin" not in plain.headers
    api = create_api(office, ApiSettings.model_validate({"api_origins": ours}))
    with Program(office, None, api) as browser:
        allowed = browser.send("OPTIONS", "/calendar", headers=_preflight(ours))
        assert allowed.headers["access-control-allow-origin"] == ours
        refused = browser.send("OPTIONS", "/calendar", headers=_preflight(others))
        assert "access-control-allow-origin" not in refused.headers


def _preflight(origin: str) -> dict[str, str]:
    return {"Origin": origin, "Access-Control-Request-Method": "GET"}


def test_the_description_and_the_health_are_public_and_everything_else_is_not(
    office: Office,
) -> None:
    with Program(office, None) as stranger:
        assert stranger.get("/openapi.json").json()["openapi"].startswith("3.1")
        assert stranger.get("/docs").status_code == 200
        assert stranger.get("/health").json()["engine"] == "none"
        assert stranger.get("/docs/").status_code == 401
        assert stranger.send("GET", f"{HOME}/docs").status_code == 404
