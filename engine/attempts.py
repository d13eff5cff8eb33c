"""Sending an update until it is answered, and what its refusal means to whoever asked."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio.client import (
    RPCError,
    RPCStatusCode,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError

from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from workflows.names import FAULT, LOG_BEHIND, REFUSED

Answer = TypeVar("Answer")

_ATTEMPTS = 5

_PASSING = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.ABORTED,
    # What the server answers while a workflow's last task has failed and is about to be repeated.
    RPCStatusCode.FAILED_PRECONDITION,
}


async def answered(send: Callable[[], Awaitable[Answer]]) -> Answer:
    """Send, and send again where the answer was lost; the same update id makes that harmless.

    Raises:
        Refused: what was asked cannot be true.
        CommandFailedError: the engine or the log could not take it.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return await send()
        except WorkflowUpdateFailedError as error:
            raise as_ours(error.cause) from None
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            # The SDK says "timed out" to a task that is cancelled, and takes the cancelling away.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from error
            passing = not isinstance(error, RPCError) or error.status in _PASSING
            if not passing or attempt == _ATTEMPTS - 1:
                raise CommandFailedError("引擎没有应答，请稍后重试") from error
            await asyncio.sleep(0.2 * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def as_ours(cause: BaseException | None) -> Exception:
    """Return what a failed update means: a refusal, or that it could not be carried out."""
    while cause is not None:
        if isinstance(cause, ApplicationError):
            if cause.type == REFUSED:
                code, field = (*cause.details, "do", "do")[:2]
                return Refused(str(code), str(field), cause.message)
            if cause.type in {FAULT, LOG_BEHIND}:
                return CommandFailedError(cause.message)
        cause = cause.__cause__ if cause.__cause__ is not None else getattr(cause, "cause", None)
    return CommandFailedError("引擎未能执行该操作，请查看日志")
