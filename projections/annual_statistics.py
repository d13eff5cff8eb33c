"""Table three (收到和处理政府信息公开申请情况): one row of facts a request, one rule a cell.

A fact row says when the request was received, when it was closed and how. Each row of the form has
a function of its own that says which requests it counts; none is computed from the others, so that
一 + 二 = （七） + 四 is a check on the record and not a definition.

Source: 国办公开办函〔2021〕30号; the year a request counts in: received date for 一, date of the
result for 三, open at 24:00 on 31 December for 四.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of, case_of
from disclosure.amendment_events import RecordCorrected, RequestReopened, ResultReclassified
from disclosure.event import Event
from disclosure.matter_events import FeeLapsed
from disclosure.outcomes import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    RESULT_ROWS,
    ROWS,
    TOTAL,
    TOTAL_HANDLED,
    Outcome,
)
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.request_events import (
    CorrectionLapsed,
    ReceiptConfirmed,
    RequestDecided,
    RequestRegistered,
    RequestWithdrawn,
)
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _registered(row: dict[str, Any], _: RecordedEvent, event: RequestRegistered) -> None:
    row["applicant_type"] = event.applicant_type.value
    row["received_on"] = event.received_on


def _confirmed(row: dict[str, Any], _: RecordedEvent, event: ReceiptConfirmed) -> None:
    row["received_on"] = event.on


def _corrected(row: dict[str, Any], _: RecordedEvent, event: RecordCorrected) -> None:
    if event.field == "applicant.type":
        row["applicant_type"] = event.value
    elif event.field in FIELDS_OF_RECEIPT:
        row["received_on"] = event.received_on


def _reopened(row: dict[str, Any], _: RecordedEvent, _event: RequestReopened) -> None:
    row["closed_on"] = None
    row["outcome"] = None


def _reclassified(row: dict[str, Any], _: RecordedEvent, event: ResultReclassified) -> None:
    row["outcome"] = event.outcome.value


def _closed(outcome: Callable[[Any], Outcome]) -> Handler:
    def close(row: dict[str, Any], _: RecordedEvent, event: Any) -> None:
        row["closed_on"] = event.on
        row["outcome"] = outcome(event).value

    return close


class RequestFacts(KeyedFold):
    """What table three must know of each request."""

    name = "request_facts"
    version = 2
    table = sa.Table(
        "request_facts_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("applicant_type", sa.Text),
        sa.Column("received_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("outcome", sa.Text),
        sa.Index("request_facts_v2_agency", "agency", "received_on"),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        RequestRegistered: _registered,
        ReceiptConfirmed: _confirmed,
        RequestDecided: _closed(lambda event: event.outcome),
        CorrectionLapsed: _closed(lambda _: Outcome.CORRECTION_LAPSED),
        FeeLapsed: _closed(lambda _: Outcome.FEE_LAPSED),
        RequestWithdrawn: _closed(lambda _: Outcome.OTHER),
        ResultReclassified: _reclassified,
        RecordCorrected: _corrected,
        RequestReopened: _reopened,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return a request nothing is known of yet."""
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "case_reference": case_of(event.stream),
            "applicant_type": None,
            "received_on": None,
            "closed_on": None,
            "outcome": None,
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """One request as table three sees it; it counts only once it has been received."""

    case: str
    column: str
    received_on: date
    closed_on: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year of Asia/Shanghai, both days included."""

    first: date
    last: date

    @classmethod
    def of(cls, year: int) -> "Year":
        """Return 1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31))


def is_new(facts: Facts, year: Year) -> bool:
    """一、本年新收: received in the year."""
    return year.first <= facts.received_on <= year.last


def is_carried_in(facts: Facts, year: Year) -> bool:
    """二、上年结转: received before the year and open when it began."""
    open_at_start = facts.closed_on is None or facts.closed_on >= year.first
    return facts.received_on < year.first and open_at_start


def is_handled(facts: Facts, year: Year) -> bool:
    """三（七）总计: closed in the year, whatever the result."""
    return facts.closed_on is not None and year.first <= facts.closed_on <= year.last


def has_result(outcome: str) -> Callable[[Facts, Year], bool]:
    """三（一）至（六）: closed in the year with this result."""

    def rule(facts: Facts, year: Year) -> bool:
        return facts.outcome == outcome and is_handled(facts, year)

    return rule


def is_carried_out(facts: Facts, year: Year) -> bool:
    """四、结转下年度继续办理: received, and open at 24:00 on 31 December."""
    open_at_end = facts.closed_on is None or facts.closed_on > year.last
    return facts.received_on <= year.last and open_at_end


CELL_RULES: dict[str, Callable[[Facts, Year], bool]] = {
    NEW: is_new,
    CARRIED_IN: is_carried_in,
    **{outcome: has_result(outcome) for outcome in RESULT_ROWS},
    TOTAL_HANDLED: is_handled,
    CARRIED_OUT: is_carried_out,
}
"""Which requests each row of table three counts."""


def count_table_three(facts: Iterable[Facts], year: int) -> dict[str, dict[str, int]]:
    """Count every cell of table three.

    总计 of a row counts every request of the row; it is not the sum of the columns.
    """
    period = Year.of(year)
    cells = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for request in facts:
        for row in _rows_that_may_count(request):
            if CELL_RULES[row](request, period):
                cells[row][request.column] += 1
                cells[row][TOTAL] += 1
    return cells


def _rows_that_may_count(facts: Facts) -> Iterable[str]:
    """Spare the twenty results a request does not have."""
    yield NEW
    yield CARRIED_IN
    if facts.outcome is not None:
        yield facts.outcome
        yield TOTAL_HANDLED
    yield CARRIED_OUT


def facts_of(rows: Iterable[Mapping[str, Any]]) -> Iterable[Facts]:
    """Read rows of the projection; a request that was never received is no request yet."""
    for row in rows:
        if row["received_on"] is not None:
            yield Facts(
                case=row["case_reference"],
                column=row["applicant_type"],
                received_on=row["received_on"],
                closed_on=row["closed_on"],
                outcome=row["outcome"],
            )
