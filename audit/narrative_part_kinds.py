"""What a part in a list is a part of: kinds of applicant, results, states, ways of asking."""

import re
from collections.abc import Sequence

from audit.clauses import Quantity
from audit.narrative_proceedings import STATE_AT_END
from audit.phrases import APPLICANTS_AT_END, RESULTS_AT_END

RESULT_GROUPS = {"granted", "partial", "refused", "unable", "not_processed", "other"}
COLUMNS = {"natural_person", "business", "research", "social_welfare", "legal_service", "other_org"}
STATES = {"upheld", "corrected", "other", "pending"}
COMPLETE = {"applicants": COLUMNS, "results": RESULT_GROUPS, "states": STATES}
WAYS = tuple(
    re.compile(words)
    for words in (
        r"网络|网上|互联网|在线|线上|网页",
        r"信函|邮寄|信件|挂号|来信",
        r"当面|现场|窗口|面交",
    )
)
"""Ways of asking (申请方式) none of which can be another."""


def kind_of(quantity: Quantity) -> str | None:
    """Return whether a part is one of ``applicants``, ``results`` or ``states``."""
    named = named_in(quantity)
    return named[0] if named else None


def named_in(quantity: Quantity) -> tuple[str, set[str]] | None:
    """Return the kind of a part and the members of the kind that it covers."""
    for pattern, columns in APPLICANTS_AT_END:
        if pattern.search(quantity.head):
            return "applicants", set(columns)
    for state_pattern, state in STATE_AT_END:
        if state_pattern.search(quantity.head):
            return "states", {state}
    for result_pattern, rows, _ in RESULTS_AT_END:
        if result_pattern.search(quantity.head):
            return "results", {row.partition(".")[0] for row in rows}
    return None


def ways_apart(parts: Sequence[Quantity]) -> int:
    """How many ways of asking are counted, 0 where one is counted twice or something else is."""
    words = [part.head if part.head.lstrip("其中") else part.tail for part in parts]
    ways = [[place for place, way in enumerate(WAYS) if way.search(said)] for said in words]
    apart = all(len(one) == 1 for one in ways) and len({one[0] for one in ways}) == len(parts)
    return len(parts) if apart else 0
