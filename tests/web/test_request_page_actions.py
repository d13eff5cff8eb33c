"""Actions on a request: done once, by what their sender saw, by whoever may, and by nobody else."""

import asyncio
from uuid import uuid4

import pytest

from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import Decide, Withdraw
from engine.commands import carry
from people import Role
from tests.web.case_desks import (
    TODAY,
    Desk,
    client_of_a_lost_engine,
    days_ago,
    marks,
    running_engine,
    staff,
)
from tests.web.offices import COMMERCE, Clock, add_person, opened_office, opened_parts, web_settings
from tests.web.readers import Reader


def test_a_correction_notice_is_put_on_record_by_its_form(desk: Desk, worker: Reader) -> None:
    at = desk.register("a-1")
    form = worker.get(f"{at}/do/request_correction")
    assert "条例第三十条" in form.text
    answer = worker.post(
        f"{at}/do/request_correction",
        **marks(form.text),
        on=TODAY.isoformat(),
        points="请明确年度",
        working_days="10",
    )
    assert answer.status_code == 303
    assert desk.types("a-1") == ["request_registered", "correction_requested"]
    shown = worker.get(at).text
    assert "待补正" in shown
    assert "请明确年度" in shown
    entry = desk.parts.log.read(f"case/{COMMERCE}/a-1")[-1]
    assert entry.actor == "worker"


def test_the_same_form_sent_twice_is_done_once(desk: Desk, worker: Reader) -> None:
    at = desk.register("a-2")
    form = marks(worker.get(f"{at}/do/consult_third_party").text)
    for _ in range(2):
        answer = worker.post(
            f"{at}/do/consult_third_party", **form, on=TODAY.isoformat(), party="某公司"
        )
        assert answer.status_code == 303
    assert desk.types("a-2") == ["request_registered", "consultation_sent"]


def test_a_stale_form_is_refused_with_what_changed_and_keeps_what_was_typed(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-3")
    form = marks(worker.get(f"{at}/do/request_correction").text)
    typed = {"on": TODAY.isoformat(), "points": "请明确是哪一个项目", "working_days": "10"}
    with Reader(desk.office) as other:
        other.sign_in("worker2")
        theirs = marks(other.get(f"{at}/do/consult_third_party").text)
        sent = {**theirs, "on": TODAY.isoformat(), "party": "某公司"}
        assert other.post(f"{at}/do/consult_third_party", **sent).status_code == 303
    refused = worker.post(f"{at}/do/request_correction", **form, **typed)
    assert refused.status_code == 409
    assert "worker2：向第三方征询意见" in refused.text
    assert "请明确是哪一个项目" in refused.text
    assert desk.types("a-3") == ["request_registered", "consultation_sent"]
    again = worker.post(f"{at}/do/request_correction", **marks(refused.text), **typed)
    assert again.status_code == 303
    assert desk.types("a-3")[-1] == "correction_requested"


def test_what_the_law_refuses_is_said_at_the_field_and_nothing_is_recorded(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-4")
    form = marks(worker.get(f"{at}/do/withdraw").text)
    answer = worker.post(f"{at}/do/withdraw", **form, on=days_ago(30).isoformat(), reason="不要了")
    assert answer.status_code == 422
    assert 'href="#field-on"' in answer.text
    assert "不要了" in answer.text
    assert desk.types("a-4") == ["request_registered"]


def test_what_was_not_filled_in_or_cannot_be_read_is_listed_at_once(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-5")
    form = marks(worker.get(f"{at}/do/charge_fee").text)
    answer = worker.post(f"{at}/do/charge_fee", **form, on="2026-02-30", mode="free")
    assert answer.status_code == 422
    for sentence in ("没有这一天", "请从列出的各项中选择", "请填写申请人收到收费通知之日"):
        assert sentence in answer.text
    assert desk.types("a-5") == ["request_registered"]


def test_an_extension_needs_the_head_and_bears_the_head_who_is_signed_in(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-6")
    typed = {"on": TODAY.isoformat(), "reason": "需要核查", "working_days": "20"}
    with Reader(desk.office) as reviewer:
        reviewer.sign_in("reviewer")
        assert reviewer.get(f"{at}/do/extend").status_code == 403
        refused = reviewer.post(f"{at}/do/extend", **typed, approved_by="某负责人")
        assert refused.status_code == 403
    form = marks(worker.get(f"{at}/do/extend").text)
    drafted = worker.post(f"{at}/do/extend", **form, **typed, approved_by="某负责人")
    assert "/clearance/" in drafted.headers["location"]
    assert desk.types("a-6") == ["request_registered"]
    with Reader(desk.office) as head:
        head.sign_in("head")
        form = marks(head.get(f"{at}/do/extend").text)
        sent = head.post(f"{at}/do/extend", **form, **typed, approved_by="某负责人")
        assert sent.status_code == 303
        assert "经head先生同意，延长答复期限 20 个工作日" in head.get(at).text
    assert desk.types("a-6") == ["request_registered", "period_extended"]


def test_nobody_but_an_approver_corrects_the_record_and_the_approver_is_named(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-7")
    with Reader(desk.office) as reviewer:
        reviewer.sign_in("reviewer")
        form = marks(reviewer.get(f"{at}/do/correct_record").text)
        answer = reviewer.post(
            f"{at}/do/correct_record",
            **form,
            on=TODAY.isoformat(),
            field="applicant.type",
            value="business",
            reason="登记有误",
        )
        assert answer.status_code == 303
        assert "经reviewer先生批准，更正登记的申请人类型为“商业企业”" in reviewer.get(at).text
        assert "商业企业" in reviewer.get(at).text
    drafted = worker.post(f"{at}/do/correct_record", field="channel", value="online", reason="有误")
    assert "/clearance/" in drafted.headers["location"]


def test_a_correction_is_written_in_words_and_recorded_in_codes(desk: Desk, worker: Reader) -> None:
    at = desk.register("a-32")
    said = {"field": "channel", "reason": "登记有误"}
    refused = worker.post(f"{at}/do/correct_record", value="快递", **said)
    assert refused.status_code == 422
    assert "申请渠道须写作：当面、挂号信、平信、网络、传真、口头" in refused.text
    path = worker.post(f"{at}/do/correct_record", value="口头", **said).headers["location"]
    assert "<dd>口头</dd>" in worker.get(path).text
    assert 'value="口头"' in worker.get(f"{path}/edit").text
    assert worker.post(f"{path}/edit", value="口头", **said).status_code == 303
    worker.post(f"{path}/submit")
    with Reader(desk.office) as reviewer:
        reviewer.sign_in("reviewer")
        page = marks(reviewer.get(path).text)
        assert reviewer.post(f"{path}/approve", **page).status_code == 303
    entry = desk.parts.log.read(f"case/{COMMERCE}/a-32")[-1]
    assert entry.event.value == "oral"  # type: ignore[attr-defined]


def test_a_supervisor_changes_nothing(desk: Desk) -> None:
    at = desk.register("a-8")
    with Reader(desk.office) as supervisor:
        supervisor.sign_in("supervisor")
        supervisor.get(at)
        assert supervisor.get(f"{at}/do/withdraw").status_code == 403
        assert supervisor.post(f"{at}/do/withdraw", on=TODAY.isoformat()).status_code == 403
    assert desk.types("a-8") == ["request_registered"]


def test_registration_and_words_that_are_no_verbs_have_no_form(desk: Desk, worker: Reader) -> None:
    at = desk.register("a-9")
    for verb in ("register", "expire", "delete", "file_lawsuit"):
        assert worker.get(f"{at}/do/{verb}").status_code == 404


def test_a_closed_request_takes_delivery_and_archive_but_no_second_decision(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-10")
    granted = Decide(agency=COMMERCE, case="a-10", on=TODAY, by="other", outcome=Outcome.GRANTED)
    desk.say(granted)
    shown = worker.get(f"{at}/do/decide").text
    assert "现在不能办理：申请已经办结" in shown
    for verb, typed in (
        ("deliver", {"method": "mail", "posted_on": TODAY.isoformat()}),
        ("archive", {"volume": "2026-依申请-1", "retention_years": "30"}),
    ):
        form = marks(worker.get(f"{at}/do/{verb}").text)
        sent = worker.post(f"{at}/do/{verb}", **form, on=TODAY.isoformat(), **typed)
        assert sent.status_code == 303, sent.text
    assert desk.types("a-10")[-2:] == ["reply_delivered", "request_archived"]


def test_a_reply_to_a_consultation_names_one_of_those_who_were_asked(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-11")
    form = marks(worker.get(f"{at}/do/consult_third_party").text)
    worker.post(f"{at}/do/consult_third_party", **form, on=TODAY.isoformat(), party="某公司")
    page = worker.get(f"{at}/do/third_party_reply").text
    assert 'value="某公司"' in page
    typed = {"on": TODAY.isoformat(), "opinion": "object"}
    wrong = worker.post(f"{at}/do/third_party_reply", **marks(page), **typed, party="别的公司")
    assert wrong.status_code == 422
    right = worker.post(f"{at}/do/third_party_reply", **marks(page), **typed, party="某公司")
    assert right.status_code == 303
    assert "不同意公开" in worker.get(at).text


def test_while_the_engine_is_away_pages_read_on_and_a_form_waits_for_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with opened_parts(tmp_path_factory.mktemp("away")) as parts:
        client = client_of_a_lost_engine(parts)
        with opened_office(parts, web_settings(web_answer_seconds=1), Clock(), client) as office:
            add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
            staff(office)
            desk = Desk(office)
            at = desk.register("b-1")
            with Reader(office) as reader:
                reader.sign_in("worker")
                form = marks(reader.get(f"{at}/do/withdraw").text)
                typed = {"on": TODAY.isoformat(), "reason": "申请人来电撤回"}
                away = reader.post(f"{at}/do/withdraw", **form, **typed)
                assert away.status_code == 503
                assert "没有确认登记：办理引擎没有应答" in away.text
                assert "申请人来电撤回" in away.text
                assert reader.get(at).status_code == 200
                assert desk.types("b-1") == ["request_registered"]
                assert marks(away.text) == form
        with (
            running_engine(parts) as client,
            opened_office(parts, web_settings(), Clock(), client) as office,
            Reader(office) as reader,
        ):
            reader.sign_in("worker")
            for _ in range(2):
                assert reader.post(f"{at}/do/withdraw", **form, **typed).status_code == 303
        assert desk.types("b-1") == ["request_registered", "request_withdrawn"]


def test_a_form_that_names_no_version_of_its_own_goes_by_what_is_there(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("a-12")
    worker.get(at)
    answer = worker.post(f"{at}/do/withdraw", on=TODAY.isoformat(), command_id="../../x", seen="x")
    assert answer.status_code == 303
    assert desk.types("a-12") == ["request_registered", "request_withdrawn"]


def test_two_who_press_at_once_by_the_same_state_are_not_both_recorded(desk: Desk) -> None:
    """The version is looked at under the lock of the case, not before it."""
    desk.register("a-13")
    client, log = desk.office.engine_client, desk.parts.log
    command = Withdraw(agency=COMMERCE, case="a-13", on=TODAY)

    async def both() -> list[object]:
        sent = [carry(client, log, uuid4().hex, command, seen=1) for _ in range(2)]
        return list(await asyncio.gather(*sent, return_exceptions=True))

    refused = [each for each in asyncio.run(both()) if isinstance(each, Refused)]
    assert [each.code for each in refused] == ["stale"]
    assert desk.types("a-13") == ["request_registered", "request_withdrawn"]
