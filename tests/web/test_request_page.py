"""The request page: what it shows, to whom, and what is written down when it does."""

import pytest

from people import TrailQuery
from tests.web.case_desks import DESCRIPTION, ID_NUMBER, NAME, PHONE, Desk, days_ago, staff
from tests.web.offices import COMMERCE, TOWN, Clock
from tests.web.readers import Reader
from web.office import Office


@pytest.fixture(name="desk")
def _desk(office: Office) -> Desk:
    staff(office)
    return Desk(office)


def test_who_handles_requests_sees_who_asked_and_numbers_only_when_asked_for(
    desk: Desk, reader: Reader
) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    shown = reader.get(at)
    assert shown.status_code == 200
    assert NAME in shown.text
    assert ID_NUMBER not in shown.text
    assert PHONE not in shown.text
    opened = reader.post(f"{at}/identity")
    assert ID_NUMBER in opened.text
    assert PHONE in opened.text


def test_each_opening_of_a_page_and_each_showing_of_a_number_is_a_reading_in_the_trail(
    desk: Desk, reader: Reader
) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    reader.get(at)
    reader.post(f"{at}/identity")
    entries = desk.office.people.trail.read(TrailQuery(account="worker"))
    kinds = [(entry.kind, entry.object) for entry in entries]
    assert kinds.count(("personal_data_read", f"case/{COMMERCE}/2026-001")) == 2
    assert ("show_identity", f"{at}/identity") in kinds


def test_a_supervisor_sees_the_course_of_a_case_without_any_name(
    desk: Desk, reader: Reader
) -> None:
    at = desk.register("2026-001")
    reader.sign_in("supervisor")
    shown = reader.get(at).text
    assert "办理过程" in shown
    assert NAME not in shown
    assert "扶持资金" not in shown
    assert reader.post(f"{at}/identity").status_code == 403


@pytest.mark.usefixtures("desk")
def test_another_agencys_request_is_refused_and_an_unknown_one_is_not_there(
    reader: Reader,
) -> None:
    reader.sign_in("worker")
    assert reader.get(f"/agencies/{TOWN}/requests/1").status_code == 403
    assert reader.get(f"/agencies/{COMMERCE}/requests/nothing").status_code == 404


def test_a_script_in_what_somebody_wrote_is_shown_as_text(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    shown = reader.get(at).text
    assert DESCRIPTION not in shown
    assert "&lt;script&gt;alert(" in shown


def test_a_reference_with_any_printable_character_has_its_page(desk: Desk, reader: Reader) -> None:
    from web.pages.request_paths import request_path  # noqa: PLC0415 - one test's

    desk.register("信开〔2026〕1/2 号?#&")
    reader.sign_in("worker")
    at = request_path(COMMERCE, "信开〔2026〕1/2 号?#&")
    shown = reader.get(at)
    assert "申请 信开〔2026〕1/2 号?#&amp;" in shown.text
    assert reader.get(f"{at}/do/withdraw").status_code == 200


def test_the_period_is_told_day_by_day_with_the_reason_for_each(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001", submitted=days_ago(10))
    reader.sign_in("worker")
    shown = reader.get(at).text
    assert "收到申请，当日不计" in shown
    assert "第几个工作日" in shown


def test_what_the_law_does_not_allow_now_stands_with_its_reason(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    shown = reader.get(at).text
    possible, impossible = shown.split("现在不能办理的事项")
    assert f'href="{at}/do/request_correction"' in possible
    assert "条例第三十条" in possible
    assert "没有待缴的费用" in impossible
    assert "申请尚未办结" in impossible
    assert f'href="{at}/do/archive"' not in shown


def test_a_step_another_role_takes_is_named_with_that_role(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001")
    reader.sign_in("reviewer")
    shown = reader.get(at).text
    assert f'href="{at}/do/request_correction"' not in shown
    assert "由经办人办理" in shown


def test_a_page_that_is_open_learns_of_anothers_change_and_of_nothing_else(
    desk: Desk, reader: Reader
) -> None:
    from disclosure.request_commands import Withdraw  # noqa: PLC0415 - one test's

    at = desk.register("2026-001")
    reader.sign_in("worker")
    assert "该案已有变化" not in reader.get(f"{at}/changes?seen=1").text
    desk.say(Withdraw(agency=COMMERCE, case="2026-001", on=days_ago(0), by="worker2"))
    told = reader.get(f"{at}/changes?seen=1").text
    assert "该案已有变化" in told
    assert "worker2：申请人撤回申请" in told


def test_erased_personal_data_is_said_to_be_erased(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001")
    desk.parts.vault.erase(f"case/{COMMERCE}/2026-001")
    reader.sign_in("worker")
    shown = reader.get(at)
    assert shown.status_code == 200
    assert "已依法删除" in shown.text
    assert NAME not in shown.text


def test_a_version_no_page_was_ever_made_from_is_refused(desk: Desk, reader: Reader) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    for seen in ("-1", "9" * 30, "x"):
        assert reader.get(f"{at}/changes?seen={seen}").status_code == 422


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(
    desk: Desk, reader: Reader, clock: Clock
) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    reader.get(at)
    for _ in range(3):
        clock.move(minutes=10)
        reader.get(f"{at}/changes?seen=1", headers={"HX-Request": "true"})
    told = reader.get(f"{at}/changes?seen=1", headers={"HX-Request": "true"})
    assert told.status_code == 286  # htmx asks no more
    assert "登录已失效" in told.text
    assert "hx-redirect" not in told.headers
    assert reader.get(at).headers["location"].startswith("/sign-in")


def test_attachments_are_offered_to_be_added_to_who_may_add_them(
    desk: Desk, reader: Reader
) -> None:
    at = desk.register("2026-001")
    reader.sign_in("worker")
    assert "添加附件" in reader.get(at).text
    reader.sign_in("reviewer")
    assert "添加附件" not in reader.get(at).text
