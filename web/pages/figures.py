"""Figures (数据): the year so far as the form draws it, each figure a way to what it counts.

The pages show cases by their references and events without personal data, so they write nothing
into the trail.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.responses import Response

from activities.cell_sources import Origin, origin_of
from activities.cell_words import cell_words
from activities.figures import UnknownAgencyError
from activities.handling_times import by_month
from disclosure.outcomes import ROWS, TOTAL
from disclosure.proceeding_results import GROUP_LABELS
from disclosure.sentences import sentence
from people import BUSINESS
from reporting.charts import charts_of
from reporting.charts_svg import chart_svg
from reporting.figures import known_names
from reporting.form import GRIDS
from reporting.labels import COLUMN_LABELS, ROW_LABELS
from reporting.render_html import html_table
from web.access import Signed, SignedVisit, may_read
from web.area import Area, MenuItem
from web.mergers import merger_of, open_cases_of
from web.pages.figures_moment import Asked, AskedMoment, Moment, moment
from web.pages.figures_offices import read_offices, times_by
from web.pages.figures_reading import (
    FIRST_YEAR,
    LAST_YEAR,
    FiguresShown,
    TheFigures,
    YearShown,
    years_offered,
)
from web.pages.request_paths import proceeding_path, request_path
from web.rendering import render, see_other
from workdays import date_in_shanghai
from workflows.law_in_force import current_law

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router, menu=(MenuItem("/figures", "数据", BUSINESS),))

FORMS = {
    grid.name: (grid.caption, html_table(grid, {code: code for code in known_names()}))
    for grid in GRIDS
}
"""The tables of the form; where a figure is to stand, its code does."""

_YEAR: Final = "/figures/{agency}/{year}"
_CELL: Final = _YEAR + "/cells/{cell}"
_HANDLING: Final = _YEAR + "/handling"
_REPLIES: Final = _YEAR + "/replies"
_A_PAGE = 50
_REPLIES_A_PAGE = 100


class Narrowing(BaseModel):
    """Which replies a list shows, and which page of it."""

    month: int | None = Field(default=None, ge=1, le=12)
    late: bool = False
    office: str = Field(default="", max_length=64)
    page: int = Field(default=1, ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class YearHere:
    """A request by a person about an agency's year."""

    request: Request
    visit: SignedVisit
    figures: FiguresShown
    agency: str
    year: int

    def page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        """Answer with a page about it."""
        known = self.visit.office.agencies()
        merger = merger_of(known, self.agency)
        about = {
            "agency": self.agency,
            "year": self.year,
            "name": known.name_of(self.agency),
            "merger": merger,
            "open_cases": open_cases_of(self.visit.office.parts, self.agency) if merger else None,
        }
        return render(
            self.request, f"pages/figures/{template}.html", status_code, **about, **context
        )


def year_here(
    request: Request, visit: Signed, figures: TheFigures, agency: str, year: int
) -> YearHere:
    """Return the year a request is about; one without law is a page not there."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise HTTPException(404)
    return YearHere(request, visit, figures, agency, year)


TheYear = Annotated[YearHere, Depends(year_here)]


@router.get("/figures", summary="数据")
def agencies(request: Request, visit: Signed) -> Response:
    """List the agencies whose figures may be read; where there is one, go there."""
    known, year = visit.office.agencies(), date_in_shanghai(datetime.now(UTC)).year
    visible = [agency for agency in known if visit.person.sees(agency.id)]
    if len(visible) == 1:
        return see_other(request, f"/figures/{visible[0].id}/{year}")
    return render(request, "pages/figures/agencies.html", agencies=visible, years=(year, year - 1))


@router.get(_YEAR, summary="年度数据")
def of_year(here: TheYear, asked: AskedMoment) -> Response:
    """Show tables two to four with their identities, charts and handling times."""
    when = moment(asked, here.year)
    errors = {"known_at": when.error} if when.error else {}
    try:
        shown = here.figures.at(here.agency, here.year, when)
    except UnknownAgencyError:
        return here.page("unknown_then", when=when, errors=errors)
    return here.page(
        "of_year",
        422 if errors else 200,
        when=when,
        errors=errors,
        shown=shown,
        years=years_offered(
            min(shown.first_year or here.year, here.year), max(when.last.year, here.year)
        ),
        grids=FORMS,
        figures=shown.figures.named(),
        identities=shown.identities,
        findings=here.figures.against_last_year(shown),
        charts=_drawn(shown),
    )


@router.get(_CELL, summary="数据构成")
def of_cell(
    here: TheYear,
    cell: str,
    asked: AskedMoment,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show what one figure counts: cases with their dates, and in each the events."""
    when = moment(asked, here.year)
    try:
        shown = here.figures.at(here.agency, here.year, when)
    except UnknownAgencyError:
        raise HTTPException(404) from None
    origin = origin_of(shown.whole, here.year, cell)
    if origin is None:
        raise HTTPException(404)
    cases = origin.cases[(page - 1) * _A_PAGE : page * _A_PAGE]
    sources = origin.sources(here.visit.office.parts.log, cases)
    return here.page(
        "of_cell",
        when=when,
        words=cell_words(f"{cell}.{TOTAL}" if cell in ROWS else cell),
        figure=shown.figures.named()[cell],
        of_the_agency=origin.of_the_agency is not None,
        cases=_cases(origin, cases),
        sources={source.name: source.entries for source in sources},
        sentence=sentence,
        pages=_pages(len(origin.cases), _A_PAGE, page, when),
    )


@router.get(_HANDLING, summary="办理时效")
def handling(here: TheYear) -> Response:
    """Show how long replies took, by month and by office."""
    now, calendar = here.figures.live(here.agency, here.year), current_law().calendar
    divided = read_offices(here.visit.office, here.agency)
    by_office = (
        times_by(now.replies, here.year, lambda reply: divided.of(reply.case), calendar)
        if divided.names
        else {}
    )
    return here.page(
        "handling",
        divided=divided,
        by_office=by_office,
        whole=here.figures.times(now),
        months=by_month(now.spans, calendar),
    )


@router.get(_REPLIES, summary="答复清单")
def replies(here: TheYear, wanted: Annotated[Narrowing, Query()]) -> Response:
    """List the replies behind a figure of the handling times, the slowest first."""
    calendar = current_law().calendar
    divided = read_offices(here.visit.office, here.agency)
    found = [
        (reply.working_days(calendar), reply)
        for reply in here.figures.live(here.agency, here.year).replies
        if reply.replied_on.year == here.year
        and wanted.month in {None, reply.replied_on.month}
        and (reply.late or not wanted.late)
        and wanted.office in {"", divided.of(reply.case)}
    ]
    found.sort(key=lambda each: (-each[0], each[1].case))
    first = (wanted.page - 1) * _REPLIES_A_PAGE
    narrowing = {
        "month": wanted.month or "",
        "late": "true" if wanted.late else "",
        "office": wanted.office,
    }
    return here.page(
        "replies",
        month=wanted.month,
        office=divided.name(wanted.office) if wanted.office else "",
        late=wanted.late,
        number=len(found),
        replies=[
            (request_path(here.agency, reply.case), days, reply, ROW_LABELS[reply.outcome])
            for days, reply in found[first : first + _REPLIES_A_PAGE]
        ],
        pages=_pages(
            len(found), _REPLIES_A_PAGE, wanted.page, moment(Asked(), here.year), **narrowing
        ),
    )


def _drawn(shown: YearShown) -> list[tuple[Any, Markup]]:
    drawn = charts_of(shown.year, shown.figures.tables.table3, shown.trends)
    return [(chart, Markup(chart_svg(chart))) for chart in drawn]  # noqa: S704 - escaped where it was drawn


def _cases(origin: Origin, wanted: list[str]) -> list[dict[str, Any]]:
    """Return a page of the cases a cell counts, as the template lists them."""
    agency, shown = origin.figures.agency, set(wanted)
    requests = [
        {
            "case": facts.case,
            "path": request_path(agency, facts.case),
            "column": COLUMN_LABELS[facts.column],
            "from": facts.received_on,
            "to": facts.closed_on,
            "result": ROW_LABELS[facts.outcome] if facts.outcome else "",
        }
        for facts in origin.requests
        if facts.case in shown
    ]
    contests = [
        {
            "case": contest.case,
            "path": proceeding_path(agency, contest.case),
            "column": GROUP_LABELS[contest.group],
            "from": contest.turns[0][0],
            "to": contest.turns[-1][0],
            "result": cell_words(f"{contest.group}.{contest.turns[-1][1]}"),
        }
        for contest in origin.contests
        if contest.case in shown
    ]
    return requests + contests


def _pages(
    number: int, length: int, page: int, when: Moment, **narrowing: str | int
) -> dict[str, Any]:
    """Return where one is in a long list, and the addresses of the pages beside it."""
    last = max(1, -(-number // length))
    return {
        "number": number,
        "page": page,
        "last": last,
        "before": when.query(**narrowing, page=page - 1) if page > 1 else "",
        "after": when.query(**narrowing, page=page + 1) if page < last else "",
    }
