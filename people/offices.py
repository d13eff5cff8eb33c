"""Offices of an agency (科室) and who belongs to them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventstore import writing
from people.account_rows import find_account
from people.doer import Doer
from people.errors import PeopleError
from people.office_schema import office_members, offices
from people.roles import BUSINESS
from people.schema import accounts, grants
from people.trail import record

_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class OfficeUnit:
    """An office of an agency; a closed one takes no new cases."""

    id: str
    agency: str
    name: str
    closed: bool


class Offices:
    """The offices in one database."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def of_agencies(self, agencies: list[str]) -> list[OfficeUnit]:
        """Return the offices of some agencies by agency and name, closed ones too."""
        wanted = (
            sa.select(offices)
            .where(offices.c.agency.in_(agencies))
            .order_by(offices.c.agency, offices.c.name)
        )
        with self._engine.connect() as connection:
            return [_unit(row) for row in connection.execute(wanted)]

    def of_account(self, account: str) -> list[OfficeUnit]:
        """Return the open offices somebody belongs to."""
        wanted = (
            sa.select(offices)
            .join(office_members, office_members.c.office == offices.c.id)
            .where(office_members.c.account == account, offices.c.closed_at.is_(None))
            .order_by(offices.c.agency, offices.c.name)
        )
        with self._engine.connect() as connection:
            return [_unit(row) for row in connection.execute(wanted)]

    def members(self, agency: str) -> dict[str, list[str]]:
        """Return the accounts of each office of an agency."""
        wanted = (
            sa.select(office_members)
            .join(offices, offices.c.id == office_members.c.office)
            .where(offices.c.agency == agency)
            .order_by(office_members.c.account)
        )
        members: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(wanted):
                members.setdefault(row.office, []).append(row.account)
        return members

    def colleagues(self, agencies: list[str]) -> list[tuple[str, str]]:
        """Return who holds a role in some agencies and can sign in: account and name shown."""
        wanted = (
            sa.select(accounts.c.name, accounts.c.display_name)
            .join(grants, grants.c.account == accounts.c.name)
            .where(
                grants.c.agency.in_(agencies),
                grants.c.role.in_([role.value for role in BUSINESS]),
                accounts.c.disabled_at.is_(None),
            )
            .distinct()
            .order_by(accounts.c.name)
        )
        with self._engine.connect() as connection:
            return [(row.name, row.display_name) for row in connection.execute(wanted)]

    def add(self, doer: Doer, agency: str, name: str) -> str:
        """Make an office; return its id.

        Raises:
            PeopleError: the name is empty, too long, or taken in this agency.
        """
        shown = " ".join(name.split())
        if not shown or len(shown) > _LONGEST_NAME:
            raise PeopleError("name", f"请填写科室名称，至多 {_LONGEST_NAME} 个字符")
        office = secrets.token_hex(4)
        with writing(self._engine) as connection:
            same = sa.select(offices.c.id).where(
                offices.c.agency == agency, offices.c.name == shown
            )
            if connection.execute(same).first() is not None:
                raise PeopleError("name", "本机关已有同名科室，停用的可以恢复")
            connection.execute(sa.insert(offices).values(id=office, agency=agency, name=shown))
            record(connection, doer, "office_added", f"agency/{agency} {office}", words="新增科室")
        return office

    def close(self, doer: Doer, agency: str, office: str, *, closed: bool) -> None:
        """Let an office take no more cases, or again; its past assignments stand."""
        with writing(self._engine) as connection:
            known_office(connection, agency, office)
            closed_at = self._clock() if closed else None
            changed = sa.update(offices).where(offices.c.id == office)
            connection.execute(changed.values(closed_at=closed_at))
            kind, words = ("office_closed", "停用科室") if closed else ("office_opened", "恢复科室")
            record(connection, doer, kind, f"agency/{agency} {office}", words=words)

    def join(self, doer: Doer, agency: str, office: str, account: str) -> None:
        """Put somebody who works in the agency into an office; twice is once.

        Raises:
            PeopleError: no such office or account, or the account has no role in the agency.
        """
        with writing(self._engine) as connection:
            known_office(connection, agency, office)
            works_in(connection, agency, account)
            member = {"office": office, "account": account}
            if connection.execute(sa.select(office_members).filter_by(**member)).first():
                return
            connection.execute(sa.insert(office_members).values(**member))
            record(
                connection, doer, "office_joined", f"{office} account/{account}", words="加入科室"
            )

    def leave(self, doer: Doer, agency: str, office: str, account: str) -> None:
        """Take somebody out of an office; cases assigned to them stay theirs."""
        with writing(self._engine) as connection:
            known_office(connection, agency, office)
            gone = sa.delete(office_members).filter_by(office=office, account=account)
            if connection.execute(gone).rowcount:
                record(
                    connection, doer, "office_left", f"{office} account/{account}", words="移出科室"
                )


def known_office(connection: sa.Connection, agency: str, office: str) -> OfficeUnit:
    """Return an office of an agency.

    Raises:
        PeopleError: there is none.
    """
    row = connection.execute(sa.select(offices).filter_by(id=office, agency=agency)).first()
    if row is None:
        raise PeopleError("office", "本机关没有这个科室")
    return _unit(row)


def works_in(connection: sa.Connection, agency: str, account: str) -> None:
    """Refuse an account that cannot sign in or holds no role of the office's in an agency.

    Raises:
        PeopleError: as said.
    """
    known = find_account(connection, accounts.c.name == account)
    roles = [role.value for role in BUSINESS]
    held = sa.select(grants.c.role).where(
        grants.c.account == account, grants.c.agency == agency, grants.c.role.in_(roles)
    )
    if known is None or known.disabled_at or connection.execute(held).first() is None:
        raise PeopleError("assignee", "该账号不能在本机关办理业务，请选择其他人")


def _unit(row: sa.Row[tuple[str, str, str, datetime | None]]) -> OfficeUnit:
    return OfficeUnit(row.id, row.agency, row.name, closed=row.closed_at is not None)
