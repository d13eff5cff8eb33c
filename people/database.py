"""Where the people's tables are: a file of their own, or a schema of their own in PostgreSQL.

Apart from the event log, because the log is copied, folded and handed on, and neither passwords
nor the trail may travel with it.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from eventstore import SchemaOutdated, changing_structure, open_engine

SCHEMA = "people"
"""The schema in PostgreSQL."""


def open_people(folder: Path, log_url: str | None) -> sa.Engine:
    """Open `people.db` in the data folder, or the schema `people` beside a log in PostgreSQL.

    Args:
        folder: the data folder.
        log_url: the log's database where a setting names one.
    """
    url = sa.make_url(log_url) if log_url else None
    if url is None or url.get_backend_name() != "postgresql":
        return open_engine(f"sqlite:///{folder / 'people.db'}")
    before = open_engine(url.render_as_string(hide_password=False))
    try:
        with changing_structure(before) as connection:
            connection.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
    finally:
        before.dispose()
    options = " ".join((*_options(url), f"-csearch_path={SCHEMA}"))
    there = url.update_query_dict({"options": options})
    return open_engine(there.render_as_string(hide_password=False))


def migrate_people(engine: sa.Engine) -> str:
    """Run the revisions that are missing, all in one transaction; return the newest.

    Raises:
        SchemaOutdated: newer code has migrated this database; nothing was touched.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    wanted = str(scripts.get_current_head())
    with changing_structure(engine) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and found not in {
            known.revision for known in scripts.walk_revisions()
        }:
            raise SchemaOutdated(found, wanted)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return wanted


def people_revision(engine: sa.Engine) -> tuple[str | None, str]:
    """Return the revision the database is at, and the one this code wants."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found, str(ScriptDirectory.from_config(_config()).get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "people:migrations")
    return config


def _options(url: sa.URL) -> list[str]:
    given = url.query.get("options", ())
    return [given] if isinstance(given, str) else list(given)
