"""The people of an invented office, on a clock that moves when told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from people import Doer, Policy

OPERATOR = Doer("os:test")
ADDRESS = "192.0.2.7"
PASSWORD = "Correct-horse-7"
POLICY = Policy(hashing_memory=64, hashing_time=1)
"""As in production, but passwords are hashed as cheaply as argon2 allows."""


@dataclass
class Clock:
    """What time it is; it moves when told."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)
