"""The event log (事件日志): append-only, on SQLite and PostgreSQL, and what is folded from it.

This room knows nothing of the law and imports no other room. Everything another room may
use is named here.
"""

from eventstore.checkpoints import position_of
from eventstore.copying import copy_log
from eventstore.engine import changing_structure, open_engine, snapshot, writing
from eventstore.errors import (
    ContentMismatch,
    EventStoreError,
    LogBehind,
    LogNotEmpty,
    ProjectionStopped,
    ProjectionSuperseded,
    ProjectionTableMismatch,
    SchemaOutdated,
    StreamConflict,
    UnknownEventSchema,
)
from eventstore.events import Append, Appended, NewEvent, RecordedEvent
from eventstore.migrating import migrate, require_current_schema, schema_revision
from eventstore.private_files import close_to_others
from eventstore.projection import Decode, Key, Progress, Projection, Row
from eventstore.projection_faults import ProjectionFault
from eventstore.projector import Projector
from eventstore.store import EventStore, utc_now
from eventstore.upcasting import Upcasters
from eventstore.verification import LogFault

__all__ = [
    "Append",
    "Appended",
    "ContentMismatch",
    "Decode",
    "EventStore",
    "EventStoreError",
    "Key",
    "LogBehind",
    "LogFault",
    "LogNotEmpty",
    "NewEvent",
    "Progress",
    "Projection",
    "ProjectionFault",
    "ProjectionStopped",
    "ProjectionSuperseded",
    "ProjectionTableMismatch",
    "Projector",
    "RecordedEvent",
    "Row",
    "SchemaOutdated",
    "StreamConflict",
    "UnknownEventSchema",
    "Upcasters",
    "changing_structure",
    "close_to_others",
    "copy_log",
    "migrate",
    "open_engine",
    "position_of",
    "require_current_schema",
    "schema_revision",
    "snapshot",
    "utc_now",
    "writing",
]
