"""`gongkai serve` with two planted mistakes of ours, each quoting a person.

Deciding on an extension fails for good; the first write of every process fails once.
"""

import sys
from typing import Any

from cli.main import run
from disclosure import decider
from disclosure.request_commands import Extend
from eventstore import Appended
from records import RecordLog, Write


def _mistaken(_state: Any, command: Extend, _law: Any) -> Any:
    raise ValueError(f"cannot extend: {command!r}")


def _mistaken_once(log: RecordLog, write: Write) -> Appended:
    RecordLog.write = _write  # type: ignore[method-assign]
    raise RuntimeError(f"value too long: {write.events!r}") from ValueError(repr(log), write.events)


_write = RecordLog.write

if __name__ == "__main__":
    decider._VERBS[Extend] = _mistaken  # noqa: SLF001 - the mistake is planted where the law is
    RecordLog.write = _mistaken_once  # type: ignore[method-assign, assignment]
    sys.argv = ["gongkai", "serve"]
    run()
