"""The lives invented hold the awkward things the law allows for, and none that cannot be."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tests.agency_years import codes
from tests.agency_years.facts import Line, Request
from tests.agency_years.periods import working_day_after
from tests.agency_years.reckoning import received_on, standing_result
from tests.agency_years.test_agency_years_reckoning import by_case, invented


def lives() -> Iterator[tuple[Request, list[Line]]]:
    for scenario in invented():
        cases = by_case(scenario)
        for request in scenario.requests:
            yield request, cases[request.case]


def day_of(line: Line, field: str = "on") -> date:
    return date.fromisoformat(str(line[field]))


def traits(request: Request, lines: list[Line]) -> dict[str, bool]:
    """Say which unusual things a life holds."""
    verbs = Counter(str(line["do"]) for line in lines)
    received, result = received_on(request), standing_result(request)
    years = result.on.year - received.year if result and received else 0
    return {
        "received in the next year": received is not None
        and received.year > request.submitted_on.year,
        "finished in the next year": years == 1,
        "carried over twice": years == 2,
        # Extension and pauses add to the twenty days: eighty are late on any reading.
        "late answer": received is not None
        and result is not None
        and result.on > working_day_after(received, 80),
        "second extension": verbs["extend"] > 1,
        "second correction notice": verbs["request_correction"] > 1,
        "silent third party": verbs["consult_third_party"] > verbs["third_party_reply"],
        "silent agency": verbs["consult_agency"] > verbs["agency_reply"],
        "no reasons given": verbs["demand_reasons"] > verbs["receive_reasons"],
        "paid in parts": verbs["pay_fee"] > 1,
        "charged for its place in the month": any(
            line["do"] == "charge_fee" and "quantity" not in line for line in lines
        ),
        "decided again": bool(verbs["reopen"]) and verbs["decide"] > 1,
        "reopened and still open": bool(verbs["reopen"]) and result is None,
    }


def test_every_awkward_life_occurs() -> None:
    seen: Counter[str] = Counter()
    for request, lines in lives():
        seen.update({name: int(holds) for name, holds in traits(request, lines).items()})
    assert [name for name, times in seen.items() if not times] == []


def test_some_lawsuits_are_judged_and_then_appealed_within_the_year() -> None:
    judged_first = 0
    for scenario in invented():
        for lines in by_case(scenario).values():
            verbs = [line["do"] for line in lines]
            if verbs.count("conclude_lawsuit") + verbs.count("appeal_lawsuit") < 2:
                continue
            if verbs[1] == "conclude_lawsuit":
                judged_first += 1
                assert verbs[2] == "appeal_lawsuit"
                assert day_of(lines[1]).year == day_of(lines[2]).year
    assert judged_first > 0


def test_nothing_but_a_reopening_answers_a_lapse_and_nothing_falls_on_its_day() -> None:
    after = {"archive", "correct_record", "reopen"}
    lapsed = {codes.CORRECTION_LAPSED, codes.FEE_LAPSED}
    for request, lines in lives():
        for result in request.results:
            if result.outcome in lapsed:
                assert all(day_of(line) != result.on for line in lines), request.case
                later = [line["do"] for line in lines if day_of(line) > result.on]
                assert not later or later[0] in after, (request.case, later)


def test_no_open_request_still_waits_for_a_text_or_a_payment() -> None:
    for request, lines in lives():
        if received_on(request) is None or standing_result(request) is not None:
            continue
        verbs = [line["do"] for line in lines]
        assert verbs.count("receive_correction") >= verbs.count("request_correction")
        assert verbs.count("pay_fee") >= verbs.count("charge_fee")


def test_dates_within_a_line_lie_before_the_next_fact() -> None:
    ahead = ("received_on", "notice_received_on", "signed_on", "confirmed_on")
    for _, lines in lives():
        for line, following in pairwise(lines):
            assert all(
                day_of(line) <= day_of(line, field) <= day_of(following)
                for field in ahead
                if field in line
            ), line


def test_a_standing_result_is_never_before_the_receipt() -> None:
    for request, _ in lives():
        received, result = received_on(request), standing_result(request)
        assert received is None or result is None or received <= result.on
