"""The chain of digests (哈希链) that makes a changed row visible.

What it proves: no row of a stream was changed, removed from its middle or put into it
since it was recorded, unless every later row of that stream was written anew as well.
What it does not prove: that the last rows of a stream were never there. Against that,
keep the newest digests outside (the published report carries its log position and its
own digest).
"""

import hashlib
from datetime import datetime

from eventstore.columns import instant_text
from eventstore.events import NewEvent, RecordedEvent

TRUSTED_ALGORITHMS = frozenset({"sha256", "sm3"})
"""Names for ``hashlib.new``. SM3 is GB/T 32905-2016, where the platform offers it."""

FIRST = ""
"""What stands before the first event of a stream."""

_DOMAIN = b"gongkai.event.1"


def chained_digest(
    algorithm: str,
    previous: str,
    stream: str,
    version: int,
    recorded_at: datetime,
    *,
    event: NewEvent | RecordedEvent,
) -> str:
    """Return ``algorithm:hex`` over the previous digest and every column but the position.

    The input is a row of netstrings (``<length in bytes in decimal>:<bytes>,``), so that
    no two rows are written alike: the literal ``gongkai.event.1``; the digest of the
    event before in the same stream, with its algorithm (empty for the first); stream;
    version in decimal; event id in lower case with hyphens; type; schema in decimal;
    legal date as YYYY-MM-DD; recorded_at in UTC as YYYY-MM-DDTHH:MM:SS.ffffff+00:00;
    actor; command id; data; sealed. Text is UTF-8. A missing ``sealed`` is written as a
    single ``-`` in place of its netstring.

    The position is left out: it belongs to the log, not to the fact, and a stream moved
    into another log keeps its chain.

    Raises:
        ValueError: the platform does not know the algorithm.
    """
    parts = (
        _DOMAIN,
        previous.encode(),
        stream.encode(),
        b"%d" % version,
        str(event.event_id).encode(),
        event.type.encode(),
        b"%d" % event.schema,
        event.legal_date.isoformat().encode(),
        instant_text(recorded_at).encode(),
        event.actor.encode(),
        event.command_id.encode(),
        event.data,
    )
    text = b"".join([b"%d:%b," % (len(part), part) for part in parts])
    text += b"-" if event.sealed is None else b"%d:%b," % (len(event.sealed), event.sealed)
    return f"{algorithm}:{hashlib.new(algorithm, text).hexdigest()}"


def algorithm_of(digest: str) -> str | None:
    """Return the algorithm a digest names, None when it is not one to be trusted."""
    algorithm, _, _ = digest.partition(":")
    return algorithm if algorithm in TRUSTED_ALGORITHMS else None
