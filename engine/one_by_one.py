"""Doing the same for many requests, where one that cannot be done holds up no other."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import DBAPIError
from temporalio.client import RPCError, RPCStatusCode

from engine.errors import CommandFailedError

_AWAY = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.UNAUTHENTICATED,
    RPCStatusCode.PERMISSION_DENIED,
}
"""Answers that say something of the engine, and nothing of what it was asked."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Handled:
    """What became of many.

    Attributes:
        started: those for which something was done; some needed nothing.
        failed: those left aside, in order; the log says why.
    """

    started: int = 0
    failed: list[str] = field(default_factory=list)


async def one_by_one(
    names: Collection[str],
    do: Callable[[str], Awaitable[bool]],
    *,
    at_once: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Handled:
    """Do something for each name; one that cannot be done is logged by its name and left aside.

    Args:
        names: streams or agencies, which never name a person.
        do: returns whether there was anything to do.
        at_once: how many are in flight together.
        progress: told how many of how many are through.

    Raises:
        CommandFailedError: the engine is away.
        DBAPIError: the database is.
    """
    handled, through = Handled(), 0
    waiting = iter(names)

    async def take_turns() -> None:
        nonlocal through
        for name in waiting:
            if await _done(name, do, handled.failed):
                handled.started += 1
            through += 1
            if progress is not None:
                progress(through, len(names))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(names))):
                group.create_task(take_turns())
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    handled.failed.sort()
    return handled


async def _done(name: str, do: Callable[[str], Awaitable[bool]], failed: list[str]) -> bool:
    try:
        return await do(name)
    except DBAPIError:
        raise
    except Exception as error:
        if isinstance(error, RPCError) and error.status in _AWAY:
            raise CommandFailedError("引擎没有应答，请稍后重试") from error
        # Its own text is left out: it may quote what somebody entered.
        status = error.status.name if isinstance(error, RPCError) else ""
        _log.error("left aside", name=name, kind=type(error).__name__, status=status)
        failed.append(name)
        return False
