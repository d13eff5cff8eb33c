"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Keep an instant in UTC to the microsecond.

    PostgreSQL has ``timestamptz``. SQLite has no such type: there it is ISO 8601 text of
    fixed width, so that text order is time order and a person can read it.
    """

    impl = sa.String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the type by database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(sa.String(32))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Refuse a time without zone: it would mean another instant on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        if dialect.name == "postgresql":
            return value
        return instant_text(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Give back UTC, whatever the zone of the database session."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            instant: datetime = value
            return instant.astimezone(UTC)
        return datetime.fromisoformat(value)


class JsonText(sa.types.TypeDecorator[bytes]):
    """Keep JSON exactly as its bytes came.

    Not ``jsonb``: it orders keys and drops spaces, and the digest is over the bytes.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Store UTF-8 as text, so that a person can read the log with any client."""
        return None if value is None else value.decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Give back the bytes that were stored."""
        return None if value is None else value.encode()


@lru_cache(maxsize=64)  # all rows of an append have one and the same
def instant_text(instant: datetime) -> str:
    """Write an instant as ``2026-01-02T03:04:05.000006+00:00``, always 32 characters."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


# INTEGER PRIMARY KEY is SQLite's own row id: the log is then stored in log order.
POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
