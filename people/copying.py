"""Accounts, roles and trail of one installation, copied into an empty one of either database."""

import sqlalchemy as sa

from eventstore import snapshot, writing
from people import clearance_schema, clients_schema, intake_schema  # noqa: F401 - their tables are copied too
from people.errors import PeopleError
from people.schema import accounts, failed_attempts, metadata, sessions, trail_head

_STAYS = {sessions, failed_attempts}
"""Who is signed in, is so on one machine at one time."""

_ROWS_A_PORTION = 1000


def copy_people(source: sa.Engine, target: sa.Engine) -> None:
    """Copy all that is kept of people, one snapshot of it, in one transaction.

    Args:
        source: a migrated database.
        target: a migrated database without accounts.

    Raises:
        PeopleError: the target has accounts; nothing was written.
    """
    with snapshot(source) as reading, writing(target) as filling:
        if filling.execute(sa.select(accounts.c.name).limit(1)).first():
            raise PeopleError("name", "这里已有账号，只能恢复到没有账号的系统")
        for table in metadata.sorted_tables:
            if table in _STAYS:
                continue
            rows = reading.execution_options(yield_per=_ROWS_A_PORTION).execute(sa.select(table))
            for portion in rows.mappings().partitions():
                if table is trail_head:
                    filling.execute(sa.update(table).values(**portion[0]))
                else:
                    filling.execute(sa.insert(table), [dict(row) for row in portion])
