"""Imported first in a process, it sets every clock Python has more than a year ahead.

For proof that a file holds no time of its making: whoever asks for the day gets another one.
"""

import datetime as dt
import time
from typing import Any

_AHEAD = 400 * 86_400
"""Seconds."""

_now, _local, _utc = time.time, time.localtime, time.gmtime


def _time() -> float:
    return _now() + _AHEAD


class _LikeThose(type):
    """Lets what was made before, and what C makes, pass for the classes put in their place."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])


class _Instant(dt.datetime, metaclass=_LikeThose):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        return cls.fromtimestamp(_time(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.now(dt.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


class _Day(dt.date, metaclass=_LikeThose):
    @classmethod
    def today(cls) -> Any:
        return cls.fromtimestamp(_time())


def _set_ahead() -> None:
    clocks: dict[Any, dict[str, Any]] = {
        time: {
            "time": _time,
            "localtime": lambda at=None: _local(_time() if at is None else at),
            "gmtime": lambda at=None: _utc(_time() if at is None else at),
        },
        dt: {"datetime": _Instant, "date": _Day},
    }
    for module, functions in clocks.items():
        vars(module).update(functions)


_set_ahead()
