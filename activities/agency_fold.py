"""What the figures rest on, folded from the log for one agency alone: for positions in the past.

Each event of the agency is read and decoded once for all of the read models; those of other
agencies are passed over by the name of their stream.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.addresses import agency_of
from eventstore import EventStore, Projection, RecordedEvent, Row
from eventstore.folding import Fold
from projections import Agencies, Proceedings, Publication, RequestFacts, Sections
from records import decode

SOURCES: tuple[Projection, ...] = (
    Agencies(),
    RequestFacts(),
    Proceedings(),
    Publication(),
    Sections(),
)
"""The read models the figures of a report come from."""

SOURCE_TYPES = frozenset[str]().union(*(projection.types for projection in SOURCES))


@dataclass(frozen=True, slots=True)
class Turned:
    """A row of a read model, before an event and after it; None where there is no row."""

    source: str
    before: Row | None
    after: Row | None


class AgencyFold:
    """The rows of the sources for one agency, as far as the log was folded."""

    def __init__(self) -> None:
        self._folds = {projection.name: Fold(projection, decode) for projection in SOURCES}

    @classmethod
    def through(cls, store: EventStore, agency: str, position: int) -> "AgencyFold":
        """Fold the log up to a position."""
        fold = cls()
        for event in agency_events(store, agency, 0, position):
            fold.take(event)
        return fold

    def take(self, event: RecordedEvent) -> list[Turned]:
        """Fold one more event; return the rows it turned.

        Raises:
            ProjectionStopped: it cannot be folded.
        """
        turned = []
        for name, fold in self._folds.items():
            if event.type not in fold.projection.types:
                continue
            step = fold.step(event)
            before = {key: fold.rows.get(key) for key in step.keys}
            fold.take(step)
            turned += [Turned(name, before[key], fold.rows[key]) for key in step.keys]
        return turned

    def rows_of(self, source: str) -> Sequence[Mapping[str, Any]]:
        """Return the rows of one source."""
        return list(self._folds[source].standing().values())

    def rows(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the rows of each source."""
        return {name: self.rows_of(name) for name in self._folds}


def agency_events(
    store: EventStore, agency: str, after: int, through: int
) -> Iterator[RecordedEvent]:
    """Yield the events of an agency that enter its figures, oldest first."""
    for event in store.read_log(after, types=SOURCE_TYPES, through_position=through):
        if agency_of(event.stream) == agency:
            yield event
