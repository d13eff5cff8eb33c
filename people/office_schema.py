"""Tables of how an agency divides its work; `migrations` makes them.

Organisation, no legal facts: who is to act changes nothing of what is owed to an applicant, so none
of it stands in the event log. Cases are named by their streams; no table here holds personal data.
"""

import sqlalchemy as sa

from eventstore.columns import UtcDateTime
from people.schema import metadata

# An office is closed, never deleted: assignments and saved views still name it.
offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.UniqueConstraint("agency", "name", name="offices_name"),
)

office_members = sa.Table(
    "office_members",
    metadata,
    sa.Column("office", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Index("office_members_account", "account"),
)

# One row a case that was ever assigned; office or assignee may be left open.
assignments = sa.Table(
    "assignments",
    metadata,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("office", sa.Text),
    sa.Column("assignee", sa.Text),
    sa.Column("assigned_by", sa.Text, nullable=False),
    sa.Column("assigned_at", UtcDateTime, nullable=False),
    sa.Index("assignments_assignee", "assignee", "stream"),
    sa.Index("assignments_office", "office", "stream"),
)

# `office` is whom a view is shared with; none keeps it to its owner.
saved_views = sa.Table(
    "saved_views",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("office", sa.Text, index=True),
    sa.Column("saved_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("account", "name", name="saved_views_name"),
)
