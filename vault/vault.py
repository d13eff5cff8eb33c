"""Seal and open the personal fields of events, and forget them for good."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from vault import cipher
from vault.datakeys import DataKeys
from vault.errors import KeyErased, UnknownKey
from vault.keyring import KeyRing
from vault.remembered import RememberedKeys


class Vault:
    """Seals under one key per stream; safe to share between threads.

    Erasure is final for the live table. A wrapped key may still sleep in backups, in SQLite's
    free pages and in PostgreSQL's dead rows until those are overwritten or vacuumed; and a
    process that has the key in memory forgets it within `vault.remembered.SECONDS`.

    Args:
        engine: of the event log's database, SQLite or PostgreSQL.
        data_keys: the table of the log's schema, see `vault.datakeys`.
        keyring: the master keys.
        clock: monotonic seconds, for how long keys are remembered.
    """

    def __init__(
        self,
        engine: sa.Engine,
        data_keys: sa.Table,
        keyring: KeyRing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._data_keys = DataKeys(engine, data_keys, keyring)
        self._remembered = RememberedKeys(clock)

    def ensure_keys(self, streams: Sequence[str]) -> None:
        """Make a data key for each stream that never had one: bulk, repeatable, race-free.

        A stream whose key was erased stays erased.
        """
        self._ensured([stream for stream in streams if self._remembered.get(stream) is None])

    def look_up(self, streams: Iterable[str]) -> None:
        """Read the keys of many streams at once, for those who open one after the other.

        What has no key, or none any more, is found out when it is opened.
        """
        wanted = [stream for stream in set(streams) if self._remembered.get(stream) is None]
        self._remembered.put_all(self._data_keys.find(wanted))

    def seal(self, stream: str, event_id: UUID, plain: Mapping[str, Any]) -> bytes:
        """Seal the personal fields of one event; the same input gives the same bytes.

        Args:
            stream: whose key; made when the stream has none yet.
            event_id: binds the bytes to their event.
            plain: JSON values only.

        Raises:
            KeyErased: the stream was erased.
            TypeError, ValueError: `plain` is not JSON (a date, a NaN).
        """
        key = self._remembered.get(stream) or self._ensured([stream])[stream]
        if key is None:
            raise KeyErased(f"{stream} 的个人信息已删除，不能再写入")
        return cipher.seal(key, _to_bytes(plain), _binding(stream, event_id))

    def open(self, stream: str, event_id: UUID, sealed: bytes) -> dict[str, Any] | None:
        """Open the sealed fields of one event; None when the stream was erased.

        Raises:
            SealBroken: bytes changed, or of another event or stream.
            UnknownKey: the stream has no row in the key table, or its master key is missing.
        """
        key = self._remembered.get(stream)
        if key is None:
            found = self._data_keys.find([stream])
            if stream not in found:
                raise UnknownKey(f"密钥表中没有 {stream} 的数据密钥：密钥表与事件日志不是同一备份")
            self._remembered.put_all(found)
            key = found[stream]
        if key is None:
            return None
        return _from_bytes(cipher.unseal(key, sealed, _binding(stream, event_id)))

    def erase(self, stream: str) -> None:
        """Destroy the stream's key: what was sealed in it can never be opened again."""
        self._data_keys.destroy(stream)
        self._remembered.drop(stream)

    def rewrap(self) -> int:
        """Wrap all data keys under the current master key; return how many were changed.

        Sealed bytes do not change. May run beside everything else.
        """
        return self._data_keys.rewrap()

    def _ensured(self, streams: Sequence[str]) -> dict[str, bytes | None]:
        """Return the key of each stream, made where there was none; None where erased."""
        known = self._data_keys.find(streams)
        known |= self._data_keys.make(stream for stream in streams if stream not in known)
        self._remembered.put_all(known)
        return known


def _binding(stream: str, event_id: UUID) -> tuple[bytes, bytes]:
    """Name the place the seal belongs to: moved elsewhere, it does not open."""
    return stream.encode(), event_id.bytes


def _to_bytes(plain: Mapping[str, Any]) -> bytes:
    # surrogatepass: a lone surrogate is legal in JSON and does come in from old documents.
    return json.dumps(
        dict(plain), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")


def _from_bytes(plain: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(plain.decode("utf-8", "surrogatepass"))
    return opened
