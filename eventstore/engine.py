"""How the log's database is opened, and how a writer begins.

SQLite and PostgreSQL disagree on when a transaction takes its locks; here is the one
place that knows.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from eventstore.private_files import close_to_others, make_private

LOCK_WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up with OperationalError."""

_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""libpq's, which waits without end for a server that was switched off, and for hours for one that
has gone without a word. In seconds, the last in milliseconds; what the address says, holds."""

Synchronous = Literal["FULL", "NORMAL", "OFF"]

_WRITES = "eventstore_writes"
# Any fixed number will do, as long as every process of this program uses the same.
_STRUCTURE_LOCK = 0x676F_6E67


def open_engine(url: str, *, synchronous: Synchronous = "FULL") -> sa.Engine:
    """Open ``sqlite:///path`` or ``postgresql+psycopg://…`` the way the log needs it.

    Args:
        url: on SQLite a file, not ``:memory:``: every connection would have a log of its own.
        synchronous: SQLite only. FULL syncs the write-ahead log at each commit, so that a
            fact whose receipt was acknowledged survives a power cut. NORMAL is six times
            as fast for single events and may lose the last ones (never the order or the
            integrity of the rest): for imports that can be run again. OFF is for
            throw-away copies.

    Errors of the driver are raised without the values of the statement, which may
    concern a person.

    Raises:
        ValueError: another database, or SQLite without a file.
    """
    target = sa.make_url(url)
    backend = target.get_backend_name()
    if backend == "sqlite":
        if target.database in {None, "", ":memory:"}:
            raise ValueError("the event log needs a file: sqlite:///path")
        return _open_sqlite(target, synchronous)
    if backend == "postgresql":
        return _open_postgresql(target)
    raise ValueError(f"the event log runs on sqlite and postgresql, not on {backend}")


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Begin a transaction that will write; commit at the end, roll back on an error.

    On SQLite it takes the write lock at once (BEGIN IMMEDIATE). A transaction that reads
    first and writes later cannot wait for the lock: its snapshot would be stale, and
    SQLite refuses it whatever the busy timeout.
    """
    with engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Begin a transaction in which all reads see the same moment."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def changing_structure(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Begin a transaction that creates or drops tables, one at a time over all processes.

    On PostgreSQL two ``CREATE TABLE IF NOT EXISTS`` at once can still collide in the
    catalogue; an advisory lock, given back at the end, keeps them apart.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_STRUCTURE_LOCK)))
        yield connection


def _open_sqlite(url: sa.URL, synchronous: Synchronous) -> sa.Engine:
    _close_to_others(Path(str(url.database)))
    # isolation_level None: the driver sends no BEGIN of its own, ``_begin`` does.
    engine = sa.create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": LOCK_WAIT_SECONDS},
        hide_parameters=True,
    )

    def prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT_SECONDS * 1000}")
        mode = _switch_to_write_ahead_log(connection)
        if mode != "wal":
            raise ValueError(f"SQLite cannot keep a write-ahead log here (journal mode {mode})")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it REPLACE removes rows behind the back of the delete trigger.
        connection.execute("PRAGMA recursive_triggers = ON")

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _close_to_others(database: Path) -> None:
    """Keep the database, and with it the files SQLite makes beside it in its mode, private."""
    make_private(database)
    for beside in ("-wal", "-shm"):
        close_to_others(database.with_name(database.name + beside))


def _switch_to_write_ahead_log(connection: sqlite3.Connection) -> str:
    """Let readers go on while one writes; return the mode the file is in now.

    The file remembers it. The very first switch does not honour the busy timeout, so that
    of several processes that start at once all but one would fail.
    """
    end = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _open_postgresql(url: sa.URL) -> sa.Engine:
    # READ COMMITTED is a condition of ``eventstore.appending``, whatever the server's default.
    engine = sa.create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={name: n for name, n in _PATIENCE.items() if name not in url.query},
    )

    def prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = '{LOCK_WAIT_SECONDS}s'")
        connection.commit()

    sa.event.listen(engine, "connect", prepare)
    return engine
