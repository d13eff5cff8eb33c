"""One applicant who asks a dozen times in a month and is charged by items (国办函〔2020〕109号)."""

from datetime import date, timedelta
from random import Random

from tests.agency_years import periods, waits
from tests.agency_years.arrivals import applicant
from tests.agency_years.facts import Line, Request
from tests.agency_years.pen import Pen
from tests.agency_years.request_life import RequestLife, live
from tests.agency_years.stories import answer


def bulk_lives(
    rng: Random, agency: str, month: date, until: date, number: int
) -> list[RequestLife]:
    """Invent twelve to fourteen requests of one person in the month that begins on `month`.

    One comes in every second day, each received at once, so that the place of each in the
    month is beyond doubt. One of the early ones may be withdrawn and then holds no place
    (chosen). The last one is charged for its own place alone.
    """
    who = applicant(rng, number, "natural_person")
    count = rng.randint(12, 14)
    withdrawn = rng.randint(1, 5) if rng.random() < 0.5 else 0
    days = [month + timedelta(days=2 * n) for n in range(count)]
    lives = [
        _arrived(Pen(rng, agency, f"P-{n + 1:02d}", day, until), who) for n, day in enumerate(days)
    ]
    for place, life in enumerate(lives[:-1], start=1):
        live(life, _withdraw_next_day if place == withdrawn else answer)
    last_place = count - (1 if withdrawn else 0)
    live(lives[-1], lambda life: _charge(life, last_place))
    return lives


def _arrived(pen: Pen, who: Line) -> RequestLife:
    channel = pen.rng.choice(("in_person", "oral"))
    request = Request(pen.case, str(who["type"]), channel, pen.day)
    pen.write("register", channel=channel, applicant=who, description="同类信息若干")
    return RequestLife(pen, request)


def _withdraw_next_day(life: RequestLife) -> None:
    life.pen.pass_days(1, 1)
    life.withdraw()


def _charge(life: RequestLife, place: int) -> None:
    life.pen.pass_days(2, 12)
    life.charge_fee("items", None)
    waits.settle_fee(life, periods.items_fee(place, 1))
    if life.is_open():
        answer(life)
