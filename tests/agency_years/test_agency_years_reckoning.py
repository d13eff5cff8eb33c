"""The generator covers what the law knows, and its reckoning balances by itself."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from tests.agency_years import codes
from tests.agency_years.facts import Line, Scenario
from tests.agency_years.line_shapes import REQUIRED, faults
from tests.agency_years.reckoning import received_on, standing_result, tables
from tests.agency_years.scenario import FIRST_DAY, LAST_DAY, invent, write_lines

SEEDS = range(60)


@cache
def invented() -> tuple[Scenario, ...]:
    return tuple(invent(seed) for seed in SEEDS)


def all_lines() -> Iterator[Line]:
    return (line for scenario in invented() for line in scenario.lines)


def by_case(scenario: Scenario) -> dict[str, list[Line]]:
    cases: dict[str, list[Line]] = defaultdict(list)
    for line in scenario.lines:
        if "case" in line:
            cases[str(line["case"])].append(line)
    return cases


def cells(table: str) -> Counter[tuple[str, str]]:
    total: Counter[tuple[str, str]] = Counter()
    for scenario in invented():
        for year in scenario.years:
            for row, columns in tables(scenario, year)[table].items():
                total.update({(row, column): count for column, count in columns.items()})
    return total


def test_every_verb_of_the_contract_occurs() -> None:
    assert {line["do"] for line in all_lines()} == set(REQUIRED)


def test_every_line_has_the_shape_of_the_contract() -> None:
    assert [fault for line in all_lines() for fault in faults(line)] == []


def test_every_channel_and_applicant_type_occurs() -> None:
    registered = [line for line in all_lines() if line["do"] == "register"]
    types = {json.dumps(line["applicant"]).split('"')[3] for line in registered}
    assert {line["channel"] for line in registered} == set(codes.CHANNELS)
    assert types == set(codes.APPLICANT_TYPES)


def test_every_cell_of_table_three_is_filled_by_some_year() -> None:
    counted = cells("table3")
    assert [
        (row, column) for row in codes.ROWS for column in codes.COLUMNS if not counted[row, column]
    ] == []


def test_every_cell_of_table_four_is_filled_by_some_year() -> None:
    counted = cells("table4")
    states = (*codes.PROCEEDING_RESULTS, "pending", "total")
    assert all(counted[group, state] for group in codes.PROCEEDING_GROUPS for state in states)


def test_every_particular_is_corrected_and_receipts_move_across_the_year_both_ways() -> None:
    moves: set[int] = set()
    fields: set[object] = set()
    for scenario in invented():
        for lines in by_case(scenario).values():
            moves |= set(_years_moved(lines))
            fields |= {line["field"] for line in lines if line["do"] == "correct_record"}
    assert {-1, 1} <= moves
    assert fields == {"channel", "signed_on", "confirmed_on", "applicant.type"}


def _years_moved(lines: list[Line]) -> Iterator[int]:
    """Tell by how many years each correction of a date moved the receipt."""
    receipt = ""
    for line in lines:
        if line["do"] == "register":
            receipt = str(line.get("signed_on") or line.get("confirmed_on") or "")
        elif line["do"] == "confirm_receipt":
            receipt = str(line["on"])
        elif line.get("field") in {"signed_on", "confirmed_on"}:
            moved = str(line["value"])
            yield int(moved[:4]) - int(receipt[:4])
            receipt = moved


def test_requests_are_left_unconfirmed_withdrawn_before_receipt_and_open_at_the_end() -> None:
    ends: Counter[str] = Counter()
    for scenario in invented():
        cases = by_case(scenario)
        for request in scenario.requests:
            verbs = {line["do"] for line in cases[request.case]}
            if received_on(request) is None:
                ends["withdrawn unreceived" if "withdraw" in verbs else "unconfirmed"] += 1
            elif standing_result(request) is None:
                ends["open"] += 1
    assert min(ends[end] for end in ("withdrawn unreceived", "unconfirmed", "open")) > 10


def test_lapses_stand_reopened_and_after_parts_paid() -> None:
    lapsed = {codes.CORRECTION_LAPSED, codes.FEE_LAPSED}
    seen: set[tuple[str, bool]] = set()
    part_paid = 0
    for scenario in invented():
        cases = by_case(scenario)
        for request in scenario.requests:
            verbs = [line["do"] for line in cases[request.case]]
            for result in request.results:
                if result.outcome in lapsed:
                    seen.add((result.outcome, result.voided))
                    part_paid += result.outcome == codes.FEE_LAPSED and "pay_fee" in verbs
    assert seen == {(outcome, voided) for outcome in lapsed for voided in (True, False)}
    assert part_paid > 0


def test_no_line_states_a_lapse() -> None:
    lapsed = {codes.CORRECTION_LAPSED, codes.FEE_LAPSED}
    assert not [line for line in all_lines() if line.get("outcome") in lapsed]


def test_facts_of_a_case_follow_each_other_within_the_published_past() -> None:
    for scenario in invented():
        for case, lines in by_case(scenario).items():
            days = [date.fromisoformat(str(line["on"])) for line in lines]
            assert days == sorted(days), (scenario.seed, case)
            assert FIRST_DAY <= days[0] <= days[-1] <= LAST_DAY


def test_nothing_is_written_while_a_result_stands_but_what_follows_a_result() -> None:
    after = {"deliver", "reclassify", "correct_record", "archive", "reopen"}
    for scenario in invented():
        for case, lines in by_case(scenario).items():
            closed = False
            for line in lines if case.startswith(("R", "P")) else ():
                assert not closed or line["do"] in after, (scenario.seed, line)
                closed = line["do"] in {"decide", "withdraw"} or (closed and line["do"] != "reopen")


def test_no_two_lines_of_an_agency_are_the_same_fact() -> None:
    for scenario in invented():
        bare = [
            json.dumps({name: line[name] for name in line if name not in {"by", "note"}})
            for line in scenario.lines
        ]
        assert [text for text, times in Counter(bare).items() if times > 1] == [], scenario.seed


def test_proceedings_name_only_requests_that_had_a_result_before() -> None:
    for scenario in invented():
        known = {request.case: request for request in scenario.requests}
        for line in scenario.lines:
            if "request" in line:
                request = known[str(line["request"])]
                assert request.results[0].on < date.fromisoformat(str(line["on"]))


def test_per_column_what_came_in_equals_what_was_handled_and_what_is_carried_on() -> None:
    for scenario in invented():
        for year in scenario.years:
            rows = tables(scenario, year)["table3"]
            for column in codes.COLUMNS:
                came = rows["new"][column] + rows["carried_in"][column]
                went = rows["total_handled"][column] + rows["carried_out"][column]
                assert came == went, (scenario.seed, year, column)
                results = sum(rows[code][column] for code in codes.RESULTS)
                assert rows["total_handled"][column] == results
            for row in rows.values():
                assert row["total"] == sum(row[column] for column in codes.APPLICANT_TYPES)


def test_what_a_year_carries_on_the_next_year_carries_in() -> None:
    for scenario in invented():
        for year in scenario.years:
            this, following = (tables(scenario, y)["table3"] for y in (year, year + 1))
            assert this["carried_out"] == following["carried_in"]


def test_documents_in_force_follow_from_last_year_and_are_never_negative() -> None:
    for scenario in invented():
        for year in scenario.years:
            for kind in codes.DOCUMENT_KINDS:
                row = tables(scenario, year)["table2"][kind]
                assert row["in_force"] >= 0, (scenario.seed, year, kind)
                if year > scenario.years[0]:
                    before = tables(scenario, year - 1)["table2"][kind]["in_force"]
                    assert row["in_force"] == before + row["issued"] - row["repealed"]


def test_the_same_seed_tells_the_same_life() -> None:
    assert invent(7) == invent(7)
    assert invent(7).lines != invent(8).lines


def test_written_lines_read_back_as_they_are(tmp_path: Path) -> None:
    scenario = invent(11)
    write_lines(tmp_path / "life.jsonl", scenario)
    text = (tmp_path / "life.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line) for line in text.splitlines()] == scenario.lines
