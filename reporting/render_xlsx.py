"""``report.xlsx``: the tables as numbers, the identities as formulas over them, the text beside."""

import io
from datetime import UTC

from xlsxwriter.workbook import Workbook

from reporting.annual_report import AnnualReport
from reporting.composition import compose
from reporting.form import TABLE2, TABLE3, TABLE4
from reporting.origin import made_at
from reporting.xlsx_form import add_form
from reporting.xlsx_identities import add_identities
from reporting.xlsx_text import add_text

SHEETS = (("表二", TABLE2), ("表三", TABLE3), ("表四", TABLE4))


def render_xlsx(report: AnnualReport) -> bytes:
    """Return the workbook; the same report gives the same bytes."""
    composition = compose(report)
    title = composition.title
    figures = report.tables.figures()
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": title,
                "author": report.agency,
                "comments": report.digest,
                "created": made_at(report).astimezone(UTC).replace(tzinfo=None),
            }
        )
        addresses: dict[str, str] = {}
        for name, grid in SHEETS:
            addresses |= add_form(book, name, grid, figures, title)
        add_identities(book, figures, addresses.__getitem__, title)
        add_text(book, composition)
    return file.getvalue()
