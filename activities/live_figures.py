"""Figures of an agency kept at hand and brought forward by what was learned since.

A page is looked at far more often than the log grows, and a single event moves few cells. So the
rows behind an agency's figures are read once; afterwards only the cases that events have touched
are read again. At every answer the log itself is asked how far it is: what is given is that of one
position, and never of one before the question.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from activities.agency_fold import SOURCES
from activities.figures import UnknownAgencyError
from activities.kept_figures import KeptFigures, YearAtHand
from activities.rows_at import rows_at
from disclosure.addresses import agency_of
from eventstore import EventStore, Projection, Projector, position_of, snapshot
from projections import CaseRegister, Proceedings, RequestFacts

_READ: tuple[Projection, ...] = (*SOURCES, CaseRegister())
_TYPES = frozenset[str]().union(*(projection.types for projection in _READ))
_COLUMNS = {
    RequestFacts.name: ("case_reference", "applicant_type", "received_on", "closed_on", "outcome"),
    Proceedings.name: ("case_reference", "proceeding_group", "turns"),
    CaseRegister.name: ("case_reference", "received_on", "closed_on", "due_on", "outcome", "flags"),
}
"""Of the tables with a row a case, what is needed: a year may have a hundred thousand rows."""

_AGENCIES_AT_HAND = 8
"""Agencies kept, the last ones asked for; one with 100,000 requests takes some 130 MB."""

_MOST_TOUCHED = 500
"""Cases read again one by one (parameters of one statement); beyond that, all of them are."""

_LOOKS = 5


class _Kept:
    """An agency's figures and who may change them now."""

    def __init__(self, agency: str) -> None:
        self.figures = KeptFigures(agency)
        self.lock = threading.Lock()


class LiveFigures:
    """The agencies' figures at hand; safe to share between threads."""

    def __init__(self, store: EventStore, engine: sa.Engine, projector: Projector) -> None:
        self._store = store
        self._engine = engine
        self._projector = projector
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of_year(self, agency: str, year: int) -> YearAtHand:
        """Return an agency's year as the log now stands.

        Raises:
            UnknownAgencyError: it is not registered.
        """
        kept = self._of(agency)
        with kept.lock:
            self._bring_forward(kept.figures)
            if not kept.figures.registered:
                raise UnknownAgencyError(agency)
            return kept.figures.of_year(year)

    def _of(self, agency: str) -> _Kept:
        with self._lock:
            if agency not in self._kept:
                self._kept[agency] = _Kept(agency)
            self._kept.move_to_end(agency)
            while len(self._kept) > _AGENCIES_AT_HAND:
                self._kept.popitem(last=False)
            return self._kept[agency]

    def _bring_forward(self, kept: KeptFigures) -> None:
        head = self._store.head()
        if kept.position >= head:
            return
        if kept.position >= 0 and not self._touched(kept, head):
            kept.position = head
            return
        self._projector.catch_up(through=head)
        if any(self._read(kept) for _ in range(_LOOKS)):
            return
        # Another process folds the tables on, one after the other; the log itself stands still.
        agencies = frozenset({kept.agency})
        rows = rows_at(self._engine, self._projector, _READ, head, agencies=agencies)
        kept.take(rows, head, only_touched=False)

    def _touched(self, kept: KeptFigures, through: int) -> set[str]:
        """Return the streams of the agency with events after what is kept."""
        events = self._store.read_log(kept.position, types=_TYPES, through_position=through)
        return {event.stream for event in events if agency_of(event.stream) == kept.agency}

    def _read(self, kept: KeptFigures) -> bool:
        """Read what was touched, in one snapshot; False where the tables stand apart."""
        with snapshot(self._engine) as connection:
            standing = {position_of(connection, projection) for projection in _READ}
            position = standing.pop()
            if standing or position is None or position < kept.position:
                return False
            touched = None if kept.position < 0 else self._touched(kept, position)
            if touched is not None and len(touched) > _MOST_TOUCHED:
                touched = None
            rows = {
                projection.name: _rows(connection, projection, kept.agency, touched)
                for projection in _READ
            }
        kept.take(rows, position, only_touched=touched is not None)
        return True


def _rows(
    connection: sa.Connection, projection: Projection, agency: str, touched: set[str] | None
) -> list[Mapping[str, Any]]:
    columns = projection.table.c
    names = _COLUMNS.get(projection.name, columns.keys())
    wanted = sa.select(*(columns[name] for name in names)).where(columns.agency == agency)
    if touched is not None and projection.name in _COLUMNS:
        wanted = wanted.where(columns.stream.in_(sorted(touched)))
    return [dict(zip(names, row, strict=True)) for row in connection.execute(wanted)]
