"""Tables of projections are what a fold of the log gives, whatever happens on the way."""

import multiprocessing
import threading
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventstore import (
    EventStore,
    Key,
    NewEvent,
    ProjectionFault,
    ProjectionStopped,
    Projector,
    RecordedEvent,
    Row,
    open_engine,
)
from eventstore.projection_tables import load
from tests.databases import NewDatabase
from tests.eventstore.samples import (
    DAY,
    Journal,
    Tally,
    catch_up_once,
    decode,
    die_while_applying,
    die_while_committing,
    fact,
    fill,
    rows_of,
)

SPAWN = multiprocessing.get_context("spawn")


def projector(store: EventStore, *projections: Tally, batch: int = 1000) -> Projector:
    return Projector(store, projections or (Tally(), Journal()), decode, batch=batch)


def test_events_become_rows_that_are_updated_and_deleted(event_store: EventStore) -> None:
    event_store.append(
        "s",
        0,
        [
            fact(1, box="a", kind="x", amount=5),
            fact(2, box="b", kind="x", amount=1),
            fact(3, "moved", box="a", to="c", kind="x", amount=2),
            fact(4, "emptied", box="b", kind="x"),
            fact(5, "remarked"),
        ],
    )
    tally = Tally()

    assert projector(event_store, tally).catch_up() == 5

    assert rows_of(event_store, tally.table) == {
        ("a", "x"): {
            "box": "a", "kind": "x", "total": 3, "events": 2, "moved_to": "c", "last_day": DAY,
        },
        ("c", "x"): {
            "box": "c", "kind": "x", "total": 2, "events": 1, "moved_to": None, "last_day": DAY,
        },
    }  # fmt: skip


BOXES = st.sampled_from(["a", "b", "c"])
KINDS = st.sampled_from(["x", "y"])
CONTENTS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(
        st.sampled_from(["added", "moved", "emptied"]),
        st.fixed_dictionaries(
            {"box": BOXES, "to": BOXES, "kind": KINDS, "amount": st.integers(-9, 9)}
        ),
    ),
    st.just(("remarked", {})),
)


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    parts=st.lists(st.lists(CONTENTS, min_size=1, max_size=12), max_size=5),
    batch=st.integers(1, 7),
)
def test_an_incremental_fold_equals_a_fresh_one(
    new_database: NewDatabase, parts: list[list[tuple[str, dict[str, Any]]]], batch: int
) -> None:
    engine = open_engine(new_database(), synchronous="OFF")
    store = EventStore(engine)
    running = projector(store, batch=batch)
    for part in parts:
        start = store.head()
        store.append(
            "s",
            start,
            [fact(start + n, kind, **content) for n, (kind, content) in enumerate(part)],
        )
        running.catch_up()

    running.catch_up()

    assert rows_of(store, Tally().table) == running.fold(Tally(), store.head())
    assert running.verify() == []
    engine.dispose()


def test_the_checkpoint_moves_past_events_of_other_types(event_store: EventStore) -> None:
    event_store.append("s", 0, [fact(1, box="a", kind="x", amount=1)])
    event_store.append("s", 1, [fact(n, "remarked") for n in range(2, 9)])
    running = projector(event_store)
    assert running.lag() == {"tally": 8, "journal": 8}
    assert running.checkpoint("tally") == 0

    running.catch_up()

    assert running.checkpoint("tally") == running.checkpoint("journal") == 8
    assert running.lag() == {"tally": 0, "journal": 0}


def test_catching_up_stops_at_the_position_asked_for(event_store: EventStore) -> None:
    fill(event_store, 100)
    running = projector(event_store, batch=7)
    told: list[tuple[str, int, int]] = []

    assert running.catch_up(through=30, progress=lambda *told_now: told.append(told_now)) == 30

    assert running.checkpoint("tally") == 30
    assert told[0] == ("tally", 7, 30)
    assert told[-1] == ("journal", 30, 30)
    assert running.verify() == []
    assert running.catch_up(through=9999) == 100
    assert running.catch_up(through=10) == 10
    assert running.checkpoint("tally") == 100


def test_runners_in_two_processes_never_count_twice(
    event_store: EventStore, database_url: str
) -> None:
    fill(event_store, 600)
    runners = [SPAWN.Process(target=catch_up_once, args=(database_url, batch)) for batch in (7, 11)]
    for runner in runners:
        runner.start()
    here = projector(event_store, batch=5)
    here.catch_up()
    for runner in runners:
        runner.join()

    assert [runner.exitcode for runner in runners] == [0, 0]
    assert here.verify() == []
    assert sum(row["events"] for row in rows_of(event_store, Tally().table).values()) == 600


def test_a_runner_that_was_overtaken_starts_over_from_the_new_checkpoint(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)

    class Overtaken(Tally):
        done = False

        def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
            if event.position == 25 and not self.done:
                self.done = True
                projector(event_store, Tally(), batch=4).catch_up(through=41)
            return super().keys(event, content)

    overtaken = Overtaken()
    projector(event_store, overtaken, batch=10).catch_up()

    assert overtaken.done
    assert projector(event_store, Tally()).verify() == []


@pytest.mark.parametrize(
    ("die", "when"), [(die_while_applying, 25), (die_while_committing, 4)], ids=["rows", "commit"]
)
def test_a_crash_between_rows_and_checkpoint_loses_nothing(
    event_store: EventStore, database_url: str, die: Any, when: int
) -> None:
    fill(event_store, 60)
    process = SPAWN.Process(target=die, args=(database_url, when))
    process.start()
    process.join()
    assert process.exitcode == 9
    running = projector(event_store, Tally(), batch=10)
    assert running.checkpoint("tally") == 20
    assert running.verify() == []

    running.catch_up()

    assert running.checkpoint("tally") == 60
    assert running.verify() == []


def test_a_poison_event_stops_the_projection_and_is_named_without_its_content(
    event_store: EventStore,
) -> None:
    fill(event_store, 20)
    poison = fact("poison", box="王某", kind="x", amount="many")
    event_store.append("s", 0, [poison])
    event_store.append("s", 1, [fact("after", box="a", kind="x", amount=1)])
    running = projector(event_store, batch=10)

    with pytest.raises(ProjectionStopped) as caught:
        running.run(threading.Event())

    error = caught.value
    assert (error.projection, error.position) == ("tally", 21)
    assert (error.event_id, error.event_type) == (poison.event_id, "added")
    assert error.cause.startswith("TypeError at samples.py:")
    assert "王某" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__
    assert running.checkpoint("tally") == 20
    assert running.verify() == []


def test_an_event_that_cannot_be_decoded_stops_the_projection(event_store: EventStore) -> None:
    event_store.append("s", 0, [NewEvent(fact(1).event_id, "added", 1, DAY, "", "", b"{", None)])

    with pytest.raises(ProjectionStopped, match="JSONDecodeError"):
        projector(event_store).catch_up()


def test_a_row_with_a_column_the_table_has_not_stops_the_projection(
    event_store: EventStore,
) -> None:
    class Wide(Tally):
        def apply(
            self, key: Key, row: Row | None, event: RecordedEvent, content: Any
        ) -> Row | None:
            return {**(super().apply(key, row, event, content) or {}), "surplus": 1}

    fill(event_store, 10)

    with pytest.raises(ProjectionStopped, match=r"TypeError at folding\.py"):
        projector(event_store, Wide()).catch_up()


def test_a_runner_follows_the_log_until_it_is_told_to_stop(event_store: EventStore) -> None:
    running = projector(event_store)
    stop = threading.Event()
    runner = threading.Thread(target=running.run, args=(stop,))
    runner.start()
    for part in range(3):
        fill(event_store, 10, label=str(part))

    while running.lag() != {"tally": 0, "journal": 0}:
        assert runner.is_alive()
    stop.set()
    runner.join(timeout=30)

    assert not runner.is_alive()
    assert running.verify() == []


def test_a_long_fold_ends_after_the_batch_in_hand_when_it_is_told_to_stop(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)
    stop = threading.Event()
    running = projector(event_store, Tally(), batch=10)

    reached = running.catch_up(
        progress=lambda _, position, __: stop.set() if position == 30 else None, stop=stop
    )

    assert (reached, running.checkpoint("tally")) == (30, 30)
    running.run(stop)
    assert running.checkpoint("tally") == 30
    assert running.catch_up(stop=threading.Event()) == 60
    assert running.verify() == []


def test_a_runner_told_to_stop_leaves_the_rest_of_a_long_log_for_the_next(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)
    stop = threading.Event()

    class Stopping(Tally):
        def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
            stop.set()
            return super().keys(event, content)

    running = projector(event_store, Stopping(), batch=10)
    running.run(stop)

    assert running.checkpoint("tally") == 10


def test_a_fold_in_memory_shows_an_earlier_position(event_store: EventStore) -> None:
    fill(event_store, 60)
    running = projector(event_store, Tally())
    running.catch_up()

    earlier = running.fold(Tally(), 25)

    assert sum(row["events"] for row in earlier.values()) == 25
    assert sum(row["events"] for row in rows_of(event_store, Tally().table).values()) == 60


def test_verify_names_rows_that_differ_are_missing_or_too_many(event_store: EventStore) -> None:
    fill(event_store, 60)
    tally = Tally()
    running = projector(event_store, tally)
    running.catch_up()
    with event_store.engine.begin() as connection:
        for statement in (
            sa.update(tally.table).values(total=-1).where(tally.table.c.box == "box 1"),
            sa.delete(tally.table).where(tally.table.c.box == "box 2"),
            sa.insert(tally.table).values(
                box="box 10", kind="kind 0", total=0, events=0, last_day=DAY
            ),
        ):
            connection.execute(statement)

    kinds = ["kind 0", "kind 1", "kind 2"]
    assert sorted(running.verify(), key=str) == sorted(
        [
            *(ProjectionFault("tally", "different", ("box 1", k), ("total",)) for k in kinds),
            *(ProjectionFault("tally", "missing", ("box 2", k), ()) for k in kinds),
            ProjectionFault("tally", "unexpected", ("box 10", "kind 0"), ()),
        ],
        key=str,
    )


def test_verify_names_a_table_that_was_never_made(event_store: EventStore) -> None:
    assert projector(event_store, Tally()).verify() == [
        ProjectionFault("tally", "not_built", (), ())
    ]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_rows_with_a_key_of_two_columns_are_looked_up_and_not_searched_for(
    event_store: EventStore,
) -> None:
    fill(event_store, 60)
    tally = Tally()
    projector(event_store, tally).catch_up()
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    with event_store.engine.connect() as connection:
        sa.event.listen(connection, "before_cursor_execute", listen)
        found = load(connection, tally.table, [("box 1", "kind 0"), ("box 2", "kind 9")])
        plan = str(
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1][0]}", asked[-1][1]).all()
        )

    assert list(found) == [("box 1", "kind 0")]
    assert "SEARCH tally_v1" in plan
    assert "SCAN tally_v1" not in plan


def test_projections_that_cannot_work_are_refused(event_store: EventStore) -> None:
    misnamed, keyless = Tally(), Tally()
    misnamed.table = sa.Table("tally", sa.MetaData(), sa.Column("box", sa.Text, primary_key=True))
    keyless.table = sa.Table("tally_v1", sa.MetaData(), sa.Column("box", sa.Text))

    with pytest.raises(ValueError, match="named 'tally_v1'"):
        projector(event_store, misnamed)
    with pytest.raises(ValueError, match="no key"):
        projector(event_store, keyless)
    with pytest.raises(ValueError, match="one name"):
        projector(event_store, Tally(), Tally(version=2))
