"""The pages of the annual report: written, submitted, approved by another, published, amended."""

import json
import re
from collections.abc import Iterator

import pytest

from disclosure.addresses import agency_stream, report_stream
from disclosure.commands import REPORT_VERBS
from people import Act, TrailQuery
from tests.web.case_desks import client_of_a_lost_engine
from tests.web.figure_lives import YEAR, record
from tests.web.offices import CITY, COMMERCE, TOWN, Clock, opened_office, opened_parts, web_settings
from tests.web.readers import Reader
from tests.web.report_desks import ReportDesk, marks, opened_report_desk, send, staff
from web.pages.annual_report_here import HANDS, STAGES

HERE = f"/reports/{COMMERCE}/{YEAR}"
FILES = ("report.json", "report.docx", "report.pdf", "report.html", "report.xlsx")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReportDesk]:
    with opened_report_desk(tmp_path_factory.mktemp("reports")) as desk:
        yield desk


def types(desk: ReportDesk, year: int) -> list[str]:
    """Return what has happened to a year's report."""
    entries = desk.office.parts.log.read(report_stream(COMMERCE, year))
    return [entry.event.type.removeprefix("annual_report_") for entry in entries]


def at(year: int) -> str:
    return f"/reports/{COMMERCE}/{year}"


def test_every_step_a_person_can_take_has_its_hands_and_its_stage_on_the_page() -> None:
    assert set(HANDS) == set(STAGES) == set(REPORT_VERBS.values())


def test_a_report_goes_from_its_draft_to_the_public_by_several_hands(desk: ReportDesk) -> None:
    assert desk.does("editor", at(2021), "submit").status_code == 303
    with desk.somebody("reviewer") as reader:
        page = reader.get(at(2021)).text
        assert "已送审" in page
        for name in FILES:
            assert reader.get(f"{at(2021)}/submitted/{name}").status_code == 200
    assert desk.does("head", at(2021), "approve").status_code == 303
    assert desk.does("editor", at(2021), "publish").status_code == 303
    assert types(desk, 2021) == ["opened", "submitted", "approved", "published"]
    entries = desk.office.parts.log.read(report_stream(COMMERCE, 2021))
    assert [entry.actor for entry in entries][1:] == ["editor", "head", "editor"]
    with desk.somebody("supervisor") as reader:
        page = reader.get(at(2021)).text
        assert "已公布" in page
        assert "head" in page
        made = reader.get(f"{at(2021)}/versions/1/files/report.json")
        assert made.headers["content-disposition"].startswith("attachment;")
        assert json.loads(made.content)["agency_id"] == COMMERCE
        assert reader.get(f"{at(2021)}/versions/1/files/secret.txt").status_code == 404
        assert reader.get(f"{at(2021)}/versions/2/files/report.json").status_code == 404
        assert "完全相同" in reader.get(f"{at(2021)}/versions/1/check").text
        assert "没有变化" in reader.get(f"{at(2021)}/versions/1/changes").text


def test_who_submitted_does_not_approve(desk: ReportDesk) -> None:
    desk.does("both", at(2020), "submit")
    refused = desk.does("both", at(2020), "approve")
    assert refused.status_code == 422
    assert "不能审核自己送审的报告" in refused.text
    assert desk.does("reviewer", at(2020), "approve").status_code == 303


def test_a_returned_report_tells_why_to_who_may_read_it_and_that_is_in_the_trail(
    desk: ReportDesk,
) -> None:
    desk.does("editor", at(2019), "submit")
    silent = desk.does("reviewer", at(2019), "return", reason="  ")
    assert silent.status_code == 422
    assert "请写明退回理由" in silent.text
    assert desk.does("reviewer", at(2019), "return", reason="第五部分须核实").status_code == 303
    with desk.somebody("editor") as reader:
        assert "第五部分须核实" in reader.get(at(2019)).text
    (read, *_) = desk.office.people.trail.read(TrailQuery(account="editor"))
    assert (read.kind, read.object) == (Act.PERSONAL_DATA_READ, f"report/{COMMERCE}/2019")
    assert types(desk, 2019)[-1] == "returned"


def test_the_same_form_sent_twice_is_done_once_and_a_stale_one_is_refused(desk: ReportDesk) -> None:
    with desk.somebody("editor") as first, desk.somebody("both") as second:
        ours, theirs = marks(first.get(at(2018))), marks(second.get(at(2018)))
        for _ in range(2):
            assert first.post(f"{at(2018)}/submit", **ours).status_code == 303
        stale = second.post(f"{at(2018)}/submit", **theirs)
        assert stale.status_code == 409
        assert "已由他人办理" in stale.text
    assert types(desk, 2018) == ["opened", "submitted"]


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("worker", ()),
        ("supervisor", ()),
        ("elsewhere", ()),
        ("reviewer", ("approve", "return", "publish")),
        ("head", ("approve", "return", "publish")),
        ("editor", ("submit", "publish", "amend", "withdraw-amendment")),
    ],
)
def test_each_step_is_for_its_roles_in_the_agency_alone(
    desk: ReportDesk, who: str, steps: tuple[str, ...]
) -> None:
    with desk.somebody(who) as reader:
        seen = reader.get(at(2016)).status_code
        assert seen == (403 if who == "elsewhere" else 200)
        for step in ("submit", "return", "approve", "publish", "amend", "withdraw-amendment"):
            # No marks: whoever may come in is told that the form is stale.
            wanted = 409 if step in steps else 403
            assert reader.post(f"{at(2016)}/{step}", seen="x").status_code == wanted, step
        editing = 200 if who == "editor" else 403
        assert reader.get(f"{at(2016)}/sections/overall").status_code == editing
    assert types(desk, 2016) == []


def test_a_section_is_previewed_with_its_figures_and_saved(desk: ReportDesk) -> None:
    section = f"{HERE}/sections/overall"
    with desk.somebody("editor") as reader:
        page = reader.get(section)
        assert "没有撰写文字" in page.text
        assert "{{new.natural_person}}" in page.text
        text = (
            "## 依申请公开\r\n\r\n全年新收申请{{new}}件，其中**自然人**{{new.natural_person}}件。"
        )
        shown = reader.post(f"{section}/preview", text=text, **marks(page))
        assert "全年新收申请5件" in shown.text
        assert "<strong>自然人</strong>" in shown.text
        assert "<textarea" in shown.text, "without a script it is the whole page"
        saved = reader.post(section, text=text, **marks(page))
        assert saved.headers["location"] == HERE
        assert "全年新收申请5件" in reader.get(HERE).text
        assert "{{new}}件" in reader.get(section).text
    written = desk.office.parts.log.read(agency_stream(COMMERCE))[-1]
    assert (written.event.type, written.actor) == ("section_written", "editor")


def test_a_sentence_against_the_figures_is_marked_with_what_is_wrong(desk: ReportDesk) -> None:
    section = f"{HERE}/sections/problems"
    with desk.somebody("editor") as reader:
        page = reader.get(section)
        text = "工作有不足。2025年共收到政府信息公开申请9件，办理较慢。下一步加强培训。"
        shown = reader.post(f"{section}/preview", text=text, **marks(page)).text
        assert re.search(r'<mark class="error">2025年共收到政府信息公开申请9件', shown)
        assert "表三为5，两者不一致" in shown
        unknown = reader.post(f"{section}/preview", text="共{{nothing}}件", **marks(page)).text
        assert "无法识别的占位符：nothing" in unknown
        refused = reader.post(section, text="共{{nothing}}件", **marks(page))
        assert refused.status_code == 422
        assert "共{{nothing}}件" in refused.text, "what was typed is kept"
        script = reader.post(f"{section}/preview", text="<script>x</script>", **marks(page)).text
        assert "&lt;script&gt;x&lt;/script&gt;" in script


def test_a_text_that_others_changed_meanwhile_is_not_written_over_unseen(desk: ReportDesk) -> None:
    section = f"{HERE}/sections/other"
    with desk.somebody("editor") as first, desk.somebody("both") as second:
        ours, theirs = first.get(section), second.get(section)
        second.post(section, text="未收取信息处理费。由甲撰写。", **marks(theirs))
        refused = first.post(section, text="未收取信息处理费。由乙撰写。", **marks(ours))
        assert refused.status_code == 409
        assert "由甲撰写" in refused.text
        assert "由乙撰写" in refused.text
        again = first.post(section, text="未收取信息处理费。甲乙合写。", **marks(refused))
        assert again.status_code == 303


def test_errors_are_let_out_only_for_a_reason(
    desk: ReportDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = f"/reports/{CITY}/2015"
    repealed = {"do": "record_documents", "on": "2015-05-06", "kind": "normative_documents"}
    folder = tmp_path_factory.mktemp("lines")
    record(desk.office.parts, folder, {**repealed, "repealed": 3}, agency=CITY)
    desk.does("mayor", path, "submit")
    refused = desk.does("deputy", path, "approve")
    assert refused.status_code == 422
    assert "现行有效件数为负" in refused.text
    assert 'id="field-despite"' in refused.text
    allowed = desk.does("deputy", path, "approve", despite="年初件数正在核实")
    assert allowed.status_code == 303
    with desk.somebody("deputy") as reader:
        assert "年初件数正在核实" in reader.get(path).text


def test_what_is_learned_later_is_listed_by_cell_and_cause_and_amended(
    desk: ReportDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk.brought_out(at(2022))
    nothing = desk.does("editor", at(2022), "amend", reason="再公布")
    assert nothing.status_code == 422
    assert "没有变化，无需更正" in nothing.text
    permits = {"do": "record_decisions", "on": "2022-05-06", "kind": "permits", "count": 7}
    record(desk.office.parts, tmp_path_factory.mktemp("lines"), permits)
    with desk.somebody("editor") as reader:
        changed = reader.get(f"{at(2022)}/versions/1/changes").text
        assert "表二“行政许可”处理决定数量" in changed
        assert "2022-05-06" in changed
        assert "与公布的报告相比有变化" in reader.get(at(2022)).text
    assert desk.does("editor", at(2022), "amend", reason="补登许可").status_code == 303
    desk.brought_out(at(2022))
    with desk.somebody("worker") as reader:
        page = reader.get(at(2022)).text
        assert "第 2 版" in page
        second = json.loads(reader.get(f"{at(2022)}/versions/2/files/report.json").content)
        first = json.loads(reader.get(f"{at(2022)}/versions/1/files/report.json").content)
    assert (first["table2"]["permits"], second["table2"]["permits"]) == (0, 7)


def test_a_year_that_still_runs_is_written_and_not_submitted(desk: ReportDesk) -> None:
    with desk.somebody("editor") as reader:
        page = reader.get(at(2026)).text
        assert "尚未结束" in page
        assert f'action="{at(2026)}/submit"' not in page
        refused = send(reader, at(2026), "submit", seen="0")
        assert refused.status_code == 422
        section = f"{at(2026)}/sections/other"
        kept = reader.post(section, text="未收取信息处理费。", **marks(reader.get(section)))
        assert kept.status_code == 303


def test_the_list_shows_how_far_each_report_is(desk: ReportDesk) -> None:
    with desk.somebody("supervisor") as reader:
        page = reader.get("/reports").text
        assert "保定市商务局" in page
        assert f"/rollups/{CITY}/{YEAR}" in page
        assert "某镇人民政府" not in page
    with desk.somebody("elsewhere") as reader:
        assert f"/reports/{TOWN}/{YEAR}" in reader.get("/reports").text


def test_an_amendment_that_is_not_needed_is_withdrawn_with_its_reason(
    desk: ReportDesk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with desk.somebody("editor") as reader:
        assert "撤销更正" not in reader.get(at(2017)).text
    early = desk.does("editor", at(2017), "withdraw-amendment", reason="无需更正")
    assert early.status_code == 422
    desk.brought_out(at(2017))
    penalties = {"do": "record_decisions", "on": "2017-05-06", "kind": "penalties", "count": 3}
    record(desk.office.parts, tmp_path_factory.mktemp("lines"), penalties)
    assert desk.does("editor", at(2017), "amend", reason="补登处罚").status_code == 303
    with desk.somebody("reviewer") as reader:
        assert f'action="{at(2017)}/withdraw-amendment"' not in reader.get(at(2017)).text
    silent = desk.does("editor", at(2017), "withdraw-amendment", reason=" ")
    assert silent.status_code == 422
    assert "请写明撤销更正的理由" in silent.text
    done = desk.does("editor", at(2017), "withdraw-amendment", reason="经核实无需更正")
    assert done.status_code == 303
    assert types(desk, 2017)[-2:] == ["amendment_opened", "amendment_withdrawn"]
    with desk.somebody("editor") as reader:
        page = reader.get(at(2017)).text
        assert "经核实无需更正" in page
        assert f'action="{at(2017)}/amend"' in page


def test_while_the_engine_is_away_a_text_and_a_reason_stay_in_their_forms(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with opened_parts(tmp_path_factory.mktemp("away")) as parts:
        client = client_of_a_lost_engine(parts)
        with (
            opened_office(parts, web_settings(web_answer_seconds=1), Clock(), client) as office,
            Reader(office) as one,
        ):
            staff(office)
            one.sign_in("editor")
            section = f"{at(2015)}/sections/other"
            form = marks(one.get(section))
            away = one.post(section, text="未收取信息处理费。", **form)
            assert away.status_code == 503
            assert "未收取信息处理费。</textarea>" in away.text
            assert marks(away) == form
            away = send(one, at(2015), "submit")
            assert away.status_code == 503
            assert "没有确认办理" in away.text
        assert parts.log.read(report_stream(COMMERCE, 2015)) == []
