"""Table two and published information: exact amounts by year, and what is in force."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.addresses import agency_stream, case_stream
from disclosure.agency_commands import DocumentKind
from disclosure.agency_events import (
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
)
from disclosure.event import Event
from disclosure.matter_events import FeeCharged, FeePaid
from projections import Publication
from projections.publication import YearlyAmounts
from tests.disclosure.facts import day
from tests.projections.folded import folded

REGULATIONS: DocumentKind = "regulations"


def amounts(*events: Event, agency: str = "chengguan") -> YearlyAmounts:
    rows = folded(Publication(), {agency_stream(agency): events})
    return YearlyAmounts(list(rows.values()))


def opened(on: str, in_force: int, kind: DocumentKind = REGULATIONS) -> Event:
    return DocumentsOpened(on=day(on), kind=kind, in_force=in_force)


def recorded(on: str, issued: int, repealed: int, kind: DocumentKind = REGULATIONS) -> Event:
    return DocumentsRecorded(on=day(on), kind=kind, issued=issued, repealed=repealed)


def income(on: str, yuan: str) -> Event:
    return FeeIncomeRecorded(on=day(on), amount_yuan=Decimal(yuan))


def published(on: str, channel: str, category: str, count: int) -> Event:
    return InformationPublished(on=day(on), channel=channel, category=category, count=count)


def test_documents_issued_and_repealed_add_up_within_their_year_and_kind() -> None:
    of_agency = amounts(
        recorded("2025-01-01", 3, 1),
        recorded("2025-12-31", 2, 0),
        recorded("2026-01-01", 9, 9),
        recorded("2025-06-01", 50, 40, kind="normative_documents"),
    )
    assert of_agency.count(2025, "issued", "regulations") == 5
    assert of_agency.count(2025, "repealed", "regulations") == 1
    assert of_agency.count(2025, "issued", "normative_documents") == 50
    assert of_agency.count(2024, "issued", "regulations") == 0


def test_decisions_count_by_kind_in_the_year_they_were_made() -> None:
    def made(on: str, count: int) -> Event:
        return DecisionsRecorded(on=day(on), kind="permits", count=count)

    of_agency = amounts(made("2024-12-31", 4), made("2025-01-01", 3), made("2025-07-01", 2))
    assert [of_agency.count(year, "decisions", "permits") for year in (2024, 2025)] == [4, 5]
    assert of_agency.count(2025, "decisions", "penalties") == 0


def test_in_force_is_last_years_plus_issued_minus_repealed_from_the_opening_balance_on() -> None:
    of_agency = amounts(
        opened("2023-01-01", 10),
        recorded("2023-05-01", 3, 1),
        recorded("2025-05-01", 0, 4),
    )
    assert {year: of_agency.in_force(year, "regulations") for year in range(2023, 2027)} == {
        2023: 12,
        2024: 12,
        2025: 8,
        2026: 8,
    }


def test_a_later_opening_balance_begins_the_chain_anew() -> None:
    of_agency = amounts(
        opened("2023-01-01", 10),
        recorded("2023-05-01", 3, 1),
        opened("2025-01-01", 20),
        recorded("2025-05-01", 1, 0),
    )
    assert of_agency.in_force(2024, "regulations") == 12
    assert of_agency.in_force(2025, "regulations") == 21


def test_without_an_opening_balance_the_chain_begins_with_none_in_force() -> None:
    of_agency = amounts(recorded("2023-05-01", 3, 1), recorded("2024-05-01", 2, 0))
    assert [of_agency.in_force(year, "regulations") for year in (2022, 2023, 2024, 2025)] == [
        0,
        2,
        4,
        4,
    ]


def test_the_kinds_have_chains_of_their_own() -> None:
    of_agency = amounts(
        opened("2024-01-01", 10),
        recorded("2024-05-01", 1, 0, kind="normative_documents"),
    )
    assert of_agency.in_force(2024, "regulations") == 10
    assert of_agency.in_force(2024, "normative_documents") == 1


@given(
    st.lists(
        st.tuples(st.integers(2020, 2026), st.integers(0, 10**6), st.integers(0, 10**6)),
        max_size=20,
    )
)
def test_in_force_follows_from_the_year_before_in_every_year(
    changes: list[tuple[int, int, int]],
) -> None:
    of_agency = amounts(
        opened("2019-01-01", 100),
        *(recorded(f"{year}-06-01", issued, repealed) for year, issued, repealed in changes),
    )
    for year in range(2020, 2027):
        came = of_agency.count(year, "issued", "regulations")
        went = of_agency.count(year, "repealed", "regulations")
        before = of_agency.in_force(year - 1, "regulations")
        assert of_agency.in_force(year, "regulations") == before + came - went


def test_fee_income_is_summed_in_yuan_without_losing_a_cent() -> None:
    of_agency = amounts(
        income("2025-01-01", "0.10"),
        income("2025-06-01", "0.20"),
        income("2025-12-31", "12345678.90"),
        income("2026-01-01", "7"),
    )
    assert of_agency.fee_income(2025) == Decimal("12345679.20")
    assert of_agency.fee_income(2026) == Decimal(7)
    assert of_agency.fee_income(2024) == 0


@given(st.lists(st.integers(0, 10**14), max_size=40))
def test_fee_income_is_exact_for_any_sums_the_record_accepts(cents: list[int]) -> None:
    of_agency = amounts(*(income("2025-01-01", f"{sum_ // 100}.{sum_ % 100:02}") for sum_ in cents))
    assert of_agency.fee_income(2025) * 100 == sum(cents)


def test_published_information_is_told_by_channel_and_category_oldest_first() -> None:
    of_agency = amounts(
        published("2025-02-01", "政务新媒体", "解读", 2),
        published("2025-01-01", "政府网站", "政策文件", 3),
        published("2025-03-01", "政务新媒体", "解读", 5),
        published("2024-03-01", "政府网站", "机构职能", 1),
    )
    told = of_agency.published(2025)
    assert told == {("政务新媒体", "解读"): 7, ("政府网站", "政策文件"): 3}
    assert list(told) == [("政务新媒体", "解读"), ("政府网站", "政策文件")]


def test_a_channel_named_like_a_kind_of_document_is_not_mistaken_for_one() -> None:
    of_agency = amounts(
        recorded("2024-05-01", 2, 0),
        published("2020-01-01", "regulations", "issued", 100),
        published("2020-01-01", "regulations", "", 100),
    )
    assert of_agency.in_force(2024, "regulations") == 2
    assert of_agency.count(2020, "issued", "regulations") == 0


def test_every_agency_has_amounts_of_its_own() -> None:
    rows = folded(
        Publication(),
        {
            agency_stream("chengguan"): [recorded("2025-05-01", 2, 0)],
            agency_stream("shangwu"): [recorded("2025-05-01", 3, 0)],
        },
    )
    of_each = {
        agency: YearlyAmounts([row for row in rows.values() if row["agency"] == agency])
        for agency in ("chengguan", "shangwu")
    }
    assert of_each["chengguan"].count(2025, "issued", "regulations") == 2
    assert of_each["shangwu"].count(2025, "issued", "regulations") == 3


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_the_order_of_the_rows_read_changes_no_amount(order: slice) -> None:
    events: Iterable[Event] = [
        opened("2024-01-01", 1),
        recorded("2024-05-01", 2, 0),
        published("2024-05-01", "政府网站", "政策文件", 3),
        published("2024-05-01", "公报", "政策文件", 4),
    ]
    rows = list(folded(Publication(), {agency_stream("chengguan"): events}).values())[order]
    of_agency = YearlyAmounts(rows)
    assert of_agency.in_force(2024, "regulations") == 3
    assert list(of_agency.published(2024).values()) == [3, 4]


def charged(on: str, yuan: str) -> Event:
    return FeeCharged(
        on=day(on),
        mode="pages",
        quantity=100,
        amount_yuan=Decimal(yuan),
        notice_received_on=day(on),
        due_on=day(on),
        lapses_on=None,
        calendar="",
    )


def test_the_information_fee_is_told_by_notices_yuan_demanded_and_yuan_received() -> None:
    rows = folded(
        Publication(),
        {
            case_stream("chengguan", "甲-1"): [
                charged("2025-03-03", "700"),
                FeePaid(on=day("2025-03-05"), amount_yuan=Decimal("300.50"), clock=None),
                FeePaid(on=day("2026-01-05"), amount_yuan=Decimal("399.50"), clock=None),
            ],
            case_stream("chengguan", "甲-2"): [charged("2025-04-01", "100")],
            case_stream("chengguan", "甲-3"): [charged("2025-04-01", "0")],
        },
    )
    yearly = YearlyAmounts(list(rows.values()))
    assert yearly.information_fees(2025) == (2, Decimal(800), Decimal("300.50"))
    assert yearly.information_fees(2026) == (0, Decimal(0), Decimal("399.50"))
    assert yearly.information_fees(2024) == (0, Decimal(0), Decimal(0))
