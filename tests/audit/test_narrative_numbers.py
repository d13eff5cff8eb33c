from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.clauses import clauses
from audit.numerals import spelt

SPELT = {
    "零": 0,
    "两": 2,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "二十一": 21,
    "一百零三": 103,
    "三百二十": 320,
    "一千零五": 1005,
    "二〇二四": 2024,
}
PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


@pytest.mark.parametrize(("characters", "number"), SPELT.items())
def test_a_number_spelt_in_chinese_is_read(characters: str, number: int) -> None:
    assert spelt(characters) == number


@given(st.integers(1, 9999))
def test_every_number_spelt_in_full_is_read_back(number: int) -> None:
    rest, written, gap = number, "", False
    for place, word in PLACES:
        digit, rest = divmod(rest, place)
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + word
        gap = not digit and bool(written)
    assert spelt(written) == number


@given(st.integers(0, 10**7), st.sampled_from(["", ","]))
def test_a_count_is_read_with_and_without_thousands_marks(number: int, mark: str) -> None:
    digits = f"{number:,}".replace(",", mark)
    (clause,) = clauses(f"收到申请{digits}件")
    assert [(one.value, one.unit) for one in clause.quantities] == [(Decimal(number), "件")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("公开１２３条", ["123"]),
        ("公开18万余条", ["180000"]),
        ("收费1.25万元", ["12500"]),
        ("收费96171.6元", ["96171.6"]),
        ("占66.48%", ["66.48"]),
        ("部分公开67、不予公开8件", ["67", "8"]),
        ("2024年1月1日至12月31日", []),
        ("国令第711号", []),
        ("〔2021〕30号文件", []),
        ("第三方评估", []),
        ("第二次会议", []),
        ("一是加强领导", []),
        ("高效办成一件事", []),
        ("未发生一起案件", []),
        ("电话0591-86177916", []),
        ("12345热线", []),
        ("7号楼8层", []),
        ("四类过程性信息", []),
    ],
)
def test_only_what_is_counted_is_a_quantity(text: str, numbers: list[str]) -> None:
    found = [one for clause in clauses(text) for one in clause.quantities]
    assert [one.value for one in found] == [Decimal(number) for number in numbers]


@pytest.mark.parametrize("text", ["公开约300条", "公开300余条", "公开3万多条", "公开300条以上"])
def test_a_number_that_is_not_exact_says_so(text: str) -> None:
    (clause,) = clauses(text)
    assert clause.quantities[0].rounded


def test_a_bracket_without_numbers_is_no_interruption() -> None:
    (clause,) = clauses("作其他处理（含申请人撤回申请）341件。")
    assert clause.quantities[0].head == "作其他处理"


def test_the_year_spoken_of_is_the_last_one_named_and_not_one_compared_with() -> None:
    years = [clause.year for clause in clauses("2023年收到5件，与2022年相比有增长，本年度收到6件")]
    assert years == [2023, 2023, 0]
