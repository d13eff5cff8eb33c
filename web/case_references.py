"""Case references (申请编号): how an agency makes its own, and which are free next.

A pattern is text in which `{年}` stands for the year and `{0000}` for a number of as many digits
at least: `{年}-{0000}` makes 2025-0123. Numbers run through the year, or for good where the pattern
has no year.
"""

import re
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from disclosure.addresses import case_of, case_stream, check_case
from disclosure.refusals import Refused
from eventstore import writing
from people import Doer
from people.intake_schema import intake_rows, reference_patterns
from people.trail import record
from projections import CaseRegister, Proceedings
from web.office import Office

DEFAULT_PATTERN = "{年}-{0000}"
_YEAR = "{年}"
_NUMBER = re.compile(r"\{(0{1,9})\}")
_LONGEST = 60


class PatternRefusedError(ValueError):
    """A text is no pattern; the message is for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, taken apart.

    Attributes:
        before: text before the number, the year still as `{年}`.
        after: text after it.
        digits: how many the number has at least.
    """

    before: str
    after: str
    digits: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a pattern.

        Raises:
            PatternRefusedError: it has no number, or more than one, or could be no reference.
        """
        numbers = list(_NUMBER.finditer(text))
        if len(numbers) != 1 or text.count(_YEAR) > 1:
            raise PatternRefusedError("须有且只有一处序号，如 {0000}；年度 {年} 至多一处")
        rest = _NUMBER.sub("", text).replace(_YEAR, "")
        if "{" in rest or "}" in rest or len(text) > _LONGEST:
            raise PatternRefusedError(f"花括号内只能写 年 或者 0，全长不超过 {_LONGEST} 个字符")
        (number,) = numbers
        made = cls(text[: number.start()], text[number.end() :], len(number.group(1)))
        try:
            check_case(made.reference(2025, 1))
        except Refused as refused:
            raise PatternRefusedError(refused.message) from None
        return made

    def reference(self, year: int, number: int) -> str:
        """Return the reference of a number."""
        return f"{self._filled(self.before, year)}{number:0{self.digits}}{self.after_in(year)}"

    def start_in(self, year: int) -> str:
        """Return what every reference of a year begins with."""
        return self._filled(self.before, year)

    def after_in(self, year: int) -> str:
        """Return what every reference of a year ends with."""
        return self._filled(self.after, year)

    def number_of(self, reference: str, year: int) -> int:
        """Return the number in a reference, 0 where it was not made by this pattern."""
        inner = reference.removeprefix(self.start_in(year)).removesuffix(self.after_in(year))
        if not inner.isascii() or not inner.isdigit() or len(inner) > len("123456789"):
            return 0
        return int(inner) if self.reference(year, int(inner)) == reference else 0

    @staticmethod
    def _filled(text: str, year: int) -> str:
        return text.replace(_YEAR, str(year))


class References:
    """The references of an office's agencies."""

    def __init__(self, office: Office) -> None:
        self._people = office.people.engine
        self._log = office.parts.engine

    def pattern_text(self, agency: str) -> str:
        """Return the pattern an agency has set, or the usual one."""
        wanted = sa.select(reference_patterns.c.pattern).where(
            reference_patterns.c.agency == agency
        )
        with self._people.connect() as connection:
            return connection.scalar(wanted) or DEFAULT_PATTERN

    def set_pattern(self, doer: Doer, agency: str, text: str) -> None:
        """Make references by another pattern from now on.

        Raises:
            PatternRefusedError: it is none.
        """
        Pattern.of(text)
        with writing(self._people) as connection:
            connection.execute(
                sa.delete(reference_patterns).where(reference_patterns.c.agency == agency)
            )
            connection.execute(sa.insert(reference_patterns).values(agency=agency, pattern=text))
            record(
                connection,
                doer,
                "reference_pattern_set",
                f"agency/{agency} {text}",
                words="设置申请编号规则",
            )

    def next(self, agency: str, year: int, count: int = 1) -> list[str]:
        """Return the next free references of an agency; nothing keeps them free."""
        pattern = Pattern.of(self.pattern_text(agency))
        taken = self._taken(agency, pattern.start_in(year))
        last = max((pattern.number_of(reference, year) for reference in taken), default=0)
        return [pattern.reference(year, last + n) for n in range(1, count + 1)]

    def _taken(self, agency: str, start: str) -> list[str]:
        """Return the references on record, and those given to rows not yet on record."""
        stream = case_stream(agency, start)
        with self._log.connect() as connection:
            on_record = [
                case_of(found)
                for table in (CaseRegister.table, Proceedings.table)
                for found in connection.scalars(
                    sa.select(table.c.stream).where(
                        table.c.stream.startswith(stream, autoescape=True)
                    )
                )
            ]
        given = sa.select(intake_rows.c.case_reference).where(intake_rows.c.agency == agency)
        with self._people.connect() as connection:
            return [*on_record, *connection.scalars(given)]
