"""Logs that behave as a real one does on a bad day: away, slow, or written to by others."""

import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from eventstore import Appended
from records import RecordLog, Write
from worker import Parts


class LogAway(RecordLog):
    """A log whose database does not answer the first few writes."""

    def __init__(self, parts: Parts, *, failures: int, lost_answers: int = 0) -> None:
        super().__init__(parts.store, parts.vault)
        self.failures = failures
        self.lost_answers = lost_answers

    def write(self, write: Write) -> Appended:
        """Fail before the write, or after it as when only the answer is lost."""
        if self.failures:
            self.failures -= 1
            raise OperationalError("insert", {}, OSError("connection refused"))
        written = super().write(write)
        if self.lost_answers:
            self.lost_answers -= 1
            raise OperationalError("commit", {}, OSError("connection reset"))
        return written


class SlowLog(RecordLog):
    """A log that keeps every write waiting until it is let through."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.store, parts.vault)
        self.reached = threading.Event()
        self.let_through = threading.Event()

    def write(self, write: Write) -> Appended:
        """Say that a write has come, and wait."""
        self.reached.set()
        assert self.let_through.wait(timeout=20)
        return super().write(write)


class SilentLog(RecordLog):
    """A log that writes and does not answer the first time, as when the worker is killed."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.store, parts.vault)
        self.let_go = threading.Event()
        self.writes = 0

    def write(self, write: Write) -> Appended:
        """Write; keep the first answer back."""
        written = super().write(write)
        self.writes += 1
        if self.writes == 1:
            assert self.let_go.wait(timeout=60)
        return written


class CrowdedLog(RecordLog):
    """A log to which somebody else writes just before each of our first writes."""

    def __init__(self, parts: Parts, others: list[Callable[[], object]]) -> None:
        super().__init__(parts.store, parts.vault)
        self._others = others

    def write(self, write: Write) -> Appended:
        """Let the next of the others go first."""
        if self._others:
            self._others.pop(0)()
        return super().write(write)
