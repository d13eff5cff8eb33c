"""Every agency exactly once: who is missing, counted twice or out of place, and why."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from disclosure.agency_place import Place
from disclosure.agency_tree import Agency, AgencyTree
from reporting.rollup_coverage import (
    Coverage,
    Published,
    Reports,
    Standing,
    cover,
    members_of,
)

ON = date(2026, 1, 20)
PARENTS = {"shi": None, "ju": "shi", "xian": "shi", "xianju": "xian", "zhen": "xian", "cun": "zhen"}


def tree(**changed: Place) -> AgencyTree:
    places = {name: Place.under(parent) for name, parent in PARENTS.items()} | changed
    return AgencyTree(Agency(name, f"某{name}", place) for name, place in places.items())


def reports(own: str = "shi ju xian xianju zhen cun", **rollups: str) -> Reports:
    return Reports(
        own={name: Published((name,), 1, ON) for name in own.split()},
        rollups={name: Published(tuple(who.split()), 1, ON) for name, who in rollups.items()},
    )


WHOLE = {"zhen": "zhen cun", "xian": "xian xianju zhen cun"}


def standings(coverage: Coverage) -> dict[str, Standing]:
    return {place.agency: place.standing for place in coverage.places}


def test_of_one_with_others_below_it_the_roll_up_counts_and_of_itself_its_own() -> None:
    assert members_of(tree(), "shi", 2025) == {"shi": "own", "ju": "own", "xian": "rollup"}
    assert members_of(tree(), "zhen", 2025) == {"zhen": "own", "cun": "own"}


def test_where_each_has_published_once_nothing_is_amiss() -> None:
    coverage = cover(tree(), "shi", 2025, reports(**WHOLE))
    assert coverage.complete
    assert set(standings(coverage).values()) == {Standing.COUNTED}
    assert coverage.sentences() == []


def test_why_somebody_is_missing_is_told_at_the_place_where_it_waits() -> None:
    nobody_has = cover(tree(), "shi", 2025, reports(own=""))
    assert set(standings(nobody_has).values()) == {Standing.UNPUBLISHED}
    town = cover(tree(), "shi", 2025, reports(xian="xian xianju"))
    assert (standings(town)["zhen"], standings(town)["cun"]) == (
        Standing.NOT_ROLLED_UP,
        Standing.NOT_ROLLED_UP,
    )
    assert town.missing == ("zhen", "cun")
    county = cover(tree(), "shi", 2025, reports(zhen="zhen cun"))
    assert county.missing == ("xian", "xianju", "zhen", "cun")
    assert "某cun（cun）已公布，上级未汇总：某xian尚未公布汇总报告" in county.sentences()
    left_out = cover(tree(), "shi", 2025, reports(zhen="zhen cun", xian="xian zhen cun"))
    assert left_out.missing == ("xianju",)
    assert left_out.sentences() == [
        "某xianju（xianju）上级汇总未包括：某xian已公布的汇总报告没有计入"
    ]


def test_one_that_moved_after_its_old_superior_published_is_counted_twice_with_the_day() -> None:
    moved = tree(xianju=Place.under("xian").moved(date(2025, 9, 1), "shi"))
    coverage = cover(moved, "shi", 2025, reports(**WHOLE))
    assert (coverage.twice, coverage.missing) == (("xianju",), ())
    (said,) = coverage.sentences()
    assert said == (
        "某xianju（xianju）重复计入：2025年9月1日起由某shi汇总；"
        "分别计入某xian的汇总报告（2026年1月20日公布）、本机关报告"
    )


def test_one_that_moved_away_but_is_still_counted_below_is_out_of_place() -> None:
    elsewhere = tree(xianju=Place.under("xian").moved(date(2025, 9, 1), "bieshi"))
    coverage = cover(elsewhere, "shi", 2025, reports(**WHOLE))
    assert coverage.misplaced == ("xianju",)
    (said,) = coverage.sentences()
    assert "不应计入" in said
    assert "应由bieshi汇总" in said


def test_a_merged_agency_is_due_for_the_year_it_ended_in_and_not_after() -> None:
    ended = tree(ju=Place.under("shi").merged(date(2025, 6, 30), "xian"))
    own = "shi xian xianju zhen cun"
    coverage = cover(ended, "shi", 2025, reports(own=own, **WHOLE))
    assert coverage.sentences() == ["某ju（ju）未公布：2025年6月30日并入某xian，报告截至该日"]
    assert cover(ended, "shi", 2026, reports(own=own, **WHOLE)).complete


def test_a_circle_is_named_and_keeps_a_roll_up_from_being_complete() -> None:
    circled = tree(xian=Place.under("zhen"))
    coverage = cover(circled, "xian", 2025, reports(zhen="zhen cun xian xianju"))
    assert not coverage.complete
    assert "汇总关系成环：xian → zhen → xian" in coverage.sentences()


@given(
    st.dictionaries(st.sampled_from("bcdef"), st.sampled_from("abcdef"), max_size=5),
    st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef")), max_size=6),
    st.sets(st.sampled_from("abcdef")),
)
def test_whatever_is_published_each_agency_of_the_tree_is_told_of_once_and_by_how_often_it_counts(
    parents: dict[str, str], counted: dict[str, list[str]], own: set[str]
) -> None:
    known = AgencyTree(Agency(name, name, Place.under(parents.get(name))) for name in "abcdef")
    published = Reports(
        own={name: Published((name,), 1, ON) for name in own},
        rollups={n: Published(tuple(dict.fromkeys(w)), 1, ON) for n, w in counted.items()},
    )
    coverage = cover(known, "a", 2025, published)
    members = known.members("a", 2025)
    assert [place.agency for place in coverage.places][: len(members)] == members
    assert len({place.agency for place in coverage.places}) == len(coverage.places)
    for place in coverage.places:
        expected = place.agency in members
        assert (place.standing is Standing.MISPLACED) == (not expected)
        if expected:
            assert (place.standing is Standing.COUNTED) == (len(place.through) == 1)
            assert (place.standing is Standing.TWICE) == (len(place.through) > 1)
