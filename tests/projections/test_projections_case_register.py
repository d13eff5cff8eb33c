"""The register: one line a request, at every stage of its life."""

from datetime import date
from typing import Any

import pytest

from disclosure.addresses import case_stream
from disclosure.outcomes import Outcome
from projections import CaseRegister
from projections.case_register import state_of
from tests.disclosure.facts import (
    ask_correction,
    confirm,
    day,
    decide_on,
    deliver,
    expire,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.disclosure.specification import Given, given
from tests.projections.folded import only_row

STREAM = case_stream("chengguan", "甲/2025-001")


def line(request: Given) -> dict[str, Any]:
    return only_row(CaseRegister(), STREAM, request.events)


def part(request: Given, *names: str) -> list[Any]:
    row = line(request)
    return [row[name] for name in names]


def test_a_received_request_runs_until_its_due_date() -> None:
    request = given(register("2025-09-12", "online", confirmed_on="2025-09-17"))
    row = line(request)
    assert state_of(row) == request.state
    del row["state"]
    assert row == {
        "stream": STREAM,
        "agency": "chengguan",
        "case_reference": "甲/2025-001",
        "stage": "in_progress",
        "channel": "online",
        "applicant_type": "natural_person",
        "submitted_on": day("2025-09-12"),
        "received_on": day("2025-09-17"),
        "due_on": day("2025-10-21"),
        "due_provisional": False,
        "due_near": False,
        "overdue": False,
        "correction_due_on": None,
        "payment_due_on": None,
        "lapses_on": None,
        "outcome": None,
        "document_number": None,
        "closed_on": None,
        "delivered_on": None,
        "archived": False,
        "flags": "",
        "stream_version": 1,
        "position": 1,
    }


def test_an_unconfirmed_request_waits_for_receipt_and_then_runs() -> None:
    waiting = given(register("2025-09-12", "fax"))
    assert part(waiting, "stage", "received_on", "due_on") == ["awaiting_receipt", None, None]
    assert part(waiting.when(confirm("2025-09-17")).after, "stage", "received_on", "due_on") == [
        "in_progress",
        day("2025-09-17"),
        day("2025-10-21"),
    ]


def test_a_request_awaiting_correction_has_a_limit_and_no_due_date() -> None:
    asked = given(register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"))
    assert part(asked, "stage", "correction_due_on", "lapses_on", "due_on") == [
        "awaiting_correction",
        day("2025-10-10"),
        day("2025-10-15"),
        None,
    ]
    corrected = asked.when(receive_correction("2025-10-09")).after
    assert part(corrected, "stage", "correction_due_on", "lapses_on", "due_on") == [
        "in_progress",
        None,
        None,
        day("2025-11-05"),
    ]


def test_a_second_notice_changes_neither_stage_nor_due_date() -> None:
    asked = given(
        register("2025-09-17"),
        ask_correction("2025-09-18"),
        receive_correction("2025-10-09"),
        ask_correction("2025-10-10"),
    )
    assert part(asked, "stage", "due_on", "lapses_on") == ["in_progress", day("2025-11-05"), None]
    answered = asked.when(receive_correction("2025-10-13")).after
    assert part(answered, "stage", "due_on") == ["in_progress", day("2025-11-05")]


def test_reminder_and_overdue_stand_until_the_period_is_set_anew() -> None:
    near = given(register("2025-09-17"), expire("reminder", "2025-10-16"))
    assert part(near, "due_near", "overdue") == [True, False]
    overdue = near.when(expire("due", "2025-10-22")).after
    assert part(overdue, "due_near", "overdue") == [True, True]
    extended = near.when(extend("2025-10-20")).after
    assert part(extended, "due_on", "due_near", "overdue") == [day("2025-11-18"), False, False]


def test_an_overdue_request_that_is_sent_back_for_correction_is_overdue_no_more() -> None:
    overdue = given(register("2025-09-17"), expire("due", "2025-10-22"))
    asked = overdue.when(ask_correction("2025-10-23")).after
    assert part(asked, "due_on", "overdue") == [None, False]
    corrected = asked.when(receive_correction("2025-10-24")).after
    assert part(corrected, "due_on", "overdue") == [day("2025-11-21"), False]


def test_an_extension_without_effect_leaves_the_due_date_and_shows_its_flag() -> None:
    late = given(register("2025-09-17"), expire("due", "2025-10-22"), extend("2025-10-23"))
    assert part(late, "due_on", "overdue", "flags") == [
        day("2025-10-21"),
        True,
        "extension_late",
    ]


def test_an_answer_in_time_that_is_entered_late_leaves_nothing_overdue() -> None:
    overdue = given(register("2025-09-17"), expire("due", "2025-10-22"))
    assert part(overdue, "overdue") == [True]
    assert part(overdue.when(decide_on("2025-10-20")).after, "overdue") == [False]
    assert part(overdue.when(decide_on("2025-10-22")).after, "overdue") == [True]


@pytest.mark.parametrize(
    ("ending", "outcome", "closed_on"),
    [
        (decide_on("2025-10-13", "partial"), Outcome.PARTIAL, "2025-10-13"),
        (expire("correction", "2025-10-15"), Outcome.CORRECTION_LAPSED, "2025-10-15"),
        (withdraw("2025-10-13"), Outcome.OTHER, "2025-10-13"),
    ],
    ids=["decided", "lapsed", "withdrawn"],
)
def test_a_closed_request_shows_day_and_result_and_waits_for_nothing(
    ending: Any, outcome: Outcome, closed_on: str
) -> None:
    closed = given(
        register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"), ending
    )
    assert part(closed, "stage", "outcome", "closed_on", "correction_due_on", "lapses_on") == [
        "closed",
        outcome.value,
        day(closed_on),
        None,
        None,
    ]


def test_a_closed_request_keeps_the_due_date_it_was_answered_under() -> None:
    answered = given(register("2025-09-17"), decide_on("2025-10-20"))
    assert part(answered, "due_on", "stage") == [day("2025-10-21"), "closed"]


@pytest.mark.parametrize(
    ("dates", "delivered_on"),
    [
        ({"posted_on": "2025-10-21", "signed_on": "2025-10-24"}, "2025-10-24"),
        ({"posted_on": "2025-10-21"}, "2025-10-21"),
        ({}, "2025-10-20"),
    ],
)
def test_a_reply_is_delivered_when_signed_for_else_when_posted_else_on_its_day(
    dates: dict[str, str], delivered_on: str
) -> None:
    sent = given(
        register("2025-09-17"),
        decide_on("2025-10-20", document_number="城管公开〔2025〕7号"),
        deliver("2025-10-20", "mail", **dates),
    )
    assert part(sent, "delivered_on", "document_number") == [
        date.fromisoformat(delivered_on),
        "城管公开〔2025〕7号",
    ]


def test_each_flag_of_a_life_stands_once_in_the_order_it_was_earned() -> None:
    unlucky = given(
        register("2025-09-17"),
        ask_correction("2025-10-09"),
        receive_correction("2025-11-05"),
        ask_correction("2025-11-06"),
        extend("2025-12-31"),
        extend("2026-01-05"),
        decide_on("2026-01-06"),
        deliver("2026-01-06", "mail", posted_on="2026-01-07"),
        deliver("2026-01-12", "online"),
    )
    row = line(unlucky)
    assert row["flags"].split() == [
        "correction_notice_late",
        "correction_received_late",
        "correction_notice_repeated",
        "extension_late",
        "answered_late",
        "delivered_again",
    ]
    assert row["stream_version"] == row["position"] == 9


def test_the_register_agrees_with_the_decider_on_stage_due_date_and_result() -> None:
    life = [
        register("2025-09-12", "online"),
        confirm("2025-09-17"),
        ask_correction("2025-09-22"),
        receive_correction("2025-10-09"),
        extend("2025-10-10", 5),
        decide_on("2025-11-03", "refused.internal_affairs"),
    ]
    for length in range(1, len(life) + 1):
        request = given(*life[:length])
        state = request.state
        row = line(request)
        assert row["stage"] == state.stage.value
        assert row["received_on"] == state.received_on
        assert row["closed_on"] == state.closed_on
        assert row["outcome"] == (state.outcome.value if state.outcome else None)
        if not state.closed:
            assert row["due_on"] == request.runs_until
