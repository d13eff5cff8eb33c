"""The log in the law's own terms: what was decided goes in, what happened comes out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from disclosure.event import Event
from eventstore import Append, Appended, EventStore, EventStoreError, NewEvent, RecordedEvent
from records.codec import canonical, decode, event_id, make_event
from vault import Vault


@dataclass(frozen=True, slots=True)
class Write:
    """Events one command makes, to follow `expected_version` of a stream.

    Attributes:
        command_id: what makes a repeated write recognisable.
        actor: who gave the command; empty for a timer.
    """

    stream: str
    expected_version: int
    command_id: str
    actor: str
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its place in the log; personal fields are None until `RecordLog.reveal`."""

    event: Event
    stream: str
    version: int
    position: int
    event_id: UUID
    command_id: str
    actor: str
    recorded_at: datetime
    sealed: bytes | None


class RecordLog:
    """Write and read events; personal data is sealed on the way in and opened only on demand."""

    def __init__(self, store: EventStore, vault: Vault) -> None:
        self.store = store
        self._vault = vault

    def write(self, write: Write) -> Appended:
        """Append one command's events.

        Raises:
            StreamConflict: the stream has moved on; read it and decide again.
            LogBehind: the log holds less than was decided on; it was restored from an older day.
            ContentMismatch: the same command is on record with another content.
        """
        (answer,) = self.write_batch([write])
        if isinstance(answer, EventStoreError):
            raise answer
        return answer

    def write_batch(self, writes: Sequence[Write]) -> list[Appended | EventStoreError]:
        """Append many commands' events in one transaction; each stream fails or lands by itself.

        Several writes to one stream may follow each other; they land or fail together. The
        answers stand in the order of the writes.
        """
        parts = [[event.parts() for event in write.events] for write in writes]
        self._vault.ensure_keys(
            [
                write.stream
                for write, split in zip(writes, parts, strict=True)
                if any(personal for _, personal in split)
            ]
        )
        appends: dict[str, Append] = {}
        for write, split in zip(writes, parts, strict=True):
            new = [
                self._new_event(write, n, event, clear, personal)
                for n, (event, (clear, personal)) in enumerate(
                    zip(write.events, split, strict=True)
                )
            ]
            before = appends.get(write.stream)
            appends[write.stream] = (
                Append(write.stream, write.expected_version, new)
                if before is None
                else Append(write.stream, before.expected_version, [*before.events, *new])
            )
        answers = dict(zip(appends, self.store.append_batch(list(appends.values())), strict=True))
        return [answers[write.stream] for write in writes]

    def read(self, stream: str, after_version: int = 0) -> list[Entry]:
        """Return a stream's events, oldest first."""
        return [entry_of(recorded) for recorded in self.store.read_stream(stream, after_version)]

    def read_many(self, streams: Collection[str]) -> Iterator[Entry]:
        """Yield the events of many streams, one stream after the other, each oldest first."""
        return map(entry_of, self.store.read_streams(streams))

    def reveal(self, entry: Entry) -> Event:
        """Return the event with its personal fields; None stays where the key was erased.

        Call this only where a person may read them.
        """
        if entry.sealed is None:
            return entry.event
        personal = self._vault.open(entry.stream, entry.event_id, entry.sealed)
        clear, _ = entry.event.parts()
        kind = type(entry.event)
        return make_event(kind.type, kind.schema, entry.event.on, clear, personal)

    def _new_event(
        self,
        write: Write,
        n: int,
        event: Event,
        clear: dict[str, object],
        personal: dict[str, object],
    ) -> NewEvent:
        identity = event_id(write.stream, write.command_id, n)
        return NewEvent(
            event_id=identity,
            type=event.type,
            schema=event.schema,
            legal_date=event.on,
            actor=write.actor,
            command_id=write.command_id,
            data=canonical(clear),
            sealed=self._vault.seal(write.stream, identity, personal) if personal else None,
        )


def entry_of(recorded: RecordedEvent) -> Entry:
    """Read a row of the log."""
    return Entry(
        event=decode(recorded),
        stream=recorded.stream,
        version=recorded.version,
        position=recorded.position,
        event_id=recorded.event_id,
        command_id=recorded.command_id,
        actor=recorded.actor,
        recorded_at=recorded.recorded_at,
        sealed=recorded.sealed,
    )
