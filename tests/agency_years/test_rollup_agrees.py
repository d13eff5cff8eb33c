"""A city over 10 counties and 40 departments, 5,000 requests: its roll-up is the sum made apart.

The lives and their reckoning import nothing of the engine's rules; the sum is made from the
reckoning, agency by agency, and never sees a published report.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.rollup import RollupActivities
from activities.rollup_assembly import RollupAssembly
from cli.importing import Importer
from disclosure.addresses import rollup_stream
from disclosure.agency_commands import MoveAgency
from engine.parts import Parts, open_parts
from engine.rollup_sources import sources_of
from engine.settings import Settings
from reporting.rollup_coverage import Coverage
from tests.agency_years.scenario import write_lines
from tests.agency_years.tree import CITY, COUNTIES, REQUESTS, YEAR, Invented, invent_tree
from tests.workflows.government import publish_own, record, rollups_published
from workflows.law_in_force import current_law, use_law
from workflows.rollup_messages import RollupAsked, RollupRelease, RollupResult

TODAY = date(2026, 6, 30)
COUNTY = "county-{}".format
LATE = "department-3"
"""Of the city's own departments, the one that publishes last."""

MOVED = "department-25"
"""Of county-5; that it has moved to county-6 is learnt when both have published."""

FOUND_LATER = "department-4"
"""Of the city; that it has moved to county-1 is learnt when the city has published."""


@dataclass(frozen=True)
class City:
    """A log with the invented tree in it, and hands that roll up."""

    parts: Parts
    invented: Invented
    activities: RollupActivities
    assembly: RollupAssembly

    def roll_up(self, agency: str, reason: str = "") -> dict[str, Any]:
        """Assemble and publish; return report.json."""
        draft = self.run(self.activities.assemble_rollup, RollupAsked(agency=agency, year=YEAR))
        release = RollupRelease(approved_by="（虚构）丙", reason=reason)
        published = self.run(self.activities.publish_rollup, draft, release)
        (file,) = [file for file in published.files if file.name == "report.json"]
        document: dict[str, Any] = json.loads(self.parts.files.get(file.sha256))
        return document

    def refused(self, agency: str) -> str:
        """Ask for publication, which must be refused; return why."""
        with pytest.raises(ApplicationError) as refusal:
            self.roll_up(agency)
        return refusal.value.message

    def coverage(self) -> Coverage:
        """Return who is counted in the city's roll-up."""
        return self.assembly.coverage(CITY, YEAR)[1]

    def run(self, activity: Callable[..., RollupResult], *args: object) -> RollupResult:
        """Run an activity as the engine would."""
        result: RollupResult = ActivityEnvironment().run(activity, *args)
        return result


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Import the tree, and publish every agency's own report but the late one's."""
    folder = tmp_path_factory.mktemp("tree")
    invented = invent_tree(seed=2024)
    files = [folder / f"{agency}.jsonl" for agency in invented.lives]
    for file, scenario in zip(files, invented.lives.values(), strict=True):
        write_lines(file, scenario)
    before = current_law()
    settings = Settings.model_validate({"data": folder / "data", "database_synchronous": "NORMAL"})
    with open_parts(settings) as parts:
        importer = Importer(
            parts.log,
            parts.fingerprints,
            current_law(),
            today=lambda: TODAY,
            items_before=parts.items.items_before,
        )
        importer.play(files)
        assert importer.report.rejected == []
        for agency in invented.lives:
            if agency != LATE:
                publish_own(parts, agency, YEAR, date(2025, 1, 20))
        assembly = RollupAssembly(sources_of(parts), parts.law)
        activities = RollupActivities(log=parts.log, assembly=assembly, files=parts.files)
        yield City(parts, invented, activities, assembly)
    use_law(before)


def tables_of(report: dict[str, Any]) -> dict[str, Any]:
    return {table: report[table] for table in ("table2", "table3", "table4")}


def test_every_cell_is_the_sum_made_apart_and_who_is_late_moved_or_counted_twice_is_named(
    city: City,
) -> None:
    invented, parts = city.invented, city.parts
    assert (len(invented.lives), sum(len(s.requests) for s in invented.lives.values())) == (
        51,
        REQUESTS,
    )

    # Counties first, each over its own departments.
    for n in range(COUNTIES):
        county = COUNTY(n)
        assert len(invented.below(county)) == 3
        report = city.roll_up(county)
        assert tables_of(report) == invented.summed(invented.below(county))
        assert [f for f in report["findings"] if f["severity"] == "error"] == []

    # One department of the city is late: named, its figures alone are not there.
    assert city.coverage().missing == (LATE,)
    assert f"（{LATE}）未公布" in city.refused(CITY)
    partial = city.assembly.assemble(CITY, YEAR)
    others = invented.below(CITY) - {LATE}
    assert json.loads(json.dumps(partial.report.tables.as_json())) == invented.summed(others)

    # It publishes: the city's roll-up is the sum over all 51, in every cell.
    publish_own(parts, LATE, YEAR, date(2025, 3, 3))
    assert city.coverage().complete
    whole = invented.summed(invented.below(CITY))
    first = city.roll_up(CITY)
    assert tables_of(first) == whole
    assert first["table3"]["new"]["total"] > 2_500
    (published,) = rollups_published(parts, rollup_stream(CITY, YEAR))
    assert sorted(one for member in published.members for one in member.counted) == sorted(
        invented.lives
    )

    # One moved between counties, learnt late. The new county counts it; the old one still does.
    record(parts, MoveAgency(agency=MOVED, on=date(2024, 6, 1), parent=COUNTY(6)))
    assert city.coverage().complete
    city.roll_up(COUNTY(6))
    assert city.coverage().twice == (MOVED,)
    why = city.refused(CITY)
    for words in ("重复计入", f"（{MOVED}）", "2024年6月1日起由某市第7机关", "某市第6机关的汇总"):
        assert words in why

    # The old county publishes anew without it: once again each is counted once.
    assert tables_of(city.roll_up(COUNTY(5))) == invented.summed(
        invented.below(COUNTY(5)) - {MOVED}
    )
    assert city.coverage().complete
    again = city.assembly.assemble(CITY, YEAR)
    assert json.loads(json.dumps(again.report.tables.as_json())) == whole
    changed = {one.agency for one in again.differences if one.kind.value == "changed"}
    assert changed == {COUNTY(5), COUNTY(6)}

    # One of the city's own is found to have moved: its new county has not counted it.
    record(parts, MoveAgency(agency=FOUND_LATER, on=date(2024, 9, 1), parent=COUNTY(1)))
    assert city.coverage().missing == (FOUND_LATER,)
    assert f"（{FOUND_LATER}）上级汇总未包括：2024年9月1日起由某市第2机关汇总" in city.refused(CITY)
