"""Where the people's tables are: a file of their own, or a schema of their own in PostgreSQL.

Apart from the event log, because the log is copied, folded and handed on, and neither passwords
nor the trail may travel with it.
"""

from pathlib import Path

import sqlalchemy as sa

from eventstore import changing_structure, migrate, open_engine, require_current_schema

SCHEMA = "people"
"""The schema in PostgreSQL."""

_REVISIONS = "people"


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
    return migrate(engine, _REVISIONS)


def require_current_people(engine: sa.Engine) -> None:
    """Let a process that must not migrate find out before it works.

    Raises:
        SchemaOutdated: the database is at an older or a newer revision, or empty.
    """
    require_current_schema(engine, _REVISIONS)


def _options(url: sa.URL) -> list[str]:
    given = url.query.get("options", ())
    return [given] if isinstance(given, str) else list(given)
