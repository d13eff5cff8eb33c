from dataclasses import replace

import pytest

from audit.published import Sentence
from audit.rules import check
from reporting.findings import Finding
from tests.audit.published_makers import bureau_report, kinds, with_cells

OPENING = "2024年，工作稳步推进。"


def said(*sentences: str, agency: str | None = "某市商务局") -> list[tuple[str, str]]:
    return kinds(found(*sentences, agency=agency))


def found(*sentences: str, agency: str | None = "某市商务局") -> tuple[Finding, ...]:
    return check(replace(bureau_report({1: (OPENING, *sentences)}), agency=agency))


def test_parts_in_the_next_sentence_divide_the_number_before() -> None:
    whole = "收到政府信息公开申请12件，办结13件。"
    assert said(whole, "其中，予以公开5件，部分公开2件；不予公开1件；无法提供4件。") == []
    assert said(whole, "其中，予以公开5件，部分公开3件。") == [("text.results", "error")]


def test_parts_of_a_number_that_is_not_ours_are_not_ours_either() -> None:
    assert said("收到涉及征地的政府信息公开申请3件，其中予以公开2件，部分公开1件。") == []
    assert said("主动公开信息500条，其中规范性文件40条，收到公众意见、申请类信息8条。") == []


def test_parts_of_what_was_carried_in_are_no_row_of_the_form() -> None:
    assert said("收到政府信息公开申请12件，上年结转2件，其中予以公开1件。") == []


def test_results_of_one_kind_of_applicant_are_held_against_that_column() -> None:
    text = "收到政府信息公开申请12件，其中自然人10件（予以公开{}件）。"
    assert said(text.format(4)) == []
    assert said(text.format(5)) == [("text.results", "error")]


def test_a_number_without_an_object_is_understood_by_its_heading_and_only_doubtful() -> None:
    assert said("共收到12件，均按期答复。") == []
    assert said("共收到15件，均按期答复。") == []
    assert said("（二）依申请公开情况。", "共收到12件，均按期答复。") == []
    assert said("（二）依申请公开情况。", "共收到15件，均按期答复。") == [
        ("text.requests", "warning")
    ]
    assert said("（二）依申请公开情况。", "（三）政府信息管理情况。", "共收到15件。") == []


def test_applications_received_under_their_heading_need_no_second_name() -> None:
    assert said("（二）依申请公开方面。", "本年度我局共收到11件申请。") == [
        ("text.requests", "warning")
    ]


def test_results_a_sentence_later_are_still_understood_and_only_doubtful() -> None:
    assert said("收到政府信息公开申请12件。", "办结13件，予以公开6件。") == [
        ("text.results", "warning")
    ]


def test_a_complaint_between_two_numbers_takes_the_subject_away() -> None:
    assert said("收到政府信息公开申请12件，受理群众投诉40件，办结40件。") == []


def test_in_a_governments_report_one_agencys_number_is_only_doubtful() -> None:
    text = "{}共收到政府信息公开申请9件。"
    assert said(text.format("全市"), agency="某市人民政府") == [("text.requests", "error")]
    assert said(text.format(""), agency="某市人民政府") == [("text.requests", "error")]
    assert said(text.format("市本级"), agency="某市人民政府") == [("text.requests", "warning")]
    assert said(text.format("市政府办公室"), agency="某市人民政府") == [
        ("text.requests", "warning")
    ]


def test_a_list_of_agencies_in_brackets_leaves_the_subject_as_it_was() -> None:
    listed = "全市共收办政府信息公开申请12件（市政府5件、各部门7件），同比增长70.3%，"
    assert said(f"{listed}其中，自然人10件，法人或其他组织2件；予以公开5件。", agency="某市") == []
    assert said(f"{listed}予以公开6件。", agency="某市") == [("text.results", "error")]


def test_a_government_as_reviewing_body_counts_other_cases() -> None:
    text = "办理政府信息公开行政复议案件40件。"
    assert said(text, agency="某县人民政府") == [("text.proceedings", "warning")]
    assert said(text) == [("text.proceedings", "error")]


def test_documents_of_a_government_alone_are_only_doubtful() -> None:
    text = "{}制发行政规范性文件9件。"
    assert said(text.format("市政府"), agency="某市人民政府") == [("text.documents", "warning")]
    assert said(text.format("全市"), agency="某市人民政府") == [("text.documents", "error")]


def test_a_whole_place_named_once_holds_for_the_sentence() -> None:
    text = "全市制发行政规范性文件4件，废止{}件。"
    assert said(text.format(1), agency="某市人民政府") == []
    assert said(text.format(2), agency="某市人民政府") == [("text.documents", "error")]


def test_a_township_is_one_agency_and_its_own_whole_place() -> None:
    for text in ("全镇共收到政府信息公开申请9件。", "我镇收到政府信息公开申请9件。"):
        assert said(text, agency="某镇人民政府") == [("text.requests", "error")]
    assert said("我镇制发行政规范性文件9件。", agency="某镇人民政府") == [
        ("text.documents", "error")
    ]


def test_results_that_leave_out_what_was_carried_in_are_only_doubtful() -> None:
    text = "收到政府信息公开申请12件，其中予以公开4件（不含上年结转）。"
    assert said(text) == [("text.results", "warning")]


def test_a_number_that_is_one_column_or_one_row_is_explained() -> None:
    (column,) = found("收到政府信息公开申请10件。")
    assert "可能只引用了“自然人”一列的数。" in column.message
    report = with_cells(
        bureau_report({1: (OPENING, "收到政府信息公开申请12件，其中无法提供3件。")}),
        {"unable.not_held.total": 3, "unable.needs_creation.total": 1},
    )
    row = next(one for one in check(report) if one.rule == "text.results")
    assert "可能只引用了“1. 本机关不掌握相关政府信息”一项的数。" in row.message


def test_a_number_of_last_years_report_is_explained() -> None:
    previous = with_cells(bureau_report(year=2023), {"new.total": 31})
    report = bureau_report({1: (OPENING, "收到政府信息公开申请31件。")})
    (one,) = [one for one in check(report, previous) if one.rule == "text.requests"]
    assert "可能沿用了上一年度报告的数。" in one.message


def test_the_message_can_be_pasted_into_a_letter() -> None:
    (one,) = found("全年新收政府信息公开申请14件。")
    assert one.message == (
        "正文“全年新收政府信息公开申请14件。”所称本年新收政府信息公开申请数量为14，"
        "表三为12，两者不一致。"
    )
    assert (one.expected, one.found) == (12, 14)


def test_a_figure_that_could_not_be_read_is_not_held_against_the_text() -> None:
    report = bureau_report({1: (OPENING, "收到政府信息公开申请99件，办结13件。")})
    cells = {code: cell for code, cell in report.cells.items() if code != "new.total"}
    assert not [one for one in check(replace(report, cells=cells)) if one.rule == "text.requests"]


def test_a_blank_total_does_not_make_a_right_sentence_wrong() -> None:
    report = with_cells(
        bureau_report({1: (OPENING, "收到政府信息公开申请12件，1件结转下年度继续办理。")}),
        {"carried_out.total": ""},
    )
    assert not [one for one in check(report) if one.rule.startswith("text.")]


def test_all_answered_is_doubtful_beside_a_request_carried_over() -> None:
    report = with_cells(
        bureau_report({1: (OPENING, "收到政府信息公开申请12件，所有申请均已按要求办理完成。")}),
        {"carried_out.total": ""},
    )
    assert ("text.results", "warning") in kinds(check(report))


def test_none_received_and_yet_answered_asks_for_a_look() -> None:
    nothing = {
        code: 0 for code in bureau_report().cells if code.startswith(("new.", "carried_in."))
    }
    report = with_cells(bureau_report({1: (OPENING, "未收到政府信息公开申请。")}), nothing)
    assert ("text.requests", "warning") in kinds(check(report))


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("没有产生信息公开处理费。", True),
        ("未发生政府信息公开收费情况。", True),
        ("未收取信息处理费。", False),
    ],
)
def test_a_fee_let_lapse_speaks_against_no_fee_asked(text: str, *, doubtful: bool) -> None:
    cells = {
        "other.fee_lapsed.natural_person": 1,
        "other.fee_lapsed.total": 1,
        "other.correction_lapsed.natural_person": 0,
        "other.correction_lapsed.total": 0,
    }
    report = with_cells(bureau_report({6: (text,)}), cells)
    assert kinds(check(report)) == ([("text.fees", "warning")] if doubtful else [])


def test_one_sentence_said_twice_is_found_once_for_each_place() -> None:
    report = bureau_report()
    twice = (
        *report.sentences,
        Sentence("全年新收政府信息公开申请14件。", 1, "第1页"),
        Sentence("2024年新收政府信息公开申请14件。", 5, "第3页"),
    )
    assert said("全年新收政府信息公开申请14件。") == [("text.requests", "error")]
    assert len(check(replace(report, sentences=twice))) == 2


def test_a_sentence_of_no_known_agency_is_read_too() -> None:
    assert said("收到政府信息公开申请9件。", agency=None) == [("text.requests", "error")]
