"""Bring a database to the revision this code wants, and say at which one it is."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from eventstore.engine import changing_structure
from eventstore.errors import SchemaOutdated


def migrate(engine: sa.Engine) -> str:
    """Run the revisions that are missing, all in one transaction; return the newest.

    Safe when several processes start at once, and without effect when nothing is missing.

    Raises:
        SchemaOutdated: newer code has migrated this database; nothing was touched.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    wanted = _newest(scripts)
    with changing_structure(engine) as connection:
        found = _revision(connection)
        if found is not None and found not in {
            known.revision for known in scripts.walk_revisions()
        }:
            raise SchemaOutdated(found, wanted)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return wanted


def schema_revision(engine: sa.Engine) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    with engine.connect() as connection:
        return _revision(connection)


def require_current_schema(engine: sa.Engine) -> None:
    """Let a process that must not migrate find out before it works.

    Raises:
        SchemaOutdated: the database is at an older or a newer revision, or empty.
    """
    found, wanted = schema_revision(engine), _newest(ScriptDirectory.from_config(_config()))
    if found != wanted:
        raise SchemaOutdated(found, wanted)


def _config() -> Config:
    config = Config()
    # package:folder is looked up as a resource: the same in a checkout and in a wheel.
    config.set_main_option("script_location", "eventstore:migrations")
    return config


def _newest(scripts: ScriptDirectory) -> str:
    head = scripts.get_current_head()
    if head is None:
        raise LookupError("the package was installed without its migrations")
    return head


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
