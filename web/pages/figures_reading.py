"""Figures as the pages read them: live ones at hand, past ones folded once and kept a while."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from activities.figures import AgencyFigures, UnknownAgencyError
from activities.handling_times import HandlingTimes, handling_times
from activities.kept_figures import YearAtHand
from activities.live_figures import LiveFigures
from engine.parts import Parts
from engine.reports import assembler_of
from reporting.figures import Figures
from reporting.findings import Finding
from reporting.identities import ACROSS_YEARS, Rule
from reporting.trends import Trends
from reporting.xlsx_identities import identities
from web.access import TheOffice
from web.pages.figures_moment import Moment
from workflows.law_in_force import current_law

_PAST_KEPT = 4
"""Past positions kept in memory: a slider goes back and forth between few."""

_TIMES_KEPT = 64

FIRST_YEAR = 2008
"""The 条例 is in force since 2008-05-01; no figures are older."""
LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """One identity of the form, with what stands on either side."""

    rule: Rule
    place: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether it is so (成立)."""
        return self.left == self.right


@dataclass(frozen=True, slots=True)
class YearShown:
    """An agency's year at the moment asked for.

    Attributes:
        whole: for the way back from a cell.
        first_year: of the first request on record.
        times: of the replies; None for a moment in the past, of which the register of requests
            keeps no state.
    """

    whole: AgencyFigures
    year: int
    figures: Figures
    trends: Trends
    first_year: int | None
    times: HandlingTimes | None

    @property
    def identities(self) -> list[IdentityLine]:
        """The 42 identities inside the tables, those that do not hold first."""
        cells = self.figures.tables.figures()
        lines = [
            IdentityLine(
                each.rule,
                each.place,
                int(sum(cells[code] for code in each.left)),
                int(sum(cells[code] for code in each.right)),
            )
            for each in identities()
        ]
        return sorted(lines, key=lambda line: line.holds)


class FiguresShown:
    """What the pages about figures read from."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._live = LiveFigures(parts.store, parts.engine, parts.projector)
        self._times: dict[tuple[str, int, int, str], HandlingTimes] = {}
        self._past: OrderedDict[tuple[str, int], AgencyFigures] = OrderedDict()
        self._lock = threading.Lock()

    def live(self, agency: str, year: int) -> YearAtHand:
        """Return a year as the log now stands.

        Raises:
            HTTPException: no such agency, or no such year.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise HTTPException(404)
        try:
            return self._live.of_year(agency, year)
        except UnknownAgencyError:
            raise HTTPException(404) from None

    def at(self, agency: str, year: int, when: Moment) -> YearShown:
        """Return a year as it was known at a moment.

        Raises:
            HTTPException: no such agency now, or no such year.
            UnknownAgencyError: it was not registered then.
        """
        now = self.live(agency, year)
        instant = when.instant
        position = now.position
        if instant is not None:
            position = self._parts.store.positions_recorded_by(instant)
        if position >= now.position:
            return YearShown(
                now.whole, year, now.figures, now.trends, now.first_year, self.times(now)
            )
        past = self._folded(agency, position)
        of_year = past.of_year(year)
        return YearShown(past, year, of_year, past.trends_of(year), now.first_year, None)

    def times(self, now: YearAtHand) -> HandlingTimes:
        """Return how long the replies of a year took."""
        calendar = current_law().calendar
        key = (now.whole.agency, now.year, now.position, calendar.version)
        with self._lock:
            found = self._times.get(key)
        if found is None:
            found = handling_times(now.spans, calendar)
            with self._lock:
                if len(self._times) >= _TIMES_KEPT:
                    self._times.clear()
                self._times[key] = found
        return found

    def against_last_year(self, shown: YearShown) -> Sequence[Finding]:
        """Return what does not follow from last year's published report."""
        whole, tables = shown.whole, shown.figures.tables
        found = assembler_of(self._parts).check(whole.agency, shown.year, tables, whole.position)
        return [finding for finding in found if finding.rule in ACROSS_YEARS]

    def _folded(self, agency: str, position: int) -> AgencyFigures:
        key = (agency, position)
        with self._lock:
            if key in self._past:
                self._past.move_to_end(key)
                return self._past[key]
        figures = self._parts.figures.at(agency, position)
        with self._lock:
            self._past[key] = figures
            while len(self._past) > _PAST_KEPT:
                self._past.popitem(last=False)
        return figures


def the_figures(request: Request, office: TheOffice) -> FiguresShown:
    """Return what these pages read figures from, made once for an application."""
    state = request.app.state
    if not hasattr(state, "figures_shown"):
        state.figures_shown = FiguresShown(office.parts)
    shown: FiguresShown = state.figures_shown
    return shown


TheFigures = Annotated[FiguresShown, Depends(the_figures)]


def years_offered(first: int | None, this_year: int) -> Mapping[int, str]:
    """Return the years a page offers, the latest first."""
    begin = max(min(first or this_year, this_year), FIRST_YEAR)
    return {year: f"{year}年" for year in range(this_year, begin - 1, -1)}
