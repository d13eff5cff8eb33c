"""期限重新计算 of proceedings: a limit in calendar days rolls forward over other days of rest."""

from collections.abc import Iterable
from datetime import date

from disclosure.event import Event
from disclosure.law import Law
from disclosure.proceeding_events import ProceedingLimitRecalculated
from disclosure.proceeding_limits import limit_from
from disclosure.proceeding_state import fold_proceeding, proceeding_expiries


def recalculated_proceeding(
    events: Iterable[Event], on: date, law: Law
) -> list[ProceedingLimitRecalculated]:
    """Return what changes in a proceeding under the calendar of `law`; nothing where nothing does.

    Args:
        events: the proceeding's whole stream, oldest first.
        on: legal date of the recalculation.
        law: with the calendar that is in force from now on.
    """
    state = fold_proceeding(events)
    running = state.limit
    if running is None or state.latest_on is None or not proceeding_expiries(state):
        return []
    again = limit_from(running.what, state.latest_on, law)
    if (again.due_on, again.provisional) == (running.due_on, running.provisional):
        return []
    return [ProceedingLimitRecalculated(on=on, limit=again)]
