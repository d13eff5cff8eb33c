"""Accounts (账号): making, changing, disabling them; passwords and second factors of an account.

What somebody does to their own account and what an administrator does to another's are apart; who
is an administrator is asked by the page, here are the rules no page can get around.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from eventstore import writing
from people.account_rows import (
    Account,
    account_of,
    described,
    find_account,
    insert_account,
    keep_last_administrators,
    must_be,
)
from people.acts import Act
from people.attempts import Attempts
from people.doer import Doer
from people.errors import PeopleError, SignInRefused
from people.passwords import Hasher, check_password, first_password
from people.policy import Policy
from people.roles import ADMINISTRATORS
from people.schema import accounts, grants, password_history, sessions
from people.trail import record

_NOT_CONFIRMED: Final = "原密码不正确，或者账号现在不能使用。连续输错的，账号会锁定一段时间"


class Accounts:
    """The accounts in one database."""

    def __init__(
        self,
        engine: sa.Engine,
        hasher: Hasher,
        attempts: Attempts,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._hasher = hasher
        self._attempts = attempts
        self._policy = policy
        self._clock = clock

    def any(self) -> bool:
        """Tell whether there is an account at all."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(accounts.c.name).limit(1)).first() is not None

    def get(self, name: str) -> Account | None:
        """Return an account by its name."""
        with self._engine.connect() as connection:
            return find_account(connection, accounts.c.name == name)

    def all(self) -> list[Account]:
        """Return every account by name, disabled ones too."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(accounts).order_by(accounts.c.name))
            return [account_of(row) for row in rows]

    def add(self, doer: Doer, name: str, display_name: str, external_id: str = "") -> str:
        """Make an account; return its first password, which is shown once and kept nowhere.

        Raises:
            PeopleError: the name is not one, or it is taken.
        """
        password = first_password()
        kept = self._hasher.hash(password)
        with writing(self._engine) as connection:
            insert_account(
                connection, name, display_name, external_id, kept=kept, now=self._clock()
            )
            record(connection, doer, Act.ACCOUNT_ADDED, f"account/{name}")
        return password

    def change(self, doer: Doer, name: str, display_name: str, external_id: str = "") -> None:
        """Change the name shown, and by which claim OpenID Connect finds the account.

        Raises:
            PeopleError: no such account; or who would sign in as an administrator is changed by
                the administrators themselves, which only the command line may.
        """
        with writing(self._engine) as connection:
            account = must_be(connection, name)
            values = described(connection, name, display_name, external_id)
            if values["external_id"] != account.external_id:
                _not_an_administrator(connection, doer, name)
            connection.execute(sa.update(accounts).where(accounts.c.name == name).values(**values))
            record(connection, doer, Act.ACCOUNT_CHANGED, f"account/{name}")

    def disable(self, doer: Doer, name: str) -> None:
        """Let the account sign in no more, and end its sessions.

        Raises:
            PeopleError: no such account, one's own, or the last of a kind of administrator.
        """
        if doer.account == name:
            raise PeopleError("", "不能停用自己的账号")
        with writing(self._engine) as connection:
            must_be(connection, name)
            keep_last_administrators(connection, name)
            self._update(connection, name, disabled_at=self._clock())
            connection.execute(sa.delete(sessions).where(sessions.c.account == name))
            record(connection, doer, Act.ACCOUNT_DISABLED, f"account/{name}")

    def enable(self, doer: Doer, name: str) -> None:
        """Let a disabled account sign in again."""
        with writing(self._engine) as connection:
            must_be(connection, name)
            self._update(connection, name, disabled_at=None)
            record(connection, doer, Act.ACCOUNT_ENABLED, f"account/{name}")

    def reset_password(self, doer: Doer, name: str) -> str:
        """Replace a forgotten password by one shown once; end sessions, keep the second factor.

        Raises:
            PeopleError: no such account, or an administrator's: whoever could reset that could sign
                in as one. Only the command line, and with it the machine, may.
        """
        password = first_password()
        kept = self._hasher.hash(password)
        with writing(self._engine) as connection:
            must_be(connection, name)
            _not_an_administrator(connection, doer, name)
            self._keep(connection, name, kept, must_change=True)
            self._update(connection, name, failures=0, locked_until=None)
            connection.execute(sa.delete(sessions).where(sessions.c.account == name))
            record(connection, doer, Act.PASSWORD_RESET, f"account/{name}")
        return password

    def unlock(self, doer: Doer, name: str) -> None:
        """End a lock before its time."""
        with writing(self._engine) as connection:
            must_be(connection, name)
            self._update(connection, name, failures=0, locked_until=None)
            record(connection, doer, Act.ACCOUNT_UNLOCKED, f"account/{name}")

    def change_password(self, doer: Doer, old: str, new: str) -> None:
        """Let somebody replace their own password; their other sessions end.

        Raises:
            SignInRefused: the old one is wrong, or the account is locked by now: whoever sits at an
                open session cannot try out passwords either.
            TooManyAttempts: this address must wait; nothing was checked.
            PeopleError: the new one is too easy, or was used lately.
        """
        name = doer.account
        kept = self._confirmed(doer, old)
        with self._engine.connect() as connection:
            earlier = self._earlier(connection, name)
        check_password(name, new)
        if any(self._hasher.matches(one, new) for one in {kept, *earlier}):
            raise PeopleError(
                "password", f"新密码不能与最近 {self._policy.remembered_passwords} 次用过的相同"
            )
        fresh = self._hasher.hash(new)
        with writing(self._engine) as connection:
            self._keep(connection, name, fresh, must_change=False)
            connection.execute(sa.delete(sessions).where(sessions.c.account == name))
            record(connection, doer, Act.PASSWORD_CHANGED, f"account/{name}")

    def _confirmed(self, doer: Doer, password: str) -> str:
        """Check the password of somebody who is signed in, and return what is kept of it."""
        self._attempts.within_limit(doer.address)
        with self._engine.connect() as connection:
            kept: str | None = connection.execute(
                sa.select(accounts.c.password).where(accounts.c.name == doer.account)
            ).scalar()
        right = self._hasher.matches(kept, password)
        with writing(self._engine) as connection:
            account = find_account(connection, accounts.c.name == doer.account)
            confirmed = account is not None and right and self._attempts.open_to(account)
            if confirmed:
                self._attempts.forget(connection, doer.account)
            else:
                self._attempts.failed(connection, account, doer.address)
        if not confirmed or kept is None:
            raise SignInRefused("old", _NOT_CONFIRMED)
        return kept

    def _earlier(self, connection: sa.Connection, name: str) -> list[str]:
        wanted = (
            sa.select(password_history.c.password)
            .where(password_history.c.account == name)
            .order_by(password_history.c.set_at.desc())
            .limit(self._policy.remembered_passwords)
        )
        return list(connection.execute(wanted).scalars())

    def _keep(self, connection: sa.Connection, name: str, kept: str, *, must_change: bool) -> None:
        now = self._clock()
        connection.execute(
            sa.insert(password_history).values(account=name, password=kept, set_at=now)
        )
        self._update(
            connection, name, password=kept, must_change=must_change, password_changed_at=now
        )

    @staticmethod
    def _update(connection: sa.Connection, name: str, **values: Any) -> None:
        connection.execute(sa.update(accounts).where(accounts.c.name == name).values(**values))


def _not_an_administrator(connection: sa.Connection, doer: Doer, name: str) -> None:
    if doer.account.startswith("os:"):
        return
    held = connection.execute(sa.select(grants.c.role).where(grants.c.account == name)).scalars()
    if any(role in ADMINISTRATORS for role in held):
        raise PeopleError(
            "", "管理员账号只能在服务器上用命令处理（gongkai account），以免由此冒用管理员身份"
        )
