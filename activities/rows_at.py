"""Rows of projections at exactly one log position, whatever position their tables stand at."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from eventstore import Projection, Projector, position_of, snapshot

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by the name of the projection."""


def rows_at(
    engine: sa.Engine,
    projector: Projector,
    projections: Sequence[Projection],
    position: int,
    *,
    agencies: Collection[str] | None = None,
) -> Rows:
    """Return rows at a position: from the tables where they stand there, else folded in memory.

    Both are the same rows, because a projection is nothing but that fold.

    Args:
        engine: of the tables.
        projector: what folds.
        projections: each with a column `agency`.
        position: of the log.
        agencies: only rows of these; of all where None.
    """
    rows = _from_tables(engine, projections, position, agencies)
    if rows is not None:
        return rows
    return {
        projection.name: [
            row
            for row in projector.fold(projection, position).values()
            if agencies is None or row["agency"] in agencies
        ]
        for projection in projections
    }


def _from_tables(
    engine: sa.Engine,
    projections: Sequence[Projection],
    position: int,
    agencies: Collection[str] | None,
) -> Rows | None:
    """Read the tables, in one snapshot; None unless all stand at exactly this position."""
    with snapshot(engine) as connection:
        if any(position_of(connection, projection) != position for projection in projections):
            return None
        rows = {}
        for projection in projections:
            wanted = sa.select(projection.table)
            if agencies is not None:
                wanted = wanted.where(projection.table.c.agency.in_(sorted(agencies)))
            rows[projection.name] = [dict(row) for row in connection.execute(wanted).mappings()]
        return rows
