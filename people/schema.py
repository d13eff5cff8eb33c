"""The tables of this room as queries see them; `migrations` makes them.

An account is never deleted: its name stands in the trail and in the event log, and must not come
to mean somebody else. It is disabled.
"""

import sqlalchemy as sa

from eventstore.columns import POSITION, UtcDateTime

metadata = sa.MetaData()

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, unique=True),  # the claim by which OpenID Connect finds it
    sa.Column("password", sa.Text),  # argon2id; none where only OpenID Connect signs in
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("password_changed_at", UtcDateTime),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", UtcDateTime),
    sa.Column("totp_secret", sa.LargeBinary),  # sealed, see `second_factor`
    sa.Column("totp_step", POSITION),  # the last time step used: a code counts once
    sa.Column("disabled_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

password_history = sa.Table(
    "password_history",
    metadata,
    sa.Column("account", sa.Text, nullable=False, index=True),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("set_at", UtcDateTime, nullable=False),
)

# An administrator's agency is the empty text: the whole installation.
grants = sa.Table(
    "grants",
    metadata,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("granted_by", sa.Text, nullable=False),
    sa.Column("granted_at", UtcDateTime, nullable=False),
)

# The hash of a token, never the token: who reads the table cannot use a session.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("account", sa.Text, nullable=False, index=True),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("halfway", sa.Boolean, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
)

failed_attempts = sa.Table(
    "failed_attempts",
    metadata,
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("failed_attempts_address_at", "address", "at"),
)

trail = sa.Table(
    "trail",
    metadata,
    sa.Column("position", POSITION, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("success", sa.Boolean, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)

# One row: its lock makes positions contiguous, its digest is what the next entry is chained to.
trail_head = sa.Table(
    "trail_head",
    metadata,
    sa.Column("singleton", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", POSITION, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)
