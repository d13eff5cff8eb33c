"""Make accounts, grants, sessions and the trail, and what guards the trail.

There is no downgrade: it would drop the trail, which must be kept (网络安全法 Art. 23(3): at least
six months).
"""

import sqlalchemy as sa
from alembic import op

from eventstore.columns import POSITION, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, the single head row, and the triggers."""
    _create_accounts()
    _create_sign_in()
    _create_trail()
    guards = _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE
    for statement in guards:
        op.execute(statement)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, unique=True),
        sa.Column("password", sa.Text),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("password_changed_at", UtcDateTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", UtcDateTime),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_step", POSITION),
        sa.Column("disabled_at", UtcDateTime),
        sa.Column("created_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "password_history",
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("set_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("granted_by", sa.Text, nullable=False),
        sa.Column("granted_at", UtcDateTime, nullable=False),
    )


def _create_sign_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("halfway", sa.Boolean, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "failed_attempts",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Index("failed_attempts_address_at", "address", "at"),
    )


def _create_trail() -> None:
    op.create_table(
        "trail",
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
    head = op.create_table(
        "trail_head",
        sa.Column("singleton", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.CheckConstraint("singleton = 1", name="trail_head_is_one_row"),
    )
    op.bulk_insert(head, [{"singleton": 1, "position": 0, "digest": ""}])


_SQLITE = (
    """
    CREATE TRIGGER trail_refuse_update BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END
    """,
    """
    CREATE TRIGGER trail_refuse_delete BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is never deleted'); END
    """,
    """
    CREATE TRIGGER trail_head_refuse_delete BEFORE DELETE ON trail_head
    BEGIN SELECT RAISE(ABORT, 'the trail keeps its head'); END
    """,
    """
    CREATE TRIGGER accounts_refuse_delete BEFORE DELETE ON accounts
    BEGIN SELECT RAISE(ABORT, 'accounts are disabled, never deleted'); END
    """,
)

_POSTGRESQL = (
    """
    CREATE FUNCTION people_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'refused: % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation'; END $$
    """,
    """
    CREATE TRIGGER trail_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION people_refuse()
    """,
    """
    CREATE TRIGGER trail_head_refuse_delete BEFORE DELETE OR TRUNCATE ON trail_head
    FOR EACH STATEMENT EXECUTE FUNCTION people_refuse()
    """,
    """
    CREATE TRIGGER accounts_refuse_delete BEFORE DELETE OR TRUNCATE ON accounts
    FOR EACH STATEMENT EXECUTE FUNCTION people_refuse()
    """,
)
