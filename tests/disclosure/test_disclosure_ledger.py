"""The ledger of an answer period: every day once, counted or not, and the reason in words.

The properties hold for any facts; the days they are compared with are counted one by one here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.answer_period import Facts, LedgerDay, Pause, answer_period, ledger
from tests.disclosure.facts import day
from workdays import published

CALENDAR = published()
NOTICE_OF_2025 = "国办发明电〔2024〕12号"
NOTICE_OF_2026 = "国办发明电〔2025〕7号"

any_facts = settings(max_examples=150)


def entries(facts: Facts) -> dict[date, LedgerDay]:
    return {each.day: each for each in ledger(facts, CALENDAR)}


def reason(facts: Facts, on: str) -> str:
    return entries(facts)[day(on)].reason


# ── words ───────────────────────────────────────────────────────────────────────────────────────

PLAIN = Facts(day("2025-09-17"))


def test_the_ledger_goes_from_the_day_of_receipt_which_is_not_counted_to_the_due_date() -> None:
    days = ledger(PLAIN, CALENDAR)
    assert days[0] == LedgerDay(day("2025-09-17"), counted=False, reason="收到申请，当日不计")
    assert days[-1] == LedgerDay(day("2025-10-21"), counted=True, reason="星期二，工作日")
    assert len(days) == 35


@pytest.mark.parametrize(
    ("on", "counted", "words"),
    [
        ("2025-09-18", True, "星期四，工作日"),
        ("2025-09-20", False, "星期六，休息日"),
        ("2025-09-21", False, "星期日，休息日"),
        ("2025-09-28", True, f"国庆节、中秋节调休上班（{NOTICE_OF_2025}）"),
        ("2025-10-01", False, f"国庆节、中秋节放假（{NOTICE_OF_2025}）"),
        ("2025-10-08", False, f"国庆节、中秋节放假（{NOTICE_OF_2025}）"),
        ("2025-10-11", True, f"国庆节、中秋节调休上班（{NOTICE_OF_2025}）"),
    ],
)
def test_a_day_says_whether_it_counts_and_by_which_notice(
    on: str, *, counted: bool, words: str
) -> None:
    assert entries(PLAIN)[day(on)] == LedgerDay(day(on), counted, words)


def test_a_day_of_the_next_year_names_the_notice_of_that_year() -> None:
    over = Facts(day("2025-12-20"), extension=20)
    assert reason(over, "2026-01-01") == f"元旦放假（{NOTICE_OF_2026}）"
    assert reason(over, "2026-01-04") == f"元旦调休上班（{NOTICE_OF_2026}）"
    assert reason(over, "2026-02-14") == f"春节调休上班（{NOTICE_OF_2026}）"


def test_a_day_beyond_the_published_calendar_says_that_it_is_only_assumed() -> None:
    facts = Facts(CALENDAR.published_through)
    assumed = ledger(facts, CALENDAR)[1:]
    assert all("放假安排未公布" in each.reason for each in assumed if each.counted)
    assert answer_period(facts, CALENDAR).provisional


def test_a_working_day_left_out_says_who_was_asked() -> None:
    asked = Pause(day("2025-09-22"), day("2025-09-30"), "征求第三方意见")
    facts = replace(PLAIN, pauses=[asked])
    assert reason(facts, "2025-09-22") == "星期一，工作日"
    assert entries(facts)[day("2025-09-22")].counted
    assert reason(facts, "2025-09-23") == "征求第三方意见，期间不计入"
    assert reason(facts, "2025-09-28") == "征求第三方意见，期间不计入"
    assert reason(facts, "2025-09-27") == "星期六，休息日"
    assert reason(facts, "2025-09-30") == "征求第三方意见，期间不计入"


def test_a_day_on_which_several_were_asked_names_each_kind_once() -> None:
    third_party = Pause(day("2025-09-22"), day("2025-09-26"), "征求第三方意见")
    another = replace(third_party, sent_on=day("2025-09-23"))
    agency = Pause(day("2025-09-23"), day("2025-09-29"), "征求共同制作机关意见")
    facts = replace(PLAIN, pauses=[third_party, another, agency])
    assert reason(facts, "2025-09-24") == "征求第三方意见、征求共同制作机关意见，期间不计入"
    assert reason(facts, "2025-09-29") == "征求共同制作机关意见，期间不计入"


@pytest.mark.parametrize(
    ("facts", "on_the_day", "before_it"),
    [
        (
            replace(PLAIN, corrected_on=[day("2025-09-24")]),
            "收到补正申请，期限重新计算，当日不计",
            "期限已因收到补正申请重新计算",
        ),
        (
            replace(PLAIN, paid_on=[day("2025-09-24")]),
            "收费缴清，期限自次日起重新计算",
            "期限已因缴清费用重新计算",
        ),
        (
            replace(PLAIN, reopened_on=[day("2025-09-24")]),
            "恢复办理，期限重新计算，当日不计",
            "期限已因恢复办理重新计算",
        ),
    ],
    ids=["corrected", "paid", "reopened"],
)
def test_days_before_a_restart_do_not_count_and_say_what_restarted_the_period(
    facts: Facts, on_the_day: str, before_it: str
) -> None:
    assert reason(facts, "2025-09-17") == "收到申请，当日不计"
    assert reason(facts, "2025-09-23") == before_it
    assert reason(facts, "2025-09-24") == on_the_day
    counted = [each.day for each in ledger(facts, CALENDAR) if each.counted]
    assert counted[0] == day("2025-09-25")


def test_an_earlier_restart_is_named_without_claiming_to_be_the_one_that_counts() -> None:
    facts = replace(PLAIN, corrected_on=[day("2025-09-19")], paid_on=[day("2025-09-24")])
    assert reason(facts, "2025-09-19") == "收到补正申请"
    assert reason(facts, "2025-09-22") == "期限已因缴清费用重新计算"


# ── properties ──────────────────────────────────────────────────────────────────────────────────


@st.composite
def facts_of_any_request(draw: st.DrawFn) -> Facts:
    """Make facts as they may come about in five months after receipt."""
    received_on = draw(st.dates(date(2019, 1, 1), date(2026, 8, 31)))
    later = st.integers(0, 150).map(lambda days: received_on + timedelta(days))
    pause = st.builds(
        lambda sent_on, days: Pause(sent_on, sent_on + timedelta(days)), later, st.integers(0, 30)
    )
    return Facts(
        received_on=received_on,
        corrected_on=draw(st.lists(later, max_size=2)),
        paid_on=draw(st.lists(later, max_size=1)),
        reopened_on=draw(st.lists(later, max_size=1)),
        pauses=draw(st.lists(pause, max_size=5)),
        extension=draw(st.integers(0, 20)),
    )


ANY = facts_of_any_request()


def last_restart(facts: Facts) -> date:
    return max([facts.received_on, *facts.corrected_on, *facts.paid_on, *facts.reopened_on])


def paused(pauses: Sequence[Pause], on: date) -> bool:
    return any(pause.sent_on < on <= pause.ends_on for pause in pauses)


def counted_one_by_one(facts: Facts) -> list[date]:
    """Walk from the last restart, a day at a time, until 20 and the extension are full."""
    counted: list[date] = []
    on = last_restart(facts)
    while len(counted) < 20 + facts.extension:
        on += timedelta(days=1)
        if CALENDAR.is_workday(on) and not paused(facts.pauses, on):
            counted.append(on)
    return counted


@any_facts
@given(ANY)
def test_the_due_date_is_the_one_found_by_walking_day_by_day(facts: Facts) -> None:
    counted = counted_one_by_one(facts)
    period = answer_period(facts, CALENDAR)
    assert period.due_on == counted[-1]
    assert period.provisional is (counted[-1] > CALENDAR.published_through)


@any_facts
@given(ANY)
def test_the_ledger_counts_the_days_found_by_walking_and_ends_on_the_due_date(
    facts: Facts,
) -> None:
    days = ledger(facts, CALENDAR)
    counted = [each.day for each in days if each.counted]
    assert counted == counted_one_by_one(facts)
    assert len(counted) == 20 + facts.extension
    assert counted[0] > last_restart(facts)
    assert days[-1].day == counted[-1] == answer_period(facts, CALENDAR).due_on


@any_facts
@given(ANY)
def test_every_day_from_receipt_stands_in_the_ledger_once_with_a_reason(facts: Facts) -> None:
    days = ledger(facts, CALENDAR)
    assert days[0].day == facts.received_on
    assert [each.day for each in days] == [
        facts.received_on + timedelta(n) for n in range(len(days))
    ]
    assert all(re.search(r"[\u4e00-\u9fff]", each.reason) for each in days)


@any_facts
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_does_not_matter(facts: Facts, chance: Random) -> None:
    shuffled = replace(
        facts,
        corrected_on=chance.sample(facts.corrected_on, len(facts.corrected_on)),
        pauses=chance.sample(facts.pauses, len(facts.pauses)),
    )
    assert answer_period(shuffled, CALENDAR) == answer_period(facts, CALENDAR)
    assert ledger(shuffled, CALENDAR) == ledger(facts, CALENDAR)


@any_facts
@given(ANY, st.integers(0, 150), st.integers(0, 30))
def test_one_consultation_more_never_makes_the_due_date_earlier(
    facts: Facts, after: int, days: int
) -> None:
    sent_on = facts.received_on + timedelta(after)
    more = replace(facts, pauses=[*facts.pauses, Pause(sent_on, sent_on + timedelta(days))])
    assert answer_period(more, CALENDAR).due_on >= answer_period(facts, CALENDAR).due_on


@any_facts
@given(ANY)
def test_consultations_count_as_the_union_of_their_days(facts: Facts) -> None:
    """One pause a day, and none for the days another has taken, comes to the same."""
    union = {
        pause.sent_on + timedelta(n)
        for pause in facts.pauses
        for n in range(1, (pause.ends_on - pause.sent_on).days + 1)
    }
    day_by_day = [Pause(on - timedelta(days=1), on) for on in union]
    assert answer_period(replace(facts, pauses=day_by_day), CALENDAR) == answer_period(
        facts, CALENDAR
    )


@any_facts
@given(ANY.filter(lambda facts: facts.extension < 20))
def test_one_day_of_extension_moves_the_due_date_to_the_next_day_that_counts(
    facts: Facts,
) -> None:
    extended = replace(facts, extension=facts.extension + 1)
    following = counted_one_by_one(extended)[-1]
    assert answer_period(extended, CALENDAR).due_on == following
    assert following > answer_period(facts, CALENDAR).due_on


def test_a_delay_set_on_accepting_reasons_is_in_the_ledger_to_its_last_day() -> None:
    facts = Facts(day("2025-09-17"), delay_until=day("2025-10-31"))
    days = ledger(facts, published())
    assert answer_period(facts, published()).due_on == day("2025-10-31") == days[-1].day
    assert sum(each.counted for each in days) == 20
    after = [each for each in days if each.day > day("2025-10-21")]
    assert {each.reason for each in after} == {"理由合理，延迟答复，不再逐日计算"}


def test_a_delay_that_ends_before_the_period_changes_nothing() -> None:
    facts = Facts(day("2025-09-17"))
    delayed = Facts(day("2025-09-17"), delay_until=day("2025-10-15"))
    assert ledger(delayed, published()) == ledger(facts, published())
