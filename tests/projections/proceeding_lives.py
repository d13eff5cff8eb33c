"""Any life of a proceeding: commands, sensible or not, and what the law let into the log."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from disclosure.event import Event
from disclosure.law import Law
from disclosure.proceeding_commands import (
    AppealLawsuit,
    ConcludeLawsuit,
    ConcludeReconsideration,
    FileLawsuit,
    FileReconsideration,
    ProceedingCommand,
)
from disclosure.proceeding_state import ProceedingState, evolve_proceeding, proceeding_expiries
from disclosure.proceedings import decide_proceeding
from disclosure.refusals import Refused
from tests.disclosure.facts import AGENCY
from tests.disclosure.proceeding_specification import CASE
from tests.disclosure.specification import LAW

FIRST = date(2023, 1, 2)

_RESULTS = st.sampled_from(["upheld", "corrected", "other"])
_FILINGS: st.SearchStrategy[tuple[type[ProceedingCommand], dict[str, Any]]] = st.one_of(
    st.just((FileReconsideration, {})),
    st.sampled_from([True, False]).map(
        lambda after: (FileLawsuit, {"after_reconsideration": after})
    ),
)
_STEPS: st.SearchStrategy[tuple[type[ProceedingCommand], dict[str, Any]]] = st.one_of(
    _FILINGS,
    _RESULTS.map(lambda result: (ConcludeReconsideration, {"result": result})),
    _RESULTS.map(lambda result: (ConcludeLawsuit, {"result": result})),
    st.just((AppealLawsuit, {})),
)


@st.composite
def proceeding_lives(draw: st.DrawFn, law: Law = LAW) -> list[list[Event]]:
    """Make the events of one proceeding, a command at a time; some limits pass on the way."""
    state = ProceedingState()
    told: list[list[Event]] = []
    day = FIRST
    for kind, fields in [draw(_FILINGS), *draw(st.lists(_STEPS, max_size=8))]:
        day += timedelta(days=draw(st.integers(0, 300)))
        commands = [kind(agency=AGENCY, case=CASE, on=day, **fields)]
        for expiry in proceeding_expiries(state):
            if expiry.on <= day and draw(st.booleans()):
                commands.insert(0, expiry.command(AGENCY, CASE))
        for command in commands:
            try:
                events = decide_proceeding(state, command, law)
            except Refused:
                continue
            for event in events:
                state = evolve_proceeding(state, event)
            told.append(events)
    return [events for events in told if events]
