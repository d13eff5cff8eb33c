"""The tables of the log as queries see them; ``migrations`` makes them."""

import sqlalchemy as sa

from eventstore.columns import POSITION, JsonText, UtcDateTime

metadata = sa.MetaData()

# No index on type: readers follow positions, and a filter on the way costs less than an
# index on every insert. It would also tempt a planner to sort what is already in order.
events = sa.Table(
    "events",
    metadata,
    sa.Column("position", POSITION, primary_key=True, autoincrement=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("event_id", sa.Uuid, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("legal_date", sa.Date, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("command_id", sa.Text, nullable=False),
    sa.Column("data", JsonText, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.UniqueConstraint("stream", "version", name="events_stream_version"),
    sa.UniqueConstraint("event_id", name="events_event_id"),
)

# One row: the last position given out and the last instant written. Its row lock is what
# makes positions contiguous and visible in order; see ``eventstore.appending``.
log_head = sa.Table(
    "log_head",
    metadata,
    sa.Column("singleton", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", POSITION, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)

# One wrapped key a stream; the vault's. Here because one migration makes one database.
data_keys = sa.Table(
    "data_keys",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("key_id", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

projection_checkpoints = sa.Table(
    "projection_checkpoints",
    metadata,
    sa.Column("projection", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", POSITION, nullable=False),
)
