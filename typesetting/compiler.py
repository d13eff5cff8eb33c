"""From a page's source and its data to a PDF: the one place where the typesetter is called.

Typst sets the page (typst.app, from PyPI, no network). What a person wrote reaches it as data and
is never read as source: a page takes it from ``sys.inputs.data`` as JSON values, which Typst prints
as they are. The same source, data and date give the same bytes on any day and any machine.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import typst

from typesetting.faces import fonts, settable

HOUSE = Path(str(files("typesetting"))) / "templates"
"""The folder a source may import from: ``#import "/official.typ": official``."""
STANDARDS: "list[typst.PDFStandard]" = ["a-2b", "ua-1"]
"""Kept for the archive (ISO 19005-2, level B) and read aloud (ISO 14289-1)."""
CHINA_STANDARD_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")


class TypesettingError(Exception):
    """A page that cannot be set: a fault of its source, with what Typst says of it."""


def compile_pdf(source: str, *, data: Mapping[str, object] | None = None, date: date) -> bytes:
    """Set a page and return the PDF: tagged, PDF/A-2b and PDF/UA-1, all fonts embedded.

    ``source`` is Typst; it must set the document's title and may import from ``HOUSE``. ``data``
    are plain values (texts, numbers, lists, mappings) that the source finds under
    ``json(bytes(sys.inputs.data))``. ``date`` is written into the file as the day it was made,
    0:00 in Asia/Shanghai.

    Raises ``TypesettingError`` for a fault in the source, warnings of Typst among them, and
    ``TypeError`` for data that are not plain.
    """
    page = typst.Compiler(
        source.encode(),
        root=HOUSE,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(_settable(data or {}), ensure_ascii=False)},
    )
    try:
        made, warnings = page.compile_with_warnings(
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(date, time(), CHINA_STANDARD_TIME),
        )
    except typst.TypstError as fault:
        raise TypesettingError(fault.diagnostic) from fault
    if warnings:
        raise TypesettingError("\n".join(warning.diagnostic for warning in warnings))
    if not isinstance(made, bytes):
        raise TypesettingError("a PDF is one file")
    return made


def _settable(value: object) -> object:
    """Return plain data with every text made fit for the typefaces."""
    match value:
        case str():
            return settable(value)
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {str(name): _settable(inside) for name, inside in value.items()}
        case list() | tuple():
            return [_settable(inside) for inside in value]
        case _:
            raise TypeError(f"{type(value).__name__} is not plain data")
