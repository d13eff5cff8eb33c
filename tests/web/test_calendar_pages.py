"""The calendar's pages: what it rests on, what a notice would change, and loading it."""

import json
import re
from datetime import date
from html import unescape

import pytest

from disclosure.request_commands import RequestCorrection
from people import Role
from records.holiday_notices import notices_on_record
from tests.web.case_desks import TODAY, Desk
from tests.web.intake_desks import send_files
from tests.web.offices import COMMERCE, add_person
from tests.web.readers import Reader
from web.office import Office
from workdays import published

NEXT = published().published_through.year + 1
NOTICE = {
    "number": f"国办发明电〔{NEXT - 1}〕99号",
    "title": f"国务院办公厅关于{NEXT}年部分节假日安排的通知",
    "year": NEXT,
    "issued_on": TODAY.isoformat(),
    "published_on": TODAY.isoformat(),
    "source": "https://www.gov.cn/example",
    "holidays": [{"name": "元旦", "from": f"{NEXT}-01-01", "to": f"{NEXT}-01-05"}],
}
TEXT = json.dumps(NOTICE, ensure_ascii=False)


def test_everybody_sees_what_the_calendar_rests_on(office: Office) -> None:
    for name in ("worker", "admin", "auditor"):
        with Reader(office) as reader:
            reader.sign_in(name)
            page = reader.get("/calendar")
            assert page.status_code == 200
            assert "国办发明电〔2025〕7号" in page.text
            assert ("载入新的通知" in page.text) is (name == "admin")


def test_a_year_is_shown_day_by_day_with_its_working_days(reader: Reader) -> None:
    reader.sign_in("worker")
    page = reader.get("/calendar/2026").text
    assert "全年 248 个工作日" in page
    assert "春节调休上班" in page
    assert reader.get("/calendar/1999").status_code == 404
    assert reader.get("/calendar/9999").status_code == 404


def test_a_notice_is_previewed_without_any_change_and_then_loaded(
    desk: Desk, worker: Reader
) -> None:
    add_person(desk.office, "sysadmin", (Role.SYSTEM_ADMINISTRATOR, ""))
    assert worker.post("/calendar/preview", text=TEXT).status_code == 403
    assert worker.post("/calendar/load", text=TEXT).status_code == 403
    desk.register("provisional", submitted=TODAY)
    # Its limit lies in the year that has no notice yet, whenever this test runs.
    asked = {"on": TODAY, "points": "请明确年度", "due_on": date(NEXT, 1, 1)}
    desk.say(RequestCorrection(agency=COMMERCE, case="provisional", by="worker", **asked))
    with Reader(desk.office) as reader:
        reader.sign_in("sysadmin")
        reader.get("/calendar")
        head = desk.parts.store.head()
        preview = reader.post("/calendar/preview", text=TEXT)
        assert preview.status_code == 200
        assert "没有作任何改动" in preview.text
        assert "逾期不补正" in preview.text
        assert "provisional" in preview.text
        assert desk.parts.store.head() == head
        kept = re.search(r'name="text" value="([^"]*)"', preview.text)
        assert kept
        loaded = reader.post("/calendar/load", text=unescape(kept.group(1)))
        assert loaded.status_code == 303
        assert desk.types("provisional")[-1] == "limits_recalculated"
        assert [each.number for each in notices_on_record(desk.parts.log)] == [NOTICE["number"]]
        page = reader.get("/calendar").text
        assert "本机构载入" in page
        assert f"{NEXT}-12-31，此后的期限为暂定" in page
        again = reader.post("/calendar/load", text=TEXT)
        assert again.status_code == 422
        assert "已经载入" in again.text
    from_file = {**NOTICE, "number": f"国办发明电〔{NEXT}〕1号", "year": NEXT + 1}
    with Reader(desk.office) as reader:
        reader.sign_in("sysadmin")
        reader.get("/calendar")
        content = json.dumps(from_file, ensure_ascii=False).encode()
        refused = send_files(reader, "/calendar/preview", [("notice.json", content)])
        assert refused.status_code == 422
        assert f"不属于 {NEXT + 1} 年的安排" in refused.text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "请粘贴通知的内容"),
        ("{", "不是有效的 JSON"),
        ("x" * 100_001, "内容过长"),
        (TEXT.replace('"title"', '"titel"'), "title"),
        (TEXT.replace(TODAY.isoformat(), "2999-01-01"), "晚于今天"),
    ],
)
def test_a_notice_that_cannot_be_used_is_refused_with_the_reason(
    office: Office, reader: Reader, text: str, why: str
) -> None:
    reader.sign_in("admin")
    reader.get("/calendar")
    for path in ("/calendar/preview", "/calendar/load"):
        refused = reader.post(path, text=text)
        assert refused.status_code == 422
        assert why in refused.text
    assert notices_on_record(office.parts.log) == []
