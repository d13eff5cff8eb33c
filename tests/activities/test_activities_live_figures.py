"""Figures kept at hand are those of a count from nothing, after every event."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from activities.figures import UnknownAgencyError
from activities.handling_times import by_month, handling_times
from activities.live_figures import LiveFigures
from engine.parts import Parts
from tests.activities.desk import AGENCY, decided, enter, import_file, request
from tests.agency_years.scenario import invent, write_lines
from workflows.law_in_force import current_law


@pytest.fixture
def live(parts: Parts) -> LiveFigures:
    return LiveFigures(parts.store, parts.engine, parts.projector)


def agrees(parts: Parts, live: LiveFigures, agency: str, year: int) -> bool:
    counted = parts.figures.at(agency)
    at_hand = live.of_year(agency, year)
    assert at_hand.position == counted.position == parts.store.head()
    assert at_hand.figures == counted.of_year(year)
    assert at_hand.trends == counted.trends_of(year)
    return sorted(each.case for each in at_hand.whole.facts) == sorted(
        each.case for each in counted.facts
    )


def test_invented_years_brought_forward_bit_by_bit_agree_with_a_count_from_nothing(
    parts: Parts, live: LiveFigures, tmp_path: Path
) -> None:
    scenario = invent(20_003)
    write_lines(tmp_path / "all.jsonl", scenario)
    whole_lives: dict[str, str] = {}
    for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines(keepends=True):
        case = json.loads(line).get("case", "")
        whole_lives[case] = whole_lives.get(case, "") + line
    lives = list(whole_lives.values())
    for n in range(0, len(lives), len(lives) // 10):
        part = tmp_path / f"part-{n}.jsonl"
        part.write_text("".join(lives[n : n + len(lives) // 10]), encoding="utf-8")
        import_file(parts, part)
        for year in scenario.years:
            assert agrees(parts, live, scenario.agency, year)
    fresh = LiveFigures(parts.store, parts.engine, parts.projector)
    for year in scenario.years:
        at_hand, anew = live.of_year(scenario.agency, year), fresh.of_year(scenario.agency, year)
        assert at_hand.spans == anew.spans
        assert set(at_hand.replies) == set(anew.replies)


def test_a_case_that_is_answered_moves_from_row_to_row(
    parts: Parts, live: LiveFigures, tmp_path: Path
) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-03-03"))
    before = live.of_year(AGENCY, 2025).figures.tables.table3
    assert (before.cell("carried_out", "total"), before.cell("granted", "total")) == (1, 0)
    enter(parts, tmp_path, decided("甲-1", "2025-03-10"))
    after = live.of_year(AGENCY, 2025).figures.tables.table3
    assert (after.cell("carried_out", "total"), after.cell("granted", "total")) == (0, 1)
    assert before.cell("carried_out", "total") == 1, "what was given does not change"


def test_what_others_record_moves_the_position_and_no_figure(
    parts: Parts, live: LiveFigures, tmp_path: Path
) -> None:
    enter(parts, tmp_path, request("甲-1", "2025-03-03"))
    before = live.of_year(AGENCY, 2025)
    line = {"do": "register_agency", "agency": "other", "on": "2024-01-01", "name": "某局"}
    enter(parts, tmp_path, line)
    after = live.of_year(AGENCY, 2025)
    assert after.position == parts.store.head() > before.position
    assert after.figures is before.figures


def test_an_agency_nobody_registered_is_unknown_until_it_is(
    parts: Parts, live: LiveFigures, tmp_path: Path
) -> None:
    with pytest.raises(UnknownAgencyError):
        live.of_year("other", 2025)
    enter(
        parts,
        tmp_path,
        {"do": "register_agency", "agency": "other", "on": "2024-01-01", "name": "某局"},
    )
    assert live.of_year("other", 2025).whole.name == "某局"


def test_handling_times_count_working_days_and_what_the_record_calls_late(
    parts: Parts, live: LiveFigures, tmp_path: Path
) -> None:
    days = {"甲-1": "2025-03-04", "甲-2": "2025-03-10", "甲-3": "2025-03-31", "甲-4": "2025-04-07"}
    for case, on in days.items():
        enter(parts, tmp_path, request(case, "2025-03-03"), decided(case, on))
    withdrawn = {"do": "withdraw", "case": "甲-5", "on": "2025-03-05", "reason": "不需要"}
    enter(parts, tmp_path, request("甲-5", "2025-03-03"), withdrawn)
    calendar = current_law().calendar
    spans = live.of_year(AGENCY, 2025).spans
    times = handling_times(spans, calendar)
    # 1, 5 and 20 working days; 4 April 2025 is 清明节, so 7 April is the 24th.
    assert (times.replies, times.median, times.ninth_decile, times.late) == (4, 5, 24, 1)
    assert times.on_time_percent == "75.0"
    months = by_month(spans, calendar)
    assert {month: (each.replies, each.late) for month, each in months.items()} == {
        3: (3, 0),
        4: (1, 1),
    }
    assert handling_times(live.of_year(AGENCY, 2024).spans, calendar).median is None


def test_one_late_reply_among_thousands_is_not_rounded_away() -> None:
    day = date(2025, 3, 3)
    spans = Counter({(day, day, False): 4999, (day, day, True): 1})
    assert handling_times(spans, current_law().calendar).on_time_percent == "99.9"
