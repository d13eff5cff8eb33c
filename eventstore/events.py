"""What goes into the log and what comes out of it.

The store knows nothing of the law: an event is a type, a date, and bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Hold one fact (事实) that is to be recorded.

    Attributes:
        event_id: the same fact has the same id, however often it is sent.
        type: stable snake_case term, for instance ``request_received``.
        schema: number of the shape of ``data``, from 1.
        legal_date: the day the fact happened in law, in Asia/Shanghai.
        actor: who did it; ``''`` when nobody is named.
        command_id: the command that the fact answers.
        data: canonical JSON object in UTF-8, compared and hashed byte for byte.
        sealed: encrypted personal fields, opaque here.
    """

    event_id: UUID
    type: str
    schema: int
    legal_date: date
    actor: str
    command_id: str
    data: bytes
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """Hold one fact as the log holds it.

    Attributes:
        position: place in the whole log, from 1, without gaps.
        stream: the request, proceeding or report the fact belongs to.
        version: place in the stream, from 1, without gaps.
        event_id, type, schema, legal_date, actor, command_id, data, sealed:
            as in ``NewEvent``.
        recorded_at: when the log learned it, in UTC; never earlier than at the position before.
        digest: ``algorithm:hex``, chained over the stream (see ``eventstore.digests``).
    """

    position: int
    stream: str
    version: int
    event_id: UUID
    type: str
    schema: int
    legal_date: date
    recorded_at: datetime
    actor: str
    command_id: str
    data: bytes
    sealed: bytes | None
    digest: str


@dataclass(frozen=True, slots=True)
class Append:
    """Ask for events to be put at the end of a stream.

    Attributes:
        expected_version: the version the caller decided on; 0 for a new stream.
    """

    stream: str
    expected_version: int
    events: Sequence[NewEvent]


@dataclass(frozen=True, slots=True)
class Appended:
    """Answer where the last of the events stands.

    Attributes:
        already_there: the same ids had been recorded before; nothing was written now.
    """

    stream: str
    version: int
    position: int
    already_there: bool
