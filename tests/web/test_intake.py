"""Registering a letter: dates by channel, references, several matters, and what came before."""

import re

import pytest

from disclosure.outcomes import Outcome
from disclosure.request_commands import Decide
from people import Role
from people.trail import TrailQuery
from tests.web.case_desks import (
    DESCRIPTION,
    ID_NUMBER,
    NAME,
    Desk,
    client_of_a_lost_engine,
    days_ago,
    running_engine,
)
from tests.web.intake_desks import AT, form_marks, letter
from tests.web.offices import (
    COMMERCE,
    TOWN,
    Clock,
    add_person,
    opened_office,
    opened_parts,
    web_settings,
)
from tests.web.readers import Reader
from web.case_references import References
from web.office import Office


def test_a_letter_is_registered_and_its_page_opens(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    answer = worker.post(AT, **letter(), **marks)
    assert answer.status_code == 303
    case = marks["case-1"]
    assert answer.headers["location"] == f"/agencies/{COMMERCE}/requests/{case}"
    (entry,) = desk.parts.log.read(f"case/{COMMERCE}/{case}")
    registered = desk.parts.log.reveal(entry)
    assert entry.actor == "worker"
    assert registered.channel == "registered_mail"  # type: ignore[attr-defined]
    assert registered.received_on == days_ago(1)  # type: ignore[attr-defined]
    assert registered.applicant.name == "李四光"  # type: ignore[attr-defined]
    assert registered.description == letter()["description-1"]  # type: ignore[attr-defined]
    assert worker.get(answer.headers["location"]).status_code == 200


def test_the_same_form_sent_twice_registers_once(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    for _ in range(2):
        assert worker.post(AT, **letter(), **marks).status_code == 303
    assert desk.types(marks["case-1"]) == ["request_registered"]


def test_each_matter_becomes_a_request_of_its_own(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    more = worker.post(AT, **{**letter(step="add"), **marks})
    assert 'name="description-2"' in more.text
    assert "李四光" in more.text, "what was typed is kept"
    second = re.search(r'name="case-2"[^>]* value="([^"]*)"', more.text)
    assert second
    fields = {"case-2": second.group(1), "description-2": "该资金的绩效评价报告"}
    answer = worker.post(AT, **letter(**fields), **marks)
    assert answer.status_code == 303
    cases = (marks["case-1"], second.group(1))
    assert len(set(cases)) == 2
    texts = [
        desk.parts.log.reveal(desk.parts.log.read(f"case/{COMMERCE}/{case}")[0]).description  # type: ignore[attr-defined]
        for case in cases
    ]
    assert texts == [letter()["description-1"], "该资金的绩效评价报告"]
    assert f"已登记 2 件：{cases[0]}、{cases[1]}" in worker.get(answer.headers["location"]).text


def test_an_empty_second_matter_is_no_matter(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    fields = {"case-2": "never-used", "description-2": "  "}
    assert worker.post(AT, **letter(**fields), **marks).status_code == 303
    assert desk.version("never-used") == 0


def test_where_one_matter_cannot_be_registered_none_is(desk: Desk, worker: Reader) -> None:
    taken = form_marks(worker)
    worker.post(AT, **letter(), **taken)
    fresh = form_marks(worker)
    fields = {"case-2": taken["case-1"], "description-2": "第二项"}
    refused = worker.post(AT, **letter(**fields), **fresh)
    assert refused.status_code == 422
    assert "申请编号已被使用" in refused.text
    assert desk.version(fresh["case-1"]) == 0


def test_a_reference_taken_meanwhile_gives_way_to_a_free_one(desk: Desk, worker: Reader) -> None:
    first, second = form_marks(worker), form_marks(worker)
    assert first["case-1"] == second["case-1"]
    assert worker.post(AT, **letter(), **first).status_code == 303
    refused = worker.post(AT, **letter(), **second)
    assert refused.status_code == 422
    assert "已另拟一个编号" in refused.text
    proposed = re.search(r'name="case-1"[^>]* value="([^"]*)"', refused.text)
    assert proposed
    second["case-1"] = proposed.group(1)
    assert worker.post(AT, **letter(), **second).status_code == 303
    assert desk.types(second["case-1"]) == ["request_registered"]


def test_errors_stand_at_their_fields_and_nothing_is_written(desk: Desk, worker: Reader) -> None:
    before = desk.parts.store.head()
    marks = form_marks(worker)
    refused = worker.post(AT, step="register", channel="registered_mail", on="2026-13-01", **marks)
    assert refused.status_code == 422
    for field in ("on", "applicant.type", "applicant.name", "description-1"):
        assert f'href="#field-{field}"' in refused.text
    assert desk.parts.store.head() == before


def test_the_law_refuses_at_the_field_it_names(worker: Reader) -> None:
    marks = form_marks(worker)
    refused = worker.post(AT, **letter(signed_on=""), **marks)
    assert refused.status_code == 422
    assert 'href="#field-signed_on"' in refused.text
    tomorrow = days_ago(-1).isoformat()
    refused = worker.post(AT, **letter(on=tomorrow, signed_on=tomorrow), **marks)
    assert 'href="#field-on"' in refused.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("channel=in_person&on=2025-09-17", ["2025-09-17", "2025-10-21"]),
        ("channel=registered_mail&on=2025-09-10&signed_on=2025-09-17", ["2025-10-21"]),
        ("channel=registered_mail&on=2025-09-17", ["请填写签收日"]),
        ("channel=ordinary_mail&on=2025-09-17", ["尚未确认"]),
        ("channel=online&on=2025-12-30&confirmed_on=2025-12-31", ["2025-12-31", "2026-01-29"]),
        ("channel=fax&on=2025-09-17&confirmed_on=2025-09-16", ["不能早于提交日"]),
        ("channel=oral&on=2999-01-01", ["晚于今天"]),
        ("channel=in_person&on=no-day", ["以提交之日为收到申请之日"]),
        ("channel=nonsense", ["选择申请渠道"]),
    ],
)
def test_received_and_due_dates_are_worked_out_as_they_are_typed(
    worker: Reader, query: str, said: list[str]
) -> None:
    part = worker.get(f"{AT}/dates?{query}")
    assert part.status_code == 200
    for words in said:
        assert words in part.text


def test_without_scripts_a_button_works_the_dates_out_and_keeps_what_was_typed(
    desk: Desk, worker: Reader
) -> None:
    before = desk.parts.store.head()
    typed = letter(step="calculate", on="2025-09-15", signed_on="2025-09-17")
    page = worker.post(AT, **typed, **form_marks(worker))
    assert page.status_code == 200
    assert "2025-10-21" in page.text
    assert "李四光" in page.text
    assert desk.parts.store.head() == before


def test_earlier_requests_are_found_by_applicant_and_by_wording(desk: Desk, worker: Reader) -> None:
    desk.register("same-person")
    worker.get(AT)
    wait_for_texts(worker)
    part = worker.post(
        f"{AT}/similar", **{"applicant.name": NAME, "applicant.id_number": ID_NUMBER}
    )
    assert "same-person" in part.text
    assert "同一申请人" in part.text
    part = worker.post(f"{AT}/similar", **{"description-1": DESCRIPTION[10:]})
    assert "内容相似" in part.text
    assert "同一申请人" not in part.text
    assert NAME not in part.text
    assert "商务扶持" not in part.text, "only what a list shows is shown"


def test_a_likely_repetition_is_named_with_its_article(desk: Desk, worker: Reader) -> None:
    desk.register("answered")
    desk.say(
        Decide(
            agency=COMMERCE,
            case="answered",
            on=days_ago(0),
            by="worker",
            outcome=Outcome.GRANTED,
            document_number="保商公开〔2026〕901号",
        )
    )
    worker.get(AT)
    wait_for_texts(worker)
    fields = {"applicant.id_number": ID_NUMBER, "description-1": DESCRIPTION}
    part = worker.post(f"{AT}/similar", **fields)
    assert "第三十六条第（六）项" in part.text
    assert "是否重复，由您认定" in part.text


def test_looking_for_similar_requests_stands_in_the_trail_without_what_was_typed(
    desk: Desk, worker: Reader
) -> None:
    worker.post(f"{AT}/similar", **{"applicant.name": "独特姓名"})
    entries = desk.office.people.trail.read(TrailQuery(kind="similar"), 1)
    assert entries[0].words == "查找相似申请"
    assert "独特" not in entries[0].object


def test_only_case_workers_of_the_agency_register(office: Office) -> None:
    add_person(office, "elsewhere", (Role.CASE_WORKER, TOWN))
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    for name in ("elsewhere", "head", "admin"):
        with Reader(office) as reader:
            reader.sign_in(name)
            for path in (AT, f"{AT}/dates", f"{AT}/bulk", f"{AT}/bulk/empty.xlsx"):
                assert reader.get(path).status_code == 403
            assert reader.post(AT, **letter()).status_code == 403
            assert reader.post(f"{AT}/similar").status_code == 403


def test_who_works_for_one_agency_is_led_to_its_form_and_others_choose(office: Office) -> None:
    add_person(office, "two", (Role.CASE_WORKER, TOWN), (Role.CASE_WORKER, COMMERCE))
    with Reader(office) as reader:
        reader.sign_in("worker")
        assert reader.get("/intake").headers["location"] == AT
    with Reader(office) as reader:
        reader.sign_in("two")
        page = reader.get("/intake").text
        assert f'href="{AT}"' in page
        assert f'href="/intake/{TOWN}"' in page


def wait_for_texts(worker: Reader) -> None:
    """Wait until wordings can be compared."""
    for _ in range(200):
        if "准备中" not in worker.post(f"{AT}/similar").text:
            return
    raise AssertionError("the texts were not read")


def test_references_go_on_from_the_highest_number_of_the_year(desk: Desk) -> None:
    references = References(desk.office)
    desk.register("1999-0007")
    desk.register("1999-0041")
    desk.register("1999-x")
    desk.register("1999-00420")
    assert references.next(COMMERCE, 1999, 2) == ["1999-0042", "1999-0043"]
    assert references.next(COMMERCE, 1998) == ["1998-0001"]


def test_while_the_engine_is_away_the_form_waits_and_is_then_done_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with opened_parts(tmp_path_factory.mktemp("away")) as parts:
        client = client_of_a_lost_engine(parts)
        with (
            opened_office(parts, web_settings(web_answer_seconds=1), Clock(), client) as office,
            Reader(office) as reader,
        ):
            add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
            reader.sign_in("worker")
            marks = form_marks(reader)
            away = reader.post(AT, **letter(), **marks)
            assert away.status_code == 503
            assert "没有确认登记" in away.text
            assert "李四光" in away.text
            assert marks["command_id"] in away.text
        with (
            running_engine(parts) as client,
            opened_office(parts, web_settings(), Clock(), client) as office,
            Reader(office) as reader,
        ):
            reader.sign_in("worker")
            for _ in range(2):
                reader.get(AT)
                assert reader.post(AT, **letter(), **marks).status_code == 303
            entries = parts.log.read(f"case/{COMMERCE}/{marks['case-1']}")
            assert [entry.event.type for entry in entries] == ["request_registered"]
