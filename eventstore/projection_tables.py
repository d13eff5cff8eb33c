"""The tables of projections: made, read and written in bulk, dropped.

They are made here and not by Alembic because they are disposable: whatever is in them can
be folded again, so their shape never has to be altered, and no revision of the log has to
wait for a change of a page.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from eventstore.errors import ProjectionTableMismatch
from eventstore.projection import Key, Projection, Row
from eventstore.rows import in_portions


def table_name(name: str, version: int) -> str:
    """Return the name of the table of one version of a projection."""
    return f"{name}_v{version}"


def recreate(connection: sa.Connection, table: sa.Table) -> None:
    """Make the table with its indexes, empty, in place of what may stand there."""
    drop(connection, table.name)
    table.create(connection, checkfirst=False)


def drop(connection: sa.Connection, name: str) -> None:
    """Drop a table by name, if it is there; the code may know its columns no more."""
    sa.Table(name, sa.MetaData()).drop(connection, checkfirst=True)


def require_same_columns(connection: sa.Connection, projection: Projection) -> None:
    """Compare the table that stands with the table the code declares, by column names.

    Raises:
        ProjectionTableMismatch: the code was changed without a new version.
    """
    name = projection.table.name
    standing = {column["name"] for column in sa.inspect(connection).get_columns(name)}
    differing = standing ^ {column.name for column in projection.table.columns}
    if differing:
        raise ProjectionTableMismatch(name, tuple(sorted(differing)))


def load(connection: sa.Connection, table: sa.Table, keys: Collection[Key]) -> dict[Key, Row]:
    """Return the rows with these keys, by key."""
    rows: dict[Key, Row] = {}
    for portion in in_portions(list(keys), width=len(table.primary_key.columns)):
        wanted = _select_keys(connection, table, portion)
        rows.update(_by_key(table, connection.execute(wanted)))
    return rows


def load_all(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[Key, Row]]:
    """Go through all rows, a thousand in memory at a time."""
    with connection.execution_options(yield_per=1000).execute(sa.select(table)) as rows:
        yield from _by_key(table, rows)


def write(connection: sa.Connection, table: sa.Table, rows: Mapping[Key, Row | None]) -> None:
    """Bring the rows to what they are now: inserted, updated, or deleted where None."""
    kept = [row for row in rows.values() if row is not None]
    if kept:
        connection.execute(_upsert(connection, table), kept)
    gone = [key for key, row in rows.items() if row is None]
    if gone:
        names = [f"key_{column.name}" for column in table.primary_key]
        same = [
            column == sa.bindparam(name)
            for column, name in zip(table.primary_key, names, strict=True)
        ]
        connection.execute(
            sa.delete(table).where(*same), [dict(zip(names, key, strict=True)) for key in gone]
        )


def _select_keys(connection: sa.Connection, table: sa.Table, keys: Sequence[Key]) -> sa.Select[Any]:
    columns = tuple(table.primary_key)
    if len(columns) == 1:
        return sa.select(table).where(columns[0].in_([key[0] for key in keys]))
    whole = sa.tuple_(*columns)
    if connection.dialect.name == "postgresql":
        return sa.select(table).where(whole.in_(keys))
    # SQLite answers (a, b) IN (VALUES …) by going through the whole table; joined to the
    # list, it looks each key up. VALUES names its columns column1, column2, …
    names = [f"column{number}" for number in range(1, len(columns) + 1)]
    listed = (
        sa.text("SELECT * FROM :keys")
        .bindparams(sa.bindparam("keys", keys, expanding=True, type_=whole.type))
        .columns(*(sa.column(name, key.type) for name, key in zip(names, columns, strict=True)))
        .subquery("listed")
    )
    same = [key == listed.c[name] for name, key in zip(names, columns, strict=True)]
    return sa.select(table).join_from(listed, table, sa.and_(*same))


def _by_key(table: sa.Table, rows: sa.CursorResult[Any]) -> Iterator[tuple[Key, Row]]:
    columns = [column.name for column in table.columns]
    key = [columns.index(column.name) for column in table.primary_key]
    for row in rows:
        yield tuple([row[index] for index in key]), dict(zip(columns, row, strict=True))


def _upsert(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    # Both databases speak the same ON CONFLICT; SQLAlchemy has it in two dialects.
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    key = [column.name for column in table.primary_key]
    others = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in key
    }
    if not others:
        return statement.on_conflict_do_nothing(index_elements=key)
    return statement.on_conflict_do_update(index_elements=key, set_=others)
