"""What somebody wants to see of the worklist: the filters of its address, read and checked."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from web.pages.worklist_words import CHOICES

_DATES: Final = {
    "limit_from": "期限自",
    "limit_to": "期限至",
    "received_from": "收到自",
    "received_to": "收到至",
}


class WorklistFilter(BaseModel):
    """The fields of the form above the list; what is empty does not narrow.

    Days are Shanghai's, both included. `state` is open, closed or all; `year` is that of receipt;
    `after` is where the page begins, as the page before gave it.
    """

    scope: str = Field(default="all", max_length=20)
    state: str = Field(default="open", max_length=20)
    agency: str = Field(default="", max_length=64)
    office: str = Field(default="", max_length=20)
    assignee: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=40)
    stage: str = Field(default="", max_length=40)
    waits_for: str = Field(default="", max_length=40)
    due: str = Field(default="", max_length=20)
    channel: str = Field(default="", max_length=40)
    applicant: str = Field(default="", max_length=40)
    outcome: str = Field(default="", max_length=60)
    flag: str = Field(default="", max_length=60)
    year: str = Field(default="", max_length=4)
    limit_from: str = Field(default="", max_length=10)
    limit_to: str = Field(default="", max_length=10)
    received_from: str = Field(default="", max_length=10)
    received_to: str = Field(default="", max_length=10)
    after: str = Field(default="", max_length=250)

    def values(self) -> dict[str, str]:
        """Return the fields of the form."""
        return self.model_dump(exclude={"after"})

    def narrowing(self, **changed: str) -> str:
        """Return the query of the address that asks for the same, or for something changed.

        Fields that say nothing are left out, so that a saved view shows what it narrows by.
        """
        usual = WorklistFilter().model_dump()
        wanted = {**self.values(), **changed}
        return urlencode({name: value for name, value in wanted.items() if value != usual[name]})

    @property
    def more(self) -> bool:
        """Whether one of the seldom used fields narrows."""
        often = {"scope", "state", "agency", "due", "waits_for", "assignee", "office"}
        return any(value for name, value in self.values().items() if name not in often)

    def read(self) -> tuple["Wanted", dict[str, str]]:
        """Return what is asked for, and by field what cannot be read."""
        errors = {
            name: "没有这一选项，请重新选择"
            for name, choices in CHOICES.items()
            if getattr(self, name) and getattr(self, name) not in choices
        }
        days: dict[str, date | None] = {}
        for name in _DATES:
            days[name] = _day(name, getattr(self, name), errors)
        year = _year(self.year, errors)
        wanted = Wanted(
            filters=self,
            limit=(days["limit_from"], days["limit_to"]),
            received=(days["received_from"], days["received_to"]),
            year=year,
            after=_place(self.after),
        )
        return wanted, errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, dates and place read."""

    filters: WorklistFilter
    limit: tuple[date | None, date | None] = (None, None)
    received: tuple[date | None, date | None] = (None, None)
    year: int | None = None
    after: tuple[date, str] | None = None


def place_after(day: date, stream: str) -> str:
    """Write down where the next page begins."""
    return f"{day.isoformat()}~{stream}"


def _place(text: str) -> tuple[date, str] | None:
    day, _, stream = text.partition("~")
    try:
        return date.fromisoformat(day), stream
    except ValueError:
        return None


def _day(name: str, text: str, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors[name] = f"“{_DATES[name]}”应写作 2026-01-31"
        return None


def _year(text: str, errors: dict[str, str]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == len("2026")) or text < "1900":
        errors["year"] = "年份应写作 2026"
        return None
    return int(text)
