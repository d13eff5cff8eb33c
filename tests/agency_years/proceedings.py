"""Reconsiderations and lawsuits over several years, about a request or about none (table four)."""

from contextlib import suppress
from datetime import date
from random import Random

from tests.agency_years import codes
from tests.agency_years.facts import Proceeding, Request
from tests.agency_years.pen import OutOfTimeError, Pen
from tests.agency_years.reckoning import received_on

_KINDS_OF_DECISION = {
    "upheld": ("维持",),
    "corrected": ("变更", "撤销", "确认违法", "责令履行", "确认无效"),
    "other": ("驳回", "不予受理", "终止", "调解"),
}


def contest(pen: Pen, group: str, requests: list[Request]) -> Proceeding:
    """Invent one proceeding filed on the pen's day; it may be pending for years, or for good."""
    proceeding = Proceeding(pen.case, group, pen.day)
    request = _subject(pen, requests)
    if group == "reconsideration":
        pen.write("file_reconsideration", request=request)
    else:
        after = group == "litigation_after_reconsideration"
        pen.write("file_lawsuit", request=request, after_reconsideration=after)
    with suppress(OutOfTimeError):
        _conclude(pen, proceeding)
    return proceeding


def _subject(pen: Pen, requests: list[Request]) -> str | None:
    """Choose a request that had a result before this day, or none."""
    known = [
        request.case
        for request in requests
        if received_on(request) and request.results and request.results[0].on < pen.day
    ]
    return pen.rng.choice(known) if known and pen.chance(0.6) else None


def _conclude(pen: Pen, proceeding: Proceeding) -> None:
    if pen.chance(0.15):
        return
    if proceeding.group == "reconsideration":
        pen.pass_days(20, 90 if pen.chance(0.7) else 500)
        proceeding.result = pen.rng.choice(codes.PROCEEDING_RESULTS)
        kinds = _KINDS_OF_DECISION[proceeding.result]
        detail = pen.rng.choice(kinds) if pen.chance(0.5) else None
        pen.write("conclude_reconsideration", result=proceeding.result, outcome_detail=detail)
    else:
        _try_in_court(pen, proceeding)
    proceeding.concluded_on = pen.day


def _try_in_court(pen: Pen, proceeding: Proceeding) -> None:
    """Bring the lawsuit to its last judgment; under appeal it stays pending (chosen)."""
    pen.pass_days(30, 180 if pen.chance(0.6) else 500)
    if pen.chance(0.3):
        _judge_then_appeal(pen)
    elif pen.chance(0.3):
        pen.write("appeal_lawsuit")
        pen.pass_days(30, 300)
    proceeding.result = pen.rng.choice(codes.PROCEEDING_RESULTS)
    pen.write("conclude_lawsuit", result=proceeding.result)


def _judge_then_appeal(pen: Pen) -> None:
    """Record the first judgment, then the appeal against it, both in one year.

    Kept within the year: whether a judgment of December, appealed in January, was pending on
    31 December is left open by the text.
    """
    left_of_year = (date(pen.day.year, 12, 31) - pen.day).days
    if left_of_year < 15 or not pen.has_days(15):
        return
    pen.write("conclude_lawsuit", result=pen.rng.choice(codes.PROCEEDING_RESULTS))
    pen.pass_days(1, 15)
    pen.write("appeal_lawsuit")
    pen.pass_days(30, 300)


def proceedings_of(
    rng: Random, agency: str, span: tuple[date, date], until: date, requests: list[Request]
) -> list[tuple[Pen, Proceeding]]:
    """Invent a handful of proceedings filed between the two days of `span`."""
    begun: list[tuple[Pen, Proceeding]] = []
    for number in range(1, rng.randint(3, 9)):
        day = date.fromordinal(rng.randint(span[0].toordinal(), span[1].toordinal()))
        pen = Pen(rng, agency, f"S-{number:02d}", day, until)
        begun.append((pen, contest(pen, rng.choice(codes.PROCEEDING_GROUPS), requests)))
    return begun
