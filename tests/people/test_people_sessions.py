"""Sessions end by themselves, at sign-out, and when a password changes."""

from people import Doer, People
from tests.people.conftest import AddPerson
from tests.people.offices import ADDRESS, PASSWORD, Clock


def test_a_session_ends_after_half_an_hour_without_a_request(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    add_person("zhang")
    token = people.sessions.open("zhang", ADDRESS)
    for _ in range(3):
        clock.move(minutes=29)
        assert people.sessions.find(token) is not None
    clock.move(minutes=30)
    assert people.sessions.find(token) is None


def test_a_session_ends_after_ten_hours_whatever_is_done_in_it(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    add_person("zhang")
    token = people.sessions.open("zhang", ADDRESS)
    for _ in range(29):
        clock.move(minutes=20)
        assert people.sessions.find(token) is not None
    clock.move(minutes=20)
    assert people.sessions.find(token) is None


def test_a_session_that_waits_for_a_code_waits_five_minutes(
    people: People, add_person: AddPerson, clock: Clock
) -> None:
    add_person("zhang")
    token = people.sessions.open("zhang", ADDRESS, halfway=True)
    found = people.sessions.find(token)
    assert found is not None
    assert found.halfway
    clock.move(minutes=5)
    assert people.sessions.find(token) is None


def test_no_two_tokens_are_alike_and_none_but_a_token_opens_a_session(
    people: People, add_person: AddPerson
) -> None:
    add_person("zhang")
    tokens = {people.sessions.open("zhang", ADDRESS) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)  # 256 bits in base64
    for stranger in ("", "zhang", next(iter(tokens))[:-1], "\udcff"):
        assert people.sessions.find(stranger) is None


def test_signing_out_ends_that_session_and_leaves_the_others(
    people: People, add_person: AddPerson
) -> None:
    zhang = add_person("zhang")
    here, elsewhere = (people.sessions.open("zhang", ADDRESS) for _ in range(2))
    people.sessions.sign_out(here, zhang)
    assert people.sessions.find(here) is None
    assert people.sessions.find(elsewhere) is not None


def test_a_changed_password_ends_every_session_of_the_account(
    people: People, add_person: AddPerson
) -> None:
    zhang = add_person("zhang")
    add_person("li")
    token, other = people.sessions.open("zhang", ADDRESS), people.sessions.open("li", ADDRESS)
    people.accounts.change_password(Doer("zhang"), PASSWORD, "Another-word-1")
    assert people.sessions.find(token) is None
    assert people.sessions.find(other) is not None
    assert zhang.account == "zhang"
