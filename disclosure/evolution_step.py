"""What the halves of `evolve` share: the shape of a step, and the dates a fact moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.state import RequestState

Evolve = Callable[[RequestState, Any], RequestState]
"""Return the state after one event."""


def judged_by_period(state: RequestState) -> bool:
    """Tell whether a closed request has a due date to be held against, as a lapse has not.

    Where it was withdrawn before receipt that date is still unknown.
    """
    return state.answer_due_on is not None or state.clock is None


def moved(state: RequestState, on: date) -> RequestState:
    """Return the state with a fact of this day behind it."""
    return replace(
        state,
        latest_on=max(on, state.latest_on or on),
        first_step_on=min(on, state.first_step_on or on),
    )
