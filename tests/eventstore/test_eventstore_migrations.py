"""A database is brought to the revision of the code, or refused."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    empty_database_url: str,
) -> None:
    engine = open_engine(empty_database_url)
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


@pytest.mark.parametrize("package", ["eventstore", "people"])
def test_revisions_follow_each_other_in_one_line_and_each_file_bears_its_number(
    package: str,
) -> None:
    config = Config()
    config.set_main_option("script_location", f"{package}:migrations")
    newest_first = list(ScriptDirectory.from_config(config).walk_revisions())
    numbers = [script.revision for script in newest_first]
    assert numbers == [f"{n:04}" for n in range(len(numbers), 0, -1)]
    assert [script.down_revision for script in newest_first] == [*numbers[1:], None]
    assert [Path(script.path).name[:5] for script in newest_first] == [f"{n}_" for n in numbers]
