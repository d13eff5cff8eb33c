"""Superiors by date: moves, mergers, and which roll-up a year's figures enter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.agency import AgencyState, decide_agency, fold_agency
from disclosure.agency_commands import (
    AgencyCommand,
    MergeAgency,
    MoveAgency,
    RecordDecisions,
    WriteSection,
)
from disclosure.agency_events import AgencyRegistered
from disclosure.agency_place import Place
from disclosure.event import Event
from disclosure.refusals import Refused
from tests.disclosure.facts import day, said


def registered(**place: object) -> list[Event]:
    return [AgencyRegistered(on=day("2020-01-01"), name="某局", **place)]  # type: ignore[arg-type] # a test's fields


def after(events: list[Event], *commands: AgencyCommand) -> AgencyState:
    """Fold what commands come to, one after the other."""
    for command in commands:
        events = [*events, *decide_agency(fold_agency(events), command)]
    return fold_agency(events)


def refused(state: AgencyState, command: AgencyCommand) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        decide_agency(state, command)
    return refusal.value.code, refusal.value.field


def test_the_superior_an_agency_is_registered_under_holds_since_ever() -> None:
    place = after(registered(parent="shi")).place
    assert place.parent_on(day("2008-05-01")) == place.parent_on(day("2030-01-01")) == "shi"
    assert place.parent_in(2019) == "shi"


def test_a_year_enters_the_roll_up_of_its_last_day_whenever_in_it_the_agency_moved() -> None:
    place = after(
        registered(parent="shi"),
        said(MoveAgency, "2025-12-31", parent="xian"),
        said(MoveAgency, "2024-01-01", parent="qu"),
    ).place
    assert [place.parent_in(year) for year in (2023, 2024, 2025, 2026)] == [
        "shi",
        "qu",
        "xian",
        "xian",
    ]
    assert place.parent_on(day("2025-12-30")) == "qu"
    assert [change.parent for change in place.changes_in(2025)] == ["xian"]


def test_an_agency_has_reports_of_the_years_in_which_it_was_one_and_of_no_other() -> None:
    place = Place(opened_on=date(2021, 7, 1), ended_on=date(2023, 1, 1))
    for year in (2021, 2022, 2023):
        place.require_year(year)
    with pytest.raises(Refused, match="该机关 2021-07-01 才成立，没有 2020 年度报告"):
        place.require_year(2020)
    with pytest.raises(Refused, match="该机关已于 2023-01-01 撤并，没有 2024 年度报告"):
        place.require_year(2024)
    Place().require_year(1999)


def test_what_is_said_last_of_a_day_stands() -> None:
    moves = [said(MoveAgency, "2025-03-01", parent=parent) for parent in ("xian", "shi", None)]
    place = after(registered(parent="shi"), *moves).place
    assert place.parent_on(day("2025-03-01")) is None
    assert place.parent_on(day("2025-02-28")) == "shi"


def test_a_merged_agency_reports_up_to_its_last_day_to_the_superior_of_that_day() -> None:
    place = after(
        registered(parent="shi", opened_on=day("2024-03-05")),
        said(MoveAgency, "2025-02-01", parent="xian"),
        said(MergeAgency, "2025-06-30", into="shangwu"),
    ).place
    assert (place.ended_on, place.merged_into) == (day("2025-06-30"), "shangwu")
    assert place.parent_in(2025) == "xian"
    assert place.days_in(2024) == (day("2024-03-05"), day("2024-12-31"))
    assert place.days_in(2025) == (day("2025-01-01"), day("2025-06-30"))
    assert [place.exists_in(year) for year in (2023, 2024, 2025, 2026)] == [
        False,
        True,
        True,
        False,
    ]
    assert place.exists_on(day("2025-06-30"))
    assert not place.exists_on(day("2025-07-01"))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (said(MoveAgency, "2025-03-01", parent="chengguan"), ("contradiction", "parent")),
        (said(MoveAgency, "2025-03-01", parent="shi"), ("contradiction", "parent")),
        (said(MoveAgency, "2025-03-01", parent="Shi"), ("bad_agency_id", "parent")),
        (said(MergeAgency, "2025-03-01", into="chengguan"), ("contradiction", "into")),
        (said(MergeAgency, "2025-03-01", into=""), ("bad_agency_id", "into")),
        (said(MergeAgency, "2019-03-01", into="shangwu"), ("contradiction", "on")),
    ],
)
def test_a_place_that_cannot_be_is_refused(command: AgencyCommand, answer: tuple[str, str]) -> None:
    state = after(registered(parent="shi", opened_on=day("2020-01-01")))
    assert refused(state, command) == answer


def test_an_agency_does_not_end_before_a_move_on_record() -> None:
    state = after(registered(parent="shi"), said(MoveAgency, "2025-05-01", parent="xian"))
    assert refused(state, said(MergeAgency, "2025-04-30", into="qu")) == ("contradiction", "on")


def test_an_agency_that_has_ended_does_nothing_more_but_write_its_last_report() -> None:
    state = after(registered(), said(MergeAgency, "2025-06-30", into="shangwu"))
    for command in (
        said(RecordDecisions, "2025-07-01", kind="permits", count=1),
        said(MoveAgency, "2025-07-01", parent="xian"),
    ):
        assert refused(state, command) == ("already_ended", "on")
    assert refused(state, said(MergeAgency, "2025-07-01", into="qu")) == ("already_ended", "agency")
    late = said(RecordDecisions, "2025-06-30", kind="permits", count=1)
    text = said(WriteSection, "2026-01-10", year=2025, section="overall", text="文")
    assert decide_agency(state, late)
    assert decide_agency(state, text)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.sampled_from(["a", "b", "c", None])
        ),
        max_size=6,
    ),
    st.dates(date(2019, 1, 1), date(2027, 1, 1)),
)
def test_on_any_day_the_superior_is_that_of_the_latest_move_up_to_it(
    moves: list[tuple[date, str | None]], asked: date
) -> None:
    place = Place.under("first")
    for on, parent in moves:
        place = place.moved(on, parent)
    said_up_to = {on: parent for on, parent in moves if on <= asked}
    expected = said_up_to[max(said_up_to)] if said_up_to else "first"
    assert place.parent_on(asked) == expected
