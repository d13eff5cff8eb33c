"""How far each projection has read; one row for each version that has a table."""

import sqlalchemy as sa

from eventstore.projection import Projection
from eventstore.schema import projection_checkpoints as table


def standing_versions(connection: sa.Connection, name: str) -> dict[int, int]:
    """Return version → position of every version of a projection that has a table."""
    rows = connection.execute(
        sa.select(table.c.version, table.c.position).where(table.c.projection == name)
    )
    return {row.version: row.position for row in rows}


def position_of(connection: sa.Connection, projection: Projection) -> int | None:
    """Return the last position folded into the table, None when there is no table."""
    return connection.scalar(sa.select(table.c.position).where(_is(projection)))


def start(connection: sa.Connection, projection: Projection, position: int) -> None:
    """Write the row of a table that was made just now."""
    connection.execute(
        sa.insert(table).values(
            projection=projection.name, version=projection.version, position=position
        )
    )


def move(connection: sa.Connection, projection: Projection, seen: int, reached: int) -> bool:
    """Move on from the position this runner has seen; False when another has moved it.

    It is the first statement of its transaction and takes the row's lock: of two runners
    with the same batch the second waits, then finds another position and writes nothing.
    """
    moved = connection.execute(
        sa.update(table).where(_is(projection), table.c.position == seen).values(position=reached)
    )
    return moved.rowcount == 1


def lift(connection: sa.Connection, projection: Projection, reached: int) -> bool:
    """Lock the row and move it to ``reached``; False when it is beyond, or not there."""
    moved = connection.execute(
        sa.update(table)
        .where(_is(projection), table.c.position <= reached)
        .values(position=reached)
    )
    return moved.rowcount == 1


def forget(connection: sa.Connection, name: str, version: int) -> None:
    """Take out the row of a table that is being dropped."""
    connection.execute(
        sa.delete(table).where(table.c.projection == name, table.c.version == version)
    )


def _is(projection: Projection) -> sa.ColumnElement[bool]:
    return (table.c.projection == projection.name) & (table.c.version == projection.version)
