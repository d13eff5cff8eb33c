"""The two waits that lapse: for a corrected text (Art. 30) and for a payment (Fees Art. 6)."""

from datetime import date, timedelta
from decimal import Decimal

from tests.agency_years import periods
from tests.agency_years.request_life import RequestLife


def correction(life: RequestLife) -> None:
    """Ask for a clearer text; it comes, lapses, or the matter ends meanwhile."""
    pen = life.pen
    # Beyond about nine days the notice is later than seven working days: late, yet true.
    pen.pass_days(1, 14)
    life.request_correction(pen.rng.randint(5, 20), as_date=pen.chance(0.5))
    fate = pen.rng.random()
    if fate < 0.55:
        pen.move_to(_before_lapse(life))
        life.receive_correction()
        if pen.chance(0.12) and pen.has_days(20):
            _second_correction(life)
    elif fate < 0.88:
        life.lapse()
        if _reopens_lapse(life):
            pen.pass_days(0, 5)
            life.receive_correction()
    else:
        _end_meanwhile(life)


def _second_correction(life: RequestLife) -> None:
    """Ask a second time, which Art. 30 does not allow but an agency may have done.

    It is always answered: whether an unlawful notice can lapse is not for the generator to say.
    """
    life.pen.pass_days(1, 8)
    life.request_correction(15, as_date=False)
    life.pen.pass_days(0, 10)
    life.receive_correction()


def fee(life: RequestLife) -> None:
    """Charge the information processing fee; it is paid, half paid, or never paid."""
    pen = life.pen
    pen.pass_days(1, 14)
    mode = pen.rng.choice(("pages", "items"))
    quantity = pen.rng.randint(31, 600) if mode == "pages" else pen.rng.randint(11, 45)
    amount = periods.page_fee(quantity) if mode == "pages" else periods.items_fee(1, quantity)
    life.charge_fee(mode, quantity)
    settle_fee(life, amount)


def settle_fee(life: RequestLife, amount: Decimal) -> None:
    """Decide what becomes of a fee notice that the applicant has received."""
    pen = life.pen
    fate = pen.rng.random()
    if fate < 0.45:
        pen.move_to(_before_lapse(life))
        life.pay_fee(amount, complete=True)
    elif fate < 0.65:
        _pay_in_parts(life, amount)
    elif fate < 0.92:
        _leave_unpaid(life, amount)
    else:
        _end_meanwhile(life)


def _pay_in_parts(life: RequestLife, amount: Decimal) -> None:
    part = _part_of(life, amount)
    life.pen.move_to(_before_lapse(life))
    life.pay_fee(part, complete=False)
    life.pen.move_to(_before_lapse(life))
    life.pay_fee(amount - part, complete=True)


def _leave_unpaid(life: RequestLife, amount: Decimal) -> None:
    """Let the wait lapse, after nothing or a part; the rest may be paid after a reopening."""
    paid = Decimal(0)
    if life.pen.chance(0.4):
        paid = _part_of(life, amount)
        life.pen.move_to(_before_lapse(life))
        life.pay_fee(paid, complete=False)
    life.lapse()
    if _reopens_lapse(life):
        life.pen.pass_days(0, 5)
        life.pay_fee(amount - paid, complete=True)


def _part_of(life: RequestLife, amount: Decimal) -> Decimal:
    """Return less than the whole amount, to the cent."""
    cents = life.pen.rng.randint(1, int(amount) * 100 - 1)
    return Decimal(cents) / 100


def _before_lapse(life: RequestLife) -> date:
    """Choose a day before the lapse, often the very last, when only the mail was slow."""
    assert life.lapses_on is not None
    last = life.lapses_on - timedelta(days=1)
    return last if life.pen.chance(0.2) else life.pen.pick(life.pen.day, last)


def _reopens_lapse(life: RequestLife) -> bool:
    """Reopen a lapsed request some days after, when a good reason comes to light.

    Only while there is time enough for the text or the payment to follow: a reopened wait is
    never left unanswered, because the text names no second limit for it.
    """
    if not (life.pen.has_days(20) and life.pen.chance(0.45)):
        return False
    life.pen.pass_days(1, 12)
    life.reopen()
    return True


def _end_meanwhile(life: RequestLife) -> None:
    """Withdraw, or answer without waiting any longer, so that nothing is left to lapse."""
    life.pen.move_to(_before_lapse(life))
    if life.pen.chance(0.5):
        life.withdraw()
    else:
        life.decide(life.pen.rng.choice(("granted", "partial", "unable.not_held")))
