"""Where the narrative may stand: in section one, and above the tables of sections two to four."""

from dataclasses import replace

import pytest

from audit.published import PublishedReport
from audit.recognition import recognise
from audit.rules import check
from audit.source import Line, Source
from reporting.tables import Tables
from tests.audit.published_makers import kinds
from tests.audit.recognition_makers import Shape, in_grids, in_rows, in_tabs, lines_of, read

FIGURES = Tables.zero().figures()
TITLES = {
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
}
SENTENCES = {
    2: "2023年，我局制发行政规范性文件7件。",
    3: "2023年，我局共收到9份政府信息公开申请，其中自然人8件，法人或其他组织1件。",
    4: "2023年，共发生行政复议3件，其中结果维持3件。",
}
RULES = {2: "text.documents", 3: "text.requests", 4: "text.proceedings"}
ALL_DENIED = """（一）主动公开政府信息情况
2023年发布信息20条。
（二）收到和处理政府信息公开申请情况
2023年收到政府信息公开申请9件。
（四）政府信息公开行政复议、行政诉讼情况
2023年政府信息公开行政复议4件。"""


def told(report: PublishedReport, section: int) -> list[str]:
    return [one.text for one in report.sentences if one.section == section]


@pytest.mark.parametrize("shape", [in_rows, in_tabs])
@pytest.mark.parametrize("section", [2, 3, 4])
def test_a_sentence_above_a_table_is_narrative_of_that_section(section: int, shape: Shape) -> None:
    title = TITLES[section]
    report = read(shape(FIGURES).replace(title, f"{title}\n{SENTENCES[section]}"))
    assert told(report, section) == [SENTENCES[section]]
    assert {code: cell.value for code, cell in report.cells.items()} == FIGURES
    assert RULES[section] in {rule for rule, _ in kinds(check(report))}


@pytest.mark.parametrize("section", [2, 3, 4])
def test_a_sentence_above_a_ruled_table_is_narrative_too(section: int) -> None:
    blocks = in_grids(FIGURES).blocks
    place = next(
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Line) and block.text == TITLES[section]
    )
    text = [*blocks[: place + 1], Line(SENTENCES[section], "正文", 0), *blocks[place + 1 :]]
    numbered = tuple(replace(block, number=number) for number, block in enumerate(text))
    report = recognise(Source(numbered), "report.docx")
    assert told(report, section) == [SENTENCES[section]]
    assert {code: cell.value for code, cell in report.cells.items()} == FIGURES


def test_a_paragraph_of_several_lines_above_a_table_is_read_whole() -> None:
    paragraph = (
        "2023年，我局共收到9份政府信息公开申请，均为\n自然人申请，其中予以公开9件。\n无下年度结转。"
    )
    report = read(in_rows(FIGURES).replace(TITLES[3], f"{TITLES[3]}\n{paragraph}"))
    assert "".join(told(report, 3)) == paragraph.replace("\n", "")


def test_the_head_of_a_table_is_no_narrative() -> None:
    report = read(in_rows(FIGURES))
    assert [told(report, section) for section in (2, 3, 4)] == [[], [], []]


def test_a_note_below_a_small_table_takes_nothing_from_it() -> None:
    text = in_rows(FIGURES).replace("五、存在的", "注：本表由办公室填报，数字准确。\n五、存在的")
    report = read(text)
    assert {code: cell.value for code, cell in report.cells.items()} == FIGURES


def test_headings_of_section_one_that_bear_the_names_of_others_divide_nothing() -> None:
    text = in_rows(FIGURES).replace("主动公开信息57条。", f"\n{ALL_DENIED}")
    report = recognise(lines_of(text), "report.txt")
    assert "2023年收到政府信息公开申请9件。" in told(report, 1)
    assert "2023年政府信息公开行政复议4件。" in told(report, 1)
    assert dict(report.sections) == {
        1: "一、总体情况",
        **TITLES,
        5: "五、存在的主要问题及改进情况",
        6: "六、其他需要报告的事项",
    }
    assert {"text.requests", "text.proceedings"} <= {rule for rule, _ in kinds(check(report))}


def test_two_sections_that_say_different_things_are_held_against_the_table_each() -> None:
    text = in_rows(FIGURES).replace(TITLES[3], f"{TITLES[3]}\n2023年未收到政府信息公开申请。")
    found = [one for one in check(read(text)) if one.rule == "text.requests"]
    assert [one.where.sentence for one in found] == [
        "2023年，我局收到政府信息公开申请3件，均已答复。"
    ]
