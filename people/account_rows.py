"""The rows of accounts: reading them, making one, and what holds of them whatever is done."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from people.errors import PeopleError
from people.roles import ADMINISTRATORS, Role
from people.schema import accounts, grants, password_history

_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_LONGEST_DISPLAY = 50


@dataclass(frozen=True, slots=True)
class Account:
    """An account as pages see it; no password and no secret is in it. Instants are in UTC.

    Attributes:
        must_change: the password was handed over and is to be replaced.
    """

    name: str
    display_name: str
    external_id: str | None
    has_password: bool
    must_change: bool
    locked_until: datetime | None
    has_second_factor: bool
    disabled_at: datetime | None
    created_at: datetime

    def locked(self, now: datetime) -> bool:
        """Whether no sign-in is accepted at this instant."""
        return self.locked_until is not None and self.locked_until > now


def find_account(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Account | None:
    """Return the account a condition finds, None where there is none."""
    row = connection.execute(sa.select(accounts).where(condition)).first()
    return None if row is None else account_of(row)


def insert_account(
    connection: sa.Connection,
    name: str,
    display_name: str,
    external_id: str,
    *,
    kept: str | None,
    now: datetime,
) -> None:
    """Insert an account whose password, if it has one, must be changed.

    Raises:
        PeopleError: the name is not one, or it is taken.
    """
    if not _NAME.fullmatch(name):
        raise PeopleError(
            "name", "用户名由小写字母、数字、点、下划线、连字符组成，以字母开头，2 至 32 个字符"
        )
    if find_account(connection, accounts.c.name == name) is not None:
        raise PeopleError("name", "该用户名已经使用过，停用的也不能再用")
    values = described(connection, name, display_name, external_id)
    connection.execute(
        sa.insert(accounts).values(
            name=name,
            **values,
            password=kept,
            must_change=kept is not None,
            password_changed_at=now,
            failures=0,
            created_at=now,
        )
    )
    if kept is not None:
        connection.execute(
            sa.insert(password_history).values(account=name, password=kept, set_at=now)
        )


def keep_last_administrators(
    connection: sa.Connection, name: str, role: Role | None = None
) -> None:
    """Refuse to take away the last enabled account of a kind of administrator.

    Args:
        connection: of a transaction that writes.
        name: the account.
        role: the role taken away; every role of the account unless told.

    Raises:
        PeopleError: nobody could do that administrator's work any more.
    """
    held = connection.execute(sa.select(grants.c.role).where(grants.c.account == name)).scalars()
    for one in held.all():
        if one not in ADMINISTRATORS or (role is not None and one != role):
            continue
        others = (
            sa.select(grants.c.account)
            .join(accounts, accounts.c.name == grants.c.account)
            .where(grants.c.role == one, grants.c.account != name, accounts.c.disabled_at.is_(None))
        )
        if connection.execute(others.limit(1)).first() is None:
            raise PeopleError("role", f"这是最后一个{Role(one).words}账号，请先设立另一个")


def described(
    connection: sa.Connection, name: str, display_name: str, external_id: str
) -> dict[str, str | None]:
    """Return what is shown of an account and how it is found, as its row has it.

    Raises:
        PeopleError: the name to show is missing or too long, or the claim is another account's.
    """
    shown = " ".join(display_name.split())
    if not shown:
        raise PeopleError("display_name", "请填写姓名")
    if len(shown) > _LONGEST_DISPLAY:
        raise PeopleError("display_name", f"姓名至多 {_LONGEST_DISPLAY} 个字符")
    claim = external_id.strip() or None
    if claim is not None:
        other = find_account(connection, accounts.c.external_id == claim)
        if other is not None and other.name != name:
            raise PeopleError("external_id", "该统一身份认证标识已经用于其他账号")
    return {"display_name": shown, "external_id": claim}


def must_be(connection: sa.Connection, name: str) -> Account:
    """Return an account that must be there.

    Raises:
        PeopleError: it is not.
    """
    account = find_account(connection, accounts.c.name == name)
    if account is None:
        raise PeopleError("name", "没有这个账号")
    return account


def account_of(row: Any) -> Account:
    """Return the account a row holds."""
    return Account(
        name=row.name,
        display_name=row.display_name,
        external_id=row.external_id,
        has_password=row.password is not None,
        must_change=row.must_change,
        locked_until=row.locked_until,
        has_second_factor=row.totp_secret is not None,
        disabled_at=row.disabled_at,
        created_at=row.created_at,
    )
