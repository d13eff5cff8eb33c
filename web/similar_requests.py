"""Earlier requests like the one at hand (重复申请): by applicant, and by wording.

条例 Art. 36(6): where an applicant asks again for the same information that has been answered, they
are told that it is not processed twice. Whether it is the same, a person decides; this only finds.
Shown are references, dates and results: no name, no wording.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from disclosure.law import Law
from disclosure.outcomes import Outcome
from disclosure.receipt import applicant_ref
from disclosure.state import Stage
from projections import ApplicantItems, CaseRegister
from web.office import Office

MOST: Final = 8
SAME: Final = 0.75
"""Likeness from which the page speaks of a repetition."""


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """An earlier request.

    Attributes:
        same_applicant: whether applicant and agency are the same.
        likeness: of the wording, 0 where it is not alike or was not compared.
    """

    case: str
    submitted_on: date | None
    stage: str
    outcome: str
    closed_on: date | None
    same_applicant: bool
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness for people."""
        return round(self.likeness * 100)

    @property
    def may_be_repeated(self) -> bool:
        """Whether 条例 Art. 36(6) may be meant: same applicant, same words, already answered."""
        return self.same_applicant and self.likeness >= SAME and self.closed_on is not None


def similar_requests(
    office: Office,
    agency: str,
    law: Law,
    *,
    name: str,
    id_number: str,
    alike: Mapping[str, float],
) -> list[SimilarRequest]:
    """Return earlier requests of the same applicant, and such with similar wording.

    Args:
        office: the office.
        agency: whose requests.
        law: in force, for the pseudonym.
        name: of the applicant.
        id_number: of the applicant; a request recorded with a name alone is found by the name.
        alike: likeness of the wording by stream, see `web.finding`.
    """
    identities = [each for each in (id_number, name) if each.strip()]
    refs = [applicant_ref(agency, each, law) for each in identities]
    rows = _rows(office, agency, refs, list(alike))
    found = [
        _similar(row, same_applicant=row["applicant_ref"] in refs, likeness=alike.get(stream, 0.0))
        for stream, row in rows.items()
    ]
    found.sort(key=lambda one: (one.submitted_on or date.min, one.case), reverse=True)
    found.sort(key=lambda one: (one.same_applicant, one.likeness), reverse=True)
    return found[:MOST]


def _rows(
    office: Office, agency: str, refs: Sequence[str], streams: Sequence[str]
) -> Mapping[str, Mapping[str, Any]]:
    items, cases = ApplicantItems.table.c, CaseRegister.table.c
    known = (
        sa.select(
            cases.stream,
            cases.case_reference,
            cases.submitted_on,
            cases.stage,
            cases.outcome,
            cases.closed_on,
            items.applicant_ref,
        )
        .join_from(CaseRegister.table, ApplicantItems.table, cases.stream == items.stream)
        .order_by(cases.submitted_on.desc(), cases.stream.desc())
    )
    same = known.where(items.agency == agency, items.applicant_ref.in_(refs)).limit(MOST * 4)
    worded = known.where(cases.agency == agency, cases.stream.in_(streams))
    with office.parts.engine.connect() as connection:
        found = [
            dict(row)
            for wanted, asked in ((same, refs), (worded, streams))
            if asked
            for row in connection.execute(wanted).mappings()
        ]
    return {row["stream"]: row for row in found}


def _similar(row: Mapping[str, Any], *, same_applicant: bool, likeness: float) -> SimilarRequest:
    outcome = row["outcome"]
    return SimilarRequest(
        case=row["case_reference"],
        submitted_on=row["submitted_on"],
        stage=Stage(row["stage"]).label,
        outcome=Outcome(outcome).label if outcome else "",
        closed_on=row["closed_on"],
        same_applicant=same_applicant,
        likeness=likeness,
    )
