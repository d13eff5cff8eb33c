"""Sign-in (登录): password, then code where there is a second factor; locks and limits.

Nothing in an answer tells an unknown name from a wrong password, a locked account or a disabled
one: neither its words nor, as far as hashing decides it, its time.
"""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from eventstore import writing
from people.account_rows import Account, find_account, insert_account
from people.acts import Act
from people.attempts import Attempts
from people.doer import Doer
from people.errors import PeopleError, SignInRefused
from people.passwords import Hasher
from people.schema import accounts
from people.second_factor import SecondFactor
from people.trail import record


class SignIn:
    """The checks of a sign-in; opening the session is the caller's next step."""

    def __init__(
        self,
        engine: sa.Engine,
        hasher: Hasher,
        second_factor: SecondFactor,
        attempts: Attempts,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._hasher = hasher
        self._second_factor = second_factor
        self._attempts = attempts
        self._clock = clock

    def with_password(self, name: str, password: str, address: str) -> Account:
        """Check name and password. With a second factor the sign-in is only half done by it.

        Raises:
            SignInRefused: no, for whatever reason.
            TooManyAttempts: this address must wait; nothing was checked.
        """
        self._attempts.within_limit(address)
        name = name.strip().lower()
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).first()
        right = self._hasher.matches(None if row is None else row.password, password)
        with writing(self._engine) as connection:
            account = find_account(connection, accounts.c.name == name)
            if account is None or not right or not self._attempts.open_to(account):
                self._attempts.failed(connection, account, address)
            elif account.has_second_factor:
                # Failures are not forgotten yet: the code could be guessed at without end.
                self._succeeded(connection, account, address, Act.PASSWORD_ACCEPTED)
            else:
                self._attempts.forget(connection, name)
                self._succeeded(connection, account, address, Act.SIGNED_IN)
        if account is None or not right or not self._attempts.open_to(account):
            raise SignInRefused
        if self._hasher.is_dated(row.password if row is not None else ""):
            self._hash_anew(name, password)
        return account

    def with_code(self, name: str, code: str, address: str, what: Act = Act.SIGNED_IN) -> Account:
        """Check the code of somebody whose password was right.

        Args:
            name: the account's.
            code: what was typed.
            address: the client's.
            what: what a right code is for, as the trail says it.

        Raises:
            SignInRefused: no.
            TooManyAttempts: this address must wait.
        """
        self._attempts.within_limit(address)
        with writing(self._engine) as connection:
            account = find_account(connection, accounts.c.name == name)
            accepted = (
                account is not None
                and self._attempts.open_to(account)
                and self._second_factor.accepts(connection, name, code)
            )
            if account is not None and accepted:
                self._attempts.forget(connection, name)
                self._succeeded(connection, account, address, what)
            else:
                self._attempts.failed(connection, account, address)
        if account is None or not accepted:
            raise SignInRefused("code", "动态口令不正确，或者账号现在不能使用")
        return account

    def with_identity(self, external_id: str, address: str, *, make: str = "") -> Account:
        """Take the word of an identity provider (统一身份认证) for who somebody is.

        Args:
            external_id: the claim that names them there.
            address: the client's.
            make: the name to show on an account made on the spot, which holds no role yet; empty
                where accounts are made by the administrator alone.

        Raises:
            SignInRefused: no account has this claim, or it is disabled or locked.
        """
        with writing(self._engine) as connection:
            account = find_account(connection, accounts.c.external_id == external_id)
            if account is None and make:
                account = self._made(connection, external_id, make, address)
            accepted = account is not None and self._attempts.open_to(account)
            if account is not None and accepted:
                self._succeeded(connection, account, address, Act.SIGNED_IN)
            else:
                self._attempts.failed(connection, account, address, count=False)
        if account is None or not accepted:
            raise SignInRefused("", "统一身份认证已通过，但没有可用的账号，请联系系统管理员")
        return account

    def _made(
        self, connection: sa.Connection, external_id: str, shown: str, address: str
    ) -> Account | None:
        name = external_id.lower()
        try:
            insert_account(connection, name, shown, external_id, kept=None, now=self._clock())
        except PeopleError:
            return None
        record(connection, Doer("oidc", address), Act.ACCOUNT_ADDED, f"account/{name}")
        return find_account(connection, accounts.c.name == name)

    @staticmethod
    def _succeeded(connection: sa.Connection, account: Account, address: str, what: Act) -> None:
        record(connection, Doer(account.name, address), what, f"account/{account.name}")

    def _hash_anew(self, name: str, password: str) -> None:
        fresh = self._hasher.hash(password)
        with writing(self._engine) as connection:
            connection.execute(
                sa.update(accounts).where(accounts.c.name == name).values(password=fresh)
            )
