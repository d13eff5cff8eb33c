from dataclasses import replace

import pytest

from audit.published import Sentence
from audit.rules import check
from reporting.findings import Severity, Where
from reporting.labels import SECTION_TITLES
from tests.audit.published_makers import NARRATIVE, bureau_report, kinds


@pytest.mark.parametrize("number", range(1, 7))
def test_a_section_that_is_not_there_is_missing(number: int) -> None:
    report = bureau_report()
    sections = {one: title for one, title in report.sections.items() if one != number}
    sentences = tuple(one for one in report.sentences if one.section != number)
    (found,) = check(replace(report, sections=sections, sentences=sentences))
    assert (found.rule, found.severity) == ("section.missing", Severity.ERROR)
    assert found.where == Where(sentence=SECTION_TITLES[number - 1])


def test_a_file_of_tables_alone_is_asked_for_no_text() -> None:
    assert kinds(check(replace(bureau_report(), sections={}, sentences=()))) == [
        ("section.missing", "warning")
    ]


@pytest.mark.parametrize("text", ["无", "无。", "暂无", "没有问题。", "目前，暂无存在问题。", "略"])
def test_section_five_that_says_nothing_is_empty(text: str) -> None:
    assert kinds(check(bureau_report({5: (text,)}))) == [("section.empty", "error")]
    assert kinds(check(bureau_report({5: ()}))) == [("section.empty", "error")]


@pytest.mark.parametrize("text", ["无", "无其他需要报告的事项。", "2024年度工作任务已全部完成。"])
def test_section_six_silent_on_the_fee_is_empty(text: str) -> None:
    (found,) = check(bureau_report({6: (text,)}))
    assert (found.rule, found.severity) == ("section.empty", Severity.ERROR)
    assert "信息处理费" in found.message


def test_a_fee_told_in_another_section_makes_the_silence_of_six_doubtful() -> None:
    told = (*NARRATIVE[1], "2024年我局未收取政府信息公开信息处理费。")
    assert kinds(check(bureau_report({1: told, 6: ("无其他需要报告的事项。",)}))) == [
        ("section.empty", "warning")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2024年，无收取信息处理费情况。",
        "我局未发生收费情况。",
        "本年度没有产生信息公开处理费。",
        "未向公众收取政府信息处理相关费用。",
        "2024年共收取信息处理费120元。",
    ],
)
def test_the_fee_may_be_told_in_many_words(text: str) -> None:
    assert check(bureau_report({6: (text,)})) == ()


@pytest.mark.parametrize(
    "text",
    [
        "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
        "统计时限为2024年1月1日至12月31日。",
        "本年度报告中所列数据的统计周期为 2024 年 1 月 1 日至 12 月 31 日。",
        "数据统计期限:2024年1月1日—2024年12月31日。",
        "《某条例》自2020年1月1日至2020年12月31日试行。",
    ],
)
def test_a_period_of_the_reports_own_year_is_right(text: str) -> None:
    assert check(bureau_report({0: (text,)})) == ()


@pytest.mark.parametrize(
    "text",
    [
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自2024年1月1日起至2023年12月31日止。",
        "本报告所列数据的统计期限自2024年1月1日至2024年11月30日。",
        "统计时限为2023年1月1日至12月31日。",
    ],
)
def test_a_period_of_another_year_is_an_error(text: str) -> None:
    (found,) = check(bureau_report({0: (text,)}))
    assert (found.rule, found.severity) == ("text.period", Severity.ERROR)
    assert found.where == Where(sentence=text)
    assert found.expected == "2024年1月1日至2024年12月31日"


def test_a_title_of_another_year_is_an_error() -> None:
    report = replace(bureau_report(), title="某市商务局2023年政府信息公开工作年度报告")
    assert kinds(check(report)) == [("text.period", "error")]


def test_no_year_is_compared_where_the_report_names_none() -> None:
    assert check(replace(bureau_report(), year=None, title=None)) == ()


@pytest.mark.parametrize(
    ("section", "text", "doubtful"),
    [
        (6, "2023年，我局未收取信息处理费。", True),
        (5, "2023年，还存在解读形式不够丰富的问题，下一步将改进。", True),
        (6, "按照2021年印发的收费规定，我局未收取信息处理费。", False),
        (6, "按照国办函〔2020〕109号文件，我局未收取信息处理费。", False),
        (5, "与2023年相比，2024年解读形式仍不够丰富。", False),
        (5, "2025年，我局将继续充实解读形式。", False),
    ],
)
def test_a_section_that_speaks_only_of_the_year_before_is_doubtful(
    section: int, text: str, *, doubtful: bool
) -> None:
    expected = [("text.period", "warning")] if doubtful else []
    assert kinds(check(bureau_report({section: (text,)}))) == expected


COPIED = (
    "一是政策解读的形式还不够丰富，群众不容易看懂。",
    "二是部分科室对公开工作的重视程度有待提高。",
    "三是业务培训的次数偏少，答复水平参差不齐。",
)


def test_a_section_five_taken_over_from_last_year_is_doubtful() -> None:
    now = bureau_report({5: ("2024年，工作中仍存在一些不足需要改进和提高。", *COPIED)})
    before = bureau_report(
        {5: ("2023年，工作中仍存在一些不足需要改进和提高。", *COPIED), 1: ("略",)}, year=2023
    )
    found = [one for one in check(now, before) if one.rule == "text.copied"]
    assert [(one.severity, one.where.sentence) for one in found] == [
        (Severity.WARNING, SECTION_TITLES[4])
    ]


def test_a_few_standing_words_are_no_copy() -> None:
    before = bureau_report(
        {5: ("2023年，工作中还存在队伍力量不足的问题。", *COPIED[:2]), 1: ("略",)}, year=2023
    )
    now = bureau_report({5: ("2024年，答复质量需要提高，业务培训需要加强。", *COPIED[:2])})
    assert "text.copied" not in {one.rule for one in check(now, before)}


def test_a_sentence_keeps_the_words_it_was_printed_in() -> None:
    spaced = Sentence("数据统计期限自 2023 年 1 月 1 日至 2023 年 12 月 31 日。", 0, "第1页")
    report = bureau_report()
    (found,) = check(replace(report, sentences=(spaced, *report.sentences[2:])))
    assert found.where.sentence == spaced.text
