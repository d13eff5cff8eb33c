"""Make the event log, its head, the vault's keys and the checkpoints.

There is no downgrade: it would drop the log.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from eventstore.columns import POSITION, JsonText, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, the single head row, and what guards them."""
    _create_events()
    _create_head()
    op.create_table(
        "data_keys",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "projection_checkpoints",
        sa.Column("projection", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", POSITION, nullable=False),
    )
    guards = _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE
    for statement in guards:
        op.execute(statement)


def _create_events() -> None:
    op.create_table(
        "events",
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


def _create_head() -> None:
    head = op.create_table(
        "log_head",
        sa.Column("singleton", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("singleton = 1", name="log_head_is_one_row"),
    )
    nothing_yet = {"singleton": 1, "position": 0, "recorded_at": datetime(1970, 1, 1, tzinfo=UTC)}
    op.bulk_insert(head, [nothing_yet])


_SQLITE = (
    """
    CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
    """,
    """
    CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
    """,
    """
    CREATE TRIGGER log_head_refuse_delete BEFORE DELETE ON log_head
    BEGIN SELECT RAISE(ABORT, 'the log keeps its head'); END
    """,
)

# The notification is sent by the database with the commit: a reader that is woken sees the
# events, and an append by any other program wakes readers too.
_POSTGRESQL = (
    """
    CREATE FUNCTION eventstore_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'refused: % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation'; END $$
    """,
    """
    CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION eventstore_refuse()
    """,
    """
    CREATE TRIGGER log_head_refuse_delete BEFORE DELETE OR TRUNCATE ON log_head
    FOR EACH STATEMENT EXECUTE FUNCTION eventstore_refuse()
    """,
    """
    CREATE FUNCTION eventstore_notify() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('eventstore_appended', ''); RETURN NULL; END $$
    """,
    """
    CREATE TRIGGER log_head_notify AFTER UPDATE ON log_head
    FOR EACH ROW WHEN (NEW.position > OLD.position) EXECUTE FUNCTION eventstore_notify()
    """,
)
