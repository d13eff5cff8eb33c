# ruff: noqa: N818 - a name that says what is the case needs no suffix
"""Everything that can go wrong between a caller and the event log.

The tree::

    EventStoreError
    ├── StreamConflict          another event stands at the place the caller wanted
    ├── LogBehind               the caller has seen more of the stream than the log holds
    ├── ContentMismatch         an event id comes back with other content: an alarm
    ├── LogNotEmpty             a log that was to be filled from a copy holds events
    ├── SchemaOutdated          the database is at another revision than this code wants
    ├── UnknownEventSchema      an event was written by newer code than this
    ├── ProjectionStopped       an event could not be folded: the projector stands still
    ├── ProjectionSuperseded    newer code has replaced this version of a projection
    └── ProjectionTableMismatch a projection's table changed without a new version

Messages and attributes name places (stream, version, position, id, type), never
content: what an event says may concern a person.
"""

from uuid import UUID


class EventStoreError(Exception):
    """Stand above every error of this room."""


class StreamConflict(EventStoreError):
    """Say that the stream has moved on: read it from there, decide again."""

    def __init__(self, stream: str, expected_version: int, actual_version: int) -> None:
        super().__init__(
            f"stream {stream!r} is at version {actual_version}, expected {expected_version}"
        )
        self.stream = stream
        self.expected_version = expected_version
        self.actual_version = actual_version


class LogBehind(EventStoreError):
    """Say that the log was restored from an older day than the caller remembers.

    Nothing can be decided from here: the caller stops until a person has looked.
    """

    def __init__(self, stream: str, expected_version: int, actual_version: int) -> None:
        super().__init__(
            f"stream {stream!r} is at version {actual_version}, behind the expected"
            f" {expected_version}: the log is older than its writer"
        )
        self.stream = stream
        self.expected_version = expected_version
        self.actual_version = actual_version


class ContentMismatch(EventStoreError):
    """Raise the alarm: the same event id, but not the same event.

    ``differing`` names the columns that differ; ``("batch",)`` says that only a part
    of the events, or the events in another order, stand in the log.
    """

    def __init__(self, stream: str, event_id: UUID, differing: tuple[str, ...]) -> None:
        super().__init__(
            f"event {event_id} of stream {stream!r} is already recorded with another"
            f" {', '.join(differing)}"
        )
        self.stream = stream
        self.event_id = event_id
        self.differing = differing


class LogNotEmpty(EventStoreError):
    """Say that a log that was to be filled holds events already; nothing was written."""


class SchemaOutdated(EventStoreError):
    """Say that database and code do not belong together (either may be the older)."""

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"database is at revision {found or 'none'}, this code wants {wanted}")
        self.found = found
        self.wanted = wanted


class UnknownEventSchema(EventStoreError):
    """Say that no chain of upcasters leads from this schema to the newest."""

    def __init__(self, event_type: str, schema: int, newest: int) -> None:
        super().__init__(f"event type {event_type!r} has schemas 1 to {newest}, not {schema}")
        self.event_type = event_type
        self.schema = schema
        self.newest = newest


class ProjectionStopped(EventStoreError):
    """Say which event a projection could not fold, and where its code gave up.

    ``cause`` is the kind of the original error and the line that raised it. The
    original error is not chained: its text may quote the event.
    """

    def __init__(
        self, projection: str, position: int, event_id: UUID, event_type: str, cause: str
    ) -> None:
        super().__init__(
            f"projection {projection!r} stopped at position {position}:"
            f" event {event_id} ({event_type}): {cause}"
        )
        self.projection = projection
        self.position = position
        self.event_id = event_id
        self.event_type = event_type
        self.cause = cause


class ProjectionSuperseded(EventStoreError):
    """Say that a newer version of a projection took over and dropped this one.

    An old process of a rolling release ends here. To go back to older code on
    purpose, rebuild.
    """

    def __init__(self, projection: str, version: int, newer: int) -> None:
        super().__init__(f"projection {projection!r} version {version} was replaced by {newer}")
        self.projection = projection
        self.version = version
        self.newer = newer


class ProjectionTableMismatch(EventStoreError):
    """Say that a projection declares other columns than its table has.

    Give the projection a new version, or rebuild it.
    """

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        super().__init__(f"table {table!r} differs from the code in {', '.join(columns)}")
        self.table = table
        self.columns = columns
