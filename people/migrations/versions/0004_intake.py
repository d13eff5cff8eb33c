"""Make attachments of requests, patterns of case references, and bulk files on their way."""

import sqlalchemy as sa
from alembic import op

from eventstore.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "case_attachments",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("stored", sa.Text, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.Index("case_attachments_case", "agency", "case_reference"),
    )
    op.create_table(
        "reference_patterns",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("pattern", sa.Text, nullable=False),
    )
    op.create_table(
        "intake_batches",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("file_digest", sa.Text, nullable=False),
        sa.Column("stored", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("uploaded_by", sa.Text, nullable=False),
        sa.Column("uploaded_at", UtcDateTime, nullable=False),
        sa.Index("intake_batches_agency", "agency", "uploaded_at"),
    )
    op.create_table(
        "intake_rows",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
