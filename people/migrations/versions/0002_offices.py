"""Make offices, their members, assignments and saved views."""

import sqlalchemy as sa
from alembic import op

from eventstore.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "offices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.UniqueConstraint("agency", "name", name="offices_name"),
    )
    op.create_table(
        "office_members",
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, primary_key=True),
        sa.Index("office_members_account", "account"),
    )
    op.create_table(
        "assignments",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("office", sa.Text),
        sa.Column("assignee", sa.Text),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Column("assigned_at", UtcDateTime, nullable=False),
        sa.Index("assignments_assignee", "assignee", "stream"),
        sa.Index("assignments_office", "office", "stream"),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("office", sa.Text, index=True),
        sa.Column("saved_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("account", "name", name="saved_views_name"),
    )
