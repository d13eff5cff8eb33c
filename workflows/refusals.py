"""The one wrapper between a handler and the engine.

Only an `ApplicationError` refuses an update. Any other exception fails the workflow task, which
the engine repeats for ever: the request would be jammed for good. So a refusal of the law and even
a mistake of ours leave a handler as an ApplicationError, and the request goes on.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar, cast

from temporalio import workflow
from temporalio.exceptions import ApplicationError, FailureError

from disclosure.refusals import Refused
from workflows.names import FAULT, REFUSED

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Any]])


def refusal(refused: Refused) -> ApplicationError:
    """Return a refusal as the engine carries it."""
    return ApplicationError(
        refused.message,
        refused.code,
        refused.field,
        type=REFUSED,
        non_retryable=True,
    )


def answers_refusals(handler: Handler) -> Handler:
    """Wrap an update handler: whatever goes wrong in it refuses the update, nothing more."""

    @wraps(handler)
    async def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return await handler(*args, **kwargs)
        except FailureError:
            raise
        except Refused as refused:
            raise refusal(refused) from None
        except Exception as mistake:  # noqa: BLE001 - see the module: anything else jams the request
            # The text may quote what was entered; only the kind of the mistake leaves.
            workflow.logger.error("handler failed: %s", type(mistake).__name__)
            raise ApplicationError(
                f"程序出错（{type(mistake).__name__}），该操作未执行，请联系系统管理员",
                type=FAULT,
                non_retryable=True,
            ) from None

    return cast("Handler", wrapped)
