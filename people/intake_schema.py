"""The tables of intake (登记): attachments, how case references are made, bulk files on their way.

They stand in the people's database: none of it is a legal fact, and what changes them enters the
trail in the same transaction. File names and contents are sealed, those of a request under its own
data key, those of a bulk file under one that is destroyed when the file is done with.
"""

import sqlalchemy as sa

from eventstore.columns import UtcDateTime
from people.schema import metadata

case_attachments = sa.Table(
    "case_attachments",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # a UUID; what is sealed is bound to it
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("case_reference", sa.Text, nullable=False),
    sa.Column("name", sa.LargeBinary, nullable=False),  # sealed: file names name people
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),  # bytes
    sa.Column("stored", sa.Text, nullable=False),  # name of the sealed file in the store
    sa.Column("added_by", sa.Text, nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Index("case_attachments_case", "agency", "case_reference"),
)

reference_patterns = sa.Table(
    "reference_patterns",
    metadata,
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("pattern", sa.Text, nullable=False),
)

intake_batches = sa.Table(
    "intake_batches",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # a UUID; the sealed file is bound to it
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("file_digest", sa.Text, nullable=False),  # keyed: the same file is known again
    sa.Column("stored", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("uploaded_by", sa.Text, nullable=False),
    sa.Column("uploaded_at", UtcDateTime, nullable=False),
    sa.Index("intake_batches_agency", "agency", "uploaded_at"),
)

# One row a registration of a bulk file that has been let through. It keeps the reference that was
# given to it, so that the same row in another file is the same request.
intake_rows = sa.Table(
    "intake_rows",
    metadata,
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, primary_key=True),  # keyed
    sa.Column("case_reference", sa.Text, nullable=False),
    sa.Column("batch", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),  # why refused; no personal data
)
