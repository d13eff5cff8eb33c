"""The tree of agencies (机关汇总关系) as the log had it at one position."""

import sqlalchemy as sa

from activities.rows_at import rows_at
from disclosure.agency_tree import AgencyTree
from eventstore import Projector
from projections import Agencies, AgencyPlaces, tree_of


def tree_at(engine: sa.Engine, projector: Projector, position: int) -> AgencyTree:
    """Return the tree with its history: who stood under whom from which day on."""
    rows = rows_at(engine, projector, (Agencies(), AgencyPlaces()), position)
    return tree_of(rows[Agencies.name], rows[AgencyPlaces.name])
