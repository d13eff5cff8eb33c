"""What an office does beside requests: documents, decisions, fees, publishing (table two)."""

from datetime import date
from decimal import Decimal
from random import Random

from tests.agency_years import codes
from tests.agency_years.facts import Decisions, Documents, Income, Line, Opening, Scenario

_CATEGORIES = ("policy", "budget", "personnel")
_SECTIONS = {
    "overall": "全年新收申请{{new}}件，上年结转{{carried_in}}件，予以公开{{granted}}件。",
    "problems": "主动公开内容不够丰富，将加强业务培训。",
    "other": "全年发出收费通知{{fees.notices}}件，实收{{fees.received}}元。",
}


def office_lines(rng: Random, scenario: Scenario) -> list[Line]:
    """Invent the office's own facts; the facts go into the scenario, the lines are returned."""
    lines = [_registration(scenario)]
    for kind in codes.DOCUMENT_KINDS:
        lines += _documents(rng, scenario, kind)
    for year in scenario.years:
        first = max(date(year, 1, 1), scenario.begin)
        lines += _decisions(rng, scenario, first)
        lines += _incomes(rng, scenario, first)
        lines += _publishing(rng, scenario, first)
        lines += _sections(rng, scenario, year)
    return lines


def _line(scenario: Scenario, do: str, on: date, **fields: object) -> Line:
    return {"do": do, "agency": scenario.agency, "on": on.isoformat(), **fields}


def _days(rng: Random, first: date, most: int) -> list[date]:
    """Return up to so many different days from `first` to the end of its year, in order.

    Different ones, so that no two lines of the office are ever the same.
    """
    span = range(first.toordinal(), date(first.year, 12, 31).toordinal() + 1)
    return [date.fromordinal(day) for day in sorted(rng.sample(span, rng.randint(0, most)))]


def _registration(scenario: Scenario) -> Line:
    return _line(
        scenario,
        "register_agency",
        scenario.begin,
        name=scenario.name,
        region="某市",
        document_code=f"某{scenario.seed}",
        opened_on=scenario.begin.isoformat(),
    )


def _documents(rng: Random, scenario: Scenario, kind: str) -> list[Line]:
    """Issue and repeal documents; never repeal what is not in force by then."""
    lines: list[Line] = []
    opening = _opening(rng, scenario, kind)
    if opening:
        on, in_force = opening
        lines.append(_line(scenario, "opening_documents", on, kind=kind, in_force=in_force))
    balance = 0
    for year in scenario.years:
        for on in _days(rng, max(date(year, 1, 1), scenario.begin), 4):
            # An opening balance may be entered late in its year: only repeals after it draw on it.
            drawn = opening[1] if opening and opening[0] < on else 0
            issued = rng.randint(0, 4)
            repealed = rng.randint(0 if issued else 1, 3)
            if repealed > balance + issued + drawn:
                issued, repealed = 2, 0
            balance += issued - repealed
            scenario.documents.append(Documents(on, kind, issued, repealed))
            fields = {"kind": kind, "issued": issued, "repealed": repealed}
            lines.append(_line(scenario, "record_documents", on, **fields))
    return lines


def _opening(rng: Random, scenario: Scenario, kind: str) -> tuple[date, int] | None:
    """Enter the balance of the first year's start on some day of that year, mostly."""
    if rng.random() < 0.2:
        return None
    span = range(scenario.begin.toordinal(), date(scenario.begin.year, 12, 31).toordinal() + 1)
    on, in_force = date.fromordinal(rng.choice(span)), rng.randint(0, 40)
    scenario.openings.append(Opening(on.year, kind, in_force))
    return on, in_force


def _decisions(rng: Random, scenario: Scenario, first: date) -> list[Line]:
    lines: list[Line] = []
    for kind in codes.DECISION_KINDS:
        for on in _days(rng, first, 3):
            fact = Decisions(on, kind, rng.randint(1, 90))
            scenario.decisions.append(fact)
            lines.append(_line(scenario, "record_decisions", on, kind=kind, count=fact.count))
    return lines


def _incomes(rng: Random, scenario: Scenario, first: date) -> list[Line]:
    """Take in fees, sometimes round sums in 万元, sometimes to the cent."""
    lines: list[Line] = []
    for on in _days(rng, first, 3):
        cents = rng.choice((rng.randint(1, 40) * 1_000_000, rng.randint(1, 99_999_999)))
        yuan = Decimal(cents) / 100
        scenario.incomes.append(Income(on, yuan))
        lines.append(_line(scenario, "record_fee_income", on, amount_yuan=f"{yuan:.2f}"))
    return lines


def _publishing(rng: Random, scenario: Scenario, first: date) -> list[Line]:
    return [
        _line(
            scenario,
            "publish_information",
            on,
            channel=rng.choice(("website", "gazette")),
            category=rng.choice(_CATEGORIES),
            count=rng.randint(1, 60),
        )
        for on in _days(rng, first, 3)
    ]


def _sections(rng: Random, scenario: Scenario, year: int) -> list[Line]:
    """Write the three free sections in the year's last days."""
    on = date(year, 12, rng.randint(20, 31))
    return [
        _line(scenario, "write_section", on, year=year, section=section, text=text)
        for section, text in _SECTIONS.items()
    ]
