"""Commands through the interface of a running application: engine, worker, log."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from people import Scope, TrailQuery
from tests.web.api_programs import problem, token_for
from tests.web.browsers import Application
from tests.web.offices import CITY, COMMERCE, OPERATOR
from web.api import MOUNTED_AT
from workdays import date_in_shanghai

_numbers = count(1)


def ago(days: int) -> str:
    """Return a day so lately that no limit has run out since."""
    return (date_in_shanghai(datetime.now(UTC)) - timedelta(days=days)).isoformat()


class Desk:
    """A program that sends commands of one agency."""

    def __init__(self, client: httpx.Client, agency: str = COMMERCE) -> None:
        self.client = client
        self.agency = agency

    def say(
        self, verb: str, *, key: str = "", if_match: str = "", **members: Any
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or f"key-{next(_numbers):06}"}
        if if_match:
            headers["If-Match"] = if_match
        path = f"/agencies/{self.agency}/commands"
        return self.client.post(path, json={"do": verb, **members}, headers=headers)

    def register(self, **members: Any) -> str:
        case = f"2025-{next(_numbers):04}"
        answer = self.say("register", **(registration(case) | members))
        assert answer.status_code == 200, answer.text
        return case

    def step(self, year: int, verb: str, **members: Any) -> httpx.Response:
        headers = {"Idempotency-Key": f"report-{next(_numbers):06}"}
        path = f"/agencies/{self.agency}/reports/{year}/steps"
        return self.client.post(path, json={"do": verb, "on": ago(0), **members}, headers=headers)

    def see(self, case: str, **parameters: Any) -> httpx.Response:
        return self.client.get(f"/agencies/{self.agency}/requests/{case}", params=parameters)


def registration(case: str) -> dict[str, Any]:
    return {
        "case": case,
        "on": ago(5),
        "channel": "in_person",
        "applicant": {"type": "natural_person", "name": "王小明", "phone": "13800000000"},
        "description": "请公开 2024 年度采购合同",
    }


@pytest.fixture(scope="module")
def token(application: Application) -> str:
    return token_for(application.office, *Scope, agencies=(CITY, COMMERCE), name="portal")


@pytest.fixture
def desk(application: Application, token: str) -> Iterator[Desk]:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{application.url}{MOUNTED_AT}"
    with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
        yield Desk(client)


def test_a_request_is_carried_from_registration_to_its_answer(desk: Desk) -> None:
    case = f"2025-{next(_numbers):04}"
    registered = desk.say("register", **registration(case))
    assert registered.status_code == 200
    receipt = registered.json()
    assert (receipt["case"], receipt["version"]) == (case, 1)
    assert receipt["events"] == ["request_registered"]
    assert registered.headers["etag"] == '"1"'
    decided = desk.say("decide", case=case, on=ago(2), outcome="granted", by="李四")
    assert decided.json()["events"] == ["request_decided"]
    assert decided.json()["log_position"] > receipt["log_position"]
    seen = desk.see(case)
    assert seen.headers["etag"] == decided.headers["etag"]
    found = seen.json()
    assert (found["stage"], found["outcome"]) == ("closed", "granted")
    assert [line["by"] for line in found["timeline"]] == ["client:portal", "李四"]
    assert {"deliver", "archive"} <= {step["verb"] for step in found["next_steps"]}
    assert found["remedy"]["text"]


def test_the_same_key_and_body_record_a_fact_once_and_are_answered_alike(desk: Desk) -> None:
    case = f"2025-{next(_numbers):04}"
    answers = [
        desk.say("register", key="repeated-key-1", **registration(case)).json() for _ in range(3)
    ]
    assert [answer.pop("already_recorded") for answer in answers] == [False, True, True]
    assert answers[0] == answers[1] == answers[2]
    assert len(desk.see(case).json()["timeline"]) == 1


def test_the_same_key_with_another_body_is_refused_and_nothing_recorded(desk: Desk) -> None:
    first, second = registration("2025-key-a"), registration("2025-key-b")
    assert desk.say("register", key="used-once", **first).status_code == 200
    assert problem(desk.say("register", key="used-once", **second)) == (409, "key-reused")
    assert desk.see("2025-key-b").status_code == 404


def test_a_refusal_of_the_law_names_code_field_and_article(desk: Desk) -> None:
    case = desk.register()
    desk.say("decide", case=case, on=ago(2), outcome="granted")
    again = desk.say("decide", case=case, on=ago(1), outcome="granted")
    assert problem(again) == (409, "refused")
    said = again.json()
    assert said["code"] == "already_closed"
    assert said["pointer"] == "#/do"
    assert "第三十六条" in said["article"]
    future = desk.say("withdraw", case=desk.register(), on="2999-01-01")
    assert (future.json()["code"], future.json()["pointer"]) == ("in_the_future", "#/on")


def test_a_fact_that_is_true_but_late_is_recorded_with_its_flag(desk: Desk) -> None:
    case = desk.register(on="2025-03-03")
    late = desk.say("decide", case=case, on="2025-06-30", outcome="granted")
    assert late.status_code == 200
    assert "answered_late" in {flag["code"] for flag in desk.see(case).json()["flags"]}


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"on": "3.3.2025"}, "#/on", "value_error"),
        ({"on": 1741000000}, "#/on", "value_error"),
        ({"on": "2025-02-30"}, "#/on", "value_error"),
        ({"channel": "telegraph"}, "#/channel", "literal_error"),
        ({"applicant": {"type": "nobody"}}, "#/applicant/type", "enum"),
        ({"applicant": {"type": "business", "name": 3}}, "#/applicant/name", "string_type"),
        ({"agency": COMMERCE}, "#/agency", "extra_forbidden"),
        ({"description": None}, "#/description", "string_type"),
        ({"case": "x" * 201}, "#/case", "string_too_long"),
        ({"do": "destroy"}, "#/", "union_tag_invalid"),
    ],
)
def test_what_does_not_fit_the_description_is_named_by_its_pointer(
    desk: Desk, change: dict[str, Any], pointer: str, code: str
) -> None:
    body = {"do": "register", **registration("2025-bad"), **change}
    answer = desk.say(**{"verb": body.pop("do"), **body})
    assert problem(answer) == (422, "invalid")
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        (pointer, code)
    ]
    assert desk.see("2025-bad").status_code == 404


def test_neither_values_nor_unknown_names_come_back_in_a_problem(desk: Desk) -> None:
    body = registration("2025-bad") | {"王小明 13800000000": 1, "channel": "身份证"}
    answer = desk.say("register", **body)
    assert problem(answer) == (422, "invalid")
    assert "138" not in answer.text
    assert "王小明" not in answer.text
    assert "身份证" not in answer.text


def test_a_version_that_is_no_longer_is_refused_and_the_current_one_taken(desk: Desk) -> None:
    case = desk.register()
    first = desk.see(case).headers["etag"]
    points: dict[str, Any] = {
        "case": case,
        "on": ago(4),
        "points": "请写明年度",
        "working_days": 10,
    }
    assert desk.say("request_correction", if_match=first, **points).status_code == 200
    stale = desk.say("withdraw", if_match=first, case=case, on=ago(3))
    assert problem(stale) == (412, "stale")
    now = desk.see(case).headers["etag"]
    assert desk.say("withdraw", if_match=now, case=case, on=ago(3)).status_code == 200


@pytest.mark.parametrize("etag", ["1", "*", 'W/"1"', '"one"'])
def test_an_entity_tag_that_is_none_of_ours_is_not_taken_for_a_version(
    desk: Desk, etag: str
) -> None:
    case = desk.register()
    answer = desk.say("withdraw", if_match=etag, case=case, on=ago(3))
    assert problem(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["parameter"] == "If-Match"


def test_what_is_not_there_is_404_and_what_a_body_names_in_vain_is_409(desk: Desk) -> None:
    missing = desk.say("withdraw", case="2025-none", on=ago(3))
    assert problem(missing) == (404, "not-found")
    about = desk.say("file_reconsideration", case="fy-1", on=ago(3), request="2025-none")
    assert problem(about) == (409, "refused")
    assert about.json()["pointer"] == "#/request"


def test_a_proceeding_is_filed_read_and_concluded(desk: Desk) -> None:
    case = desk.register()
    desk.say("decide", case=case, on=ago(2), outcome="refused.state_secret")
    filed = desk.say("file_reconsideration", case=f"fy-{case}", on=ago(1), request=case)
    assert filed.status_code == 200
    concluded: dict[str, Any] = {"case": f"fy-{case}", "on": ago(0), "result": "upheld"}
    assert desk.say("conclude_reconsideration", **concluded).status_code == 200
    found = desk.client.get(f"/agencies/{COMMERCE}/proceedings/fy-{case}")
    assert found.json()["result"] == "upheld"
    assert found.headers["etag"] == f'"{found.json()["stream_version"]}"'
    listed = desk.client.get(f"/agencies/{COMMERCE}/proceedings", params={"request": case})
    assert [row["case"] for row in listed.json()["items"]] == [f"fy-{case}"]
    assert desk.see(case).json()["proceedings"][0]["case"] == f"fy-{case}"


def test_facts_about_an_agency_are_recorded_and_counted(desk: Desk) -> None:
    counted: dict[str, Any] = {"on": "2025-05-01", "kind": "permits", "count": 7}
    receipt = desk.say("record_decisions", key="permits-2025-05", **counted).json()
    assert (receipt["case"], receipt["events"]) == (None, ["decisions_recorded"])
    assert desk.say("record_decisions", key="permits-2025-05", **counted).json()["already_recorded"]
    figures = desk.client.get(f"/agencies/{COMMERCE}/figures/2025").json()
    assert figures["table2"]["permits"] == 7
    guarded = desk.say("record_decisions", if_match='"1"', **counted)
    assert (problem(guarded), guarded.json()["code"]) == ((409, "refused"), "not_versioned")


def test_a_written_section_is_in_the_draft_and_an_unknown_placeholder_is_refused(
    desk: Desk,
) -> None:
    section: dict[str, Any] = {"on": "2025-12-01", "year": 2025, "section": "problems"}
    wrong = desk.say("write_section", text="{{nonsense}}", **section)
    assert (problem(wrong), wrong.json()["pointer"]) == ((409, "refused"), "#/text")
    written = desk.say("write_section", text="存在的问题是人手不足。", **section)
    assert written.json()["events"] == ["section_written"]


def test_a_report_goes_from_draft_to_publication_and_its_files_are_what_was_published(
    desk: Desk,
) -> None:
    at = f"/agencies/{COMMERCE}/reports/2024"
    assert desk.client.get(at).json()["stage"] == "unopened"
    early = desk.step(2024, "publish_report")
    assert problem(early) == (409, "refused")
    assert desk.step(2024, "submit_report").json()["stage"] == "submitted"
    nobody = desk.step(2024, "approve_report", despite="空报告")
    assert (problem(nobody), nobody.json()["pointer"]) == ((409, "refused"), "#/by")
    approved = desk.step(2024, "approve_report", by="赵六", despite="尚无数据")
    assert approved.json()["stage"] == "approved", approved.text
    assert desk.step(2024, "publish_report").json()["stage"] == "published"
    rows = desk.client.get(f"/agencies/{COMMERCE}/reports").json()["items"]
    assert [row["version"] for row in rows if row["year"] == 2024] == [1]
    version = desk.client.get(f"{at}/versions/1").json()
    assert {file["name"] for file in version["files"]} == {
        f"report.{ending}" for ending in ("json", "docx", "pdf", "html", "xlsx")
    }
    for file in version["files"]:
        got = desk.client.get(f"{at}/versions/1/files/{file['name']}")
        assert (got.headers["etag"], len(got.content)) == (f'"{file["sha256"]}"', file["size"])
    audited = desk.client.post(
        "/audits",
        files={
            "file": ("report.docx", desk.client.get(f"{at}/versions/1/files/report.docx").content)
        },
    ).json()
    assert audited["files"][0]["year"] == 2024
    assert not [each for each in audited["findings"] if each["rule"].startswith("t3.")]
    assert desk.client.get(f"{at}/versions/1/changes").json()["net"] == []
    assert desk.client.get(f"{at}/versions/2").status_code == 404


def test_an_amendment_that_is_not_needed_is_withdrawn(desk: Desk) -> None:
    desk.step(2022, "submit_report")
    desk.step(2022, "approve_report", by="赵六", despite="尚无数据")
    desk.step(2022, "publish_report")
    none = desk.step(2022, "withdraw_amendment", reason="无需更正")
    assert (problem(none), none.json()["code"]) == ((409, "refused"), "already_published")
    assert desk.say("record_decisions", on="2022-05-01", kind="permits", count=7).is_success
    amended = desk.step(2022, "amend_report", reason="补登许可")
    assert amended.json()["stage"] == "drafting", amended.text
    withdrawn = desk.step(2022, "withdraw_amendment", reason="经核实无需更正")
    assert withdrawn.json()["events"] == ["annual_report_amendment_withdrawn"], withdrawn.text
    assert withdrawn.json()["stage"] == "published"


def test_personal_data_is_given_only_when_asked_for_and_after_it_was_written_down(
    application: Application, desk: Desk
) -> None:
    case = desk.register()
    plain = desk.see(case)
    assert plain.json()["personal"] is None
    assert "王小明" not in plain.text
    full = desk.see(case, personal="true")
    assert full.json()["personal"]["name"] == "王小明"
    assert full.json()["timeline"][0]["personal"]["applicant"]["phone"] == "13800000000"
    called, read, *_ = application.office.people.trail.read(TrailQuery(account="client:portal"))
    assert (read.kind, read.object) == ("personal_data_read", f"case/{COMMERCE}/{case}")
    assert called.kind == "api_get_request"
    headers = {"Authorization": f"Bearer {token_for(application.office, Scope.READ)}"}
    refused = desk.client.get(
        f"/agencies/{COMMERCE}/requests/{case}", params={"personal": "true"}, headers=headers
    )
    assert (problem(refused), refused.json()["code"]) == ((403, "scope-missing"), "personal")


def test_verbs_under_review_need_a_program_that_answers_for_the_review(
    application: Application, desk: Desk
) -> None:
    case = desk.register()
    scopes = (Scope.READ, Scope.WRITE)
    headers = {"Authorization": f"Bearer {token_for(application.office, *scopes)}"}
    with httpx.Client(base_url=desk.client.base_url, headers=headers, timeout=60) as client:
        lesser = Desk(client)
        decided = lesser.say("decide", case=case, on=ago(2), outcome="granted")
        assert problem(decided) == (403, "approval-needed")
        assert desk.see(case).json()["stage"] == "in_progress"
        assert lesser.say("withdraw", case=case, on=ago(2)).status_code == 200


def test_a_command_is_in_the_trail_with_its_verb_and_case(
    application: Application, desk: Desk
) -> None:
    case = desk.register()
    (entry, *_) = application.office.people.trail.read(TrailQuery(account="client:portal"))
    assert entry.kind == "api_record_fact"
    assert entry.words == "接口：登记一项事实"
    path = f"{MOUNTED_AT}/agencies/{COMMERCE}/commands"
    assert entry.object == f"POST {path} register {case}"
    assert entry.success
    assert application.office.people.trail.verify() is None
    assert OPERATOR.account != entry.account


def test_a_reader_of_events_sees_what_was_recorded_and_nothing_personal(desk: Desk) -> None:
    start = desk.client.get("/events", params={"after": 0, "limit": 1000}).json()["position"]
    case = desk.register()
    page = desk.client.get("/events", params={"after": start}).json()
    (event,) = [each for each in page["events"] if each["stream"].endswith(case)]
    assert (event["type"], event["version"], event["on"]) == (
        "request_registered",
        1,
        ago(5),
    )
    assert event["data"]["channel"] == "in_person"
    assert "王小明" not in str(page)
    assert "采购合同" not in str(page)
    again = desk.client.get("/events", params={"after": page["position"]}).json()
    assert (again["events"], again["position"]) == ([], page["position"])
