"""A government's roll-up: who is missing, what each brings, publication with a reason."""

import json
from collections.abc import Iterator

import pytest

from tests.web.figure_lives import YEAR
from tests.web.offices import CITY, COMMERCE, TOWN
from tests.web.report_desks import ReportDesk, marks, opened_report_desk

HERE = f"/rollups/{CITY}/{YEAR}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReportDesk]:
    with opened_report_desk(tmp_path_factory.mktemp("rollups")) as desk:
        yield desk


def test_a_government_sees_who_is_missing_and_publishes_once_it_says_why(desk: ReportDesk) -> None:
    with desk.somebody("mayor") as reader:
        page = reader.get(HERE)
        assert page.status_code == 200
        assert page.text.count("未公布") >= 2
        assert "不齐全" in page.text
        refused = reader.post(f"{HERE}/publish", **marks(page))
        assert refused.status_code == 422
        assert "保定市商务局" in refused.text
    desk.brought_out(f"/reports/{COMMERCE}/{YEAR}")
    with desk.somebody("mayor") as reader:
        page = reader.get(HERE)
        assert "已汇总" in page.text
        assert f'href="{HERE}/cells/new.natural_person">4</a>' in page.text
        shares = reader.get(f"{HERE}/cells/new.natural_person").text
        assert "保定市商务局" in shares
        assert f"/figures/{COMMERCE}/{YEAR}/cells/new.natural_person" not in shares, "not hers"
        assert reader.get(f"{HERE}/cells/nonsense").status_code == 404
        done = reader.post(f"{HERE}/publish", reason="本级报告另行公布", **marks(page))
        assert done.status_code == 303, done.text
        published = reader.get(HERE).text
        assert "第 1 版" in published
        made = reader.get(f"{HERE}/versions/1/files/report.json")
        assert json.loads(made.content)["table3"]["new"]["natural_person"] == 4
        assert reader.get(f"{HERE}/versions/1/files/other.json").status_code == 404
    with desk.somebody("supervisor") as reader:
        shares = reader.get(f"{HERE}/cells/new.natural_person").text
        assert f"/figures/{COMMERCE}/{YEAR}/cells/new.natural_person" in shares


def test_only_the_governments_own_approvers_publish_and_others_do_not_look(
    desk: ReportDesk,
) -> None:
    for who, sees, publishes in (
        ("worker", 403, 403),
        ("elsewhere", 403, 403),
        ("supervisor", 200, 403),
        ("head", 403, 403),
    ):
        with desk.somebody(who) as reader:
            assert reader.get(HERE).status_code == sees
            assert reader.post(f"{HERE}/publish", reason="x").status_code == publishes


def test_an_agency_with_nobody_below_it_has_no_roll_up(desk: ReportDesk) -> None:
    with desk.somebody("elsewhere") as reader:
        page = reader.get(f"/rollups/{TOWN}/{YEAR}")
    assert page.status_code == 200
    assert "没有机关由" in page.text


def test_the_roll_up_has_texts_of_its_own_that_quote_the_sums(desk: ReportDesk) -> None:
    at = f"/rollups/{CITY}/{YEAR - 1}"
    desk.brought_out(f"/reports/{COMMERCE}/{YEAR - 1}")
    with desk.somebody("mayor") as reader:
        assert f'href="{at}/sections/overall"' in reader.get(at).text
        section = f"{at}/sections/overall"
        page = reader.get(section)
        assert page.status_code == 200
        assert "没有撰写文字" in page.text, "the standing text is shown until there is one"
        text = "全市新收{{new}}件，予以公开{{granted}}件。"
        shown = reader.post(f"{section}/preview", text=text, **marks(page))
        assert "全市新收" in shown.text
        assert "{{" not in shown.text.partition('id="preview"')[2].partition("</section>")[0]
        wrong = reader.post(section, text="收到{{received}}件。", **marks(page))
        assert wrong.status_code == 422
        assert "{{received}}" in wrong.text
        for _ in range(2):
            saved = reader.post(section, text=text, **marks(page))
            assert (saved.status_code, saved.headers["location"]) == (303, at)
        stale = reader.post(section, text="另一文字。", **marks(page))
        assert stale.status_code == 409
        assert "他人修改过" in stale.text
        assert text in stale.text
        other = f"{at}/sections/other"
        lie = reader.post(
            other, text="本年度新收政府信息公开申请900件。", **marks(reader.get(other))
        )
        assert lie.status_code == 303
        looked = reader.get(at)
        assert "900" in looked.text, "a typed figure that is none of the sums is named"
        done = reader.post(f"{at}/publish", reason="其余机关另行公布", **marks(looked))
        assert done.status_code == 303, done.text
        made = json.loads(reader.get(f"{at}/versions/1/files/report.json").content)
        new = made["table3"]["new"]["total"]
        assert f"全市新收{new}件" in made["sections"]["overall"]


def test_only_the_governments_own_editors_write_the_texts(desk: ReportDesk) -> None:
    section = f"{HERE}/sections/overall"
    for who in ("worker", "elsewhere", "supervisor", "deputy", "editor"):
        with desk.somebody(who) as reader:
            assert reader.get(section).status_code == 403, who
            assert reader.post(section, text="x").status_code == 403, who
    with desk.somebody("mayor") as reader:
        assert reader.get(f"{HERE}/sections/nonsense").status_code == 404
