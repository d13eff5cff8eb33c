"""Who may what where: roles, agencies, the supervisor's subtree, the trail of actions."""

import pytest
from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

import web.app
from people import Act, Role, TrailQuery
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, Clock, add_person
from tests.web.readers import Reader
from web.access import Signed, may, may_read
from web.agencies import Agencies, Agency
from web.area import Area
from web.office import Office
from web.pages import AREAS

router = APIRouter()


@router.get("/probe/{agency}", dependencies=[Depends(may_read)], summary="查看")
def probe(agency: str) -> Response:
    """Stand for a page about an agency."""
    return PlainTextResponse(agency)


@router.post(
    "/probe/{agency}",
    dependencies=[Depends(may(Role.CASE_WORKER, Role.REVIEWER))],
    summary="办理试验事项",
)
def act(agency: str) -> Response:
    """Stand for an action in an agency."""
    return PlainTextResponse(agency)


@router.post(
    "/probe/{agency}/extension",
    dependencies=[Depends(may(Role.DISCLOSURE_HEAD))],
    summary="同意延期",
)
def extend(agency: str) -> Response:
    """Stand for what the head of the disclosure body alone may do."""
    return PlainTextResponse(agency)


@router.get("/probe/{agency}/person", dependencies=[Depends(may_read)], summary="查看申请人")
def person(request: Request, visit: Signed, agency: str) -> Response:
    """Stand for a page that shows personal data."""
    visit.reads(f"case/{agency}/1")
    return PlainTextResponse(request.url.path)


@pytest.fixture
def probed(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office with pages about agencies."""
    monkeypatch.setattr(web.app, "AREAS", (*AREAS, Area(router)))
    add_person(office, "supervisor", (Role.SUPERVISOR, CITY))
    add_person(office, "reviewer", (Role.REVIEWER, CITY), (Role.REVIEWER, TOWN))
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    add_person(office, "nobody")
    return office


@pytest.mark.parametrize(
    ("who", "sees", "acts", "extends"),
    [
        ("worker", {COMMERCE}, {COMMERCE}, set()),
        ("reviewer", {CITY, TOWN}, {CITY, TOWN}, set()),
        ("head", {COMMERCE}, set(), {COMMERCE}),
        ("supervisor", {CITY, COMMERCE}, set(), set()),
        ("nobody", set(), set(), set()),
        ("admin", set(), set(), set()),
        ("security", set(), set(), set()),
        ("auditor", set(), set(), set()),
    ],
)
def test_each_role_reaches_its_own_agencies_and_a_supervisor_reads_what_is_below(
    probed: Office, who: str, sees: set[str], acts: set[str], extends: set[str]
) -> None:
    with Reader(probed) as reader:
        reader.sign_in(who)
        for agency in (CITY, COMMERCE, TOWN, "unknown"):
            reached = reader.get(f"/probe/{agency}").status_code
            assert reached == (200 if agency in sees else 403), agency
            done = reader.post(f"/probe/{agency}").status_code
            assert done == (200 if agency in acts else 403), agency
            granted = reader.post(f"/probe/{agency}/extension").status_code
            assert granted == (200 if agency in extends else 403), agency


def test_every_action_of_a_page_is_in_the_trail_without_its_author_thinking_of_it(
    probed: Office,
) -> None:
    with Reader(probed) as reader:
        reader.sign_in("worker")
        reader.post(f"/probe/{COMMERCE}")
        reader.post(f"/probe/{TOWN}")
    refused, done, *_ = probed.people.trail.read(TrailQuery(account="worker"))
    assert (done.kind, done.words, done.object) == ("act", "办理试验事项", f"/probe/{COMMERCE}")
    assert done.success
    assert (refused.object, refused.success) == (f"/probe/{TOWN}", False)


def test_personal_data_is_not_shown_before_the_reading_is_written_down(probed: Office) -> None:
    with Reader(probed) as reader:
        reader.sign_in("worker")
        assert reader.get(f"/probe/{COMMERCE}/person").status_code == 200
        (entry, *_) = probed.people.trail.read(TrailQuery(account="worker"))
        assert (entry.kind, entry.object) == (Act.PERSONAL_DATA_READ, f"case/{COMMERCE}/1")
        with probed.people.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE trail_head RENAME TO trail_gone")
        answer = reader.get(f"/probe/{COMMERCE}/person")
    assert answer.status_code == 500
    assert COMMERCE not in answer.text


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(probed: Office) -> None:
    with Reader(probed) as reader:
        reader.sign_in("worker")
        assert reader.get(f"/probe/{COMMERCE}").status_code == 200
        probed.people.grants.revoke(OPERATOR, "worker", Role.CASE_WORKER, COMMERCE)
        assert reader.get(f"/probe/{COMMERCE}").status_code == 403


def test_a_menu_shows_what_its_reader_may_open(probed: Office) -> None:
    shown = {}
    for who in ("admin", "security", "auditor", "worker"):
        with Reader(probed) as reader:
            reader.sign_in(who)
            text = reader.get("/").text
            shown[who] = [
                path for path in ("/accounts", "/grants", "/trail") if f'"{path}"' in text
            ]
    assert shown == {
        "admin": ["/accounts"],
        "security": ["/grants"],
        "auditor": ["/trail"],
        "worker": [],
    }


def test_a_circle_of_superiors_ends() -> None:
    known = Agencies({"a": Agency("a", "甲", "b"), "b": Agency("b", "乙", "a")})
    assert known.with_superiors("a") == ["a", "b"]


def test_what_an_ended_session_did_not_do_is_no_success_in_the_trail(
    probed: Office, clock: Clock
) -> None:
    with Reader(probed) as reader:
        reader.sign_in("worker")
        clock.move(minutes=31)
        assert reader.post(f"/probe/{COMMERCE}").status_code == 303
    (entry, *_) = probed.people.trail.read(TrailQuery(kind="act"))
    assert not entry.success


def test_what_somebody_was_refused_is_in_the_trail_where_a_page_keeps_its_own(
    probed: Office,
) -> None:
    with Reader(probed) as reader:
        reader.sign_in("worker")
        wrong = {"old": "Not-the-one-7", "password": "Another-word-1", "again": "Another-word-1"}
        assert reader.post("/account/password", **wrong).status_code == 422
    (entry, *_) = probed.people.trail.read(TrailQuery(account="worker"))
    assert (entry.kind, entry.words, entry.success) == ("change_password", "修改密码", False)
