"""Unwrapped data keys in memory: few, and not for long."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final

CAPACITY: Final = 32_768
"""Keys held, about 10 MB when full. More speeds up imports that run over larger batches;
less keeps fewer keys in memory."""

SECONDS: Final = 60.0
"""How long a key may be used without a look at the table: the longest time in which another
process can still open what was erased here. Shorter costs one SELECT a stream and expiry."""


class RememberedKeys:
    """The least recently used go first; each is forgotten after `SECONDS` whatever its use."""

    def __init__(
        self, clock: Callable[[], float], capacity: int = CAPACITY, seconds: float = SECONDS
    ) -> None:
        self._clock, self._capacity, self._seconds = clock, capacity, seconds
        self._keys: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def get(self, stream: str) -> bytes | None:
        """Return the key, or None when it is not held (any more)."""
        with self._lock:
            held = self._keys.get(stream)
            if held is None:
                return None
            until, key = held
            if self._clock() >= until:
                del self._keys[stream]
                return None
            self._keys.move_to_end(stream)
            return key

    def put_all(self, keys: Mapping[str, bytes | None]) -> None:
        """Hold these keys; None, an erased one, is not held."""
        with self._lock:
            until = self._clock() + self._seconds
            for stream, key in keys.items():
                if key is not None:
                    self._keys[stream] = (until, key)
                    self._keys.move_to_end(stream)
            while len(self._keys) > self._capacity:
                self._keys.popitem(last=False)

    def drop(self, stream: str) -> None:
        """Forget one key now."""
        with self._lock:
            self._keys.pop(stream, None)

    def __len__(self) -> int:
        return len(self._keys)
