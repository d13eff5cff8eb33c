"""The table of data keys: one wrapped key per stream, or the tombstone of one destroyed.

The table itself is defined by the event log's schema and handed in; columns `stream` (primary
key), `key_id`, `wrapped`, `created_at`. A tombstone is a row whose `wrapped` is empty: it
keeps its place so that no new key is silently made for a person who was forgotten.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy.dialects import postgresql, sqlite

from vault.cipher import DATA_KEY_BYTES
from vault.errors import SealBroken
from vault.keyring import KeyRing

PURPOSE: Final = "data-keys"
TOMBSTONE: Final = b""
_BATCH: Final = 1000
_Row: TypeAlias = sa.Row[Any, Any, Any]


class DataKeys:
    """Data keys in the database, wrapped by AES key wrap (RFC 3394) under the master key.

    Keys are returned unwrapped as bytes; None stands for a destroyed one. Each transaction
    that writes begins with its write: on SQLite one that reads first cannot wait for the lock.
    """

    def __init__(self, engine: sa.Engine, table: sa.Table, keyring: KeyRing) -> None:
        self._engine, self._table, self._keyring = engine, table, keyring

    def find(self, streams: Iterable[str]) -> dict[str, bytes | None]:
        """Read the keys of those streams that have a row."""
        columns = self._table.c
        statement = sa.select(columns.stream, columns.key_id, columns.wrapped).where(
            columns.stream.in_(sa.bindparam("streams", expanding=True))
        )
        found: dict[str, bytes | None] = {}
        remaining = iter(streams)
        with self._engine.connect() as connection:
            while some := list(islice(remaining, _BATCH)):
                for row in connection.execute(statement, {"streams": some}):
                    destroyed = row.wrapped == TOMBSTONE
                    found[row.stream] = None if destroyed else self._unwrap(row)
        return found

    def make(self, streams: Iterable[str]) -> dict[str, bytes | None]:
        """Make keys where there are none; return what the table holds for all of them.

        Safe against any number of others doing the same: the first insert wins, and everyone
        goes on with what is read back afterwards.
        """
        wrapping, created_at = self._keyring.derive(PURPOSE), datetime.now(UTC)
        rows: list[dict[str, Any]] = [
            {
                "stream": stream,
                "key_id": self._keyring.current,
                "wrapped": aes_key_wrap(wrapping, secrets.token_bytes(DATA_KEY_BYTES)),
                "created_at": created_at,
            }
            # In one order everywhere, so that two bulk inserts on PostgreSQL cannot deadlock.
            for stream in sorted(set(streams))
        ]
        if not rows:
            return {}
        with self._engine.begin() as connection:
            connection.execute(self._insert().on_conflict_do_nothing(), rows)
        return self.find(row["stream"] for row in rows)

    def destroy(self, stream: str) -> None:
        """Overwrite the wrapped key with the tombstone; also where there never was a key."""
        row = {
            "stream": stream,
            "key_id": "erased",
            "wrapped": TOMBSTONE,
            "created_at": datetime.now(UTC),
        }
        statement = self._insert().on_conflict_do_update(
            index_elements=[self._table.c.stream],
            set_={"key_id": row["key_id"], "wrapped": TOMBSTONE},
        )
        with self._engine.begin() as connection:
            connection.execute(statement, row)

    def rewrap(self) -> int:
        """Wrap every key under the current master key; return how many were changed."""
        changed = 0
        while batch := self._wrapped_otherwise():
            wrapping = self._keyring.derive(PURPOSE)
            updates = [
                {
                    "of_stream": row.stream,
                    "before": row.wrapped,
                    "after": aes_key_wrap(wrapping, self._unwrap(row)),
                }
                for row in batch
            ]
            with self._engine.begin() as connection:
                connection.execute(self._swap(), updates)
            changed += len(batch)
        return changed

    def _wrapped_otherwise(self) -> Sequence[_Row]:
        columns = self._table.c
        statement = (
            sa.select(columns.stream, columns.key_id, columns.wrapped)
            .where(columns.key_id != self._keyring.current, columns.wrapped != TOMBSTONE)
            .order_by(columns.stream)
            .limit(_BATCH)
        )
        with self._engine.connect() as connection:
            return connection.execute(statement).all()

    def _swap(self) -> sa.Update:
        """Exchange one wrapped key for another, unless it was destroyed meanwhile."""
        columns = self._table.c
        return (
            sa.update(self._table)
            .where(
                columns.stream == sa.bindparam("of_stream"),
                columns.wrapped == sa.bindparam("before"),
            )
            .values(key_id=self._keyring.current, wrapped=sa.bindparam("after"))
        )

    def _unwrap(self, row: _Row) -> bytes:
        try:
            return aes_key_unwrap(self._keyring.derive(PURPOSE, row.key_id), row.wrapped)
        except (InvalidUnwrap, ValueError):
            raise SealBroken(
                f"{row.stream} 的数据密钥无法解开：主密钥 {row.key_id} 与原来的不同，或密钥表被改动"
            ) from None

    def _insert(self) -> sqlite.Insert | postgresql.Insert:
        if self._engine.dialect.name == "postgresql":
            return postgresql.insert(self._table)
        return sqlite.insert(self._table)
