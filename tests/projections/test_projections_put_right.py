"""A wrong day of receipt, put right at whatever moment, leaves nothing behind but its history."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import event as noted
from hypothesis import given, settings

from disclosure.addresses import case_stream
from disclosure.answer_period import ledger
from disclosure.deadlines import period_facts
from disclosure.event import Event
from eventstore import Projection
from projections import CaseRegister, RequestFacts, Worklist
from projections.annual_statistics import count_table_three
from tests.disclosure.facts import AGENCY, CASE
from tests.disclosure.put_right import TOLD, Life, Told, put_right_later, right_from_the_start
from tests.disclosure.specification import LAW
from tests.projections.folded import facts_from, only_row

OF_HISTORY = {"stream_version", "position", "state"}
"""Columns that say how it came about."""


YEARS = (2024, 2025, 2026)


def line(projection: Projection, events: Iterable[Event]) -> dict[str, Any]:
    row = only_row(projection, case_stream(AGENCY, CASE), events)
    shown = {name: value for name, value in row.items() if name not in OF_HISTORY}
    if "flags" in shown:
        shown["flags"] = set(shown["flags"].split())
    return shown


def shown(life: Life) -> dict[str, Any]:
    """Return everything a reader is shown of a request, and what will run out of itself."""
    facts = period_facts(life.record.state)
    return {
        "register": line(CaseRegister(), life.events),
        "worklist": line(Worklist(), life.events),
        "facts": line(RequestFacts(), life.events),
        "cells": [
            count_table_three(facts_from([life.events]), year) for year in (2024, 2025, 2026)
        ],
        "ledger": ledger(facts, LAW.calendar) if facts else [],
        "limits": list(life.record.expiries()),
    }


@settings(max_examples=400)
@given(TOLD)
def test_a_request_put_right_later_is_shown_as_one_that_was_right_from_the_start(
    told: Told,
) -> None:
    right, taken = right_from_the_start(told)
    late = put_right_later(told, taken)
    late.lives_until(right.today)
    right.lives_until(late.today)
    noted(f"closed: {right.record.closed}, flagged: {bool(shown(right)['register']['flags'])}")
    assert shown(late) == shown(right)


@settings(max_examples=100)
@given(TOLD)
def test_the_due_date_shown_is_the_last_day_of_the_ledger_shown(told: Told) -> None:
    life = put_right_later(told, right_from_the_start(told)[1])
    due = shown(life)["register"]["due_on"]
    if due is not None:
        assert shown(life)["ledger"][-1].day == due


def test_a_day_of_receipt_put_right_after_the_answer_moves_the_year_and_the_limit() -> None:
    told = Told(
        field="confirmed_on",
        right=date(2025, 12, 30),
        wrong=date(2026, 1, 4),
        steps=(),
        corrections=(),
    )
    life = put_right_later(told, [])
    assert shown(life)["cells"][1]["new"]["natural_person"] == 1
    assert shown(life)["register"]["due_on"] == LAW.calendar.after(told.right, 20).day
    life.lives_until(told.right + timedelta(days=60))
    assert shown(life)["register"]["overdue"]
