"""The tree of agencies as it is folded from the log, and the register of roll-ups."""

from datetime import date

from disclosure.addresses import agency_stream, rollup_stream
from disclosure.agency_events import (
    AgencyMerged,
    AgencyMoved,
    AgencyRegistered,
    RollupSectionWritten,
    SectionWritten,
)
from disclosure.event import Event
from disclosure.rollup_events import RollupDeadlineMissed, RollupOpened, RollupPublished
from projections import Agencies, AgencyPlaces, RollupRegister, RollupSections, Sections, tree_of
from tests.disclosure.facts import day
from tests.projections.folded import folded, only_row

STREAM = agency_stream("chengguan")
LIFE: list[Event] = [
    AgencyRegistered(on=day("2025-01-02"), name="某局", parent="shi"),
    AgencyMoved(on=day("2025-09-01"), parent="xian"),
    AgencyMoved(on=day("2025-03-01"), parent="qu"),
    AgencyMoved(on=day("2025-09-01"), parent=None),
]


def test_each_day_of_change_has_a_row_and_what_was_recorded_last_of_a_day_stands() -> None:
    rows = folded(AgencyPlaces(), {STREAM: LIFE})
    assert {key: row["parent"] for key, row in rows.items()} == {
        ("chengguan", date.min): "shi",
        ("chengguan", day("2025-03-01")): "qu",
        ("chengguan", day("2025-09-01")): None,
    }


def test_in_the_register_of_agencies_the_superior_is_the_last_by_date_and_the_end_is_there() -> (
    None
):
    merged = AgencyMerged(on=day("2025-12-01"), into="shangwu")
    row = only_row(Agencies(), STREAM, [*LIFE[:3], merged])
    assert (row["parent"], row["parent_since"]) == ("xian", day("2025-09-01"))
    assert (row["ended_on"], row["merged_into"]) == (day("2025-12-01"), "shangwu")


def test_the_tree_is_made_from_the_rows_whatever_their_order() -> None:
    streams: dict[str, list[Event]] = {
        STREAM: LIFE,
        agency_stream("shi"): [AgencyRegistered(on=day("2025-01-02"), name="某市")],
    }
    agencies, places = folded(Agencies(), streams), folded(AgencyPlaces(), streams)
    tree = tree_of(agencies.values(), reversed(list(places.values())))
    assert tree.name_of("chengguan") == "某局"
    parents = [tree["chengguan"].place.parent_in(year) for year in (2024, 2025)]
    assert parents == ["shi", None]
    assert tree.children_on("shi", day("2025-02-28")) == ["chengguan"]


def test_a_roll_up_stands_with_its_slot_its_missed_day_and_its_last_version() -> None:
    stream = rollup_stream("shi", 2025)
    events = [
        RollupOpened(on=day("2026-01-01"), agency="shi", year=2025),
        RollupDeadlineMissed(on=day("2026-04-01"), missing=("ju",)),
        *(
            RollupPublished(
                on=day(f"2026-04-0{version + 1}"),
                version=version,
                log_position=100 * version,
                digest=f"sha256:{version}",
                content_digest=f"sha256:content {version}",
            )
            for version in (1, 2)
        ),
    ]
    assert only_row(RollupRegister(), stream, events) == {
        "stream": stream,
        "agency": "shi",
        "year": 2025,
        "opened_on": day("2026-01-01"),
        "missed_on": day("2026-04-01"),
        "version": 2,
        "digest": "sha256:2",
        "published_on": day("2026-04-03"),
        "log_position": 200,
    }
    assert only_row(RollupRegister(), stream, events[:1])["version"] == 0


def test_texts_for_the_roll_up_and_for_the_agencys_own_report_are_kept_apart() -> None:
    events = [
        SectionWritten(on=day("2026-01-08"), year=2025, section="overall", text="本级"),
        RollupSectionWritten(on=day("2026-02-08"), year=2025, section="overall", text="全市"),
    ]
    assert only_row(Sections(), STREAM, events)["text"] == "本级"
    assert only_row(RollupSections(), STREAM, events)["text"] == "全市"
