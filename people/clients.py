"""Programs that use the interface (接口应用): a token each, what it opens, until when.

A token is 256 random bits, shown once and kept as its hash. It is no person: in the trail and in
the log it is `client:<name>`.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from eventstore import writing
from people.clients_schema import client_keys, clients
from people.doer import Doer
from people.errors import PeopleError
from people.trail import record

EVERY_AGENCY: Final = "*"
"""In place of agencies: all of the installation, later ones too."""

LONGEST_DAYS: Final = 1095
USUAL_DAYS: Final = 365
USUAL_PER_MINUTE: Final = 600
MOST_PER_MINUTE: Final = 100_000

_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_LONGEST_DISPLAY = 50
_TOUCH_EVERY = timedelta(minutes=1)
"""How stale `used_at` may be: a busy program is one write a minute."""


class Scope(StrEnum):
    """What a token opens."""

    READ = "read"
    WRITE = "write"
    APPROVE = "approve"
    PERSONAL = "personal"
    REPORT = "report"
    ADMIN = "admin"

    @property
    def words(self) -> str:
        """What it allows, in Chinese."""
        return _WORDS[self]


_WORDS = {
    Scope.READ: "查询台账、办理过程、统计数据、报告和事件，不含个人信息",
    Scope.WRITE: "登记和办理申请、行政复议、行政诉讼",
    Scope.APPROVE: "登记须经审核的事项，审核由对方系统负责",
    Scope.PERSONAL: "读取申请人和第三方的个人信息",
    Scope.REPORT: "填报公开信息，编制年度报告",
    Scope.ADMIN: "登记、设置和调整机关",
}


@dataclass(frozen=True, slots=True)
class Client:
    """A program with a token. Instants are in UTC.

    Attributes:
        agencies: ids, or `EVERY_AGENCY` alone.
        per_minute: how many calls it may make.
    """

    name: str
    display_name: str
    scopes: frozenset[Scope]
    agencies: frozenset[str]
    per_minute: int
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None

    @property
    def account(self) -> str:
        """Who it is in the trail and in the log; no account has a colon in its name."""
        return f"client:{self.name}"

    def valid(self, now: datetime) -> bool:
        """Whether its token opens anything at this instant."""
        return self.revoked_at is None and now < self.expires_at

    def reaches(self, agency: str) -> bool:
        """Whether it has to do with an agency."""
        return bool(self.agencies & {agency, EVERY_AGENCY})


KeyStanding = Literal["new", "repeated", "reused"]
"""An idempotency key that nobody has used, that came with this body, or with another."""


class Clients:
    """The programs in one database."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def all(self) -> list[Client]:
        """Return every program by name, revoked ones too."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(clients).order_by(clients.c.name))
            return [_client_of(row) for row in rows]

    def add(
        self,
        doer: Doer,
        name: str,
        display_name: str,
        *,
        scopes: Collection[Scope],
        agencies: Collection[str],
        days: int = USUAL_DAYS,
        per_minute: int = USUAL_PER_MINUTE,
    ) -> str:
        """Register a program; return its token, which is shown once and kept nowhere.

        Args:
            doer: who does it.
            name: what it is called for good.
            display_name: which system it is, in words.
            scopes: what the token opens.
            agencies: which agencies it opens that in, or `EVERY_AGENCY`.
            days: for how long.
            per_minute: how many calls it may make.

        Raises:
            PeopleError: the name is not one, or it was used before; nothing is opened; a number is
                out of range.
        """
        _check(
            name,
            display_name,
            scopes=scopes,
            agencies=agencies,
            days=days,
            per_minute=per_minute,
        )
        token = f"gk_{secrets.token_urlsafe(32)}"
        now = self._clock()
        opened = " ".join(scope for scope in Scope if scope in scopes)
        reached = EVERY_AGENCY if EVERY_AGENCY in agencies else " ".join(sorted(set(agencies)))
        with writing(self._engine) as connection:
            if connection.execute(sa.select(clients.c.name).where(clients.c.name == name)).first():
                raise PeopleError("name", "已有同名的接口应用，撤销的名称也不能再用")
            connection.execute(
                sa.insert(clients).values(
                    name=name,
                    display_name=display_name,
                    token_hash=_hashed(token),
                    scopes=opened,
                    agencies=reached,
                    per_minute=per_minute,
                    created_by=doer.account,
                    created_at=now,
                    expires_at=now + timedelta(days=days),
                )
            )
            target = f"client/{name} {opened} {reached}"
            record(connection, doer, "client_added", target, words="新增接口应用")
        return token

    def revoke(self, doer: Doer, name: str) -> None:
        """Let a program's token open nothing any more.

        Raises:
            PeopleError: there is no such program, or it is revoked already.
        """
        with writing(self._engine) as connection:
            done = connection.execute(
                sa.update(clients)
                .where(clients.c.name == name, clients.c.revoked_at.is_(None))
                .values(revoked_at=self._clock())
            )
            if not done.rowcount:
                raise PeopleError("name", f"没有名为“{name}”的接口应用，或者已经撤销")
            record(connection, doer, "client_revoked", f"client/{name}", words="撤销接口应用")

    def find(self, token: str) -> Client | None:
        """Return whose token this is, valid or not, and note that a valid one was used."""
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(clients).where(clients.c.token_hash == _hashed(token))
            ).first()
        if row is None:
            return None
        found, now = _client_of(row), self._clock()
        if found.valid(now) and (found.used_at is None or now - found.used_at >= _TOUCH_EVERY):
            with writing(self._engine) as connection:
                connection.execute(
                    sa.update(clients).where(clients.c.name == found.name).values(used_at=now)
                )
        return found

    def take_key(self, client: Client, key: str, fingerprint: str) -> KeyStanding:
        """Note what an idempotency key came with, and tell whether it had come before."""
        kept = self._fingerprint(client, key)
        if kept is None:
            noted = sa.insert(client_keys).values(
                client=client.name, key=key, fingerprint=fingerprint, first_at=self._clock()
            )
            try:
                with writing(self._engine) as connection:
                    connection.execute(noted)
            except IntegrityError:
                kept = self._fingerprint(client, key)  # the same call came in twice at once
            else:
                return "new"
        return "repeated" if kept == fingerprint else "reused"

    def _fingerprint(self, client: Client, key: str) -> str | None:
        wanted = sa.select(client_keys.c.fingerprint).where(
            client_keys.c.client == client.name, client_keys.c.key == key
        )
        with self._engine.connect() as connection:
            found: str | None = connection.execute(wanted).scalar_one_or_none()
        return found


def _check(
    name: str,
    display_name: str,
    *,
    scopes: Collection[Scope],
    agencies: Collection[str],
    days: int,
    per_minute: int,
) -> None:
    if not _NAME.fullmatch(name):
        raise PeopleError("name", "名称由小写字母、数字和 . _ - 组成，以字母开头，2 至 32 个字符")
    if not 0 < len(display_name.strip()) <= _LONGEST_DISPLAY:
        raise PeopleError("display_name", f"请填写系统名称，至多 {_LONGEST_DISPLAY} 字")
    if not scopes:
        raise PeopleError("scopes", "请至少选择一项权限")
    if not agencies:
        raise PeopleError("agencies", "请至少选择一个机关")
    if not 1 <= days <= LONGEST_DAYS:
        raise PeopleError("days", f"有效期须为 1—{LONGEST_DAYS} 天")
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise PeopleError("per_minute", f"每分钟次数须为 1—{MOST_PER_MINUTE}")


def _client_of(row: Any) -> Client:
    return Client(
        name=row.name,
        display_name=row.display_name,
        scopes=frozenset(map(Scope, row.scopes.split())),
        agencies=frozenset(row.agencies.split()),
        per_minute=row.per_minute,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
    )


def _hashed(token: str) -> bytes:
    # A plain hash will do: there is nothing to guess in 256 random bits.
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
