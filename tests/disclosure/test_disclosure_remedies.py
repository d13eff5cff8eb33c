"""救济途径 by result and day: for refusals since 2024 reconsideration first."""

import pytest

from disclosure.outcomes import Outcome
from disclosure.remedies import REFUSALS, RemedyBodies, remedy
from tests.disclosure.facts import day

BODIES = RemedyBodies(reconsideration_body="某市人民政府", court="某铁路运输法院")


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome in REFUSALS])
def test_a_refusal_since_2024_is_reconsidered_first_and_offers_no_direct_lawsuit(
    outcome: Outcome,
) -> None:
    found = remedy(outcome, day("2024-01-01"), BODIES)
    assert found.reconsideration_first
    assert "先向某市人民政府申请行政复议" in found.text
    assert "十五日内向某铁路运输法院提起行政诉讼" in found.text
    assert "六个月" not in found.text


@pytest.mark.parametrize("outcome", list(Outcome))
def test_before_2024_every_reply_offers_both_ways(outcome: Outcome) -> None:
    found = remedy(outcome, day("2023-12-31"), BODIES)
    assert not found.reconsideration_first
    assert "六十日内向某市人民政府申请行政复议，或者" in found.text
    assert "六个月内向某铁路运输法院提起行政诉讼" in found.text


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in REFUSALS])
def test_other_results_offer_both_ways_to_this_day(outcome: Outcome) -> None:
    assert not remedy(outcome, day("2025-06-03"), BODIES).reconsideration_first


def test_the_refusals_are_those_of_articles_14_15_and_16_and_the_refused_part() -> None:
    assert {outcome.basis[:6] for outcome in REFUSALS if outcome is not Outcome.PARTIAL} == {
        "条例第十四条",
        "条例第十五条",
        "条例第十六条",
    }
    assert Outcome.ADMINISTRATIVE_QUERY not in REFUSALS
    assert Outcome.PARTIAL in REFUSALS


def test_an_agency_that_has_named_nobody_gets_words_that_are_true_everywhere() -> None:
    text = remedy(Outcome.GRANTED, day("2025-06-03"), RemedyBodies()).text
    assert "向有管辖权的行政复议机关申请行政复议" in text
    assert "向有管辖权的人民法院提起行政诉讼" in text
