"""The trail: only added to, chained, and true to what was done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from eventstore import utc_now
from people import Act, Doer, People, PeopleError, TrailQuery
from people.schema import trail, trail_head
from tests.people.offices import OPERATOR

ZHANG = Doer("zhang", "192.0.2.1")


@pytest.fixture
def written(people: People) -> People:
    """Give a trail of five entries."""
    for n in range(5):
        people.trail.write(ZHANG, Act.PERSONAL_DATA_READ, f"case/a/{n}", success=n != 3)
    return people


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trail",
        "DELETE FROM trail WHERE position = 2",
        "UPDATE trail SET account = 'li'",
        "DELETE FROM trail_head",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_an_entry(
    written: People, statement: str
) -> None:
    before = written.trail.read(TrailQuery())
    with pytest.raises(DBAPIError), written.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert written.trail.read(TrailQuery()) == before


def test_a_replacing_insert_does_not_get_around_that(written: People) -> None:
    if written.engine.dialect.name == "postgresql":
        statement = (
            "INSERT INTO trail SELECT * FROM trail WHERE position = 2 "
            "ON CONFLICT (position) DO UPDATE SET account = 'li'"
        )
    else:
        statement = (
            "REPLACE INTO trail SELECT position, at, 'li', kind, words, object, success, "
            "address, digest FROM trail WHERE position = 2"
        )
    with pytest.raises(DBAPIError), written.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert written.trail.verify() is None


def test_postgresql_refuses_to_empty_the_table(written: People) -> None:
    if written.engine.dialect.name == "sqlite":
        return  # SQLite has no TRUNCATE
    with pytest.raises(DBAPIError), written.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE trail")


def without_triggers(people: People, statement: str) -> None:
    """Do what only the owner of the database can."""
    with people.engine.begin() as connection:
        if people.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE trail DISABLE TRIGGER USER")
        else:
            connection.exec_driver_sql("DROP TRIGGER trail_refuse_update")
            connection.exec_driver_sql("DROP TRIGGER trail_refuse_delete")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE trail SET account = 'li' WHERE position = 2", 2),
        ("UPDATE trail SET object = 'case/a/9' WHERE position = 5", 5),
        ("DELETE FROM trail WHERE position = 3", 3),
        ("DELETE FROM trail WHERE position = 5", 5),
    ],
)
def test_an_entry_changed_or_removed_past_the_triggers_shows(
    written: People, statement: str, position: int
) -> None:
    assert written.trail.verify() is None
    without_triggers(written, statement)
    fault = written.trail.verify()
    assert fault is not None
    assert fault.position == position


def test_what_is_rolled_back_leaves_neither_entry_nor_gap(written: People) -> None:
    with pytest.raises(PeopleError):
        written.accounts.add(OPERATOR, "不是用户名", "张三")
    written.accounts.add(OPERATOR, "zhang", "张三")
    with written.engine.connect() as connection:
        positions = connection.execute(sa.select(trail.c.position).order_by("position")).scalars()
        assert list(positions) == [1, 2, 3, 4, 5, 6]
        assert connection.execute(sa.select(trail_head.c.position)).scalar_one() == 6
    assert written.trail.verify() is None


def test_entries_are_found_by_account_kind_outcome_and_time(written: People) -> None:
    written.trail.write(Doer("li"), Act.SIGNED_IN)
    read = written.trail.read
    assert [entry.account for entry in read(TrailQuery(account="li"))] == ["li"]
    assert len(read(TrailQuery(kind=Act.PERSONAL_DATA_READ))) == 5
    assert [entry.object for entry in read(TrailQuery(success=False))] == ["case/a/3"]
    assert [entry.position for entry in read(TrailQuery(before=3))] == [2, 1]
    assert read(TrailQuery(start=utc_now() + timedelta(minutes=1))) == []
    assert read(TrailQuery(end=utc_now() - timedelta(minutes=1))) == []
    assert len(read(TrailQuery(start=utc_now() - timedelta(minutes=1)), limit=4)) == 4


def test_an_entry_says_who_what_when_from_where_and_whether_it_was_done(people: People) -> None:
    before = utc_now()
    people.trail.write(ZHANG, "register_request", "case/a/1", words="登记申请", success=False)
    (entry,) = people.trail.read(TrailQuery())
    assert before <= entry.at <= utc_now()
    assert (entry.account, entry.address) == ("zhang", "192.0.2.1")
    assert (entry.kind, entry.words, entry.object) == ("register_request", "登记申请", "case/a/1")
    assert entry.success is False
    assert people.trail.kinds() == [("register_request", "登记申请")]


def test_every_act_has_words_of_its_own() -> None:
    assert len({act.words for act in Act}) == len(Act)


def test_everything_done_to_an_account_is_in_the_trail(people: People) -> None:
    first = people.accounts.add(OPERATOR, "zhang", "张三")
    people.accounts.change(OPERATOR, "zhang", "张三丰")
    people.accounts.change_password(ZHANG, first, "Correct-horse-7")
    people.accounts.reset_password(OPERATOR, "zhang")
    people.accounts.unlock(OPERATOR, "zhang")
    people.accounts.disable(OPERATOR, "zhang")
    people.accounts.enable(OPERATOR, "zhang")
    people.second_factor.remove(OPERATOR, "zhang")
    kinds = [entry.kind for entry in people.trail.read(TrailQuery())]
    assert kinds[::-1] == [
        Act.ACCOUNT_ADDED,
        Act.ACCOUNT_CHANGED,
        Act.PASSWORD_CHANGED,
        Act.PASSWORD_RESET,
        Act.ACCOUNT_UNLOCKED,
        Act.ACCOUNT_DISABLED,
        Act.ACCOUNT_ENABLED,
        Act.SECOND_FACTOR_REMOVED,
    ]
