"""The law in force as one value: the working-day calendar and the choices the texts leave open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

RULE_SET = "2026.1"
"""Version of the rules in this room. A published report names it."""


class DueDay(Protocol):
    """A day found by counting working days."""

    @property
    def day(self) -> date:
        """The day itself."""

    @property
    def provisional(self) -> bool:
        """Whether it lies beyond the published calendar, so that a later notice may move it."""


class KnownDay(Protocol):
    """What the calendar says of one day."""

    @property
    def is_workday(self) -> bool:
        """Whether it counts."""

    @property
    def sentence(self) -> str:
        """Why it does or does not, in Chinese, with the number of the holiday notice."""


class WorkingDays(Protocol):
    """What the law needs to know of the working-day calendar (the room `workdays` fulfils it)."""

    @property
    def version(self) -> str:
        """Short stable name of the holiday notices behind this calendar."""

    def after(self, start: date, n: int, /) -> DueDay:
        """Return the nth working day after `start`, which itself is not counted."""

    def count(self, after: date, through: date, /) -> int:
        """Return how many working days d there are with after < d <= through."""

    def day(self, day: date, /) -> KnownDay:
        """Return what is known of a day."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Settle what the texts leave open; each is a setting with this default, in working days.

    Attributes:
        correction_limit: limit for a correction (补正) when the notice names none. The law asks
            only for a reasonable one (条例 Art. 30).
        mail_in_transit: allowance after the limit before a correction is deemed abandoned: a
            letter posted on the last day is in time.
        reminder: how long before the due date the case worker is reminded.
    """

    correction_limit: int = 15
    mail_in_transit: int = 3
    reminder: int = 3


def _no_pseudonyms(_name: str) -> str:
    raise RuntimeError("no key for pseudonyms: the composition root has not said which law to use")


@dataclass(frozen=True, slots=True)
class Law:
    """Everything `decide` needs beside the state and the command.

    Attributes:
        calendar: the working days.
        choices: what the texts leave open.
        pseudonym: a keyed digest; the same name always gives the same term, and the term says
            nothing of the name.
    """

    calendar: WorkingDays
    choices: Choices = field(default_factory=Choices)
    pseudonym: Callable[[str], str] = _no_pseudonyms


ANSWER_PERIOD = 20
"""Working days to answer a request (条例 Art. 33¶2)."""

PAYMENT_PERIOD = 20
"""Working days to pay, from the day after the notice was received (国办函〔2020〕109号 Art. 6)."""

EXTENSION_LIMIT = 20
"""Working days an extension may add at most, once (条例 Art. 33¶2)."""

CORRECTION_NOTICE_PERIOD = 7
"""Working days from receipt within which a correction may be asked for (条例 Art. 30)."""

CONSULTATION_PERIOD = 15
"""Working days a third party or a co-making agency has, from its receipt of the letter (条例 Art.
32, 34)."""
