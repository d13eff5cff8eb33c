"""Bring a database to the revision this code wants, and say at which one it is.

A database is nearly always at the newest revision, and whoever opens it only needs to know that:
Alembic, which takes a quarter of a second to import (measured), is asked for only where it is not.
"""

from importlib.resources import files

import sqlalchemy as sa

from eventstore.engine import changing_structure
from eventstore.errors import SchemaOutdated

LOG = "eventstore"
"""The package whose `migrations` folder holds the log's revisions."""

_VERSIONS = sa.table("alembic_version", sa.column("version_num", sa.String))


def migrate(engine: sa.Engine, package: str = LOG) -> str:
    """Run the revisions that are missing, all in one transaction; return the newest.

    Safe when several processes start at once, and without effect when nothing is missing.

    Args:
        engine: of the database.
        package: whose `migrations` folder holds the revisions.

    Raises:
        SchemaOutdated: newer code has migrated this database; nothing was touched.
    """
    wanted, *_ = known = _revisions(package)
    if schema_revision(engine) == wanted:
        return wanted
    with changing_structure(engine) as connection:
        found = _revision(connection)
        if found is not None and found not in known:
            raise SchemaOutdated(found, wanted)
        _upgrade(connection, package)
    return wanted


def schema_revision(engine: sa.Engine) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    with engine.connect() as connection:
        return _revision(connection)


def require_current_schema(engine: sa.Engine, package: str = LOG) -> None:
    """Let a process that must not migrate find out before it works.

    Raises:
        SchemaOutdated: the database is at an older or a newer revision, or empty.
    """
    found, (wanted, *_) = schema_revision(engine), _revisions(package)
    if found != wanted:
        raise SchemaOutdated(found, wanted)


def _upgrade(connection: sa.Connection, package: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # package:folder is looked up as a resource: the same in a checkout and in a wheel.
    config.set_main_option("script_location", f"{package}:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revisions(package: str) -> list[str]:
    """Return the revisions this code knows, the newest first.

    They are numbered, in a line without branches, and each file bears its number.
    """
    scripts = files(package) / "migrations" / "versions"
    known = sorted(file.name[:4] for file in scripts.iterdir() if file.name[:4].isdigit())[::-1]
    if not known:
        raise LookupError("the package was installed without its migrations")
    return known


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.scalar(sa.select(_VERSIONS.c.version_num))
