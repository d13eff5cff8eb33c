"""The tables of internal clearance (内部审核) and of documents in the office's keeping.

They stand in the people's database: they tell who did what inside the office, are no legal facts,
and what changes them enters the trail in the same transaction. What names applicants in them is
sealed under the request's own data key, and gone when that is erased.
"""

import sqlalchemy as sa

from eventstore.columns import UtcDateTime
from people.schema import metadata

drafts = sa.Table(
    "clearance_drafts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # a UUID; the command goes out under it
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("case_reference", sa.Text, nullable=False),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),  # who saw an older one is refused
    sa.Column("seen_version", sa.Integer, nullable=False),  # of the case's stream
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("drafted_by", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),  # empty until somebody has approved
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Index("clearance_drafts_case", "agency", "case_reference"),
    sa.Index("clearance_drafts_state", "agency", "state"),
)

remarks = sa.Table(
    "clearance_remarks",
    metadata,
    sa.Column("draft", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),  # what the sealed text is bound to
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
)

rules = sa.Table(
    "clearance_rules",
    metadata,
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("verbs", sa.Text, nullable=False),  # those that need approval, in one line
)

case_documents = sa.Table(
    "case_documents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # a UUID; sealed files are bound to it
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("case_reference", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("document_number", sa.Text, nullable=False),
    sa.Column("format", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),  # of the document
    sa.Column("stored", sa.Text, nullable=False),  # name of the sealed file in the store
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Index("case_documents_case", "agency", "case_reference"),
)

document_templates = sa.Table(
    "document_templates",
    metadata,
    sa.Column("agency", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("put_by", sa.Text, nullable=False),
    sa.Column("put_at", UtcDateTime, nullable=False),
)
