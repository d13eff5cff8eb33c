"""Sign-in: one sentence for every refusal, locks, limits, codes."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from people import (
    Act,
    Doer,
    People,
    PeopleError,
    SignInRefused,
    TooManyAttempts,
    TrailQuery,
)
from people.schema import accounts
from tests.people.conftest import AddPerson
from tests.people.offices import ADDRESS, OPERATOR, PASSWORD, POLICY, Clock


def fail(people: People, name: str = "zhang", address: str = ADDRESS) -> str:
    with pytest.raises(SignInRefused) as refused:
        people.sign_in.with_password(name, "Wrong-horse-7", address)
    return refused.value.message


def test_nothing_tells_an_unknown_name_from_a_wrong_password_a_lock_or_a_disabled_account(
    people: People, add_person: AddPerson
) -> None:
    add_person("zhang")
    said = {fail(people, "nobody"), fail(people)}
    for _ in range(POLICY.failures):
        said.add(fail(people))
    people.accounts.unlock(OPERATOR, "zhang")
    people.accounts.disable(OPERATOR, "zhang")
    said.add(fail(people))
    assert len(said) == 1


def test_five_failures_in_a_row_lock_an_account_even_for_the_right_password(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    add_person("zhang")
    for _ in range(POLICY.failures):
        fail(people)
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    clock.move(minutes=14, seconds=59)
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    clock.move(seconds=2)
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"
    assert len(people.trail.read(TrailQuery(kind=Act.ACCOUNT_LOCKED))) == 1


def test_a_success_starts_the_count_anew(people: People, add_person: AddPerson) -> None:
    add_person("zhang")
    for _ in range(2):
        for _ in range(POLICY.failures - 1):
            fail(people)
        assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"


def test_an_unlocked_account_opens_at_once(people: People, add_person: AddPerson) -> None:
    add_person("zhang")
    for _ in range(POLICY.failures):
        fail(people)
    people.accounts.unlock(OPERATOR, "zhang")
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"


def test_an_address_that_fails_too_often_must_wait_and_others_need_not(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    add_person("zhang")
    for n in range(POLICY.address_failures):
        fail(people, f"nobody{n}")
    with pytest.raises(TooManyAttempts) as refused:
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    assert 0 < refused.value.retry_after <= POLICY.locked_for.total_seconds()
    assert people.sign_in.with_password("zhang", PASSWORD, "192.0.2.8").name == "zhang"
    clock.move(minutes=15, seconds=1)
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"


def test_a_name_nobody_has_is_not_written_down(people: People) -> None:
    fail(people, "my-secret-password")
    (entry,) = people.trail.read(TrailQuery())
    assert (entry.account, entry.object, entry.success) == ("", "", False)


def test_capitals_and_blanks_around_a_name_do_not_matter(
    people: People, add_person: AddPerson
) -> None:
    add_person("zhang")
    assert people.sign_in.with_password(" Zhang ", PASSWORD, ADDRESS).name == "zhang"


def test_a_password_hashed_at_other_costs_is_hashed_anew_at_sign_in(
    people: People, add_person: AddPerson
) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 - made here as an older release would have

    add_person("zhang")
    dated = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1).hash(PASSWORD)
    with people.engine.begin() as connection:
        connection.execute(sa.update(accounts).values(password=dated))
    people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
    with people.engine.connect() as connection:
        kept = connection.execute(sa.select(accounts.c.password)).scalar_one()
    assert kept != dated
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).name == "zhang"


def enrolled(people: People, clock: Clock, zhang: Doer) -> pyotp.TOTP:
    secret = people.second_factor.new_secret()
    totp = pyotp.TOTP(secret)
    people.second_factor.enrol(zhang, secret, totp.at(clock.now))
    clock.move(seconds=30)
    return totp


def test_a_code_is_asked_for_once_enrolled_and_counts_once(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    totp = enrolled(people, clock, add_person("zhang"))
    assert people.sign_in.with_password("zhang", PASSWORD, ADDRESS).has_second_factor
    code = totp.at(clock.now)
    spaced = f"{code[:3]} {code[3:]}"
    assert people.sign_in.with_code("zhang", spaced, ADDRESS).name == "zhang"
    with pytest.raises(SignInRefused):
        people.sign_in.with_code("zhang", code, ADDRESS)


def test_a_code_of_the_step_before_is_taken_and_of_two_before_is_not(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    totp = enrolled(people, clock, add_person("zhang"))
    clock.move(minutes=5)
    with pytest.raises(SignInRefused):
        people.sign_in.with_code("zhang", totp.at(clock.now - timedelta(minutes=1)), ADDRESS)
    people.sign_in.with_code("zhang", totp.at(clock.now - timedelta(seconds=30)), ADDRESS)


def test_codes_cannot_be_guessed_by_giving_the_password_in_between(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    totp = enrolled(people, clock, add_person("zhang"))
    for _ in range(POLICY.failures):
        people.sign_in.with_password("zhang", PASSWORD, ADDRESS)
        with pytest.raises(SignInRefused):
            people.sign_in.with_code("zhang", "abcdef", ADDRESS)
    with pytest.raises(SignInRefused):
        people.sign_in.with_code("zhang", totp.at(clock.now), ADDRESS)


def test_a_secret_is_taken_only_with_a_right_code_and_only_once(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    zhang = add_person("zhang")
    with pytest.raises(PeopleError):
        people.second_factor.enrol(zhang, people.second_factor.new_secret(), "000000x")
    enrolled(people, clock, zhang)
    with pytest.raises(PeopleError, match="已经启用"):
        enrolled(people, clock, zhang)


def test_a_secret_lies_sealed_and_bound_to_its_account(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    totp = enrolled(people, clock, add_person("zhang"))
    add_person("li")
    with people.engine.begin() as connection:
        row = connection.execute(
            sa.select(accounts.c.totp_secret).where(accounts.c.name == "zhang")
        ).scalar_one()
        connection.execute(
            sa.update(accounts).where(accounts.c.name == "li").values(totp_secret=row, totp_step=0)
        )
    assert totp.secret.encode() not in row
    with pytest.raises(PeopleError, match="无法读出"):
        people.sign_in.with_code("li", totp.at(clock.now), ADDRESS)


def test_a_reset_password_leaves_the_second_factor_in_use(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    enrolled(people, clock, add_person("zhang"))
    first = people.accounts.reset_password(OPERATOR, "zhang")
    assert people.sign_in.with_password("zhang", first, ADDRESS).has_second_factor


def test_an_identity_finds_the_account_that_names_it_and_no_other(people: People) -> None:
    people.accounts.add(OPERATOR, "zhang", "张三", "subject-1")
    assert people.sign_in.with_identity("subject-1", ADDRESS).name == "zhang"
    for stranger in ("zhang", "subject-2"):
        with pytest.raises(SignInRefused):
            people.sign_in.with_identity(stranger, ADDRESS)


def test_an_identity_may_make_an_account_that_holds_no_role(people: People) -> None:
    made = people.sign_in.with_identity("zhang", ADDRESS, make="张三")
    assert (made.name, made.display_name, made.has_password) == ("zhang", "张三", False)
    assert people.grants.of("zhang") == frozenset()
    with pytest.raises(SignInRefused):
        people.sign_in.with_password("zhang", "", ADDRESS)


def test_an_identity_does_not_take_over_an_account_of_the_same_name(
    people: People, add_person: AddPerson
) -> None:
    add_person("admin")
    with pytest.raises(SignInRefused):
        people.sign_in.with_identity("admin", ADDRESS, make="冒名")
