"""Failed attempts (失败次数): an account that fails too often is locked, an address must wait.

One count for whoever tries a password or a code, at the sign-in page or behind it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from people.account_rows import Account
from people.acts import Act
from people.doer import Doer
from people.errors import TooManyAttempts
from people.policy import Policy
from people.schema import accounts, failed_attempts
from people.trail import record

_FORGET_ATTEMPTS = timedelta(days=1)


class Attempts:
    """The count of failures in one database."""

    def __init__(self, engine: sa.Engine, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._policy = policy
        self._clock = clock

    def within_limit(self, address: str) -> None:
        """Let an address try again.

        Raises:
            TooManyAttempts: it must wait.
        """
        since = self._clock() - self._policy.locked_for
        with self._engine.connect() as connection:
            times: Any = connection.execute(
                sa.select(sa.func.count(), sa.func.min(failed_attempts.c.at)).where(
                    failed_attempts.c.address == address, failed_attempts.c.at > since
                )
            ).one()
        count, first = times
        if count >= self._policy.address_failures:
            raise TooManyAttempts(max(1, int((first - since).total_seconds())))

    def open_to(self, account: Account) -> bool:
        """Tell whether an account can be used now: neither disabled nor locked."""
        return account.disabled_at is None and not account.locked(self._clock())

    def failed(
        self,
        connection: sa.Connection,
        account: Account | None,
        address: str,
        *,
        count: bool = True,
    ) -> None:
        """Write a failure down.

        Args:
            connection: of a transaction that writes.
            account: whose it is, None where nobody has the name.
            address: the client's.
            count: whether it counts towards a lock.
        """
        now = self._clock()
        connection.execute(
            sa.delete(failed_attempts).where(failed_attempts.c.at < now - _FORGET_ATTEMPTS)
        )
        connection.execute(sa.insert(failed_attempts).values(address=address, at=now))
        # A name nobody has is not written down: it may be a password in the wrong field.
        doer = Doer("" if account is None else account.name, address)
        target = "" if account is None else f"account/{account.name}"
        record(connection, doer, Act.SIGN_IN_REFUSED, target, success=False)
        if account is not None and count and not account.locked(now):
            self._count_failure(connection, account.name, doer)

    def _count_failure(self, connection: sa.Connection, name: str, doer: Doer) -> None:
        failures = connection.execute(
            sa.update(accounts)
            .where(accounts.c.name == name)
            .values(failures=accounts.c.failures + 1)
            .returning(accounts.c.failures)
        ).scalar_one()
        if failures < self._policy.failures:
            return
        until = self._clock() + self._policy.locked_for
        connection.execute(
            sa.update(accounts)
            .where(accounts.c.name == name)
            .values(failures=0, locked_until=until)
        )
        record(connection, doer, Act.ACCOUNT_LOCKED, f"account/{name}")

    @staticmethod
    def forget(connection: sa.Connection, name: str) -> None:
        """Begin the count anew, and end a lock."""
        connection.execute(
            sa.update(accounts).where(accounts.c.name == name).values(failures=0, locked_until=None)
        )
