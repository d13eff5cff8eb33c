"""The tables of clearance on both databases: as the migrations make them, and copied whole."""

from pathlib import Path

import sqlalchemy as sa

from people import People
from people.clearance_schema import case_documents, document_templates, drafts, remarks, rules
from people.copying import copy_people
from people.schema import metadata
from tests.databases import NewDatabase
from tests.people.offices import POLICY, Clock
from vault import KeyRing

TABLES = (drafts, remarks, rules, case_documents, document_templates)


def test_the_migrations_make_what_queries_see(people: People) -> None:
    seen = sa.inspect(people.engine)
    for table in TABLES:
        made = {column["name"] for column in seen.get_columns(table.name)}
        assert made == {column.name for column in table.columns}, table.name
        keys = seen.get_pk_constraint(table.name)["constrained_columns"]
        assert keys == [column.name for column in table.primary_key], table.name


def test_a_copy_has_drafts_rules_and_documents(
    people: People, new_database: NewDatabase, tmp_path: Path, clock: Clock
) -> None:
    with people.engine.begin() as connection:
        connection.execute(sa.insert(rules).values(agency="a", verbs="decide"))
    assert set(TABLES) <= set(metadata.sorted_tables)
    there = tmp_path / "copy"
    there.mkdir()
    key = KeyRing({"test": b"1" * 32})
    with People.opened(there, new_database(), key, POLICY, clock) as copy:
        copy_people(people.engine, copy.engine)
        with copy.engine.connect() as connection:
            assert connection.execute(sa.select(rules)).all() == [("a", "decide")]
