"""The trail (审计记录): who did what when, from where, and whether it succeeded.

Entries are only added. The database refuses to change or delete one, and each carries a digest over
itself and the one before, so that an entry changed past the triggers shows. Nothing here deletes:
the law asks for at least six months (网络安全法 Art. 23(3)), and the office keeps them all.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from eventstore import utc_now, writing
from eventstore.columns import instant_text
from people.acts import Act
from people.doer import Doer
from people.schema import trail, trail_head

_DOMAIN = b"gongkai.trail.1"
_LONGEST_OBJECT = 300
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `at` is in UTC."""

    position: int
    at: datetime
    account: str
    kind: str
    words: str
    object: str
    success: bool
    address: str
    digest: str


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """Which entries are wanted; what is empty does not narrow.

    Attributes:
        start: first instant, inclusive.
        end: last instant, exclusive.
        before: only entries below this position, for the next page.
    """

    account: str = ""
    kind: str = ""
    start: datetime | None = None
    end: datetime | None = None
    success: bool | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class TrailFault:
    """The first place where the trail is not what was written."""

    position: int
    reason: str


class Trail:
    """The trail in one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def write(
        self,
        doer: Doer,
        kind: Act | str,
        target: str = "",
        *,
        words: str = "",
        success: bool = True,
    ) -> None:
        """Add an entry in a transaction of its own.

        Args:
            doer: who, from where.
            kind: a stable term.
            target: what it was done to, by an id that holds no personal data.
            words: the term in Chinese, where it is not one of this room's.
            success: whether it was done.
        """
        with writing(self._engine) as connection:
            record(connection, doer, kind, target, words=words, success=success)

    def read(self, query: TrailQuery, limit: int = 50) -> list[Entry]:
        """Return the newest entries that fit, newest first."""
        wanted = _narrowed(query).order_by(trail.c.position.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [Entry(*row) for row in connection.execute(wanted)]

    def kinds(self) -> list[tuple[str, str]]:
        """Return every kind in the trail with its words."""
        wanted = (
            sa.select(trail.c.kind, sa.func.max(trail.c.words))
            .group_by(trail.c.kind)
            .order_by(trail.c.kind)
        )
        with self._engine.connect() as connection:
            return [(kind, words) for kind, words in connection.execute(wanted)]

    def verify(self) -> TrailFault | None:
        """Check every entry against its digest and the head; None where all is as written."""
        digest, position = "", 0
        for entry in self._all():
            position += 1
            if entry.position != position:
                return TrailFault(position, f"第 {position} 条缺失")
            digest = _digest(digest, entry)
            if digest != entry.digest:
                return TrailFault(position, f"第 {position} 条与写入时不一致")
        with self._engine.connect() as connection:
            head = connection.execute(sa.select(trail_head)).one()
        # Entries written since the reading began are above, none is ever below.
        if head.position < position or (head.position == position and head.digest != digest):
            return TrailFault(position, "记录的末尾与登记不一致")
        return None if head.position == position else self._verify_end(position, head.position)

    def _verify_end(self, position: int, last: int) -> TrailFault | None:
        """Tell entries written during the check from entries that are missing at the end."""
        with self._engine.connect() as connection:
            count = sa.select(sa.func.count()).where(trail.c.position.between(position + 1, last))
            found = connection.execute(count).scalar_one()
        return None if found == last - position else TrailFault(last, "末尾的记录缺失")

    def _all(self) -> Iterator[Entry]:
        """Yield every entry, oldest first, page by page: no transaction stays open for long."""
        position = 0
        while True:
            page = sa.select(trail).where(trail.c.position > position)
            with self._engine.connect() as connection:
                rows = connection.execute(page.order_by(trail.c.position).limit(_PAGE)).all()
            yield from (Entry(*row) for row in rows)
            if len(rows) < _PAGE:
                return
            position = rows[-1].position


def record(
    connection: sa.Connection,
    doer: Doer,
    kind: Act | str,
    target: str = "",
    *,
    words: str = "",
    success: bool = True,
) -> None:
    """Add an entry in the transaction of what it tells of: both are there, or neither."""
    position, before = connection.execute(
        sa.update(trail_head)
        .values(position=trail_head.c.position + 1)
        .returning(trail_head.c.position, trail_head.c.digest)
    ).one()
    entry = Entry(
        position=position,
        at=utc_now(),
        account=doer.account,
        kind=str(kind),
        words=kind.words if isinstance(kind, Act) else words,
        object=target[:_LONGEST_OBJECT],
        success=success,
        address=doer.address,
        digest="",
    )
    digest = _digest(before, entry)
    connection.execute(
        sa.insert(trail).values(
            position=entry.position,
            at=entry.at,
            account=entry.account,
            kind=entry.kind,
            words=entry.words,
            object=entry.object,
            success=entry.success,
            address=entry.address,
            digest=digest,
        )
    )
    connection.execute(sa.update(trail_head).values(digest=digest))


def _narrowed(query: TrailQuery) -> sa.Select[Any]:
    wanted = sa.select(trail)
    for condition in (
        trail.c.account == query.account if query.account else None,
        trail.c.kind == query.kind if query.kind else None,
        trail.c.at >= query.start if query.start else None,
        trail.c.at < query.end if query.end else None,
        trail.c.success == query.success if query.success is not None else None,
        trail.c.position < query.before if query.before is not None else None,
    ):
        if condition is not None:
            wanted = wanted.where(condition)
    return wanted


def _digest(before: str, entry: Entry) -> str:
    """Return the digest over the one before and every column, each with its length."""
    parts = (
        _DOMAIN,
        before.encode(),
        b"%d" % entry.position,
        instant_text(entry.at).encode(),
        entry.account.encode(),
        entry.kind.encode(),
        entry.words.encode(),
        entry.object.encode(),
        b"1" if entry.success else b"0",
        entry.address.encode(),
    )
    text = b"".join(b"%d:%b," % (len(part), part) for part in parts)
    return f"sha256:{hashlib.sha256(text).hexdigest()}"
