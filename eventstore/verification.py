"""Whether the log is whole: read it from end to end and compute everything again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from eventstore.digests import FIRST, algorithm_of, chained_digest
from eventstore.events import RecordedEvent

FaultKind = Literal["position_gap", "version_gap", "wrong_digest", "time_reversed", "head_counter"]


@dataclass(frozen=True, slots=True)
class LogFault:
    """Name one place where the log is not what was recorded.

    Attributes:
        kind: ``position_gap`` (positions missing before this one), ``version_gap`` (the
            stream does not go on by one), ``wrong_digest`` (this row, or the one before
            it in the stream, was changed), ``time_reversed`` (recorded earlier than the
            position before), ``head_counter`` (counter and last row disagree).
        position: where; for ``head_counter`` the position of the last row.
        stream: ``''`` for ``head_counter``.
        detail: expected and found, numbers only; never content.
    """

    kind: FaultKind
    position: int
    stream: str
    detail: str


def faults_of(
    log: Iterable[RecordedEvent], progress: Callable[[int], None] | None
) -> Iterator[LogFault]:
    """Compare the rows with each other.

    Keeps the end of each stream in memory, nothing else.
    """
    ends: dict[str, tuple[int, str]] = {}
    previous: RecordedEvent | None = None
    for event in log:
        yield from _against_log(previous, event)
        yield from _against_stream(ends.get(event.stream, (0, FIRST)), event)
        ends[event.stream] = (event.version, event.digest)
        previous = event
        if progress is not None:
            progress(event.position)


def _against_log(previous: RecordedEvent | None, event: RecordedEvent) -> Iterator[LogFault]:
    expected = previous.position + 1 if previous is not None else 1
    if event.position != expected:
        yield LogFault("position_gap", event.position, event.stream, f"expected {expected}")
    if previous is not None and event.recorded_at < previous.recorded_at:
        yield LogFault(
            "time_reversed", event.position, event.stream, f"earlier than {previous.position}"
        )


def _against_stream(end: tuple[int, str], event: RecordedEvent) -> Iterator[LogFault]:
    version, previous_digest = end
    if event.version != version + 1:
        yield LogFault(
            "version_gap",
            event.position,
            event.stream,
            f"expected version {version + 1}, found {event.version}",
        )
    algorithm = algorithm_of(event.digest)
    if algorithm is None or event.digest != chained_digest(
        algorithm, previous_digest, event.stream, event.version, event.recorded_at, event=event
    ):
        yield LogFault("wrong_digest", event.position, event.stream, f"version {event.version}")
