"""From receipt to archive: the order in which things happen to a received request."""

from collections.abc import Callable
from typing import Final

from tests.agency_years import codes, steps, waits
from tests.agency_years.request_life import RequestLife

_Step = Callable[[RequestLife], None]

_FIRST: Final[tuple[tuple[_Step, float], ...]] = (
    (steps.mend_record, 0.12),
    (waits.correction, 0.3),
    (steps.demand_reasons, 0.1),
    (steps.consult_third_parties, 0.2),
    (steps.mend_record, 0.06),
    (steps.consult_agencies, 0.12),
    (waits.fee, 0.16),
    (steps.extend, 0.2),
)
"""What may happen before the first result, and in what share of requests."""
_AGAIN: Final[tuple[tuple[_Step, float], ...]] = (
    (steps.consult_third_parties, 0.1),
    (steps.extend, 0.2),
)
"""What may happen once more when a result was voided."""


def whole_life(life: RequestLife) -> None:
    """Tell the life of a received request, as far as time allows."""
    _handle(life, _FIRST)
    _close_books(life)


def _handle(life: RequestLife, possible: tuple[tuple[_Step, float], ...]) -> None:
    order = list(possible)
    if life.pen.chance(0.3):
        life.pen.rng.shuffle(order)
    for step, share in order:
        if life.is_open() and life.pen.chance(share):
            step(life)
    if life.is_open() and not life.pen.chance(0.1):
        finish(life)


def finish(life: RequestLife) -> None:
    """Answer, or let the applicant withdraw."""
    if life.pen.chance(0.08):
        life.pen.pass_days(1, 25)
        life.withdraw()
    else:
        answer(life)


def answer(life: RequestLife) -> None:
    """Decide, in most cases in time, and deliver the decision."""
    pen = life.pen
    # Beyond a month most answers are late, and a few take longer than a whole year.
    pen.pass_days(1, pen.rng.choices((22, 90, 600), (80, 16, 4))[0])
    life.decide(_outcome(life))
    if pen.chance(0.85):
        _deliver(life)


def _outcome(life: RequestLife) -> str:
    """Choose a result that what went before allows."""
    if life.corrected and life.pen.chance(0.3):
        return codes.UNCLEAR
    if life.unreasoned and life.pen.chance(0.5):
        return codes.EXCESSIVE
    return life.pen.rng.choice(codes.ALWAYS_DECIDABLE)


def _deliver(life: RequestLife) -> None:
    """Hand over or post the answer; the signature may come days after, or never."""
    pen = life.pen
    pen.pass_days(0, 3)
    method = pen.rng.choice(("in_person", "mail", "online", "other"))
    posted = pen.day if method == "mail" else None
    signed = pen.later(6 if posted else 0) if pen.chance(0.7) else None
    life.write("deliver", method=method, posted_on=posted, signed_on=signed)
    pen.day = signed or pen.day


def _close_books(life: RequestLife) -> None:
    """Correct what turns out wrong after the result, then archive (Art. 45)."""
    pen = life.pen
    if life.is_open():
        return
    if pen.chance(0.06):
        steps.mend_record(life)
    if life.was_decided and pen.chance(0.1):
        _reclassify(life)
    if _may_reopen(life) and pen.chance(0.1):
        pen.pass_days(1, 500 if pen.chance(0.25) else 120)
        life.reopen()
        _handle(life, _AGAIN)
        if life.is_open():
            return
        if life.was_decided and pen.chance(0.1):
            _reclassify(life)
    if pen.chance(0.5):
        pen.pass_days(1, 60)
        life.write("archive", volume=f"卷{pen.case}", retention_years=pen.rng.choice((10, 30)))


def _may_reopen(life: RequestLife) -> bool:
    """Tell whether reopening leaves one clear reading.

    A lapse has its own way back. A result given in the middle of a wait is left alone: "as if
    never decided" would bring back a limit that has passed.
    """
    lapsed = life.request.results[-1].outcome in {codes.CORRECTION_LAPSED, codes.FEE_LAPSED}
    return not lapsed and not life.closed_in_wait


def _reclassify(life: RequestLife) -> None:
    pen = life.pen
    pen.pass_days(1, 200)
    now = life.request.results[-1].outcome
    life.reclassify(pen.rng.choice([code for code in codes.ALWAYS_DECIDABLE if code != now]))
