"""A database is brought to the revision of the code, or refused."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from eventstore import (
    EventStore,
    SchemaOutdated,
    migrate,
    open_engine,
    require_current_schema,
    schema_revision,
)
from eventstore.schema import metadata
from tests.eventstore.samples import fact


def test_an_empty_database_is_migrated_and_a_second_time_changes_nothing(
    database_url: str,
) -> None:
    engine = open_engine(database_url)
    assert schema_revision(engine) is None
    with pytest.raises(SchemaOutdated, match="none"):
        require_current_schema(engine)

    newest = migrate(engine)
    EventStore(engine).append("a", 0, [fact(1)])

    assert migrate(engine) == newest == schema_revision(engine)
    require_current_schema(engine)
    assert EventStore(engine).head() == 1
    engine.dispose()


def test_a_database_migrated_by_newer_code_is_refused_and_left_alone(
    log_engine: sa.Engine,
) -> None:
    with log_engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaOutdated) as caught:
        migrate(log_engine)
    with pytest.raises(SchemaOutdated, match="9999"):
        require_current_schema(log_engine)

    assert caught.value.found == "9999"
    assert schema_revision(log_engine) == "9999"


def test_the_migrations_make_the_tables_that_queries_expect(log_engine: sa.Engine) -> None:
    with log_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql+pymysql://localhost/log", "sqlite:///"]
)
def test_a_database_that_cannot_keep_a_log_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="event log"):
        open_engine(url)


def test_sqlite_is_opened_for_durability_unless_told_otherwise(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.sqlite'}"
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}

    def found(engine: sa.Engine) -> dict[str, object]:
        with engine.connect() as connection:
            values = {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one() for n in pragmas}
        engine.dispose()
        return values

    assert found(open_engine(url)) == pragmas
    assert found(open_engine(url, synchronous="NORMAL")) == {**pragmas, "synchronous": 1}
