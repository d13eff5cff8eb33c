"""How a request comes in: applicant, channel, and the day it counts as received (Art. 31)."""

from datetime import date, timedelta
from random import Random

from tests.agency_years import codes
from tests.agency_years.facts import Line, Request
from tests.agency_years.pen import OutOfTimeError, Pen


def applicant(rng: Random, number: int, kind: str = "") -> Line:
    """Invent the nth applicant; no two numbers share a particular that could identify them."""
    kind = kind or rng.choice(codes.APPLICANT_TYPES)
    person = kind == "natural_person"
    return {
        "type": kind,
        "name": f"{'申请人' if person else '申请单位'}{number}",
        "id_number": f"99000019700101{number:04d}",
        "phone": f"1990000{number:04d}",
        "email": f"a{number}@example.org",
        "address": f"和平路{number}号",
    }


def arrive(pen: Pen, who: Line) -> Request:
    """Register a request on the pen's day and move to the day it is received, if it ever is.

    Some confirmations come with the registration and some become known later; near the end of
    a year they often fall in the next one. A request neither received nor withdrawn keeps no
    date of receipt.
    """
    channel = pen.rng.choice(codes.CHANNELS)
    request = Request(pen.case, str(who["type"]), channel, pen.day)
    described: Line = {"applicant": who, "description": f"关于{pen.case}所列事项的政府信息"}
    if channel in codes.IMMEDIATE_CHANNELS:
        pen.write("register", channel=channel, **described)
    elif channel == codes.SIGNED_CHANNEL:
        request.signed_on = pen.later(4)
        pen.write("register", channel=channel, signed_on=request.signed_on, **described)
        pen.day = request.signed_on
    else:
        _confirm(pen, request, described)
    return request


def _confirm(pen: Pen, request: Request, described: Line) -> None:
    """Confirm with the applicant at once, later, or never (Art. 31)."""
    if pen.chance(0.5):
        request.confirmed_on = _confirmation(pen)
        pen.write(
            "register", channel=request.channel, confirmed_on=request.confirmed_on, **described
        )
        pen.day = request.confirmed_on
        return
    pen.write("register", channel=request.channel, **described)
    if pen.chance(0.2):
        _give_up_unreceived(pen)
        return
    pen.day = request.confirmed_on = _confirmation(pen)
    pen.write("confirm_receipt")


def _confirmation(pen: Pen) -> date:
    """Choose the day of confirmation; in the last week of a year mostly in the next year."""
    next_year = date(pen.day.year + 1, 1, 1)
    if (next_year - pen.day).days <= 7 and next_year <= pen.until and pen.chance(0.7):
        last = min(next_year + timedelta(days=6), pen.until)
        return pen.pick(next_year, last)
    return pen.later(3)


def _give_up_unreceived(pen: Pen) -> None:
    """Leave it unconfirmed for good, or let the applicant withdraw before any receipt."""
    if pen.chance(0.5):
        try:
            pen.pass_days(1, 15)
        except OutOfTimeError:
            return
        pen.write("withdraw", reason="申请人不再需要")
