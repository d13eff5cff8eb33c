"""A year of an agency for the pages about figures and reports: few requests, each of a kind."""

from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from engine.parts import Parts
from eventstore.schema import events
from tests.activities.desk import decided, enter, request
from tests.web.offices import COMMERCE

YEAR = 2025


def record(parts: Parts, folder: Path, *lines: dict[str, Any], agency: str = COMMERCE) -> None:
    """Import entry lines of an agency."""
    enter(parts, folder, *({"agency": agency, **line} for line in lines))


def a_year(parts: Parts, folder: Path) -> None:
    """Record a year: three answered, one of them late, one open, one withdrawn, and a lawsuit."""
    record(
        parts,
        folder,
        request("甲-1", "2025-03-03"),
        decided("甲-1", "2025-03-10"),
        request("甲-2", "2025-03-03", "business"),
        decided("甲-2", "2025-03-14", "refused.state_secret"),
        request("甲-3", "2025-09-01"),
        decided("甲-3", "2025-11-20", "partial"),
        request("甲/4", "2025-12-29"),
        request("甲-5", "2025-06-02"),
        {"do": "withdraw", "case": "甲-5", "on": "2025-06-04", "reason": "不再需要"},
        {"do": "file_lawsuit", "case": "行初-1", "on": "2025-04-01", "request": "甲-2"}
        | {"after_reconsideration": False},
        {"do": "record_decisions", "on": "2025-05-06", "kind": "permits", "count": 12},
        {"do": "record_fee_income", "on": "2025-05-06", "amount_yuan": "15000.50"},
    )


def recorded_on(parts: Parts, instant: datetime) -> None:
    """Make a log of SQLite as it would be, had everything so far been recorded at an instant.

    The log's clock only goes forward, and the database refuses this to everybody but a test.
    """
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
    with parts.engine.begin() as connection:
        standing = connection.execute(sa.text(guards)).all()
        for name, _ in standing:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(sa.update(events).values(recorded_at=instant))
        for _, guard in standing:
            connection.exec_driver_sql(guard)
