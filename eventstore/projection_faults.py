"""Where the table of a projection differs from what the log says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from eventstore.projection import Key, Row

FaultKind = Literal["missing", "unexpected", "different", "not_built"]


@dataclass(frozen=True, slots=True)
class ProjectionFault:
    """Name one row that is not what a fresh fold gives.

    Attributes:
        kind: ``missing`` (the fold has it, the table has not), ``unexpected`` (the other
            way round), ``different``, ``not_built`` (there is no table yet).
        key: of the row.
        columns: that differ; their values are left out, they may concern a person.
    """

    projection: str
    kind: FaultKind
    key: Key
    columns: tuple[str, ...]


def differences(
    projection: str, expected: dict[Key, Row], rows: Iterable[tuple[Key, Row]]
) -> Iterator[ProjectionFault]:
    """Compare a fold with a table; ``expected`` is used up on the way."""
    for key, row in rows:
        wanted = expected.pop(key, None)
        if wanted is None:
            yield ProjectionFault(projection, "unexpected", key, ())
        elif wanted != row:
            columns = tuple(name for name in row if row[name] != wanted[name])
            yield ProjectionFault(projection, "different", key, columns)
    for key in expected:
        yield ProjectionFault(projection, "missing", key, ())
