"""The tree of agencies (机关汇总关系) with its history: who stood under whom from which day on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.agency_events import AgencyMoved, AgencyRegistered
from disclosure.agency_place import Parent, Place
from disclosure.agency_tree import Agency, AgencyTree
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

_EVER = Place.under(None).parents[0].since


class AgencyPlaces:
    """One row an agency and day of change; what was recorded last of a day stands."""

    name: ClassVar[str] = "agency_places"
    version: ClassVar[int] = 1
    table: ClassVar[sa.Table] = sa.Table(
        "agency_places_v1",
        metadata,
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("since", sa.Date, primary_key=True),
        sa.Column("parent", sa.Text),
    )
    types: ClassVar[frozenset[str]] = frozenset({AgencyRegistered.type, AgencyMoved.type})

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
        """Return the day an event is about; a registration speaks of all days before, too."""
        since = _EVER if isinstance(content, AgencyRegistered) else event.legal_date
        return [(agency_of(event.stream), since)]

    def apply(self, key: Key, _row: Row | None, _event: RecordedEvent, content: Any) -> Row | None:
        """Return the superior from that day on; pure."""
        agency, since = key
        return {"agency": agency, "since": since, "parent": content.parent}


def tree_of(
    agencies: Iterable[Mapping[str, Any]], places: Iterable[Mapping[str, Any]]
) -> AgencyTree:
    """Make the tree from the rows of `Agencies` and of `AgencyPlaces`."""
    parents: dict[str, list[Parent]] = {}
    for row in places:
        parents.setdefault(row["agency"], []).append(Parent(row["since"], row["parent"]))
    return AgencyTree(
        Agency(
            row["agency"],
            row["name"],
            Place(
                parents=tuple(sorted(parents[row["agency"]], key=lambda known: known.since)),
                opened_on=row["opened_on"],
                ended_on=row["ended_on"],
                merged_into=row["merged_into"],
            ),
        )
        for row in agencies
    )
