"""What the pages promise, each promise beside the tests that keep it; and those no other room has.

Refused means three things here, always together: the answer says so, the trail has it, and the log
of facts is where it was.
"""

import ast
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from people import Role, TrailQuery
from tests.web.case_desks import TODAY, Desk, client_of_a_lost_engine, marks, running_engine, staff
from tests.web.intake_desks import AT, send_files, zip_bomb
from tests.web.offices import (
    COMMERCE,
    TOWN,
    Clock,
    add_person,
    opened_office,
    opened_parts,
    web_settings,
)
from tests.web.readers import HOME, Reader
from web.office import Office
from web.pages import AREAS

HERE = Path(__file__).parent
KEPT_BY = {
    "a whole request from a paper letter to archive; correction": [
        (
            "test_acceptance_journey",
            "test_a_letter_goes_from_the_desk_to_the_archive_by_keyboard_alone",
        ),
        (
            "test_request_page_journey",
            "test_a_paper_request_goes_by_correction_and_clearance_to_the_archive",
        ),
    ],
    "lapse": [
        (
            "test_acceptance_journey",
            "test_a_correction_that_never_comes_lapses_by_itself_and_is_reopened_for_a_good_reason",
        ),
    ],
    "third party": [
        (
            "test_acceptance_journey",
            "test_a_third_party_is_asked_objects_and_its_objection_is_on_the_page",
        ),
    ],
    "extension by the right person and refusal for the wrong one": [
        ("test_acceptance_journey", "test_an_extension_is_the_heads_and_nobody_elses"),
        (
            "test_request_page_actions",
            "test_an_extension_needs_the_head_and_bears_the_head_who_is_signed_in",
        ),
    ],
    "fee": [("test_acceptance_journey", "test_a_fee_is_worked_out_asked_for_and_paid")],
    "reconsideration": [
        ("test_request_page_journey", "test_a_reconsideration_is_filed_and_concluded"),
    ],
    "the report from draft to published": [
        ("test_annual_report_pages_journey", "test_the_report_from_draft_to_published"),
    ],
    "bulk intake with bad rows": [
        ("test_intake_journey", "test_a_sheet_with_bad_rows_is_checked_registered_and_mended"),
    ],
    "sign-in, lock, timeout": [
        ("test_web_journey", "test_from_the_first_start_to_the_first_case_worker"),
        ("test_web_journey", "test_an_idle_desk_is_signed_out_and_a_locked_account_stays_out"),
    ],
    "axe-core: no violation on any page; usable without JavaScript for reading": [
        (
            "test_acceptance_journey",
            "test_every_kind_of_page_is_accessible_and_is_read_without_scripts",
        ),
        ("test_worklist_journey", "test_the_list_is_read_without_scripts_on_any_screen"),
    ],
    "the whole request journey by keyboard alone": [
        (
            "test_acceptance_journey",
            "test_a_letter_goes_from_the_desk_to_the_archive_by_keyboard_alone",
        ),
    ],
    "the worklist query's plan": [
        ("test_worklist", "test_the_query_of_a_page_goes_by_an_index_in_the_order_of_the_page"),
        ("test_worklist_databases", "test_the_database_says_how_it_finds_a_page"),
    ],
    "another agency's data": [
        ("test_acceptance", "test_no_address_of_another_agency_answers_or_changes_anything"),
        (
            "test_worklist",
            "test_another_agencys_cases_are_neither_shown_nor_found_by_asking_for_them",
        ),
    ],
    "another role's action": [
        ("test_acceptance", "test_who_only_supervises_changes_nothing_at_any_address"),
        (
            "test_web_access",
            "test_each_role_reaches_its_own_agencies_and_a_supervisor_reads_what_is_below",
        ),
    ],
    "a forged form": [
        ("test_acceptance", "test_a_forged_form_is_refused_logged_and_changes_nothing"),
        ("test_web_frame", "test_a_form_sent_from_elsewhere_is_refused_though_its_token_is_right"),
        (
            "test_web_frame",
            "test_every_changing_route_refuses_a_request_without_token_even_from_who_may",
        ),
    ],
    "a replayed form": [
        ("test_acceptance", "test_a_form_replayed_after_its_session_changes_nothing"),
        ("test_request_page_actions", "test_the_same_form_sent_twice_is_done_once"),
        ("test_web_frame", "test_a_token_of_another_session_or_of_an_earlier_one_is_refused"),
    ],
    "a script in an applicant's name": [
        ("test_acceptance_journey", "test_a_name_that_is_a_script_is_a_name_on_every_page"),
        ("test_request_page", "test_a_script_in_what_somebody_wrote_is_shown_as_text"),
    ],
    "a path in an upload's name; a zip bomb as docx or xlsx": [
        ("test_acceptance", "test_a_bomb_is_refused_logged_and_changes_nothing_wherever_it_comes"),
        ("test_intake_attachments", "test_what_is_not_taken_is_refused_logged_and_changes_nothing"),
        ("test_bulk_intake", "test_a_bomb_or_a_path_is_refused_logged_and_nothing_kept"),
        ("test_case_documents", "test_a_path_in_an_uploads_name_is_refused_and_nothing_changed"),
    ],
    "a 100 MB upload": [
        ("test_acceptance", "test_a_hundred_megabytes_are_refused_unread_and_logged"),
        ("test_intake_attachments", "test_a_hundred_megabytes_without_a_length_are_cut_off"),
    ],
    "engine down: pages read on, changes say so, nothing is lost or done twice": [
        ("test_acceptance", "test_without_the_engine_pages_read_on_and_each_change_is_done_once"),
        (
            "test_request_page_actions",
            "test_while_the_engine_is_away_pages_read_on_and_a_form_waits_for_it",
        ),
        ("test_intake", "test_while_the_engine_is_away_the_form_waits_and_is_then_done_once"),
    ],
}
"""Each promise, and the tests that keep it. Times are measured by `bench.pages`, not here."""

_numbers = count(1)


def test_every_promise_is_kept_by_tests_that_exist() -> None:
    for promise, tests in KEPT_BY.items():
        for module, test in tests:
            tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
            there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            assert test in there, f"{promise}: {module}"


def below(agency: str) -> Iterator[tuple[str, str]]:
    """Yield method and address of every route of an agency, its other parts filled in."""
    values = {"year": str(TODAY.year), "case": "1", "verb": "withdraw", "kind": "receipt"}
    for area in AREAS:
        for route in area.router.routes:
            assert isinstance(route, APIRoute)
            if "{agency}" in route.path:
                path = route.path.replace("{agency}", agency)
                for name in re.findall(r"\{(.+?)\}", path):
                    filling = values.get(name.partition(":")[0], "1")
                    path = path.replace(f"{{{name}}}", filling)
                for method in sorted((route.methods or set()) - {"HEAD"}):
                    yield method, path


def last_refused(office: Office, account: str) -> str:
    """Return what the newest entry of somebody's trail was about; it did not succeed."""
    (entry,) = office.people.trail.read(TrailQuery(account=account), 1)
    assert not entry.success
    return entry.object


def test_no_address_of_another_agency_answers_or_changes_anything(
    desk: Desk, worker: Reader
) -> None:
    head, addresses = desk.parts.store.head(), list(below(TOWN))
    assert len(addresses) > 50
    for method, path in addresses:
        if path.startswith("/registry/"):
            continue  # who administers the system sets every agency up; see below
        answer = worker.get(path) if method == "GET" else worker.post(path)
        assert answer.status_code == 403, (method, path, answer.text)
        assert last_refused(desk.office, "worker") == path
    assert desk.parts.store.head() == head


def test_agencies_are_set_up_by_their_administrator_alone(desk: Desk, worker: Reader) -> None:
    head = desk.parts.store.head()
    for method, path in below(TOWN):
        if path.startswith("/registry/"):
            answer = worker.get(path) if method == "GET" else worker.post(path)
            assert answer.status_code == 403, (method, path)
    assert desk.parts.store.head() == head


def test_who_only_supervises_changes_nothing_at_any_address(desk: Desk) -> None:
    desk.register("1")
    head = desk.parts.store.head()
    with Reader(desk.office) as reader:
        reader.sign_in("supervisor")
        for method, path in below(COMMERCE):
            if method != "GET":
                answer = reader.post(path)
                assert answer.status_code in {403, 404}, (path, answer.status_code)
                assert last_refused(desk.office, "supervisor") == path
    assert desk.parts.store.head() == head


def test_a_forged_form_is_refused_logged_and_changes_nothing(desk: Desk, worker: Reader) -> None:
    at = desk.register(f"forged-{next(_numbers)}")
    form = marks(worker.get(f"{at}/do/withdraw").text)
    head = desk.parts.store.head()
    true = {**form, "on": TODAY.isoformat(), "csrf_token": worker.token}
    for fields, headers in (
        ({**true, "csrf_token": "0" * 64}, {"Origin": HOME}),
        ({**form, "on": TODAY.isoformat()}, {"Origin": HOME}),
        (true, {"Origin": "http://evil.example"}),
        (true, {"Origin": HOME, "Sec-Fetch-Site": "cross-site"}),
    ):
        answer = worker.send("POST", f"{at}/do/withdraw", data=fields, headers=headers)
        assert answer.status_code == 403
        assert "不是从本系统的页面发出的" in answer.text
        assert last_refused(desk.office, "worker") == f"{at}/do/withdraw"
    assert desk.parts.store.head() == head


def test_a_form_replayed_after_its_session_changes_nothing(desk: Desk, worker: Reader) -> None:
    at = desk.register(f"replayed-{next(_numbers)}")
    form = marks(worker.get(f"{at}/do/withdraw").text)
    fields = {**form, "on": TODAY.isoformat(), "csrf_token": worker.token}
    session = worker.cookie("session")
    worker.post("/sign-out")
    head = desk.parts.store.head()
    answer = worker.send("POST", f"{at}/do/withdraw", data=fields, headers={"Origin": HOME})
    assert answer.status_code in {303, 403}
    stolen = {"gongkai-session": session, "gongkai-form": worker.cookie("form")}
    with Reader(desk.office, address="198.51.100.9") as other:
        other.client.cookies.update(stolen)
        answer = other.send("POST", f"{at}/do/withdraw", data=fields, headers={"Origin": HOME})
        assert answer.status_code in {303, 403}
    assert desk.parts.store.head() == head


def test_a_hundred_megabytes_are_refused_unread_and_logged(
    desk: Desk, worker: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    worker.get(AT)
    head = desk.parts.store.head()
    headers = {"Content-Length": str(100 * 1_048_576), "Origin": HOME}
    answer = worker.send("POST", AT, content=b"never read", headers=headers)
    assert answer.status_code == 413
    assert "20 MB" in answer.text
    assert "413" in capsys.readouterr().out
    assert desk.parts.store.head() == head


def test_a_bomb_is_refused_logged_and_changes_nothing_wherever_it_comes(
    desk: Desk, worker: Reader
) -> None:
    case = f"bomb-{next(_numbers)}"
    desk.register(case)
    head = desk.parts.store.head()
    word = zip_bomb("word/document.xml")
    with Reader(desk.office) as reviewer:
        reviewer.sign_in("reviewer")
        for reader, name, path in (
            (worker, "worker", f"/attachments/{COMMERCE}/{case}/add"),
            (reviewer, "reviewer", f"/agencies/{COMMERCE}/templates/receipt"),
        ):
            reader.get(path.removesuffix("/receipt"))
            answer = send_files(reader, path, [("申请书.docx", word)], {"command_id": ""})
            assert answer.status_code == 422, path
            assert last_refused(desk.office, name) == path
    assert desk.parts.store.head() == head


def test_without_the_engine_pages_read_on_and_each_change_is_done_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with opened_parts(tmp_path_factory.mktemp("away")) as parts:
        client = client_of_a_lost_engine(parts)
        with opened_office(parts, web_settings(web_answer_seconds=1), Clock(), client) as office:
            add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
            staff(office)
            desk = Desk(office)
            at = desk.register("away-1")
            draft = drafted(office, at)
            head = parts.store.head()
            with Reader(office) as reviewer:
                reviewer.sign_in("reviewer")
                form = marks(reviewer.get(draft).text)
                away = reviewer.post(f"{draft}/approve", **form, remark="同意")
                assert away.status_code == 503
                assert "没有应答" in away.text
                for path in (at, draft, "/worklist", f"/agencies/{COMMERCE}/proceedings", "/"):
                    assert reviewer.get(path).status_code == 200, path
            with Reader(office) as worker:
                worker.sign_in("worker")
                filing = f"/agencies/{COMMERCE}/proceedings/new/file_reconsideration"
                fields = {"case": "复议-9", "on": TODAY.isoformat(), "request": "away-1"}
                filed = {**marks(worker.get(filing).text), **fields}
                waiting = worker.post(filing, **filed)
                assert waiting.status_code == 503
                assert "复议-9" in waiting.text, "what was typed is kept"
            assert parts.store.head() == head
        with (
            running_engine(parts) as client,
            opened_office(parts, web_settings(), Clock(), client) as office,
            Reader(office) as reviewer,
            Reader(office) as worker,
        ):
            reviewer.sign_in("reviewer")
            worker.sign_in("worker")
            reviewer.get(draft)
            heads = []
            for _ in range(2):
                reviewer.post(f"{draft}/approve")
                worker.post(filing, **filed)
                heads.append(parts.store.head())
        assert desk.types("away-1") == ["request_registered", "request_decided"]
        assert parts.store.stream_version(f"case/{COMMERCE}/复议-9") == 1
        assert heads[0] == heads[1]


def drafted(office: Office, at: str) -> str:
    """Draft a decision as the case worker, send it for review, and return its address."""
    with Reader(office) as worker:
        worker.sign_in("worker")
        form = marks(worker.get(f"{at}/do/decide").text)
        answer = worker.post(f"{at}/do/decide", **form, outcome="granted", grounds="依申请公开")
        draft = answer.headers["location"]
        worker.get(f"{draft}/edit")
        letter = {"outcome": "granted", "letter.access": "到本机关领取"}
        assert worker.post(f"{draft}/edit", **letter).status_code == 303
        assert worker.post(f"{draft}/submit").status_code == 303
        return str(draft)
