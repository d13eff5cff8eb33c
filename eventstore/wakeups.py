"""How a reader learns that the log has grown.

PostgreSQL tells every process (LISTEN/NOTIFY, sent by a trigger with the commit). SQLite
has no such thing: readers in the writer's process are woken through a condition, others
find out by looking now and then. Looking is the net under both: a lost notification
costs a moment, never an event.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import sqlalchemy as sa

POLL_SECONDS = 0.5
"""How long a reader may sleep without looking by itself."""

_CHANNEL = "eventstore_appended"  # as in the trigger of revision 0001


class Wakeup(Protocol):
    """Wait for growth; ``grown`` looks into the database."""

    def announce(self) -> None:
        """Say that an append of this process has committed."""

    def wait(self, grown: Callable[[], bool], timeout: float) -> bool:
        """Return True as soon as ``grown`` says so, False after ``timeout`` seconds."""


def wakeup_for(engine: sa.Engine) -> Wakeup:
    """Choose the means by the database."""
    return Notified(engine) if engine.dialect.name == "postgresql" else Polled()


class Polled:
    """Wake readers of this process; let the others look by themselves."""

    def __init__(self) -> None:
        self._condition = threading.Condition()

    def announce(self) -> None:
        """Wake every waiting thread."""
        with self._condition:
            self._condition.notify_all()

    def wait(self, grown: Callable[[], bool], timeout: float) -> bool:
        """Sleep on the condition, and look every now and then."""
        end = time.monotonic() + timeout
        # Looked at under the condition's lock: an append between look and sleep cannot
        # announce itself to nobody.
        with self._condition:
            while not grown():
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(min(left, POLL_SECONDS))
        return True


class Notified:
    """Listen for what the database sends with each commit.

    Args:
        engine: a wait holds one connection of its pool.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def announce(self) -> None:
        """Leave it to the database, which notifies with the commit."""

    def wait(self, grown: Callable[[], bool], timeout: float) -> bool:
        """Sleep on the connection, and look every now and then."""
        if grown():
            return True
        end = time.monotonic() + timeout
        # Autocommit: a listener inside a transaction hears nothing, and keeps old rows alive.
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
            driver: Any = connection.connection.driver_connection
            try:
                # After LISTEN, so that an append in between is either seen or heard.
                while not grown():
                    left = end - time.monotonic()
                    if left <= 0:
                        return False
                    for _ in driver.notifies(timeout=min(left, POLL_SECONDS), stop_after=1):
                        pass
            finally:
                connection.exec_driver_sql(f"UNLISTEN {_CHANNEL}")
        return True
