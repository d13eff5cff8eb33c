"""``report.html``: one self-contained accessible page, fit for a government site.

No script and nothing fetched from elsewhere; every rule of style begins with ``.gk-report``, so the
article can be pasted into a page of the agency's own. Each figure names the heads it stands under
(``headers``), as screen readers need for merged heads (WCAG 2.1, technique H43).
"""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from reporting.annual_report import AnnualReport
from reporting.charts_svg import chart_svg
from reporting.composition import compose
from reporting.grid import Grid, Kind, Placed, heads_of, placed
from reporting.page_templates import ENVIRONMENT
from reporting.trends import Trends

SCOPES = {Kind.COLUMN_HEAD: "col", Kind.ROW_HEAD: "row"}


def render_html(report: AnnualReport, trends: Trends | None = None) -> bytes:
    """Return the page in UTF-8."""
    document = compose(report, trends)
    page = ENVIRONMENT.get_template("annual_report.html").render(
        document=document,
        report=report,
        tables={
            section.grid.name: html_table(section.grid, document.figures)
            for section in document.sections
            if section.grid
        },
        drawn={
            chart.name: Markup(chart_svg(chart))  # noqa: S704 - escaped where it was drawn
            for section in document.sections
            for chart in section.charts
        },
    )
    return page.encode()


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell ready for the template; attributes without a value are left out there."""

    words: str
    style: str
    identity: str | None
    scope: str | None
    headers: str | None
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table ready for the template: column widths in per cent, head rows, bodies of rows."""

    widths: tuple[str, ...]
    head: list[list[HtmlCell]]
    bodies: list[list[list[HtmlCell]]]


def html_table(grid: Grid, figures: dict[str, str]) -> HtmlTable:
    """Turn a grid into rows of cells with spans, scopes and headers."""
    cells = list(placed(grid))
    parts = [
        [
            [_cell(grid, one, cells, figures) for one in row]
            for _, row in groupby(part, lambda one: one.row)
        ]
        for _, part in groupby(cells, lambda one: one.part)
    ]
    width = sum(grid.widths)
    return HtmlTable(
        widths=tuple(f"{100 * share / width:.2f}" for share in grid.widths),
        head=parts.pop(0) if grid.head else [],
        bodies=parts,
    )


def _cell(grid: Grid, one: Placed, cells: list[Placed], figures: dict[str, str]) -> HtmlCell:
    cell = one.cell
    is_figure = cell.kind is Kind.FIGURE
    heads = [_identity(grid, head) for head in heads_of(one, cells)] if is_figure else []
    return HtmlCell(
        words=figures[cell.content] if is_figure else cell.content,
        style="upright" if cell.upright else cell.kind.value.replace("_", "-"),
        identity=_identity(grid, one) if cell.kind in SCOPES else None,
        scope=_scope(one),
        headers=" ".join(heads) or None,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
    )


def _identity(grid: Grid, one: Placed) -> str:
    return f"gk-{grid.name}-r{one.row}c{one.column}"


def _scope(one: Placed) -> str | None:
    scope = SCOPES.get(one.cell.kind)
    spans = one.cell.colspan if scope == "col" else one.cell.rowspan
    return f"{scope}group" if scope and spans > 1 else scope
