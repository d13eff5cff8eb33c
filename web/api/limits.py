"""How often a program may call: a bucket of calls each, filled steadily, in this process.

Several web processes have a bucket each, so a program may call as often at each of them.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limits:
    """The buckets of all programs.

    Args:
        clock: seconds, from any instant on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def wait_of(self, name: str, per_minute: int) -> int:
        """Take a call out of a program's bucket; return the seconds to wait where it is empty."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.setdefault(name, _Bucket(per_minute, now))
            gained = (now - bucket.at) * per_minute / 60
            bucket.left, bucket.at = min(per_minute, bucket.left + gained), now
            if bucket.left >= 1:
                bucket.left -= 1
                return 0
            return max(1, ceil((1 - bucket.left) * 60 / per_minute))
