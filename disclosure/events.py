"""Every kind of event the log may hold, by its type."""

from types import ModuleType

from disclosure import (
    agency_events,
    amendment_events,
    calendar_events,
    document_events,
    matter_events,
    proceeding_events,
    report_events,
    request_events,
    rollup_events,
)
from disclosure.event import Event, work_out


def _kinds_in(*modules: ModuleType) -> tuple[type[Event], ...]:
    """Return the events some modules define, in the order they define them."""
    return tuple(
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Event) and "type" in vars(kind)
    )


REQUEST_EVENTS = _kinds_in(request_events, matter_events, amendment_events)
PROCEEDING_EVENTS = _kinds_in(proceeding_events)
AGENCY_EVENTS = _kinds_in(agency_events)
REPORT_EVENTS = _kinds_in(report_events)
ROLLUP_EVENTS = _kinds_in(rollup_events)
DOCUMENT_EVENTS = _kinds_in(document_events)
CALENDAR_EVENTS = _kinds_in(calendar_events)

EVENTS: dict[str, type[Event]] = {
    kind.type: kind
    for kind in (
        *REQUEST_EVENTS,
        *PROCEEDING_EVENTS,
        *AGENCY_EVENTS,
        *REPORT_EVENTS,
        *ROLLUP_EVENTS,
        *DOCUMENT_EVENTS,
        *CALENDAR_EVENTS,
    )
}

work_out(*EVENTS.values())
