"""What the halves of `evolve` share: the shape of a step, and the dates a fact moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.state import RequestState

Evolve = Callable[[RequestState, Any], RequestState]
"""Return the state after one event."""


def moved(state: RequestState, on: date) -> RequestState:
    """Return the state with a fact of this day behind it."""
    return replace(
        state,
        latest_on=max(on, state.latest_on or on),
        first_step_on=min(on, state.first_step_on or on),
    )
