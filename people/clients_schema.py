"""Tables of programs that use the interface (接口应用); `migrations` makes them.

A client is revoked, never deleted: its name stands in the trail and in the event log, and must not
come to mean another program.
"""

import sqlalchemy as sa

from eventstore.columns import UtcDateTime
from people.schema import metadata

# The hash of a token, never the token. Scopes and agencies are words with blanks between them.
clients = sa.Table(
    "clients",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("agencies", sa.Text, nullable=False),
    sa.Column("per_minute", sa.Integer, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
    sa.Column("used_at", UtcDateTime),
)

# Which body each idempotency key came with: a keyed fingerprint, from which nothing can be read.
# Kept for good, as the command ids in the log are.
client_keys = sa.Table(
    "client_keys",
    metadata,
    sa.Column("client", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("first_at", UtcDateTime, nullable=False),
)
