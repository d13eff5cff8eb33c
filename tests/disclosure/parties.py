"""Requests on which somebody was asked (征询), and what a test says of those who were.

Received on 17 September 2025, answered by 21 October. The letter of 22 September is the 3rd working
day: fifteen more end on 17 October, the 18th.
"""

from disclosure.event import Event
from tests.disclosure.facts import consult, consult_agency, expire, register
from tests.disclosure.specification import Given, When, given

ANOTHER = "（虚构）另一公司"
RECEIVED = given(register("2025-09-17"))
ASKED = given(register("2025-09-17"), consult("2025-09-22"))
ASKED_AGENCY = given(register("2025-09-17"), consult_agency("2025-09-22"))


def ref_of(request: Given, which: int = -1) -> str:
    """Return a consulted party's pseudonym, the last one's by default."""
    return request.state.consultations[which].party_ref


def silent(request: Given, on: str = "2025-10-18", which: int = -1) -> When:
    """Let a party's time run out."""
    return request.when(expire("consultation", on, ref_of(request, which)))


def only(happened: tuple[Event, ...]) -> Event:
    (event,) = happened
    return event
