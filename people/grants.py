"""Grants (授权): which role an account holds, and in which agency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventstore import writing
from people.account_rows import find_account, keep_last_administrators
from people.acts import Act
from people.doer import Doer
from people.errors import PeopleError
from people.roles import ADMINISTRATORS, Role, check_apart
from people.schema import accounts, grants
from people.trail import record


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role in an agency; an administrator's agency is empty."""

    role: Role
    agency: str


class Grants:
    """The grants in one database."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, account: str) -> frozenset[Grant]:
        """Return what an account holds."""
        with self._engine.connect() as connection:
            return grants_of(connection, account)

    def all(self) -> dict[str, list[Grant]]:
        """Return what each account holds."""
        held: dict[str, list[Grant]] = {}
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(grants.c.account, grants.c.role, grants.c.agency))
            for account, role, agency in rows:
                held.setdefault(account, []).append(Grant(Role(role), agency))
        return {account: sorted(some) for account, some in held.items()}

    def grant(self, doer: Doer, account: str, role: Role, agency: str = "") -> None:
        """Give a role; one that is held already is no error and leaves no entry.

        Raises:
            PeopleError: to oneself; a role that does not go together with one held; an agency that
                is missing, or given where the role is the installation's.
        """
        if doer.account == account:
            raise PeopleError("role", "不能给自己授予角色")
        if (role in ADMINISTRATORS) != (not agency):
            words = "不限机关，不填机关" if role in ADMINISTRATORS else "须指明机关"
            raise PeopleError("agency", f"“{role.words}”{words}")
        with writing(self._engine) as connection:
            if find_account(connection, accounts.c.name == account) is None:
                raise PeopleError("name", "没有这个账号")
            held = grants_of(connection, account)
            check_apart(role, [grant.role for grant in held])
            if Grant(role, agency) in held:
                return
            connection.execute(
                sa.insert(grants).values(
                    account=account,
                    role=role.value,
                    agency=agency,
                    granted_by=doer.account,
                    granted_at=self._clock(),
                )
            )
            record(connection, doer, Act.ROLE_GRANTED, _object(account, role, agency))

    def revoke(self, doer: Doer, account: str, role: Role, agency: str = "") -> None:
        """Take a role away; it ends with the next request of a session.

        Raises:
            PeopleError: it is not held, or nobody else is that kind of administrator.
        """
        with writing(self._engine) as connection:
            if Grant(role, agency) not in grants_of(connection, account):
                raise PeopleError("role", "该账号没有这一角色")
            keep_last_administrators(connection, account, role)
            connection.execute(
                sa.delete(grants).where(
                    grants.c.account == account,
                    grants.c.role == role.value,
                    grants.c.agency == agency,
                )
            )
            record(connection, doer, Act.ROLE_REVOKED, _object(account, role, agency))


def grants_of(connection: sa.Connection, account: str) -> frozenset[Grant]:
    """Return what an account holds."""
    rows = connection.execute(
        sa.select(grants.c.role, grants.c.agency).where(grants.c.account == account)
    )
    return frozenset(Grant(Role(role), agency) for role, agency in rows)


def _object(account: str, role: Role, agency: str) -> str:
    return f"account/{account} {role.value}" + (f" agency/{agency}" if agency else "")
