"""Saved views of the worklist (常用视图): a name for a choice of filters."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from eventstore import writing
from people.doer import Doer
from people.errors import PeopleError
from people.office_schema import office_members, saved_views
from people.trail import record

_LONGEST_NAME = 30
_MOST = 50


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view somebody saved.

    Attributes:
        query: of the worklist's address; whoever follows it sees only what they may.
        office: whom it is shared with, None where it is only for its owner.
    """

    id: str
    account: str
    name: str
    query: str
    office: str | None


class SavedViews:
    """The saved views in one database."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, account: str) -> list[SavedView]:
        """Return one's own views, and those colleagues share with an office of one's own."""
        mine = sa.select(office_members.c.office).where(office_members.c.account == account)
        columns = saved_views.c
        wanted = (
            sa.select(columns.id, columns.account, columns.name, columns.query, columns.office)
            .where(sa.or_(columns.account == account, columns.office.in_(mine)))
            .order_by(columns.account != account, columns.name, columns.id)
        )
        with self._engine.connect() as connection:
            return [SavedView(*row) for row in connection.execute(wanted)]

    def save(self, doer: Doer, name: str, query: str, office: str = "") -> str:
        """Save a view under a name; a name of one's own that is there already gets the new filters.

        Args:
            doer: whose view it is.
            name: shown in the list.
            query: of the worklist's address.
            office: whom it is shared with, empty for nobody.

        Raises:
            PeopleError: the name is empty or too long, there are too many, or the office is not one
                of the doer's own.
        """
        shown = " ".join(name.split())
        if not shown or len(shown) > _LONGEST_NAME:
            raise PeopleError("name", f"请填写视图名称，至多 {_LONGEST_NAME} 个字符")
        with writing(self._engine) as connection:
            own = sa.select(saved_views.c.id, saved_views.c.name).filter_by(account=doer.account)
            standing = {row.name: row.id for row in connection.execute(own)}
            if shown not in standing and len(standing) >= _MOST:
                raise PeopleError("name", f"每人至多保存 {_MOST} 个视图，请先删除不用的")
            if office:
                _must_belong(connection, doer.account, office)
            view = standing.get(shown) or secrets.token_hex(4)
            connection.execute(sa.delete(saved_views).filter_by(id=view))
            connection.execute(
                sa.insert(saved_views).values(
                    id=view,
                    account=doer.account,
                    name=shown,
                    query=query,
                    office=office or None,
                    saved_at=self._clock(),
                )
            )
            record(connection, doer, "view_saved", f"view/{view}", words="保存视图")
        return view

    def remove(self, doer: Doer, view: str) -> None:
        """Remove a view of one's own.

        Raises:
            PeopleError: it is not there, or somebody else's.
        """
        with writing(self._engine) as connection:
            gone = sa.delete(saved_views).filter_by(id=view, account=doer.account)
            if not connection.execute(gone).rowcount:
                raise PeopleError("", "没有这个视图，或者它是别人保存的")
            record(connection, doer, "view_removed", f"view/{view}", words="删除视图")


def _must_belong(connection: sa.Connection, account: str, office: str) -> None:
    belongs = sa.select(office_members).filter_by(office=office, account=account)
    if connection.execute(belongs).first() is None:
        raise PeopleError("office", "只能共享给自己所在的科室")
