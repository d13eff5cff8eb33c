"""救济途径: what an applicant may do against a reply, and within which time.

Reconsideration (行政复议) within 60 days at the body named, or a lawsuit (行政诉讼) within six
months at the court named. Since 2024-01-01 a refusal to disclose is reconsidered first
(行政复议法第二十三条第一款第四项); then there are 15 days to sue, and no direct lawsuit. Procedural
notices (补正, 延期, 征询, 收费) carry no such paragraph.
"""

from dataclasses import dataclass
from datetime import date

from disclosure.outcomes import Outcome

RECONSIDERATION_FIRST_SINCE = date(2024, 1, 1)
"""The day the revised 行政复议法 came into force."""

REFUSALS = frozenset(
    {
        Outcome.PARTIAL,
        Outcome.STATE_SECRET,
        Outcome.PROHIBITED_BY_LAW,
        Outcome.THREE_SECURITIES_ONE_STABILITY,
        Outcome.THIRD_PARTY_RIGHTS,
        Outcome.INTERNAL_AFFAIRS,
        Outcome.PROCESS_INFORMATION,
        Outcome.ENFORCEMENT_FILE,
    }
)
"""Refusals on 条例 Art. 14, 15 or 16; in a partial disclosure the refused part is one."""


@dataclass(frozen=True, slots=True)
class RemedyBodies:
    """Where to turn; settings of the agency, general words where it has named none."""

    reconsideration_body: str = "有管辖权的行政复议机关"
    court: str = "有管辖权的人民法院"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The paragraph, and what it says.

    Attributes:
        reconsideration_first: no direct lawsuit.
        text: as it stands in the reply.
    """

    reconsideration_first: bool
    text: str


def remedy(outcome: Outcome, decided_on: date, bodies: RemedyBodies) -> Remedy:
    """Return the remedy against a reply with this result, given on this day."""
    first = outcome in REFUSALS and decided_on >= RECONSIDERATION_FIRST_SINCE
    return Remedy(first, (_FIRST if first else _EITHER).format(bodies=bodies))


_FIRST = (
    "如对本答复不服，根据《中华人民共和国行政复议法》第二十三条第一款第四项的规定，"
    "应当自收到本答复之日起六十日内先向{bodies.reconsideration_body}申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内"
    "向{bodies.court}提起行政诉讼。"
)
_EITHER = (
    "如对本答复不服，可以自收到本答复之日起六十日内向{bodies.reconsideration_body}申请行政复议，"
    "或者自收到本答复之日起六个月内向{bodies.court}提起行政诉讼。"
)
