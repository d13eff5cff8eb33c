"""A log as it stands at one moment, copied into an empty one of either database.

Row by row and unchanged: positions, times and digests are what makes it the same log.
"""

from collections.abc import Callable

import sqlalchemy as sa

from eventstore.engine import snapshot, writing
from eventstore.errors import LogNotEmpty
from eventstore.schema import data_keys, events, log_head

_ROWS_A_PORTION = 1000


def copy_log(
    source: sa.Engine, target: sa.Engine, progress: Callable[[int, int], None] | None = None
) -> int:
    """Copy events, head and data keys; return the last position.

    Others may go on writing to the source: what is copied is one snapshot of it. The target gets
    all of it in one transaction, or nothing.

    Args:
        source: a migrated database.
        target: a migrated database without events.
        progress: told how many events of how many are copied.

    Raises:
        LogNotEmpty: the target holds events.
    """
    with snapshot(source) as reading, writing(target) as filling:
        if filling.execute(sa.select(log_head.c.position)).scalar_one():
            raise LogNotEmpty
        head = reading.execute(sa.select(log_head)).one()._asdict()
        copied = 0
        for table in (events, data_keys):
            rows = reading.execution_options(yield_per=_ROWS_A_PORTION).execute(sa.select(table))
            for portion in rows.mappings().partitions():
                filling.execute(sa.insert(table), [dict(row) for row in portion])
                if progress is not None and table is events:
                    copied += len(portion)
                    progress(copied, head["position"])
        filling.execute(sa.update(log_head).values(**head))
    return int(head["position"])
