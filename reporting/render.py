"""Every published form of a report; the same report always gives the same bytes."""

from reporting.annual_report import AnnualReport
from reporting.render_docx import render_docx
from reporting.render_html import render_html
from reporting.render_json import render_json


def render(report: AnnualReport) -> dict[str, bytes]:
    """Return the content of each file by its name."""
    return {
        "report.json": render_json(report),
        "report.html": render_html(report),
        "report.docx": render_docx(report),
    }
