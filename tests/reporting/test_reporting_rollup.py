"""Sums of many agencies' figures: exact, the same in any order, and traceable to their members."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from disclosure.outcomes import COLUMNS, ROWS
from disclosure.rollup_events import RollupMember
from reporting.figures import Fees, Figures
from reporting.identities import check_tables
from reporting.rollup import Share, shares_of, sum_figures, sum_money, sum_tables
from reporting.rollup_differences import (
    against_last_year,
    against_the_log,
    against_version_before,
    cell_words,
    membership,
)
from reporting.rollup_texts import Extent, rollup_texts
from reporting.tables import (
    DocumentCounts,
    ProceedingCounts,
    Table2,
    Table3,
    Table4,
    Tables,
)

counts = st.integers(0, 10**6)
money = st.decimals(0, 10**11, allow_nan=False, allow_infinity=False, places=6)
documents = st.builds(DocumentCounts, counts, counts, st.integers(-50, 10**6))
proceedings = st.builds(ProceedingCounts, counts, counts, counts, counts, counts)
tables = st.builds(
    Tables,
    table2=st.builds(Table2, documents, documents, counts, counts, counts, money),
    table3=st.binary(min_size=175, max_size=175).map(
        lambda numbers: Table3(tuple(tuple(numbers[n * 7 : n * 7 + 7]) for n in range(len(ROWS))))
    ),
    table4=st.builds(Table4, proceedings, proceedings, proceedings),
)
figures = st.builds(
    Figures,
    tables,
    st.dictionaries(
        st.tuples(st.sampled_from("网报"), st.sampled_from("文策")), counts, max_size=4
    ),
    st.builds(Fees, counts, money, money),
)


def share(agency: str, its: Figures) -> Share:
    member = RollupMember(
        agency=agency,
        kind="own",
        version=1,
        digest="sha256:0",
        log_position=1,
        source="0",
        counted=(agency,),
    )
    return Share(member, f"某{agency}", its)


@given(st.lists(tables, max_size=4), st.randoms(use_true_random=False))
def test_every_cell_is_the_sum_of_that_cell_in_whatever_order_they_come(
    parts: list[Tables], random: object
) -> None:
    total, each = sum_tables(parts).figures(), [part.figures() for part in parts]
    for code, value in total.items():
        assert Fraction(value) == sum(Fraction(figures_of[code]) for figures_of in each)
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random
    assert sum_tables(shuffled).figures() == total


@given(st.lists(tables, min_size=2, max_size=4))
def test_sums_of_sums_are_the_sum(parts: list[Tables]) -> None:
    assert sum_tables([sum_tables(parts[:1]), sum_tables(parts[1:])]) == sum_tables(parts)


@given(st.lists(figures, max_size=4))
def test_what_was_published_and_the_fees_are_added_too(parts: list[Figures]) -> None:
    total = sum_figures(parts)
    for place, items in total.published.items():
        assert items == sum(part.published.get(place, 0) for part in parts)
    assert sum(total.published.values()) == sum(sum(part.published.values()) for part in parts)
    assert total.fees.notices == sum(part.fees.notices for part in parts)
    for name in ("demanded", "received"):
        exact = sum(Fraction(getattr(part.fees, name)) for part in parts)
        assert Fraction(getattr(total.fees, name)) == exact


def test_money_keeps_its_last_digit_where_the_usual_precision_would_lose_it() -> None:
    large, small = Decimal(10**28), Decimal("0.000001")
    assert large + small == large
    assert Fraction(sum_money([large, small])) == Fraction(large) + Fraction(small)


def test_the_sum_of_none_is_a_year_in_which_nothing_happened() -> None:
    assert sum_tables([]) == Tables.zero()


def test_a_sum_of_balanced_tables_balances() -> None:
    assert check_tables(sum_tables([Tables.zero(), Tables.zero()])) == ()


@given(st.lists(figures, min_size=1, max_size=4))
def test_a_cell_is_traceable_to_the_members_that_bring_something_to_it(
    parts: list[Figures],
) -> None:
    members = {f"a{n}": part.tables for n, part in enumerate(parts)}
    total = sum_figures(parts).tables.figures()
    for code in ("new.total", "permits", "regulations.in_force", "reconsideration.pending"):
        brought = shares_of(members, code)
        assert sum(brought.values()) == total[code]
        assert 0 not in brought.values()


@given(tables, tables)
def test_each_cell_that_differs_is_listed_and_no_other(one: Tables, other: Tables) -> None:
    published = share("ju", Figures(one))
    expected = {code for code, value in one.figures().items() if value != other.figures()[code]}
    against_log = list(against_the_log([published], {"ju": other}))
    assert {difference.code for difference in against_log} == expected
    before = list(against_version_before([published], {"ju": other}, 1))
    assert {difference.code for difference in before} == expected
    assert all("（ju）" in difference.message for difference in against_log + before)
    assert list(against_the_log([published], {})) == []


def carried(carried_in: int, carried_out: int, in_force: int = 0, issued: int = 0) -> Tables:
    """Return tables of one natural person's requests, and of regulations."""
    cells = Tables.zero().table3.as_json()
    for column in ("natural_person", "total"):
        cells["carried_in"][column] = carried_in
        cells["carried_out"][column] = carried_out
    zero = Tables.zero()
    two = Table2(
        DocumentCounts(issued, 0, in_force), zero.table2.normative_documents, 0, 0, 0, Decimal(0)
    )
    return Tables(two, Table3.of(cells), zero.table4)


def test_what_a_member_carried_out_last_year_is_what_it_carried_in() -> None:
    now = share("ju", Figures(carried(5, 0, in_force=9, issued=2)))
    assert list(against_last_year([now], {"ju": carried(0, 5, in_force=7)})) == []
    found = list(against_last_year([now], {"ju": carried(0, 4, in_force=8)}))
    assert [(one.kind.value, one.code, one.expected, one.found) for one in found] == [
        ("carry_over", "carried_in.natural_person", "4", "5"),
        ("carry_over", "carried_in.total", "4", "5"),
        ("in_force", "regulations.in_force", "10", "9"),
    ]
    assert found[0].message == (
        "某ju（ju）表三“二、上年结转政府信息公开申请数量”（自然人）为5件，上一年度结转下年度继续办理为4件"
    )


def test_who_joined_and_who_left_since_last_year_is_named() -> None:
    names = {"old": "旧局", "new": "新局"}
    found = list(
        membership({"new": "2025年3月1日起由某市汇总", "same": ""}, ["same", "old"], names)
    )
    assert [one.message for one in found] == [
        "新局（new）本年度计入，上一年度未计入：2025年3月1日起由某市汇总",
        "旧局（old）上一年度计入，本年度未计入",
    ]


def test_every_cell_has_words_of_its_own() -> None:
    codes = list(Tables.zero().figures())
    words = {cell_words(code) for code in codes}
    assert len(words) == len(codes) == 10 + len(ROWS) * len(COLUMNS) + 15
    assert cell_words("new.total") == "表三“一、本年新收政府信息公开申请数量”（总计）"
    assert cell_words("fees_10k_yuan") == "表二“行政事业性收费”"
    assert cell_words("reconsideration.pending") == "表四“行政复议”（尚未审结）"


def test_the_standing_texts_say_whom_the_figures_cover_and_whom_not() -> None:
    texts = rollup_texts(Figures(Tables.zero()), 2025, Extent("某市人民政府", 51, ("某局",)))
    first = texts.overall.splitlines()[0]
    assert first == (
        "本报告由某市人民政府汇总编制，数据涵盖某市人民政府本级及其汇总范围内的50个机关。"
    )
    assert texts.other.endswith("本报告的数据未包括某局。")
    for text in (texts.overall, texts.problems, texts.other):
        assert "本机关" not in text
    assert "逐项相加" in texts.overall
