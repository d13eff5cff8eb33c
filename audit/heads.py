"""The heads of tables three and four: which columns they name, and in which order.

Patterns run over text folded by ``audit.recognition_text.squeezed``, as those of the labels do.
"""

import re
from collections.abc import Mapping

from audit.labels import APPLICANTS, ORGANISATIONS, PROCEEDINGS
from disclosure.outcomes import COLUMNS
from reporting.tables import PROCEEDING_GROUPS, PROCEEDING_STATES

APPLICANTS_HEAD = "申请人情况"
"""The head over all columns but 总计."""

MAX_HEAD = 12
"""No head of one column is longer, in characters."""

OTHER_HEAD = re.compile(r"其他(?:组织|机构|法人)?")
"""The head of the last kind of organisation; 其他 stands in labels of other tables too."""

_STATE_WORDS = re.compile(r"(结果维持)|(结果纠正)|(其他结果)|(尚未审结)|(总计|合计)")


def applicant_order(words: str) -> tuple[str, ...] | None:
    """Return the columns of table three in the order of a head, or None where it names too few.

    The head of the form has two storeys (法人或其他组织 over five kinds), so the words run from
    storey to storey: 总计 stands before the kinds and is the last column all the same.
    """
    flat = re.sub(ORGANISATIONS, "□", words)
    places = _places(APPLICANTS, flat)
    kinds = sorted(set(COLUMNS[1:-1]) & places.keys(), key=lambda code: places[code])
    if len(kinds) < len(COLUMNS) - 2 or COLUMNS[0] not in places:
        return None
    organisations = flat.find("□") if "□" in flat else places[kinds[0]]
    natural_first = places[COLUMNS[0]] < organisations
    order = [COLUMNS[0], *kinds] if natural_first else [*kinds, COLUMNS[0]]
    if COLUMNS[-1] not in places:
        return tuple(order)
    above = flat.find(APPLICANTS_HEAD)
    leading = above if above >= 0 else min(organisations, places[COLUMNS[0]])
    total_first = places[COLUMNS[-1]] < leading
    return (COLUMNS[-1], *order) if total_first else (*order, COLUMNS[-1])


def order_is_doubtful(words: str) -> bool:
    """Whether the columns a torn head still names stand in another order than the form's."""
    flat = re.sub(ORGANISATIONS, "", words)
    named = ("natural_person", "business", "research", "social_welfare", "legal_service")
    places = [found.start() for code in named if (found := re.search(APPLICANTS[code], flat))]
    return places != sorted(places)


def applicant_of(words: str) -> str | None:
    """Return the one column a head cell names, or None."""
    if len(words) > MAX_HEAD or re.search(ORGANISATIONS, words):
        return None
    named = [code for code, pattern in APPLICANTS.items() if re.search(pattern, words)]
    if named == ["other_org"] and not OTHER_HEAD.fullmatch(words):
        return None
    return named[0] if len(named) == 1 else None


def state_order(words: str) -> tuple[str, ...] | None:
    """Return the states of table four in the order of its head; None where that is not whole."""
    order: list[str] = []
    for match in _STATE_WORDS.finditer(words):
        state = PROCEEDING_STATES[(match.lastindex or 1) - 1]
        if state in order:
            order = []
        order.append(state)
        if len(order) == len(PROCEEDING_STATES):
            return tuple(order)
    return None


def proceeding_order(words: str) -> tuple[str, ...]:
    """Return the groups of table four in the order of its head, the form's where it says none."""
    flat = re.sub(r"行政法?复议、?(?:提起)?行政诉讼", "", words)
    places = _places(PROCEEDINGS, flat)
    if len(places) < len(PROCEEDING_GROUPS):
        return PROCEEDING_GROUPS
    court = flat.find("行政诉讼")
    if court >= 0:
        places = {
            code: court + place if code != PROCEEDING_GROUPS[0] else place
            for code, place in places.items()
        }
    return tuple(sorted(PROCEEDING_GROUPS, key=places.__getitem__))


def _places(patterns: Mapping[str, str], words: str) -> dict[str, int]:
    """Return where each code is first named."""
    return {
        code: match.start()
        for code, pattern in patterns.items()
        if (match := re.search(pattern, words))
    }
