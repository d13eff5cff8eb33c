"""How the table of one version of a projection comes to stand, and others go.

Each function is one transaction of structure: on both databases a reader sees the tables
and checkpoints from before it or from after it, nothing between.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from eventstore import checkpoints, projection_tables
from eventstore.engine import changing_structure
from eventstore.errors import ProjectionSuperseded
from eventstore.projection import Key, Projection, Row


def build(engine: sa.Engine, projection: Projection) -> int:
    """Make an empty table beside those of older versions; return its checkpoint.

    Raises:
        ProjectionSuperseded: a newer version stands, and this one is gone.
    """
    with changing_structure(engine) as connection:
        standing = checkpoints.standing_versions(connection, projection.name)
        newest = max(standing, default=0)
        if newest > projection.version:
            raise ProjectionSuperseded(projection.name, projection.version, newest)
        if projection.version not in standing:
            projection_tables.recreate(connection, projection.table)
            checkpoints.start(connection, projection, 0)
        return standing.get(projection.version, 0)


def switch(
    engine: sa.Engine, projection: Projection, rows: Mapping[Key, Row], position: int
) -> bool:
    """Put a table folded up to a position in place, and drop every other version.

    Returns:
        False, with nothing done, when the standing table is further on.
    """
    with changing_structure(engine) as connection:
        standing = checkpoints.standing_versions(connection, projection.name)
        if projection.version not in standing:
            checkpoints.start(connection, projection, position)
        elif not checkpoints.lift(connection, projection, position):
            return False
        projection_tables.recreate(connection, projection.table)
        projection_tables.write(connection, projection.table, rows)
        _drop(connection, projection.name, standing.keys() - {projection.version})
    return True


def drop_older(engine: sa.Engine, projection: Projection) -> None:
    """Drop what this version has replaced; usually there is nothing."""
    with engine.connect() as connection:
        standing = checkpoints.standing_versions(connection, projection.name)
    older = [version for version in standing if version < projection.version]
    if older:
        with changing_structure(engine) as connection:
            _drop(connection, projection.name, older)


def _drop(connection: sa.Connection, name: str, versions: Collection[int]) -> None:
    for version in versions:
        # The checkpoint first: its lock waits for a runner that is still at work there.
        checkpoints.forget(connection, name, version)
        projection_tables.drop(connection, projection_tables.table_name(name, version))
