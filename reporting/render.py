"""Every published form of a report; the same report always gives the same bytes."""

from reporting.annual_report import AnnualReport
from reporting.trends import Trends


def render(report: AnnualReport, trends: Trends | None = None) -> dict[str, bytes]:
    """Return the content of each file by its name.

    ``trends`` add charts to the page and the PDF; a sealed report comes out the same, byte for
    byte, when it is rendered again with the trends of its own log position.
    """
    from reporting.render_docx import render_docx
    from reporting.render_html import render_html
    from reporting.render_json import render_json
    from reporting.render_pdf import render_pdf
    from reporting.render_xlsx import render_xlsx

    return {
        "report.json": render_json(report),
        "report.docx": render_docx(report),
        "report.pdf": render_pdf(report, trends),
        "report.html": render_html(report, trends),
        "report.xlsx": render_xlsx(report),
    }
