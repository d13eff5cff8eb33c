"""The tree of agencies: each year's members, each once, and circles told instead of followed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.agency_commands import (
    AgencyCommand,
    ConfigureAgency,
    MergeAgency,
    MoveAgency,
    RegisterAgency,
)
from disclosure.agency_place import Place
from disclosure.agency_tree import Agency, AgencyTree, closes_circle, refuse_impossible_place
from disclosure.refusals import Refused
from tests.disclosure.facts import day


def tree(**parents: str | None) -> AgencyTree:
    return AgencyTree(Agency(name, name, Place.under(parent)) for name, parent in parents.items())


def test_members_are_an_agency_and_all_below_it_of_whatever_depth() -> None:
    known = tree(shi=None, ju="shi", xian="shi", xianju="xian", other=None)
    assert known.members("shi", 2025) == ["shi", "ju", "xian", "xianju"]
    assert known.members("xian", 2025) == ["xian", "xianju"]
    assert known.children("shi", 2025) == ["ju", "xian"]
    assert known.governments(2025) == ["shi", "xian"]


def test_who_moves_or_ends_is_a_member_by_the_last_day_it_existed_in_the_year() -> None:
    known = AgencyTree(
        [
            Agency("shi", "市", Place.under(None)),
            Agency("xian", "县", Place.under("shi")),
            Agency("moved", "甲", Place.under("shi").moved(day("2025-07-01"), "xian")),
            Agency("ended", "乙", Place.under("shi").merged(day("2025-06-30"), "moved")),
            Agency("new", "丙", Place.under("shi", day("2026-02-01"))),
        ]
    )
    assert known.children("shi", 2024) == ["ended", "moved", "xian"]
    assert known.children("shi", 2025) == ["ended", "xian"]
    assert known.children("xian", 2025) == ["moved"]
    assert known.children("shi", 2026) == ["new", "xian"]
    assert known.children_on("shi", day("2025-06-30")) == ["ended", "moved", "xian"]
    assert known.children_on("shi", day("2025-07-01")) == ["xian"]
    assert known.children_on(None, day("2025-07-01")) == ["shi"]


def test_a_circle_is_named_once_and_members_are_still_each_once() -> None:
    known = tree(a="b", b="c", c="a", below="a")
    assert known.circles(2025) == known.circles_on(day("2025-06-01")) == [("a", "b", "c")]
    assert sorted(known.members("a", 2025)) == ["a", "b", "below", "c"]


def test_a_move_that_would_close_a_circle_is_known_before_it_is_made() -> None:
    parents = {"shi": None, "xian": "shi", "ju": "xian"}

    def superior_on(agency: str, on: date) -> str | None:
        later = on > day("2025-06-01")
        return "elsewhere" if agency == "ju" and later else parents.get(agency)

    assert closes_circle("shi", "ju", day("2025-01-01"), superior_on)
    assert not closes_circle("shi", "ju", day("2025-07-01"), superior_on)
    assert not closes_circle("ju", "shi", day("2025-01-01"), superior_on)


ON = day("2025-03-01")


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (MoveAgency(agency="shi", parent="nobody", on=ON), ("unknown_agency", "parent")),
        (MergeAgency(agency="ju", into="nobody", on=ON), ("unknown_agency", "into")),
        (
            RegisterAgency(agency="new", name="新", parent="nobody", on=ON),
            ("unknown_agency", "parent"),
        ),
        (MoveAgency(agency="shi", parent="ju", on=ON), ("circle", "parent")),
        (MoveAgency(agency="ju", parent="shi", on=ON), None),
        (MoveAgency(agency="ju", parent=None, on=ON), None),
        (MergeAgency(agency="shi", into="ju", on=ON), None),
        (ConfigureAgency(agency="nobody", document_code="某", on=ON), None),
    ],
)
def test_a_place_that_cannot_be_is_refused_at_the_field_that_names_it(
    command: AgencyCommand, refused: tuple[str, str] | None
) -> None:
    parents = {"shi": None, "xian": "shi", "ju": "xian"}

    def told() -> tuple[str, str] | None:
        try:
            refuse_impossible_place(
                command, parents.__contains__, lambda agency, _on: parents.get(agency)
            )
        except Refused as error:
            return error.code, error.field
        return None

    assert told() == refused


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8), max_size=9))
def test_however_superiors_are_named_each_member_is_there_once_and_the_walk_ends(
    parents: dict[int, int],
) -> None:
    known = AgencyTree(
        Agency(str(one), str(one), Place.under(str(parent))) for one, parent in parents.items()
    )
    for one in parents:
        members = known.members(str(one), 2025)
        assert len(members) == len(set(members))
        assert members[0] == str(one)
    in_circles = [one for circle in known.circles(2025) for one in circle]
    assert len(in_circles) == len(set(in_circles))
    for circle in known.circles(2025):
        for name, above in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert parents[int(name)] == int(above)
