"""Projections are thrown away and folded again, and new versions replace old ones."""

import threading

import pytest
import sqlalchemy as sa

from eventstore import EventStore, ProjectionSuperseded, ProjectionTableMismatch, Projector
from tests.eventstore.samples import Journal, Tally, decode, fact, fill, rows_of


def projector(store: EventStore, *projections: Tally, batch: int = 10) -> Projector:
    return Projector(store, projections, decode, batch=batch)


def tables(store: EventStore) -> set[str]:
    return {
        name for name in sa.inspect(store.engine).get_table_names() if name.startswith("tally_v")
    }


def test_a_rebuild_equals_what_was_there_and_repairs_what_was_broken(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)
    tally = Tally()
    running = projector(event_store, tally, Journal())
    running.catch_up()
    before = rows_of(event_store, tally.table)
    with event_store.engine.begin() as connection:
        connection.execute(sa.delete(tally.table).where(tally.table.c.box == "box 3"))
    told: list[tuple[str, int, int]] = []

    running.rebuild(lambda *now: told.append(now))

    assert rows_of(event_store, tally.table) == before
    assert running.verify() == []
    assert running.checkpoint("tally") == 60
    assert told[-1] == ("journal", 60, 60)
    assert sa.inspect(event_store.engine).get_indexes("tally_v1")


def test_a_rebuild_of_nothing_makes_the_tables(event_store: EventStore) -> None:
    running = projector(event_store, Tally())

    running.rebuild()

    assert tables(event_store) == {"tally_v1"}
    assert running.verify() == []


def test_readers_see_no_half_built_table_while_it_is_rebuilt(event_store: EventStore) -> None:
    fill(event_store, 600)
    tally = Tally()
    running = projector(event_store, tally)
    running.catch_up()
    whole = rows_of(event_store, tally.table)
    done = threading.Event()
    seen: list[bool] = []

    def read() -> None:
        while not done.is_set():
            seen.append(rows_of(event_store, tally.table) == whole)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        running.rebuild()
    done.set()
    reader.join()

    assert seen
    assert all(seen)


def test_a_rebuild_goes_on_when_another_runner_is_further(event_store: EventStore) -> None:
    fill(event_store, 60)
    running = projector(event_store, Tally())
    running.catch_up()
    grown: list[int] = []

    def grow(_name: str, position: int, _target: int) -> None:
        if not grown:
            grown.append(position)
            fill(event_store, 30, label="meanwhile")
            projector(event_store, Tally()).catch_up()

    running.rebuild(grow)

    assert running.checkpoint("tally") == 90
    assert running.verify() == []


def test_a_new_version_is_built_beside_the_old_one_which_is_dropped_in_the_end(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)
    old, new = Tally(), Tally(version=2, factor=10)
    projector(event_store, old).catch_up()
    running = projector(event_store, new)

    running.catch_up(through=30)

    assert tables(event_store) == {"tally_v1", "tally_v2"}
    assert projector(event_store, old).verify() == []
    before = rows_of(event_store, old.table)

    running.catch_up()

    assert tables(event_store) == {"tally_v2"}
    assert running.verify() == []
    after = rows_of(event_store, new.table)
    assert {key: row["total"] * 10 for key, row in before.items()} == {
        key: row["total"] for key, row in after.items()
    }


def test_old_code_does_not_bring_its_version_back_unless_rebuilt(event_store: EventStore) -> None:
    fill(event_store, 60)
    old = projector(event_store, Tally())
    old.catch_up()
    projector(event_store, Tally(version=2)).catch_up()
    event_store.append("s", 0, [fact("later", box="a", kind="x", amount=1)])

    with pytest.raises(ProjectionSuperseded) as caught:
        old.catch_up()
    assert (caught.value.version, caught.value.newer) == (1, 2)

    old.rebuild()

    assert tables(event_store) == {"tally_v1"}
    assert old.verify() == []


def test_other_columns_without_a_new_version_are_refused_until_rebuilt(
    event_store: EventStore,
) -> None:
    fill(event_store, 10)
    projector(event_store, Tally()).catch_up()
    changed = Tally()
    changed.table = sa.Table(
        "tally_v1",
        sa.MetaData(),
        sa.Column("remark", sa.Text),
        *(
            sa.Column(column.name, column.type, primary_key=column.primary_key)
            for column in Tally().table.columns
        ),
    )
    running = projector(event_store, changed)

    with pytest.raises(ProjectionTableMismatch) as caught:
        running.catch_up()
    assert caught.value.columns == ("remark",)

    running.rebuild()

    assert running.catch_up() == 10
    assert running.verify() == []
