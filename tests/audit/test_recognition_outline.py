"""Title, year, agency, sections and sentences, whatever else a page prints around them."""

import pytest

from audit.published import PublishedReport
from reporting.tables import Tables
from tests.audit.recognition_makers import CLOSING, in_rows, in_tabs, read, run_together

ZERO = Tables.zero().figures()


def _texts(report: PublishedReport, section: int) -> list[str]:
    return [sentence.text for sentence in report.sentences if sentence.section == section]


def test_title_year_and_agency_stand_on_two_lines() -> None:
    report = read(in_rows(ZERO))
    assert (report.year, report.agency) == (2023, "海棠市林业局")
    assert report.title == "海棠市林业局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("title", "year", "agency"),
    [
        ("海棠市林业局2023年度政府信息公开工作年度报告", 2023, "海棠市林业局"),
        ("海棠市林业局关于2023年度政府信息公开工作的报告", None, None),
        ("海棠市林业局 关于2023年度政府信息公开工作年度报告", 2023, "海棠市林业局"),
        ("2023年海棠市林业局政府信息公开工作年度报告", 2023, "海棠市林业局"),
        ("海棠市林业局二〇二三年政府信息公开年报", 2023, "海棠市林业局"),
        ("海棠市人民政府 2023 年政府信息公开工作 年度报告", 2023, "海棠市人民政府"),
    ],
)
def test_titles_in_many_wordings(title: str, year: int | None, agency: str | None) -> None:
    report = read(f"{title}\n一、总体情况\n全年平稳。")
    assert (report.year, report.agency) == (year, agency)


TWO_NAMES = "海棠市综合执法局（综合行政执法局海坛片区大队）"


@pytest.mark.parametrize(
    "title",
    [
        f"{TWO_NAMES}2024年政府信息公开工作年度报告",
        f"标题: {TWO_NAMES}2024年政府信息公开工作年度报告",
        f"{TWO_NAMES}\n2024年政府信息公开工作年度报告",
        f"2024年{TWO_NAMES}政府信息公开工作年度报告",
        f"{TWO_NAMES}政府信息公开工作年度报告（2024年）",
    ],
)
def test_a_second_name_in_brackets_is_part_of_the_agency(title: str) -> None:
    report = read(f"{title}\n一、总体情况\n全年平稳。")
    assert (report.year, report.agency) == (2024, TWO_NAMES)
    assert TWO_NAMES in str(report.title)


def test_a_sentence_about_the_report_names_no_agency() -> None:
    heading = "标题: 海棠市林业局2021年度政府信息公开工作报告"
    opening = "结合我局实际，编制完成2021年度政府信息公开工作年度报告。"
    report = read(f"{heading}\n发布时间: 2022-01-11\n{opening}\n一、总体情况\n全年平稳。")
    assert (report.year, report.agency) == (2021, "海棠市林业局")


def test_reports_of_other_years_on_the_page_do_not_win() -> None:
    others = "\n".join(f"海棠市林业局{year}年政府信息公开工作年度报告" for year in (2021, 2022))
    text = in_tabs(ZERO).replace("海棠市林业局\n2023", "海棠市林业局2023")
    below = "上一篇：海棠市林业局2022年政府信息公开工作年度报告\n版权所有 海棠市林业局"
    report = read(f"首页 > 政府信息公开年报\n{others}\n{text}\n{below}")
    assert report.year == 2023
    assert not any("2022" in sentence.text for sentence in report.sentences)
    assert not any("首页" in sentence.text for sentence in report.sentences)


def test_a_year_is_taken_from_the_period_where_there_is_no_title() -> None:
    report = read("本报告统计期限自2022年1月1日至2022年12月31日。\n一、总体情况\n全年平稳。")
    assert (report.title, report.year) == (None, 2022)


def test_the_six_sections_are_found_on_lines_and_run_together() -> None:
    for text in (in_rows(ZERO), run_together(ZERO)):
        report = read(text)
        assert sorted(report.sections) == [1, 2, 3, 4, 5, 6]
        assert report.sections[5] == "五、存在的主要问题及改进情况"


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("五、政府信息公开工作存在的主要问题及改进情况", 5),
        ("五、存在的主要问题及整改措施", 5),
        ("（五）存在问题和改进措施", 5),
        ("四、因政府信息公开申请行政复议、提起行政诉讼的情况", 4),
        ("四、政府信息公开行政法复议、行政诉讼情况", 4),
        ("第六部分 其他需要报告的事项", 6),
        ("三、收到和处理政府信息公开申请情况", 3),
    ],
)
def test_section_titles_in_many_wordings(title: str, number: int) -> None:
    report = read(f"一、总体情况\n全年平稳。\n{title}\n没有其他事项。")
    assert number in report.sections
    assert _texts(report, number) == ["没有其他事项。"]


def test_a_list_of_the_sections_in_the_opening_is_no_section() -> None:
    opening = "本报告由总体情况、主动公开政府信息情况、其他需要报告的事项等六个部分组成。"
    report = read(f"{opening}\n一、总体情况\n全年平稳。")
    assert report.sections == {1: "一、总体情况"}
    assert _texts(report, 0) == [opening]


def test_a_table_of_contents_is_no_section() -> None:
    contents = "一、总体情况……1\n二、主动公开政府信息情况……2\n"
    report = read(f"{contents}一、总体情况\n全年平稳。\n二、主动公开政府信息情况\n见表。")
    assert _texts(report, 1) == ["全年平稳。"]


def test_sentences_keep_their_section_and_leave_tables_out() -> None:
    for text in (in_rows(ZERO), in_tabs(ZERO), run_together(ZERO)):
        report = read(text)
        assert _texts(report, 1) == [
            "2023年，我局收到政府信息公开申请3件，均已答复。",
            "主动公开信息57条。",
        ]
        assert _texts(report, 5) == [
            "一是公开形式不够丰富；",
            "二是队伍不够稳定。",
            "下一步将加强培训。",
        ]
        assert _texts(report, 6) == ["2023年未收取信息处理费。"]
        assert not any("制发件数" in sentence.text for sentence in report.sentences)


def test_lines_wrapped_in_the_middle_of_a_sentence_are_one_sentence() -> None:
    wrapped = (
        "2023年，我局进一步健全政府信息公开工作机制，全年共收到政府信\n"
        "息公开申请 19 件，较上年增加，办理过程中注重与申请人沟通，答\n"
        "复 18 件。"
    )
    report = read(f"一、总体情况\n{wrapped}\n{CLOSING}")
    assert len(_texts(report, 1)) == 1
    assert "政府信息公开申请 19 件" in _texts(report, 1)[0]
    assert "答复 18 件。" in _texts(report, 1)[0]


def test_page_numbers_are_no_sentences() -> None:
    report = read("一、总体情况\n全年平稳。\n- 3 -\n第 4 页 共 9 页\n平台运行正常。")
    assert _texts(report, 1) == ["全年平稳。", "平台运行正常。"]
