"""The first start: three administrators kept apart, and a file that forgets."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from eventstore import SchemaOutdated, migrate, open_engine, schema_revision
from people import ADMINISTRATORS, People, migrate_people, require_current_people
from tests.databases import NewDatabase
from tests.people.offices import ADDRESS, OPERATOR, POLICY
from vault import KeyRing


def test_the_first_start_makes_one_administrator_of_each_kind_and_the_second_none(
    people: People,
) -> None:
    passwords = people.make_first_accounts(OPERATOR)
    assert set(passwords) == {"admin", "security", "auditor"}
    held = {grant.role for grants in people.grants.all().values() for grant in grants}
    assert held == set(ADMINISTRATORS)
    for name, password in passwords.items():
        assert people.sign_in.with_password(name, password, ADDRESS).must_change
    assert people.make_first_accounts(OPERATOR) == {}


def test_of_several_first_starts_at_once_one_makes_the_accounts(people: People) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: people.make_first_accounts(OPERATOR), range(4)))
    assert sorted(map(len, made)) == [0, 0, 0, 3]
    assert people.first_passwords.read() == next(filter(None, made))


def test_the_file_of_first_passwords_is_its_owners_alone_and_shrinks_to_nothing(
    people: People,
) -> None:
    passwords = people.make_first_accounts(OPERATOR)
    file = people.first_passwords.path
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert people.first_passwords.read() == passwords
    people.first_passwords.forget("admin")
    assert set(people.first_passwords.read()) == {"security", "auditor"}
    people.first_passwords.forget("nobody")
    people.first_passwords.forget("security")
    people.first_passwords.forget("auditor")
    assert not file.exists()


def test_the_people_stand_beside_the_log_and_neither_knows_the_others_structure(
    new_database: NewDatabase, tmp_path: Path
) -> None:
    url = new_database(empty=True)
    log = open_engine(url)
    migrate(log)
    with People.opened(tmp_path, url, KeyRing({"test": b"1" * 32}), POLICY) as people:
        require_current_people(people.engine)
        tables = set(sa.inspect(people.engine).get_table_names())
    assert {"accounts", "trail"} <= tables
    assert not {"events", "data_keys"} & tables
    assert schema_revision(log) is not None
    assert not {"accounts", "trail"} & set(sa.inspect(log).get_table_names())
    log.dispose()


def test_a_database_that_newer_code_has_changed_is_left_alone(people: People) -> None:
    with people.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutdated):
        migrate_people(people.engine)
    with pytest.raises(SchemaOutdated, match="9999"):
        require_current_people(people.engine)
    assert schema_revision(people.engine) == "9999"
