"""Figures of one agency: from the tables or from the log, the same; and what the charts show."""

from pathlib import Path

import pytest

from activities.agency_fold import AgencyFold
from activities.figures import UnknownAgencyError
from engine.parts import Parts
from reporting.trends import Trends
from tests.activities.desk import AGENCY, decided, enter, import_file, request
from tests.agency_years.scenario import invent, write_lines


def test_figures_now_are_those_at_the_logs_end(parts: Parts, tmp_path: Path) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-03-03"))
    figures = parts.figures.at(AGENCY)
    assert figures.position == parts.store.head()
    assert [facts.case for facts in figures.facts] == ["甲-1"]


def test_a_past_position_is_folded_for_the_agency_alone_and_gives_what_the_tables_gave(
    parts: Parts, tmp_path: Path
) -> None:
    scenarios = [invent(seed) for seed in (3, 5)]
    for scenario in scenarios:
        write_lines(tmp_path / f"{scenario.agency}.jsonl", scenario)
        import_file(parts, tmp_path / f"{scenario.agency}.jsonl")
    position = parts.store.head()
    before = {scenario.agency: parts.figures.at(scenario.agency) for scenario in scenarios}
    enter(parts, tmp_path, request("甲-1", "2025-03-03"))
    for scenario in scenarios:
        folded = parts.figures.at(scenario.agency, position)
        fold = AgencyFold.through(parts.store, scenario.agency, position)
        assert {row["agency"] for row in fold.rows_of("request_facts")} == {scenario.agency}
        for year in scenario.years:
            assert folded.of_year(year) == before[scenario.agency].of_year(year)
            assert folded.trends_of(year) == before[scenario.agency].trends_of(year)


def test_an_agency_that_was_not_there_yet_is_unknown_at_that_position(parts: Parts) -> None:
    with pytest.raises(UnknownAgencyError):
        parts.figures.at(AGENCY, 0)


def test_trends_count_by_month_of_receipt_and_by_year_of_result(
    parts: Parts, tmp_path: Path
) -> None:
    enter(
        parts,
        tmp_path,
        request("甲-1", "2023-12-29"),
        decided("甲-1", "2024-01-09"),
        request("甲-2", "2025-03-03"),
        request("甲-3", "2025-03-31"),
        decided("甲-3", "2025-04-01"),
        request("甲-4", "2025-12-31"),
    )
    assert parts.figures.at(AGENCY).trends_of(2025) == Trends(
        received_by_month=(0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        by_year={2023: (1, 0), 2024: (0, 1), 2025: (3, 1)},
    )


def test_of_years_before_the_first_request_nothing_is_known(parts: Parts) -> None:
    assert parts.figures.at(AGENCY).trends_of(2025).by_year == {2025: (0, 0)}
