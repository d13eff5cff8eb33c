"""Write the entry lines of one case with a date that never goes back."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.agency_years.facts import Line


class OutOfTimeError(Exception):
    """The next fact would lie beyond the end of what has happened so far."""


class Pen:
    """Write the facts of one case in the order they happened, none before the other.

    `day` is the earliest date the next fact may have; nothing is written beyond `until`.
    """

    def __init__(self, rng: Random, agency: str, case: str, day: date, until: date) -> None:
        self.rng, self.agency, self.case = rng, agency, case
        self.day, self.until = day, until
        self.lines: list[Line] = []

    def chance(self, share: float) -> bool:
        """Tell whether a thing that happens in this share of cases happens now."""
        return self.rng.random() < share

    def pick(self, first: date, last: date) -> date:
        """Return a random day of the span, both ends included."""
        return first + timedelta(days=self.rng.randint(0, (last - first).days))

    def move_to(self, day: date) -> None:
        """Let time pass until `day`.

        Raises:
            OutOfTimeError: `day` lies beyond the end.
        """
        assert self.day <= day, (self.case, self.day, day)
        if day > self.until:
            raise OutOfTimeError
        self.day = day

    def pass_days(self, least: int, most: int) -> None:
        """Let a random number of calendar days pass."""
        self.move_to(self.day + timedelta(days=self.rng.randint(least, most)))

    def has_days(self, count: int) -> bool:
        """Tell whether so many days are left."""
        return self.day + timedelta(days=count) <= self.until

    def later(self, most: int) -> date:
        """Return a day up to so many days ahead, within what has happened so far."""
        day = self.day + timedelta(days=self.rng.randint(0, most))
        return min(day, self.until)

    def write(self, do: str, **fields: object) -> None:
        """Write one line dated on the present day; dates become ISO text, amounts decimals."""
        line: Line = {"do": do, "agency": self.agency, "case": self.case, "on": _plain(self.day)}
        line |= {name: _plain(value) for name, value in fields.items() if value is not None}
        if self.chance(0.15):
            line["by"] = self.rng.choice(("经办人甲", "经办人乙"))
        if self.chance(0.1):
            line["note"] = "补录"
        self.lines.append(line)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
