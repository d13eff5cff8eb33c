"""What happened in an agency, as plain facts without any order of entries.

These are kept by the generator while it invents a life, as the record stands at the very end:
corrected particulars have replaced the first ones, a changed result stands at the day of the
original one. The reckoning counts these facts and never sees the entry lines.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Line = dict[str, object]
"""One entry line of the outside contract, ready for JSON."""


@dataclass
class Result:
    """What a request came to, the day it counts on, and whether a reopening voided it."""

    on: date
    outcome: str
    voided: bool = False


@dataclass
class Request:
    """One request: who asked, how and when it came, and its results one after another."""

    case: str
    applicant_type: str
    channel: str
    submitted_on: date
    signed_on: date | None = None
    confirmed_on: date | None = None
    results: list[Result] = field(default_factory=list)


@dataclass
class Proceeding:
    """One reconsideration or lawsuit; `group` is its column group in table four.

    An appealed lawsuit is concluded only by the last judgment.
    """

    case: str
    group: str
    filed_on: date
    concluded_on: date | None = None
    result: str = ""


@dataclass
class Documents:
    """Regulations or normative documents issued and repealed on one day."""

    on: date
    kind: str
    issued: int
    repealed: int


@dataclass
class Opening:
    """How many documents of a kind were in force when `year` began."""

    year: int
    kind: str
    in_force: int


@dataclass
class Decisions:
    """Permits, penalties or coercive measures decided, as counted on one day."""

    on: date
    kind: str
    count: int


@dataclass
class Income:
    """Administrative fees (行政事业性收费) taken in on one day, in yuan."""

    on: date
    yuan: Decimal


@dataclass
class Scenario:
    """One agency's life: its entry lines, and the same life as facts."""

    seed: int
    agency: str
    name: str
    years: tuple[int, ...]
    begin: date
    until: date
    lines: list[Line] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    proceedings: list[Proceeding] = field(default_factory=list)
    documents: list[Documents] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    decisions: list[Decisions] = field(default_factory=list)
    incomes: list[Income] = field(default_factory=list)
