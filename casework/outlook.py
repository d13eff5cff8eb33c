"""What lies ahead of a request: what can be done now, what its period rests on, what may follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from disclosure.answer_period import LedgerDay, ledger
from disclosure.deadlines import period_facts
from disclosure.remedies import Remedy, RemedyBodies, remedy
from disclosure.state import RequestState
from disclosure.steps import NextStep, next_steps
from engine.parts import Parts
from projections import Agencies
from projections.case_register import state_of
from records.holiday_notices import calendar_of_version
from workdays import Calendar, date_in_shanghai
from workflows.law_in_force import current_law


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the law says of a request as it stands.

    Attributes:
        steps: what can be done today.
        remedy: against its result; None while it has none.
        ledger: each day from receipt to the due date; empty before receipt.
    """

    steps: Sequence[NextStep]
    remedy: Remedy | None
    ledger: Sequence[LedgerDay]


def outlook(parts: Parts, row: Mapping[str, Any]) -> Outlook:
    """Work out what lies ahead of a request from its row of the register."""
    state, law = state_of(row), current_law()
    today = date_in_shanghai(datetime.now(UTC))
    facts = period_facts(state)
    return Outlook(
        steps=next_steps(state, today, law),
        remedy=_remedy(parts, row["agency"], state),
        ledger=ledger(facts, _counted_with(parts, state) or law.calendar) if facts else (),
    )


def _counted_with(parts: Parts, state: RequestState) -> Calendar | None:
    """Return the calendar a closed request was counted with: it is not worked out again."""
    if not state.closed or state.clock is None:
        return None
    return calendar_of_version(parts.log, state.clock.calendar)


def outlook_document(seen: Outlook) -> dict[str, Any]:
    """Return it as plain JSON values."""
    return {
        "next_steps": [
            {
                "verb": each.step.verb,
                "label": each.step.label,
                "article": each.step.article,
                "flags": [flag.value for flag in each.flags],
            }
            for each in seen.steps
        ],
        "remedy": None
        if seen.remedy is None
        else {
            "reconsideration_first": seen.remedy.reconsideration_first,
            "text": seen.remedy.text,
        },
    }


def ledger_document(days: Sequence[LedgerDay]) -> list[dict[str, Any]]:
    """Return a ledger as plain JSON values."""
    return [
        {"date": day.day.isoformat(), "counted": day.counted, "reason": day.reason} for day in days
    ]


def numbered(days: Sequence[LedgerDay]) -> list[tuple[LedgerDay, int | None]]:
    """Return each day of a ledger with which counted one it is; None where it does not count."""
    nth = count(1)
    return [(day, next(nth) if day.counted else None) for day in days]


def remedy_bodies(parts: Parts, agency: str) -> RemedyBodies:
    """Return where to turn against an agency's decisions, in general words where it named none."""
    agencies = Agencies.table.c
    with parts.engine.connect() as connection:
        row = connection.execute(
            sa.select(agencies.reconsideration_body, agencies.court).where(
                agencies.agency == agency
            )
        ).one_or_none()
    general = RemedyBodies()
    return RemedyBodies(
        reconsideration_body=(row and row.reconsideration_body) or general.reconsideration_body,
        court=(row and row.court) or general.court,
    )


def _remedy(parts: Parts, agency: str, state: RequestState) -> Remedy | None:
    if state.outcome is None or state.closed_on is None:
        return None
    return remedy(state.outcome, state.closed_on, remedy_bodies(parts, agency))
