"""Signing in by an identity provider, a real one on loopback, honest and not."""

import time
from collections.abc import Iterator

import httpx
import pytest
from joserfc.jwk import RSAKey

from people import Act, TrailQuery
from tests.web.offices import OPERATOR, Clock, opened_office, web_settings
from tests.web.provider import CLIENT, SECRET, IdentityProvider, running_provider
from tests.web.readers import Reader
from web.office import Office


@pytest.fixture(scope="module")
def provider_at_work() -> Iterator[IdentityProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(provider_at_work: IdentityProvider) -> IdentityProvider:
    provider_at_work.subject = "subject-1"
    provider_at_work.claims, provider_at_work.lies = {}, {}
    provider_at_work.signs_with = None
    return provider_at_work


@pytest.fixture
def joined(office: Office, provider: IdentityProvider, clock: Clock) -> Iterator[Office]:
    """Give an office whose people may also sign in by the provider; the worker is known there."""
    settings = web_settings(
        oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET
    )
    office.people.accounts.change(OPERATOR, "worker", "张三", "subject-1")
    with opened_office(office.parts, settings, clock) as joined:
        yield joined


def come_back(reader: Reader, provider: IdentityProvider) -> httpx.Response:
    there = reader.get("/sign-in/identity")
    assert there.status_code == 303
    return reader.get(provider.consent(there.headers["location"]))


def test_whom_the_provider_knows_and_an_account_names_is_signed_in(
    joined: Office, provider: IdentityProvider
) -> None:
    with Reader(joined) as reader:
        assert "用统一身份认证登录" in reader.get("/sign-in").text
        answer = come_back(reader, provider)
        assert answer.headers["location"] == "/"
        assert "张三" in reader.get("/").text
    entries = joined.people.trail.read(TrailQuery(kind=Act.SIGNED_IN, account="worker"))
    assert len(entries) == 1


def test_whom_no_account_names_is_turned_away_and_that_is_in_the_trail(
    joined: Office, provider: IdentityProvider
) -> None:
    provider.subject = "stranger"
    with Reader(joined) as reader:
        answer = come_back(reader, provider)
        assert answer.status_code == 403
        assert "stranger" not in answer.text
        assert not reader.cookie("session")
    (entry, *_) = joined.people.trail.read(TrailQuery(kind=Act.SIGN_IN_REFUSED))
    assert not entry.success


def test_an_answer_for_another_browser_or_a_second_time_is_refused(
    joined: Office, provider: IdentityProvider
) -> None:
    with Reader(joined) as reader, Reader(joined) as other:
        there = reader.get("/sign-in/identity")
        back = provider.consent(there.headers["location"])
        assert other.get(back).status_code == 502
        other.get("/sign-in/identity")
        assert other.get(back).status_code == 502
        assert reader.get(back).status_code == 303
        assert reader.get(back).status_code == 502


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "http://evil.example"},
        {"aud": "another-application"},
        {"aud": [CLIENT, "another-application"]},
        {"nonce": "of-another-sign-in"},
        {"exp": int(time.time()) - 3600},
        {"exp": "tomorrow"},
        {"iat": int(time.time()) + 86_400},
        {"sub": ""},
    ],
    ids="-".join,
)
def test_a_token_that_is_not_for_us_now_is_refused(
    joined: Office, provider: IdentityProvider, lies: dict[str, object]
) -> None:
    provider.lies = lies
    with Reader(joined) as reader:
        answer = come_back(reader, provider)
        assert answer.status_code == 502
        assert "没有成功" in answer.text
        assert not reader.cookie("session")


def test_a_token_signed_by_somebody_else_is_refused(
    joined: Office, provider: IdentityProvider
) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "k1"})
    with Reader(joined) as reader:
        assert come_back(reader, provider).status_code == 502
        assert not reader.cookie("session")


def test_the_first_password_is_not_asked_of_who_came_by_the_provider(
    joined: Office, provider: IdentityProvider
) -> None:
    joined.people.accounts.add(OPERATOR, "li", "李四", "subject-2")
    provider.subject = "subject-2"
    with Reader(joined) as reader:
        come_back(reader, provider)
        assert reader.get("/").status_code == 200


def test_where_the_setting_says_so_an_account_without_role_is_made(
    office: Office, provider: IdentityProvider, clock: Clock
) -> None:
    settings = web_settings(
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_claim="preferred_username",
        oidc_makes_accounts=True,
    )
    provider.claims = {"preferred_username": "wang.wu", "name": "王五"}
    with opened_office(office.parts, settings, clock) as joined, Reader(joined) as reader:
        come_back(reader, provider)
        text = reader.get("/").text
        assert "王五" in text
        assert "还没有角色" in text
        assert joined.people.grants.of("wang.wu") == frozenset()


def test_a_provider_that_does_not_answer_leaves_the_ordinary_way(
    office: Office, clock: Clock
) -> None:
    settings = web_settings(oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT)
    with opened_office(office.parts, settings, clock) as joined, Reader(joined) as reader:
        answer = reader.get("/sign-in/identity")
        assert answer.status_code == 502
        assert "用户名和密码" in answer.text
        assert reader.sign_in("worker").status_code == 303


def test_without_a_provider_there_is_no_such_page(reader: Reader) -> None:
    assert reader.get("/sign-in/identity").status_code == 404
    assert "统一身份认证" not in reader.get("/sign-in").text
