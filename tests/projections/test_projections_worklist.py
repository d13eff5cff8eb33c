"""The worklist's rows: which limit runs and for whom one waits, at every stage of a case."""

from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import settings

from disclosure.addresses import case_stream
from projections import CaseRegister, Proceedings, Worklist
from projections.worklist import ANSWER, NO_LIMIT
from tests.disclosure.facts import (
    agency_reply,
    ask_correction,
    charge,
    consult,
    consult_agency,
    day,
    decide_on,
    demand_reasons,
    expire,
    receive_correction,
    register,
    reopen,
    third_party_reply,
    withdraw,
)
from tests.disclosure.proceeding_specification import (
    appeal,
    conclude_lawsuit,
    file_lawsuit,
    file_reconsideration,
)
from tests.disclosure.proceeding_specification import expire as limit_passes
from tests.disclosure.proceeding_specification import given as given_that
from tests.disclosure.specification import given
from tests.projections.folded import only_row
from tests.projections.proceeding_lives import proceeding_lives

STREAM = case_stream("chengguan", "甲/2025-001")
RECEIVED = register("2025-09-12")


def row(*commands: Any) -> dict[str, Any]:
    return only_row(Worklist(), STREAM, given(*commands).events)


@pytest.mark.parametrize(
    ("commands", "limit_kind", "waits_for"),
    [
        ([register("2025-09-12", "online")], None, " us "),
        ([RECEIVED], "answer", " us "),
        ([RECEIVED, ask_correction("2025-09-15")], "correction", " applicant "),
        (
            [RECEIVED, ask_correction("2025-09-15"), receive_correction("2025-09-17")],
            "answer",
            " us ",
        ),
        ([RECEIVED, charge("2025-09-15")], "fee", " applicant "),
        ([RECEIVED, consult("2025-09-15")], "answer", " third_party "),
        ([RECEIVED, consult_agency("2025-09-15")], "answer", " agency "),
        (
            [RECEIVED, consult("2025-09-15"), consult_agency("2025-09-15")],
            "answer",
            " third_party agency ",
        ),
        (
            [RECEIVED, consult("2025-09-15"), third_party_reply("2025-09-17")],
            "answer",
            " us ",
        ),
        (
            [RECEIVED, consult_agency("2025-09-15"), agency_reply("2025-09-17")],
            "answer",
            " us ",
        ),
        ([RECEIVED, demand_reasons("2025-09-15", "2025-09-25")], "answer", " applicant "),
        ([RECEIVED, decide_on("2025-09-19")], "answer", ""),
        ([RECEIVED, decide_on("2025-09-19"), reopen("2025-09-22")], "answer", " us "),
    ],
)
def test_each_stage_names_the_limit_that_runs_and_whom_one_waits_for(
    commands: list[Any], limit_kind: str | None, waits_for: str
) -> None:
    seen = row(*commands)
    assert (seen["limit_kind"], seen["waits_for"]) == (limit_kind, waits_for)
    assert (seen["limit_on"] == NO_LIMIT) == (limit_kind is None)


def test_an_open_requests_limit_is_the_registers() -> None:
    events = given(RECEIVED).events
    register_row = only_row(CaseRegister(), STREAM, events)
    seen = only_row(Worklist(), STREAM, events)
    for name in ("stage", "channel", "applicant_type", "received_on", "closed_on", "overdue"):
        assert seen[name] == register_row[name], name
    assert seen["limit_on"] == register_row["due_on"]
    assert seen["came_on"] == register_row["submitted_on"]
    assert seen["case_reference"] == "甲/2025-001"


def test_a_closed_request_keeps_its_result_its_number_and_whether_it_was_late() -> None:
    closed = row(RECEIVED, decide_on("2025-12-01", document_number="〔2025〕9号"))
    assert closed["closed_on"] == day("2025-12-01")
    assert closed["outcome"] == "granted"
    assert closed["document_number"] == "〔2025〕9号"
    assert closed["overdue"]
    assert closed["flags"] == " answered_late "
    again = row(
        RECEIVED, decide_on("2025-09-19", document_number="〔2025〕9号"), reopen("2025-09-22")
    )
    assert again["closed_on"] is None
    assert again["document_number"] is None
    assert row(RECEIVED, withdraw("2025-09-15"))["closed_on"] == day("2025-09-15")


def test_a_lapsed_request_has_no_limit_it_was_answered_by() -> None:
    asked = given(RECEIVED, ask_correction("2025-09-15"))
    limit = asked.next_limit
    assert limit is not None
    lapsed = row(RECEIVED, ask_correction("2025-09-15"), expire("correction", limit.on.isoformat()))
    assert lapsed["outcome"] == "other.correction_lapsed"
    assert lapsed["limit_kind"] is None
    assert not lapsed["overdue"]


def test_the_time_of_courts_and_parties_is_not_the_agencys() -> None:
    stream = case_stream("chengguan", "诉-1")
    filed = file_lawsuit("2025-01-06")
    judged = conclude_lawsuit("2025-03-03", "upheld")
    lives = {
        (filed,): ("judgment", " authority ", False),
        (filed, judged): ("appeal", " parties ", False),
        (filed, judged, appeal("2025-03-10")): ("second_judgment", " authority ", False),
        (filed, judged, limit_passes("appeal", "2025-03-19")): ("appeal", "", True),
    }
    for commands, (limit_kind, waits_for, closed) in lives.items():
        seen = only_row(Worklist(), stream, given_that(*commands).events)
        assert seen["kind"] == "lawsuit"
        assert (seen["limit_kind"], seen["waits_for"]) == (limit_kind, waits_for)
        assert (seen["closed_on"] is not None) == closed
        assert seen["received_on"] == seen["came_on"] == day("2025-01-06")
    seen = only_row(Worklist(), stream, given_that(file_reconsideration("2025-01-06")).events)
    assert (seen["kind"], seen["limit_kind"]) == ("reconsideration", "decision")


@settings(max_examples=60)
@given_any(proceeding_lives())
def test_any_proceeding_stands_as_its_register_says(life: list[Any]) -> None:
    events = [event for told in life for event in told]
    if not events:
        return
    seen = only_row(Worklist(), STREAM, events)
    register_row = only_row(Proceedings(), STREAM, events)
    assert seen["stage"] == register_row["stage"]
    assert seen["outcome"] == register_row["result"]
    assert (seen["limit_kind"] is None) == (register_row["due_on"] is None)
    assert seen["limit_kind"] != ANSWER
    assert (seen["waits_for"] == "") == (seen["closed_on"] is not None)
