"""Reports held against each other: the year before, last year's words, the level above."""

from dataclasses import replace

from audit.across_levels import against_children
from audit.across_years import agency_key, paired
from audit.known_figures import in_words
from audit.published import PublishedReport
from reporting.labels import DECISION_LABELS
from tests.audit.published_makers import bureau_report, with_cells, without_cells


def of(file: str, year: int, agency: str | None = "某市商务局") -> PublishedReport:
    return replace(bureau_report(year=year), file=file, agency=agency)


def pairs(*reports: PublishedReport) -> dict[str, str]:
    return {file: before.file for file, before in paired(reports).before.items()}


def test_an_agency_meets_its_own_year_before_and_no_other() -> None:
    found = pairs(of("a", 2022), of("b", 2023), of("c", 2025), of("d", 2024, "某市水利局"))
    assert found == {"b": "a"}


def test_a_report_that_names_no_agency_meets_nobody() -> None:
    assert pairs(of("a", 2023, None), of("b", 2024, None)) == {}


def test_a_government_is_its_place_and_blanks_are_no_part_of_a_name() -> None:
    assert agency_key(of("a", 2023, "宿迁市 人民政府")) == agency_key(of("b", 2024, "宿迁市"))
    assert agency_key(of("a", 2023, "人民政府办公室")) == "人民政府办公室"


def test_of_several_files_of_last_year_the_nearest_in_the_same_format_is_taken() -> None:
    before = [of("x/2023.docx", 2023), of("x/2023.pdf", 2023), of("y/2023.pdf", 2023)]
    assert pairs(*before, of("x/2024.pdf", 2024))["x/2024.pdf"] == "x/2023.pdf"


def test_namesakes_of_two_places_are_held_against_their_neighbours() -> None:
    other = with_cells(of("乙县/2023.pdf", 2023, "统计局"), {"carried_out.total": 7})
    found = pairs(
        of("甲县/2023.pdf", 2023, "统计局"),
        other,
        of("甲县/2024.pdf", 2024, "统计局"),
        of("乙县/2024.pdf", 2024, "统计局"),
    )
    assert found == {"甲县/2024.pdf": "甲县/2023.pdf", "乙县/2024.pdf": "乙县/2023.pdf"}


def test_where_neighbours_differ_none_is_taken() -> None:
    one, other = of("a1", 2023), with_cells(of("a2", 2023), {"carried_out.total": 7})
    found = paired([one, other, of("b", 2024)])
    assert (found.before, found.undecided) == ({}, {"b": ("a1", "a2")})


def government(figures: dict[str, int | str]) -> PublishedReport:
    return with_cells(of("市.pdf", 2024, "某市人民政府"), figures)


def test_a_parent_that_is_the_sum_of_its_children_is_left_alone() -> None:
    child, other = of("a", 2024), of("b", 2024, "某市水利局")
    doubled = {code: int(cell.value or 0) * 2 for code, cell in child.cells.items()}
    parent = government({**doubled, "fees_10k_yuan": 25})
    assert against_children(parent, [parent, child, other]) == ()


def test_each_cell_that_is_not_the_sum_is_one_warning() -> None:
    child, other = of("a", 2024), of("b", 2024, "某市水利局")
    parent = government({code: 2 * int(one.value or 0) for code, one in child.cells.items()})
    parent = with_cells(parent, {"fees_10k_yuan": 25, "permits": 199, "new.total": 25})
    found = against_children(parent, [child, other])
    assert [(one.rule, one.severity.value, one.expected, one.found) for one in found] == [
        ("rollup.sum", "warning", 200, 199),
        ("rollup.sum", "warning", 24, 25),
    ]
    assert in_words("permits") in found[0].message
    assert DECISION_LABELS["permits"] in found[0].message
    assert "汇总遗漏" in found[0].message
    assert "未提供" in found[1].message


def test_an_agency_counts_once_and_other_years_not_at_all() -> None:
    parent = replace(of("市", 2024, "某市"), cells=bureau_report().cells)
    twice = [of("a.docx", 2024), of("a.pdf", 2024), of("b", 2023, "某市水利局")]
    found = against_children(parent, twice)
    assert [one.message for one in found] == [
        "所给报告中有1份不是同一年度或者年份不明，未计入下级之和。"
    ]


def test_cells_that_are_not_read_in_every_child_are_not_added() -> None:
    parent = replace(of("市", 2024, "某市"), cells=bureau_report().cells)
    found = against_children(parent, [without_cells(of("a", 2024), "permits", "penalties")])
    assert [one.message for one in found] == ["有2格在部分下级报告中未能确定数字，未作上下级核对。"]
    alone = against_children(parent, [parent])
    assert [one.message for one in alone] == ["没有可以相加的下级报告，未作上下级核对。"]
