"""Sessions (会话): a random token in a cookie, its hash in the database.

A session ends after a time without a request, after a time whatever is done, at sign-out, and when
the account is disabled or its password changes. A token is never used across a sign-in step: each
step ends the old session and opens a new one, so that nobody can fix a token beforehand.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from eventstore import writing
from people.acts import Act
from people.doer import Doer
from people.policy import Policy
from people.schema import accounts, sessions
from people.trail import record

Method = Literal["password", "oidc"]

_TOKEN_BYTES = 32
_TOUCH_EVERY = timedelta(seconds=20)
"""How stale `seen_at` may be: a page and all it fetches are one write, not ten."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is valid now.

    Attributes:
        method: how it was signed in.
        halfway: the password was right, the second factor is still asked for.
        created_at: when it was opened, in UTC.
    """

    account: str
    method: Method
    halfway: bool
    address: str
    created_at: datetime


class Sessions:
    """The sessions in one database."""

    def __init__(self, engine: sa.Engine, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._policy = policy
        self._clock = clock

    def open(
        self, account: str, address: str, method: Method = "password", *, halfway: bool = False
    ) -> str:
        """Open a session and return its token, 256 random bits, for the cookie alone."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now = self._clock()
        with writing(self._engine) as connection:
            connection.execute(
                sa.delete(sessions).where(sessions.c.created_at < now - self._policy.absolute)
            )
            connection.execute(
                sa.insert(sessions).values(
                    token_hash=_hashed(token),
                    account=account,
                    method=method,
                    halfway=halfway,
                    address=address,
                    created_at=now,
                    seen_at=now,
                )
            )
        return token

    def find(self, token: str, *, used: bool = True) -> Session | None:
        """Return the session of a token if it is still valid, and note that it was used.

        Args:
            token: from the cookie.
            used: whether somebody did something; what a page asks by itself keeps nobody signed in.
        """
        now = self._clock()
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(sessions)
                .join(accounts, accounts.c.name == sessions.c.account)
                .where(sessions.c.token_hash == _hashed(token), accounts.c.disabled_at.is_(None))
            ).first()
        if row is None or not self._valid(row, now):
            return None
        if used and now - row.seen_at >= _TOUCH_EVERY:
            with writing(self._engine) as connection:
                connection.execute(
                    sa.update(sessions)
                    .where(sessions.c.token_hash == row.token_hash)
                    .values(seen_at=now)
                )
        return Session(row.account, row.method, row.halfway, row.address, row.created_at)

    def close(self, token: str) -> None:
        """End a session without a word, because another takes its place."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token_hash == _hashed(token)))

    def sign_out(self, token: str, doer: Doer) -> None:
        """End a session because its owner wants it."""
        with writing(self._engine) as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token_hash == _hashed(token)))
            record(connection, doer, Act.SIGNED_OUT, f"account/{doer.account}")

    def _valid(self, row: Any, now: datetime) -> bool:
        longest = self._policy.halfway if row.halfway else self._policy.absolute
        return bool(now - row.created_at < longest and now - row.seen_at < self._policy.idle)


def _hashed(token: str) -> bytes:
    # A plain hash will do: there is nothing to guess in 256 random bits.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
