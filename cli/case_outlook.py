"""What lies ahead of a request: what can be done now, what its period rests on, what may follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from rich import box
from rich.table import Table

from cli.output import out, say
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


def print_outlook(seen: Outlook, *, with_ledger: bool) -> None:
    """Print it for a person."""
    if seen.remedy is not None:
        say(f"救济途径：{seen.remedy.text}")
    if with_ledger:
        print_ledger(seen.ledger)
    if seen.steps:
        out.print(_steps_table(seen.steps))


def print_ledger(days: Sequence[LedgerDay]) -> None:
    """Print each day, counted or not, and why."""
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("日期", "计入", "原因"):
        table.add_column(head)
    counted = 0
    for day in days:
        counted += day.counted
        table.add_row(day.day.isoformat(), str(counted) if day.counted else "", day.reason)
    out.print(table)


def _steps_table(steps: Sequence[NextStep]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="现在可以办理", title_justify="left")
    table.add_column("事项", no_wrap=True)
    table.add_column("命令", no_wrap=True)
    table.add_column("依据和提示", overflow="fold")
    for each in steps:
        words = [each.step.article, *(f"⚑ {flag.words}" for flag in each.flags)]
        table.add_row(each.step.label, each.step.verb.replace("_", "-"), "\n".join(words))
    return table


def _remedy(parts: Parts, agency: str, state: RequestState) -> Remedy | None:
    if state.outcome is None or state.closed_on is None:
        return None
    agencies = Agencies.table.c
    with parts.engine.connect() as connection:
        row = connection.execute(
            sa.select(agencies.reconsideration_body, agencies.court).where(
                agencies.agency == agency
            )
        ).one_or_none()
    general = RemedyBodies()
    bodies = RemedyBodies(
        reconsideration_body=(row and row.reconsideration_body) or general.reconsideration_body,
        court=(row and row.court) or general.court,
    )
    return remedy(state.outcome, state.closed_on, bodies)
