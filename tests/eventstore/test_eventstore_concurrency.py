"""Many writers, in threads and in processes, and a reader that follows them."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from eventstore import Appended, EventStore, StreamConflict, migrate, open_engine
from tests.eventstore.samples import append_one_by_one, fact

SPAWN = multiprocessing.get_context("spawn")


def test_appending_threads_leave_no_gap_and_lose_no_event(event_store: EventStore) -> None:
    def write(writer: int) -> None:
        for number in range(25):
            event_store.append(f"w{writer}", number, [fact(f"{writer} {number}")])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))

    assert [e.position for e in event_store.read_log()] == list(range(1, 151))
    assert all(event_store.stream_version(f"w{writer}") == 25 for writer in range(6))
    assert list(event_store.verify()) == []


def test_of_threads_that_want_the_same_place_one_gets_it(event_store: EventStore) -> None:
    def write(writer: int) -> bool:
        try:
            return event_store.append("a", 0, [fact(writer)]).version == 1
        except StreamConflict as conflict:
            return conflict.actual_version != 1

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(write, range(12)))

    assert sum(won) == 1
    assert event_store.head() == 1


def test_of_threads_that_send_the_same_event_all_succeed_and_one_writes(
    event_store: EventStore,
) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers: list[Appended] = list(
            pool.map(lambda _: event_store.append("a", 0, [fact(1)]), range(12))
        )

    assert sorted(answer.already_there for answer in answers) == [False] + [True] * 11
    assert {answer.position for answer in answers} == {1}
    assert event_store.head() == 1


def test_a_reader_following_positions_skips_nothing_while_processes_write(
    event_store: EventStore, database_url: str
) -> None:
    writers = [
        SPAWN.Process(target=append_one_by_one, args=(database_url, f"p{writer}", 60))
        for writer in range(3)
    ]
    for writer in writers:
        writer.start()

    followed: list[int] = []
    while len(followed) < 180:
        assert event_store.wait_for(len(followed), timeout=60)
        followed.extend(e.position for e in event_store.read_log(len(followed), batch=7))

    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert followed == list(range(1, 181))
    assert all(event_store.stream_version(f"p{writer}") == 60 for writer in range(3))
    assert list(event_store.verify()) == []


def test_a_position_given_out_is_not_passed_by_a_later_one(
    event_store: EventStore, log_engine: sa.Engine
) -> None:
    # The trap of sequences, made on purpose: a writer has its position and does not commit.
    with ThreadPoolExecutor(1) as pool:
        with log_engine.connect() as slow:
            slow.execution_options(eventstore_writes=True)
            slow.execute(sa.text("UPDATE log_head SET position = position + 1"))
            fast = pool.submit(event_store.append, "fast", 0, [fact(1)])

            assert event_store.head() == 0
            assert not fast.done()
            assert list(event_store.read_log()) == []

        assert fast.result(timeout=30).position == 1


def test_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    engines = [open_engine(empty_database_url) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        revisions = list(pool.map(migrate, engines))

    assert len(set(revisions)) == 1
    assert EventStore(engines[0]).append("a", 0, [fact(1)]).position == 1
    for engine in engines:
        engine.dispose()
