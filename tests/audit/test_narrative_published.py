"""Sentences in the wordings of published reports, each with the bureau's own figures in it.

The bureau received 12 requests (10 from natural persons, 2 from businesses), carried 2 in and 1
out, and answered 13: granted 5, partial 2, refused 1, unable 4, other 1. Reconsideration 3 (2
upheld, 1 corrected), lawsuits 1 direct (upheld) and 1 after reconsideration (pending). Normative
documents 4 made, 1 repealed, 20 in force; decisions 100, 30 and 2; fees 125,000 yuan.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from audit.rules import check
from tests.audit.published_makers import bureau_report, kinds, with_cells

REQUESTS, RESULTS, PROCEEDINGS, DOCUMENTS, FEES = (
    f"text.{subject}" for subject in ("requests", "results", "proceedings", "documents", "fees")
)
HEADING = "（二）依申请公开情况。"
Found = list[tuple[str, str]]


def said(
    *sentences: str,
    agency: str = "某市商务局",
    cells: Mapping[str, int | Decimal | str] | None = None,
    six: str = "2024年，我局未收取信息处理费。",
) -> Found:
    report = bureau_report({1: ("2024年，工作稳步推进。", *sentences), 6: (six,)})
    return kinds(check(with_cells(replace(report, agency=agency), cells or {})))


AGREE = [
    "本年度收到公开政府信息申请12件，其中无法提供4件。",
    "2024年，新收政府信息公开公开申请12件。",
    "全年共收到政府信息公开申请12项，均按程序办理。",
    "全年收到政府信息公开申请12个。",
    "2024年以来，共收到政府信息公开申请12件，上年结转政府信息公开办理数量2件。",
    "今年以来，累计受理公民、法人或其他组织通过门户网站、邮寄等途径提出的依申请公开12件。",
    "收到政府信息公开申请12件；结转2件，下年度继续办理1件。",
    "收到政府信息公开申请12件，本年度已办理13件，结转下年度1件。",
    "收到政府信息公开申请12件，其中公开7件，不予公开1件。",
    "收到政府信息公开申请12件，其中5件准予公开。",
    "收到政府信息公开申请12件，分别为予以公开5件，部分公开2件，不予公开1件。",
    "收到政府信息公开申请12件，本机关不掌握4件，其他处理1件。",
    "经查，2023年收到，结转至2024年作出答复的政府信息公开申请2件。",
    "收到政府信息公开申请12件，上年结转2件，其中予以公开5件，部分公开2件，不予公开1件。",
    "制发行政规范性文件4篇，已对外公开。",
    "行政事业性收费总金额为125000元。",
    "收到政府信息公开申请12件，无法提供4件，其余5件予以公开。",
    "收到政府信息公开申请12件，答复13件，其中当年答复11件，延期答复2件。",
    "主动公开政府信息21条：机构职能类1条、安全生产类20条，行政处罚16件，行政强制6件。",
    (
        "受理政府信息公开申请14件，其中予以公开5件，部分公开2件，不予公开1件，无法提供4件，"
        "其他处理1件，结转下年办理1件。"
    ),
    "其中包括2023年结转2024年政府信息公开申请2件，其中予以公开2件。",
    "受理政府信息公开申请14件，答复13件，均在法定期限内办结，1件结转下一年办理。",
    "政府信息公开行政复议3件，维持2件，纠正1件，撤回复议申请1件。",
    "信息公开行政复议案件3条，被纠错1条。",
    "未发生政府信息公开类国家赔偿；政府信息公开行政诉讼2件，复议后起诉。",
    "本年度行政规范性文件发布4条，废止数量1条，现行有效数量20条。",
    "制定印发了《某管理办法》《某实施细则》等4件行政规范性文件。",
    "作出100宗行政许可，其中3宗为学校设立；作出行政处罚30宗。",
    "2024年度新发布的行政规范性文件4件。",
    "主动公开政务信息73条，其中，政策解读2条；作出行政许可决定100件。",
    "全年收取行政事业性收费125000元。",
    "收取12.5万元行政事业性收费。",
    "市商务局海棠分局、商务发展局共同编制指南2份。",
]
"""Every one of these is true of the tables."""

SILENT = [
    "2024年上半年，我局受理政府信息公开申请7件，答复6件。",
    "2024年第一季度，收到政府信息公开申请2件，其中予以公开1件。",
    "2024年11月，收到政府信息公开申请3件。",
    "双公示系统中公开行政许可信息55项，行政处罚3项。",
    "主动公开信息96条，其中行政许可方面65条、行政处罚方面4条。",
    "通过网站公布水质监测情况4条，行政处罚2条。",
    "因具体行政行为被提起行政诉讼2起，其中1起已移送，1起胜诉。",
    "2024年度行政执法工作均无被申请行政复议和提起行政诉讼。",
    "全年未收到信息公开方面的投诉，未产生依申请公开典型案例。",
    "完善政府信息公开申请办理流程5个，梳理依申请公开环节7项。",
    "全年共办理并答复信息公开纸质申请。",
    "主动公开信息量625条，依申请公开6条。",
    "牵头起草两部政府规章，代拟规范性文件3件。",
    "公布行政规范性文件发布清单15份。",
    "因政府信息公开引发的行政诉讼2件，一审维持2件，二审维持1件。",
    "向社会公开政府信息200条，依申请公开5件，不予公开3件。",
    "未收到政府信息公开申请行政复议相关文书范本。",
]
"""None of these is about a figure of the bureau's tables."""

DIFFER: list[tuple[str, Found]] = [
    ("本年度收到公开政府信息申请13件。", [(REQUESTS, "error")]),
    ("2024年，新收政府信息公开公开申请0件。", [(REQUESTS, "error")]),
    ("全年共收到政府信息公开申请15项。", [(REQUESTS, "error")]),
    ("我委收到依申请公开办件0个。", [(REQUESTS, "error")]),
    ("2024年以来，共收到政府信息公开申请13件。", [(REQUESTS, "error")]),
    ("未收到个人、法人或者其他组织向本机关申请公开政府信息。", [(REQUESTS, "error")]),
    ("全年没有公民、法人和其它组织提出依申请公开信息的申请。", [(REQUESTS, "error")]),
    ("未收到公民、法人或其他组织通过任何形式提出的政府信息公开申请。", [(REQUESTS, "error")]),
    ("未收到任何形式的政府信息公开申请。", [(REQUESTS, "error")]),
    ("未收到任何要求公开政府信息的申请。", [(REQUESTS, "error")]),
    ("未接到提出公开政府信息的申请。", [(REQUESTS, "error")]),
    ("未收到自然人、法人或其他组织的政府信息公开申请。", [(REQUESTS, "error")]),
    (
        "本年度无政府信息公开申请、无行政复议、无行政诉讼。",
        [(REQUESTS, "error"), (PROCEEDINGS, "error")],
    ),
    ("收到政府信息公开申请15件，3件转其他渠道办理，实际受理12件。", [(REQUESTS, "warning")]),
    ("收到政府信息公开申请12件，无法提供4件，其余6件予以公开。", [(RESULTS, "error")]),
    (
        "受理申请公开信息申请12件，已主动公开告知获取方式1件，予以公开4件。",
        [(RESULTS, "warning")],
    ),
    ("未收到社会组织或群众个人提出的政府信息依申请公开。", [(REQUESTS, "error")]),
    ("全年未收到依申请公开来信。", [(REQUESTS, "error")]),
    ("我局未收到及办理依申请公开件。", [(REQUESTS, "error")]),
    ("我局线上、线下均无依申请公开信件。", [(REQUESTS, "error")]),
    ("全年未收到依法申请公开事项。", [(REQUESTS, "error")]),
    ("我局未收到申请政府信息公开事项。", [(REQUESTS, "error")]),
    (
        "累计受理公民、法人或其他组织通过门户网站、邮寄等途径提出的依申请公开15件。",
        [(REQUESTS, "error")],
    ),
    ("某市商务局依申请公开受理和办结9件。", [(REQUESTS, "warning")]),
    ("收到政府信息公开申请12件，上年结转政府信息公开办理数量4件。", [(REQUESTS, "error")]),
    ("收到政府信息公开申请12件，上年无结转。", [(REQUESTS, "error")]),
    ("收到政府信息公开申请12件，无下年度结转。", [(REQUESTS, "error")]),
    ("收到政府信息公开申请12件，下年度继续办理4件。", [(REQUESTS, "error")]),
    ("新收政府信息公开申请12件，均为自然人申请。", [(REQUESTS, "error")]),
    ("新收政府信息公开申请12件（均为自然人提交），全部答复。", [(REQUESTS, "error")]),
    ("收到政府信息公开申请12件，本年度已办理14件。", [(RESULTS, "error")]),
    ("收到政府信息公开申请12件，其中6件准予公开。", [(RESULTS, "error")]),
    ("收到政府信息公开申请12件，其中公开9件。", [(RESULTS, "error")]),
    ("收到政府信息公开申请12件，分别为予以公开6件，部分公开2件。", [(RESULTS, "error")]),
    ("收到政府信息公开申请12件，本机关不掌握5件。", [(RESULTS, "error")]),
    (
        "收到政府信息公开申请12件，上年结转2件，其中予以公开5件，部分公开2件，不予公开2件。",
        [(RESULTS, "error")],
    ),
    ("制发行政规范性文件5篇，已对外公开。", [(DOCUMENTS, "error")]),
    (
        "收到政府信息公开申请12件，其中予以公开4件，已通过网站对外公开1件。",
        [(RESULTS, "warning")],
    ),
    (
        "经查，2023年收到，结转至2024年作出答复的政府信息公开申请5件。",
        [(REQUESTS, "error")],
    ),
    (
        (
            "受理政府信息公开申请14件，其中予以公开5件，部分公开2件，不予公开1件，无法提供4件，"
            "其他处理0件，结转下年办理1件。"
        ),
        [(RESULTS, "error")],
    ),
    ("收到信息公开行政复议案件6条。", [(PROCEEDINGS, "error")]),
    ("2024年度针对我局的行政复议案0件。", [(PROCEEDINGS, "warning")]),
    (
        "无因政府信息产生行政复议，提起行政诉讼情况发生。",
        [(PROCEEDINGS, "warning"), (PROCEEDINGS, "warning")],
    ),
    ("涉政府信息公开行政复议3件，被纠错0件。", [(PROCEEDINGS, "error")]),
    ("涉政府信息公开行政复议3件，败诉0件。", [(PROCEEDINGS, "warning")]),
    (
        "本年度行政规范性文件发布4条，废止数量2条，现行有效数量21条。",
        [(DOCUMENTS, "error"), (DOCUMENTS, "error")],
    ),
    ("制定印发了《某管理办法》等5件行政规范性文件。", [(DOCUMENTS, "error")]),
    ("2024年度新发布的行政规范性文件5件。", [(DOCUMENTS, "error")]),
    ("作出103宗行政许可，其中3宗为学校设立。", [(DOCUMENTS, "error")]),
    ("主动公开政务信息73条，其中，政策解读2条；作出行政许可决定103件。", [(DOCUMENTS, "error")]),
    ("制发行政发文61条，其中主动公开60条；制发规范性文件0件。", [(DOCUMENTS, "error")]),
    ("收取15万元行政事业性收费。", [(FEES, "error")]),
]


@pytest.mark.parametrize("sentence", AGREE)
def test_published_wordings_that_agree_give_nothing(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize("sentence", SILENT)
def test_published_wordings_about_something_else_give_nothing(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(("sentence", "expected"), DIFFER)
def test_published_wordings_that_differ_are_found(sentence: str, expected: Found) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1件、",
        "其中1件",
        "予以公开1件、",
        "行政处罚1件、",
        "主动公开",
        "未制发",
        "通过等",
        "2023年结转",
    ],
)
def test_sentences_made_to_be_slow_are_not(text: str) -> None:
    before = time.perf_counter()
    said(f"{text * (40_000 // len(text))}收到政府信息公开申请5件。")
    assert time.perf_counter() - before < 5


def test_a_half_year_holds_for_the_sentence_that_divides_it() -> None:
    half = "2024年上半年，我局受理政府信息公开申请7件。"
    assert said(half, "其中，同意公开或部分公开共3件。") == []
    assert said(half, "全年收到政府信息公开申请13件。") == [(REQUESTS, "error")]


def test_an_agency_under_a_part_of_its_name_is_the_same_agency() -> None:
    text = "区园建局收到政府信息公开申请13件。"
    assert said(text, agency="某区公园建设局") == [(REQUESTS, "error")]
    assert said(text, agency="某区商务局") == [(REQUESTS, "warning")]


def test_to_whom_a_request_was_sent_is_not_whose_requests_are_counted() -> None:
    text = "全市共收到政府信息公开申请12件，其中向市政府办公室邮寄申请2件，结转下年度办理0件。"
    assert said(text, agency="某市人民政府") == [(REQUESTS, "error")]


def test_one_agencys_number_beside_the_sum_of_all_asks_for_nothing() -> None:
    one = "市政府办公室收到政府信息公开申请5件，办结4件。"
    several = "全市收到政府信息公开申请{}件，办结13件。"
    agency = "某市人民政府"
    assert said(one, several.format(12), agency=agency) == []
    assert said(one, several.format(11), agency=agency) == [
        (REQUESTS, "warning"),
        (REQUESTS, "error"),
    ]


def test_documents_counted_under_the_heading_of_requests_are_only_doubtful() -> None:
    text = "某市商务局依申请公开政务信息数15件。"
    assert said(text) == []
    assert said(HEADING, text) == [(REQUESTS, "warning")]


def test_proceedings_under_the_heading_of_requests_alone_are_only_doubtful() -> None:
    assert said(HEADING, "全年收到行政复议11件。") == [(PROCEEDINGS, "warning")]


@pytest.mark.parametrize(
    ("printed", "sentence", "doubtful"),
    [
        ("0", "2024年全市实际收取信息处理费共计400元。", True),
        ("0.04", "2024年全市实际收取信息处理费共计400元。", False),
        ("0.04", "有1件政府信息公开申请收取信息处理费380元。", False),
        ("12.5", "2024年收取信息处理费0.3万元。", False),
        ("0.2", "2024年收取信息处理费0.3万元。", True),
    ],
)
def test_a_processing_fee_is_a_part_of_the_fees_of_table_two(
    printed: str, sentence: str, *, doubtful: bool
) -> None:
    found = said(six=sentence, cells={"fees_10k_yuan": Decimal(printed)})
    assert found == ([(FEES, "warning")] if doubtful else [])


def test_a_fee_taken_in_one_section_and_denied_in_another_asks_for_a_look() -> None:
    told = "2024年对1件申请收取信息处理费380元。"
    assert said(told) == [(FEES, "warning")]
    assert said(told, six="2024年收取信息处理费380元。") == []


def test_fees_printed_in_yuan_where_the_form_asks_for_ten_thousands_are_explained() -> None:
    report = bureau_report({1: ("2024年，行政事业性收费96171.6元。",)})
    (found,) = check(with_cells(report, {"fees_10k_yuan": Decimal("96171.6")}))
    assert "应以万元为单位" in found.message


@pytest.mark.parametrize(
    ("printed", "sentence", "wrong"),
    [
        ("9.62", "行政事业性收费96171.6元。", False),
        ("9.61716", "行政事业性收费9.62万元。", False),
        ("9.62", "行政事业性收费96271.6元。", True),
        ("96171.6", "行政事业性收费96171.6元。", True),
    ],
)
def test_money_is_compared_as_far_as_the_shorter_figure_is_written(
    printed: str, sentence: str, *, wrong: bool
) -> None:
    found = said(sentence, cells={"fees_10k_yuan": Decimal(printed)})
    assert found == ([(FEES, "error")] if wrong else [])


def test_a_year_requests_were_carried_from_is_not_the_year_a_section_speaks_of() -> None:
    report = bureau_report({1: ("办结政府信息公开申请13件（含2023年结转的2件）。",)})
    assert kinds(check(report)) == []
