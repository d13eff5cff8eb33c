"""Accounts: names, passwords, disabling; what an administrator may not do to another."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from people import (
    Act,
    Doer,
    People,
    PeopleError,
    Role,
    SignInRefused,
    TooManyAttempts,
    TrailQuery,
)
from people.passwords import check_password, first_password
from people.schema import accounts
from tests.people.conftest import AddPerson
from tests.people.offices import ADDRESS, OPERATOR, PASSWORD, POLICY, Clock


@pytest.mark.parametrize("name", ["", "a", "Zhang", "张三", "1zhang", "zhang san", "z" * 33, "a/b"])
def test_a_name_that_cannot_stand_in_a_record_is_refused(people: People, name: str) -> None:
    with pytest.raises(PeopleError) as refused:
        people.accounts.add(OPERATOR, name, "张三")
    assert refused.value.field == "name"
    assert people.accounts.all() == []


def test_a_name_is_never_given_twice_not_even_after_the_account_was_disabled(
    people: People,
) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    people.accounts.disable(OPERATOR, "zhang")
    with pytest.raises(PeopleError, match="已经使用过"):
        people.accounts.add(OPERATOR, "zhang", "张四")


def test_the_database_keeps_an_account_from_being_deleted(people: People) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三")
    with pytest.raises(DBAPIError), people.engine.begin() as connection:
        connection.execute(sa.delete(accounts))
    assert people.accounts.get("zhang") is not None


def test_a_first_password_opens_the_door_once_and_must_then_be_changed(people: People) -> None:
    first = people.accounts.add(OPERATOR, "zhang", "张三")
    assert people.sign_in.with_password("zhang", first, ADDRESS).must_change
    people.accounts.change_password(Doer("zhang"), first, PASSWORD)
    account = people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    assert not account.must_change
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", first, ADDRESS)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Short-1", "至少 10 个字符"),
        ("A1-" + "x" * 126, "至多 128 个字符"),
        ("alllowercase1", "三种"),
        ("NODIGITSHERE", "三种"),
        ("xx-Zhang-77-xx", "用户名"),
    ],
)
def test_a_password_that_is_too_easy_is_refused(password: str, why: str) -> None:
    with pytest.raises(PeopleError, match=why):
        check_password("zhang", password)


def test_chinese_characters_count_as_neither_case_nor_symbol() -> None:
    with pytest.raises(PeopleError, match="三种"):
        check_password("zhang", "政府信息公开办理系统一二三")


def test_every_first_password_is_good_enough_by_its_own_rule() -> None:
    handed_out = {first_password() for _ in range(200)}
    assert len(handed_out) == 200
    for password in handed_out:
        check_password("zhang", password)


def test_none_of_the_last_five_passwords_is_taken_again(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    zhang = add_person("zhang")
    used = [PASSWORD]
    for n in range(5):
        clock.move(days=90)
        with pytest.raises(PeopleError, match="最近 5 次"):
            people.accounts.change_password(zhang, used[-1], used[0])
        used.append(f"Another-word-{n}")
        people.accounts.change_password(zhang, used[-2], used[-1])
    people.accounts.change_password(zhang, used[-1], used[0])


def test_the_old_password_is_asked_for(people: People, add_person: AddPerson) -> None:
    zhang = add_person("zhang")
    with pytest.raises(PeopleError) as refused:
        people.accounts.change_password(zhang, "Wrong-horse-7", "Another-word-1")
    assert refused.value.field == "old"


def test_wrong_old_passwords_lock_an_account_as_failed_sign_ins_do_and_nothing_tells_when(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    zhang = add_person("zhang")

    def refused(old: str) -> str:
        with pytest.raises(SignInRefused) as refused:
            people.accounts.change_password(zhang, old, "Another-word-1")
        assert refused.value.field == "old"
        return refused.value.message

    said = {refused("Wrong-horse-7") for _ in range(POLICY.failures)}
    said.add(refused(PASSWORD))
    assert len(said) == 1
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    assert len(people.trail.read(TrailQuery(kind=Act.ACCOUNT_LOCKED))) == 1
    clock.move(minutes=15, seconds=1)
    people.accounts.change_password(zhang, PASSWORD, "Another-word-1")


def test_wrong_old_passwords_and_failed_sign_ins_are_one_count_that_a_right_one_begins_anew(
    people: People, add_person: AddPerson
) -> None:
    zhang = add_person("zhang")

    def nearly_locked() -> None:
        for _ in range(POLICY.failures - 1):
            with pytest.raises(SignInRefused):
                people.accounts.change_password(zhang, "Wrong-horse-7", "Yet-another-9")

    nearly_locked()
    people.accounts.change_password(zhang, PASSWORD, "Another-word-1")
    nearly_locked()
    assert people.trail.read(TrailQuery(kind=Act.ACCOUNT_LOCKED)) == []
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", "Wrong-horse-7", ADDRESS)
    assert len(people.trail.read(TrailQuery(kind=Act.ACCOUNT_LOCKED))) == 1


def test_an_address_that_fails_too_often_waits_with_old_passwords_too(
    people: People, add_person: AddPerson
) -> None:
    zhang = replace(add_person("zhang"), address=ADDRESS)
    for n in range(POLICY.address_failures):
        with pytest.raises(SignInRefused):
            people.sign_in.with_password(f"nobody{n}", "Wrong-horse-7", ADDRESS)
    with pytest.raises(TooManyAttempts):
        people.accounts.change_password(zhang, PASSWORD, "Another-word-1")


def test_neither_password_nor_token_lies_readable_in_the_database(
    people: People, add_person: AddPerson
) -> None:
    add_person("zhang")
    token = people.sessions.open("zhang", ADDRESS)
    with people.engine.connect() as connection:
        everything = "".join(
            repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608 - our own names
            for table in ("accounts", "password_history", "sessions", "trail")
        )
    assert "$argon2id$" in everything
    assert PASSWORD not in everything
    assert token not in everything


def test_a_disabled_account_signs_in_no_more_and_its_sessions_end(
    people: People, add_person: AddPerson
) -> None:
    add_person("zhang")
    token = people.sessions.open("zhang", ADDRESS)
    people.accounts.disable(OPERATOR, "zhang")
    assert people.sessions.find(token) is None
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    people.accounts.enable(OPERATOR, "zhang")
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"
    assert people.sessions.find(token) is None


def test_an_administrator_cannot_become_another_by_resetting_a_password_or_a_claim(
    people: People, add_person: AddPerson
) -> None:
    add_person("security")
    people.grants.grant(OPERATOR, "security", Role.SECURITY_ADMINISTRATOR)
    admin = add_person("admin")
    with pytest.raises(PeopleError, match="服务器"):
        people.accounts.reset_password(admin, "security")
    with pytest.raises(PeopleError, match="服务器"):
        people.accounts.change(admin, "security", "安全管理员", "my-own-subject")
    people.accounts.change(admin, "security", "另一个称呼")
    reset = people.accounts.reset_password(OPERATOR, "security")
    assert people.sign_in.with_password("security", reset, ADDRESS).must_change


def test_a_claim_of_the_identity_provider_belongs_to_one_account(people: People) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三", "subject-1")
    with pytest.raises(PeopleError) as refused:
        people.accounts.add(OPERATOR, "li", "李四", "subject-1")
    assert refused.value.field == "external_id"


def test_nobody_disables_their_own_account(people: People, add_person: AddPerson) -> None:
    with pytest.raises(PeopleError, match="自己"):
        people.accounts.disable(add_person("admin"), "admin")
