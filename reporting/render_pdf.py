"""``report.pdf``: the report as it is published, set in the house's page of an official document.

Tagged and fit for the archive (PDF/A-2b, PDF/UA-1); the look is `templates/annual_report.typ`.
"""

from importlib.resources import files

from reporting.annual_report import AnnualReport
from reporting.charts_svg import chart_svg, standalone
from reporting.composition import Composition, Section, compose
from reporting.origin import made_at
from reporting.pdf_table import pdf_table
from reporting.trends import Trends
from typesetting import compile_pdf

TEMPLATE = files("reporting").joinpath("templates", "annual_report.typ")
_PAPER = "white"


def render_pdf(report: AnnualReport, trends: Trends | None = None) -> bytes:
    """Return the file; the same report and trends give the same bytes."""
    composition = compose(report, trends)
    return compile_pdf(
        TEMPLATE.read_text("utf-8"),
        data={
            "title": composition.title,
            "title_lines": list(composition.title_lines),
            "author": composition.agency,
            "digest": report.digest,
            "introduction": composition.introduction,
            "sections": [_section(section, composition) for section in composition.sections],
        },
        date=made_at(report).date(),
    )


def _section(section: Section, composition: Composition) -> dict[str, object]:
    return {
        "title": section.title,
        "text": [
            {
                "kind": block.kind.value,
                "depth": block.depth,
                "marker": block.marker,
                "spans": [{"words": span.words, "bold": span.bold} for span in block.spans],
            }
            for block in section.text
        ],
        "table": pdf_table(section.grid, composition.figures) if section.grid else None,
        "charts": [
            {
                "title": chart.title,
                "says": chart.description,
                "svg": standalone(chart_svg(chart, _PAPER)),
            }
            for chart in section.charts
        ],
    }
