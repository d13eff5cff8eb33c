"""The register of proceedings, and table four cell by cell."""

from collections.abc import Iterable
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.addresses import case_stream
from disclosure.event import Event
from disclosure.proceeding_commands import ProceedingCommand
from disclosure.proceeding_results import GROUP_LABELS
from eventstore import Projector
from projections import Proceedings, Timeline
from projections.table_four import CELL_RULES, contests_of, count_table_four
from records import RecordLog, decode
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES
from tests.disclosure.facts import AGENCY, day
from tests.disclosure.proceeding_specification import (
    appeal,
    conclude_lawsuit,
    conclude_reconsideration,
    expire,
    file_lawsuit,
    file_reconsideration,
)
from tests.disclosure.proceeding_specification import given as given_that
from tests.projections.folded import Table, folded, only_row
from tests.projections.proceeding_lives import proceeding_lives
from tests.projections.writing import Told, rows_of, write_all

STREAM = case_stream(AGENCY, "复议-1")
YEARS = range(2022, 2032)


def table_four(year: int, *lives: Iterable[ProceedingCommand]) -> Table:
    return counted(year, [given_that(*life).events for life in lives])


def counted(year: int, lives: Iterable[Iterable[Event]]) -> Table:
    streams = {case_stream(AGENCY, f"{n}"): events for n, events in enumerate(lives)}
    return count_table_four(contests_of(folded(Proceedings(), streams).values()), year)


def cells(table: Table) -> dict[str, int]:
    """Return the cells that are not 0, by `group.state`."""
    return {
        f"{group}.{state}": count
        for group, states in table.items()
        for state, count in states.items()
        if count
    }


def test_the_table_has_the_groups_and_states_of_the_form_in_its_order() -> None:
    table = table_four(2025)
    assert tuple(table) == PROCEEDING_GROUPS
    assert all(tuple(states) == PROCEEDING_STATES for states in table.values())
    assert cells(table) == {}


RESULTS = ["upheld", "corrected", "other"]


@pytest.mark.parametrize("result", RESULTS)
def test_a_reconsideration_concluded_in_the_year_counts_by_its_result(result: str) -> None:
    life = [file_reconsideration("2024-12-02"), conclude_reconsideration("2025-01-20", result)]
    assert cells(table_four(2025, life)) == {
        f"reconsideration.{result}": 1,
        "reconsideration.total": 1,
    }


def test_a_reconsideration_open_at_the_end_of_a_year_is_pending_in_that_year() -> None:
    life = [file_reconsideration("2024-12-02"), conclude_reconsideration("2026-01-20")]
    for year in (2024, 2025):
        assert cells(table_four(year, life)) == {
            "reconsideration.pending": 1,
            "reconsideration.total": 1,
        }


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("after", [False, True])
def test_a_lawsuit_judged_in_the_year_counts_in_its_own_group(result: str, *, after: bool) -> None:
    life = [file_lawsuit("2024-12-02", after=after), conclude_lawsuit("2025-04-20", result)]
    group = "litigation_after_reconsideration" if after else "litigation_direct"
    assert cells(table_four(2025, life)) == {f"{group}.{result}": 1, f"{group}.total": 1}


@pytest.mark.parametrize("after", [False, True])
def test_a_lawsuit_open_at_the_end_of_a_year_is_pending_in_its_own_group(*, after: bool) -> None:
    life = [file_lawsuit("2024-12-02", after=after)]
    group = "litigation_after_reconsideration" if after else "litigation_direct"
    for year in (2024, 2025, 2026):
        assert cells(table_four(year, life)) == {f"{group}.pending": 1, f"{group}.total": 1}


@pytest.mark.parametrize("group", PROCEEDING_GROUPS)
def test_the_total_counts_what_was_under_way_in_the_year_and_nothing_else(group: str) -> None:
    def life(filed: str, concluded: str | None) -> list[ProceedingCommand]:
        if group == "reconsideration":
            ends = [conclude_reconsideration(concluded)] if concluded else []
            return [file_reconsideration(filed), *ends]
        after = group == "litigation_after_reconsideration"
        return [
            file_lawsuit(filed, after=after),
            *([conclude_lawsuit(concluded)] if concluded else []),
        ]

    table = table_four(
        2025,
        life("2024-03-01", "2024-12-31"),
        life("2024-03-01", "2025-01-01"),
        life("2025-03-01", "2025-12-31"),
        life("2025-12-31", "2026-01-01"),
        life("2024-03-01", None),
        life("2026-01-01", None),
    )
    assert table[group]["total"] == 4
    assert table[group]["pending"] == 2
    assert table[group]["upheld"] == 2


def test_a_judgment_under_appeal_is_pending_until_it_is_concluded_anew() -> None:
    life = [
        file_lawsuit("2024-03-01"),
        conclude_lawsuit("2024-08-20", "upheld"),
        appeal("2024-09-02"),
        conclude_lawsuit("2025-02-20", "corrected"),
    ]
    assert cells(table_four(2024, life)) == {
        "litigation_direct.pending": 1,
        "litigation_direct.total": 1,
    }
    assert cells(table_four(2025, life)) == {
        "litigation_direct.corrected": 1,
        "litigation_direct.total": 1,
    }
    assert cells(table_four(2026, life)) == {}


def test_a_judgment_of_december_appealed_in_january_counts_in_both_years() -> None:
    life = [
        file_lawsuit("2024-07-01"),
        conclude_lawsuit("2024-12-27", "upheld"),
        appeal("2025-01-06"),
        conclude_lawsuit("2025-03-20", "other"),
    ]
    assert cells(table_four(2024, life)) == {
        "litigation_direct.upheld": 1,
        "litigation_direct.total": 1,
    }
    assert cells(table_four(2025, life)) == {
        "litigation_direct.other": 1,
        "litigation_direct.total": 1,
    }


def test_the_first_and_the_last_day_of_a_year_belong_to_it() -> None:
    life = [file_reconsideration("2025-01-01"), conclude_reconsideration("2025-12-31")]
    assert cells(table_four(2024, life)) == cells(table_four(2026, life)) == {}
    assert cells(table_four(2025, life)) == {
        "reconsideration.upheld": 1,
        "reconsideration.total": 1,
    }


def test_limits_that_pass_change_nothing_in_the_table() -> None:
    overdue = [file_reconsideration("2025-03-03"), expire("decision", "2025-05-07")]
    assert table_four(2025, overdue) == table_four(2025, overdue[:1])
    final = [*overdue, conclude_reconsideration("2025-05-12"), expire("suing", "2025-05-28")]
    assert table_four(2025, final) == table_four(2025, final[:-1])
    assert cells(table_four(2026, final)) == {}


LIVES = st.lists(
    proceeding_lives().map(lambda life: [event for events in life for event in events]),
    max_size=12,
)


@settings(max_examples=60)
@given(LIVES)
def test_the_total_is_the_sum_of_the_four_although_it_is_counted_on_its_own(
    lives: list[list[Event]],
) -> None:
    for year in YEARS:
        for states in counted(year, lives).values():
            assert states["total"] == sum(states[name] for name in PROCEEDING_STATES[:-1])


@settings(max_examples=60)
@given(LIVES)
def test_what_is_pending_at_the_end_of_a_year_is_counted_again_the_next(
    lives: list[list[Event]],
) -> None:
    tables = [counted(year, lives) for year in YEARS]
    for this, following in pairwise(tables):
        for group in GROUP_LABELS:
            assert following[group]["total"] >= this[group]["pending"]


def test_every_cell_has_a_rule() -> None:
    assert tuple(CELL_RULES) == PROCEEDING_STATES


# ── the register ────────────────────────────────────────────────────────────────────────────────


def test_a_filed_proceeding_stands_in_the_register_with_its_limit_and_its_request() -> None:
    filed = given_that(file_lawsuit("2025-03-31", after=True, request="2025-001"))
    row = only_row(Proceedings(), STREAM, filed.events)
    assert {name: value for name, value in row.items() if name != "state"} == {
        "stream": STREAM,
        "agency": AGENCY,
        "case_reference": "复议-1",
        "proceeding_group": "litigation_after_reconsideration",
        "request": "2025-001",
        "stage": "pending",
        "result": None,
        "filed_on": day("2025-03-31"),
        "appealed_on": None,
        "concluded_on": None,
        "limit_kind": "judgment",
        "due_on": day("2025-09-30"),
        "due_provisional": False,
        "overdue": False,
        "flags": "",
        "stream_version": 1,
        "position": 1,
        "turns": '[["2025-03-31","pending"]]',
    }


def test_the_register_follows_a_lawsuit_to_its_end() -> None:
    life = [
        file_lawsuit("2025-03-31"),
        expire("judgment", "2025-10-01"),
        conclude_lawsuit("2025-10-13", "other"),
        expire("appeal", "2025-10-29"),
        appeal("2025-11-03"),
        conclude_lawsuit("2025-12-01", "upheld"),
    ]
    rows = [
        only_row(Proceedings(), STREAM, given_that(*life[:length]).events)
        for length in range(1, len(life) + 1)
    ]
    columns = ("stage", "overdue", "result", "limit_kind")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("pending", False, None, "judgment"),
        ("pending", True, None, "judgment"),
        ("concluded", False, "other", "appeal"),
        ("final", False, "other", "appeal"),
        ("under_appeal", False, None, "second_judgment"),
        ("final", False, "upheld", None),
    ]
    row = rows[-1]
    assert row["flags"] == "appeal_late"
    assert (row["appealed_on"], row["concluded_on"]) == (day("2025-11-03"), day("2025-12-01"))


def test_the_timeline_tells_a_proceeding_event_by_event() -> None:
    life = given_that(file_reconsideration("2025-03-03"), conclude_reconsideration("2025-04-01"))
    rows = folded(Timeline(), {STREAM: life.events})
    assert [row["type"] for row in rows.values()] == [
        "reconsideration_filed",
        "reconsideration_concluded",
    ]


@settings(
    max_examples=8,
    # One database for all examples: each goes on where the last has left the log.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    lives=st.lists(proceeding_lives(), min_size=1, max_size=6),
    order=st.randoms(use_true_random=False),
    batch=st.integers(1, 9),
)
def test_the_register_kept_up_in_any_portions_equals_a_fold_in_one_go(
    record_log: RecordLog, lives: list[list[list[Event]]], order: Random, batch: int
) -> None:
    store = record_log.store
    projector = Projector(store, [Proceedings(), Timeline()], decode, batch=batch)
    start = store.head()
    turns = [n for n, life in enumerate(lives) for _ in life]
    order.shuffle(turns)
    waiting = [iter(life) for life in lives]
    told: list[Told] = [(case_stream(f"after-{start}", f"{n}"), next(waiting[n])) for n in turns]
    for fact in told:
        write_all(record_log, [fact])
        projector.catch_up()

    for projection in (Proceedings(), Timeline()):
        assert rows_of(store, projection) == projector.fold(projection, store.head())
    assert projector.verify() == []
