"""The limits of a proceeding in dates worked out by hand, over real holiday notices."""

from datetime import timedelta

import pytest

from disclosure.proceeding_commands import ProceedingCommand
from disclosure.proceeding_events import ProceedingLimitPassed
from disclosure.proceeding_limits import limit_from
from disclosure.proceeding_state import ProceedingStage, proceeding_expiries
from disclosure.sentences import sentence
from tests.disclosure.facts import AGENCY, day
from tests.disclosure.proceeding_specification import (
    CASE,
    Given,
    appeal,
    conclude_lawsuit,
    conclude_reconsideration,
    expire,
    file_lawsuit,
    file_reconsideration,
    given,
)
from tests.disclosure.specification import LAW
from workdays import published

RECONSIDERATION = given(file_reconsideration("2025-03-03"))
CONCLUDED = RECONSIDERATION.when(conclude_reconsideration("2025-04-25")).after
LAWSUIT = given(file_lawsuit("2025-03-31"))
JUDGED = LAWSUIT.when(conclude_lawsuit("2025-09-17")).after
APPEALED = JUDGED.when(appeal("2025-10-09")).after


@pytest.mark.parametrize(
    ("what", "start", "due_on"),
    [
        # Sixty calendar days; the sixtieth lies in the May holiday and rolls over it.
        ("decision", "2025-03-03", "2025-05-06"),
        ("decision", "2025-03-10", "2025-05-09"),
        # Rolled forward to a Sunday that is worked in exchange.
        ("decision", "2025-11-03", "2026-01-04"),
        ("suing", "2025-04-25", "2025-05-12"),
        ("suing", "2025-12-30", "2026-01-14"),
        ("appeal", "2025-09-17", "2025-10-09"),
        # Six calendar months: the same day of the month, or the month's last where there is none.
        ("judgment", "2025-03-31", "2025-09-30"),
        ("judgment", "2025-08-29", "2026-02-28"),
        ("judgment", "2025-08-31", "2026-02-28"),
        ("judgment", "2025-04-15", "2025-10-15"),
        ("second_judgment", "2025-10-09", "2026-01-09"),
        ("second_judgment", "2024-11-29", "2025-02-28"),
    ],
)
def test_limits_are_those_worked_out_by_hand(what: object, start: str, due_on: str) -> None:
    limit = limit_from(what, day(start), LAW)  # type: ignore[arg-type]
    assert limit.due_on == day(due_on)
    assert not limit.provisional
    assert limit.calendar == published().version


def test_a_limit_beyond_the_published_calendar_is_provisional_and_says_so() -> None:
    late = (published().published_through - timedelta(days=30)).isoformat()
    (event,) = given().when(file_reconsideration(late)).happened
    assert "（暂定，待节假日安排公布后重新计算）" in sentence(event)


PASSED = [
    (RECONSIDERATION, "decision", "2025-05-06", ProceedingStage.PENDING),
    (CONCLUDED, "suing", "2025-05-12", ProceedingStage.FINAL),
    (LAWSUIT, "judgment", "2025-09-30", ProceedingStage.PENDING),
    (JUDGED, "appeal", "2025-10-09", ProceedingStage.FINAL),
    (APPEALED, "second_judgment", "2026-01-09", ProceedingStage.UNDER_APPEAL),
]


@pytest.mark.parametrize(("before", "what", "due_on", "stage"), PASSED)
def test_a_limit_passes_with_the_day_after_its_last_once(
    before: Given, what: str, due_on: str, stage: ProceedingStage
) -> None:
    (expiry,) = proceeding_expiries(before.state)
    next_day = (day(due_on) + timedelta(days=1)).isoformat()
    assert (expiry.what, expiry.on) == (what, day(next_day))
    assert expiry.command(AGENCY, CASE) == expire(what, next_day)
    assert expiry.command_id == f"expire:{what}:{due_on}"

    assert before.when(expire(what, due_on)).happened == ()
    passed = before.when(expire(what, next_day))
    passed.then(ProceedingLimitPassed(on=day(next_day), what=expiry.what, due_on=day(due_on)))
    assert passed.after.state.stage is stage
    assert passed.after.when(expire(what, next_day)).happened == ()
    assert proceeding_expiries(passed.after.state) == ()


def test_an_instance_beyond_its_limit_is_overdue_until_it_is_concluded() -> None:
    overdue = RECONSIDERATION.when(expire("decision", "2025-05-07")).after
    assert overdue.state.overdue
    concluded = overdue.when(conclude_reconsideration("2025-05-20")).after
    assert not concluded.state.overdue
    assert concluded.state.stage is ProceedingStage.CONCLUDED


@pytest.mark.parametrize(
    ("before", "moves"),
    [
        (RECONSIDERATION, conclude_reconsideration("2025-05-06")),
        (LAWSUIT, conclude_lawsuit("2025-09-30")),
        (JUDGED, appeal("2025-10-09")),
        (APPEALED, conclude_lawsuit("2026-01-09")),
    ],
)
def test_a_fact_in_time_takes_the_limit_away(before: Given, moves: ProceedingCommand) -> None:
    (expiry,) = proceeding_expiries(before.state)
    moved = before.when(moves).after
    assert moved.when(expiry.command(AGENCY, CASE)).happened == ()
    assert not moved.state.limit_passed


def test_after_the_second_instance_nothing_runs() -> None:
    assert proceeding_expiries(APPEALED.when(conclude_lawsuit("2026-01-09")).after.state) == ()


def test_a_limit_may_pass_long_after_its_day_without_moving_what_follows() -> None:
    """It takes effect on its own day; a conclusion of that very day may still be entered."""
    overdue = RECONSIDERATION.when(expire("decision", "2025-05-07")).after
    assert overdue.when(conclude_reconsideration("2025-05-06")).happened


@pytest.mark.parametrize(
    ("before", "command", "said"),
    [
        (
            given(),
            file_reconsideration("2025-03-03", "2025-001"),
            "行政复议受理（涉及申请 2025-001），复议决定期限至2025年5月6日",
        ),
        (
            RECONSIDERATION,
            conclude_reconsideration("2025-04-25", "corrected", "责令履行"),
            "行政复议审结：结果纠正（责令履行），起诉期限至2025年5月12日",
        ),
        (
            given(),
            file_lawsuit("2025-03-31"),
            "行政诉讼立案，未经复议直接起诉，一审审理期限至2025年9月30日",
        ),
        (
            LAWSUIT,
            conclude_lawsuit("2025-09-17", "other", "撤诉"),
            "行政诉讼审结：其他结果（撤诉）",
        ),
        (JUDGED, appeal("2025-10-09"), "提起上诉，二审审理期限至2026年1月9日"),
        (APPEALED, conclude_lawsuit("2025-12-30"), "行政诉讼二审审结：结果维持，终审"),
        (
            CONCLUDED,
            expire("suing", "2025-05-13"),
            "起诉期限已于2025年5月12日届满（行政诉讼法第四十五条），未起诉的，复议决定确定",
        ),
        (
            JUDGED,
            expire("appeal", "2025-10-10"),
            "上诉期限已于2025年10月9日届满（行政诉讼法第八十五条），未登记上诉，裁判生效",
        ),
        (
            RECONSIDERATION,
            expire("decision", "2025-05-07"),
            "复议决定期限已于2025年5月6日届满（行政复议法第六十二条），尚未登记复议决定",
        ),
    ],
)
def test_sentences_read_as_officials_write_them(
    before: Given, command: ProceedingCommand, said: str
) -> None:
    (event,) = before.when(command).happened
    assert sentence(event) == said
