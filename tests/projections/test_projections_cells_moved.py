"""What a correction of the record moves, in which year's cell."""

from datetime import UTC, datetime
from uuid import uuid4

from disclosure.addresses import case_stream
from disclosure.request_commands import RequestCommand
from eventstore import RecordedEvent
from projections.cells import Cell, changes_by_version
from records import canonical
from tests.disclosure.facts import correct_record, decide_on, reclassify, register, reopen
from tests.disclosure.specification import given

STREAM = case_stream("chengguan", "2025-001")


def last_change(*happened: RequestCommand, through: int = 2026) -> list[tuple[int, str, str, int]]:
    """Return what the last of these moves."""
    events = [
        (
            RecordedEvent(
                position=n,
                stream=STREAM,
                version=n,
                event_id=uuid4(),
                type=event.type,
                schema=event.schema,
                legal_date=event.on,
                recorded_at=datetime(2025, 1, 2, tzinfo=UTC),
                actor="",
                command_id=str(n),
                data=canonical(event.parts()[0]),
                sealed=None,
                digest="",
            ),
            event,
        )
        for n, event in enumerate(given(*happened).events, start=1)
    ]
    changes = changes_by_version(events, through)
    return [
        (each.cell.year, each.cell.row, each.cell.column, each.change)
        for each in changes.get(len(events), [])
    ]


def test_another_result_moves_one_request_from_row_to_row_in_the_year_it_was_given() -> None:
    moved = last_change(
        register("2024-12-20"),
        decide_on("2025-01-06", "granted"),
        reclassify("2026-03-02", "partial"),
    )
    assert moved == [
        (2025, "granted", "natural_person", -1),
        (2025, "partial", "natural_person", 1),
    ]


def test_another_kind_of_applicant_moves_the_request_in_every_row_it_stands_in() -> None:
    moved = last_change(
        register("2025-09-17"),
        decide_on("2025-09-18"),
        correct_record("2025-09-19", "applicant.type", "research"),
    )
    assert sorted(moved) == sorted(
        (2025, row, column, change)
        for row in ("new", "granted", "total_handled")
        for column, change in (("natural_person", -1), ("research", 1))
    )


def test_a_received_date_of_the_next_year_moves_new_and_what_was_carried() -> None:
    moved = last_change(
        register("2024-12-30", "online", confirmed_on="2024-12-31"),
        correct_record("2025-01-08", "confirmed_on", "2025-01-02"),
        through=2025,
    )
    assert moved == [
        (2024, "new", "natural_person", -1),
        (2024, "carried_out", "natural_person", -1),
        (2025, "new", "natural_person", 1),
        (2025, "carried_in", "natural_person", -1),
    ]


def test_a_reopened_request_is_carried_on_from_the_year_of_its_void_result() -> None:
    moved = last_change(
        register("2024-12-02"), decide_on("2024-12-20"), reopen("2026-03-02"), through=2025
    )
    assert moved == [
        (2024, "granted", "natural_person", -1),
        (2024, "total_handled", "natural_person", -1),
        (2024, "carried_out", "natural_person", 1),
        (2025, "carried_in", "natural_person", 1),
        (2025, "carried_out", "natural_person", 1),
    ]


def test_a_correction_that_moves_nothing_shows_nothing() -> None:
    named = correct_record("2025-09-19", "applicant.name", "（虚构）乙")
    assert last_change(register("2025-09-17"), named) == []


def test_other_facts_are_no_corrections() -> None:
    assert last_change(register("2025-09-17"), decide_on("2025-09-18")) == []
    assert Cell(2024, "new", "research") < Cell(2025, "new", "business")
