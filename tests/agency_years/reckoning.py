"""Reckon tables two, three and four of a year from the plain facts (format of 〔2021〕30号).

Every cell of table three is counted by asking each request one question; no row is worked out
from another row, so that the identities between rows remain a check.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tests.agency_years import codes
from tests.agency_years.facts import Proceeding, Request, Result, Scenario

_YUAN_PER_10K: Final = Decimal(10000)


def tables(scenario: Scenario, year: int) -> dict[str, Any]:
    """Return `table2`, `table3` and `table4` of the year in the shape of `report.json`."""
    return {
        "table2": table2(scenario, year),
        "table3": table3(scenario.requests, year),
        "table4": table4(scenario.proceedings, year),
    }


def received_on(request: Request) -> date | None:
    """Return the day of receipt by channel (Art. 31), or none before the confirmation."""
    if request.channel in codes.IMMEDIATE_CHANNELS:
        return request.submitted_on
    if request.channel == codes.SIGNED_CHANNEL:
        return request.signed_on
    return request.confirmed_on


def standing_result(request: Request) -> Result | None:
    """Return the one result that stands; a result voided by reopening counts in no year."""
    standing = [result for result in request.results if not result.voided]
    assert len(standing) <= 1, request.case
    return standing[0] if standing else None


def is_open_after(request: Request, day: date) -> bool:
    """Tell whether the request is received and unanswered at 24:00 of `day`."""
    received, result = received_on(request), standing_result(request)
    if received is None or received > day:
        return False
    return result is None or result.on > day


def table3(requests: Iterable[Request], year: int) -> dict[str, dict[str, int]]:
    """Count requests: new by receipt, results by the day they count on, open at the year's ends."""
    received = [(day, one) for one in requests if (day := received_on(one)) is not None]
    known = [one for _, one in received]
    closed = [(_came_to(one, year), one) for one in known]
    return {
        "new": _by_column(one for day, one in received if day.year == year),
        "carried_in": _by_column(r for r in known if is_open_after(r, date(year - 1, 12, 31))),
        **{code: _by_column(one for came, one in closed if came == code) for code in codes.RESULTS},
        "total_handled": _by_column(one for came, one in closed if came),
        "carried_out": _by_column(r for r in known if is_open_after(r, date(year, 12, 31))),
    }


def _came_to(request: Request, year: int) -> str:
    """Say which result the request came to in the year, or nothing."""
    result = standing_result(request)
    return result.outcome if result is not None and result.on.year == year else ""


def _by_column(requests: Iterable[Request]) -> dict[str, int]:
    types = [request.applicant_type for request in requests]
    return {
        **{column: types.count(column) for column in codes.APPLICANT_TYPES},
        "total": len(types),
    }


def table4(proceedings: list[Proceeding], year: int) -> dict[str, dict[str, int]]:
    """Count proceedings by their own state in the year, whatever year their request was of."""
    return {
        group: _states([one for one in proceedings if one.group == group], year)
        for group in codes.PROCEEDING_GROUPS
    }


def _states(proceedings: list[Proceeding], year: int) -> dict[str, int]:
    states = [state for one in proceedings if (state := _state(one, year))]
    row = {state: states.count(state) for state in (*codes.PROCEEDING_RESULTS, "pending")}
    return {**row, "total": len(states)}


def _state(proceeding: Proceeding, year: int) -> str:
    """Say what the proceeding counts as in the year, or nothing when it was not yet or no more."""
    if proceeding.filed_on.year > year:
        return ""
    if proceeding.concluded_on is None or proceeding.concluded_on.year > year:
        return "pending"
    return proceeding.result if proceeding.concluded_on.year == year else ""


def table2(scenario: Scenario, year: int) -> dict[str, Any]:
    """Add up documents, decisions and fee income of the year, and documents in force at its end."""
    table: dict[str, Any] = {
        kind: _documents(scenario, kind, year) for kind in codes.DOCUMENT_KINDS
    }
    for kind in codes.DECISION_KINDS:
        table[kind] = sum(
            one.count for one in scenario.decisions if one.kind == kind and one.on.year == year
        )
    yuan = sum((one.yuan for one in scenario.incomes if one.on.year == year), Decimal(0))
    table["fees_10k_yuan"] = in_10k_yuan(yuan)
    return table


def _documents(scenario: Scenario, kind: str, year: int) -> dict[str, int]:
    of_kind = [one for one in scenario.documents if one.kind == kind]
    of_year = [one for one in of_kind if one.on.year == year]
    # An opening balance speaks of the start of its year: what came before it is in it already.
    opening = next((one for one in scenario.openings if one.kind == kind), None)
    since = opening.year if opening else date.min.year
    added = sum(one.issued - one.repealed for one in of_kind if since <= one.on.year <= year)
    return {
        "issued": sum(one.issued for one in of_year),
        "repealed": sum(one.repealed for one in of_year),
        "in_force": (opening.in_force if opening and opening.year <= year else 0) + added,
    }


def in_10k_yuan(yuan: Decimal) -> str:
    """Write an amount in 万元 without rounding and without trailing zeros: 0, 10, 1.2345."""
    return f"{(yuan / _YUAN_PER_10K).normalize():f}"
