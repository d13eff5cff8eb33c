"""Fixed bytes for a Word file: same report, same file.

python-docx stamps the members of the archive with the clock; here every stamp, the order of the
members and the properties of the document come from the report alone.
"""

import io
import zipfile
from datetime import UTC

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from archives import pack
from reporting.annual_report import AnnualReport
from reporting.origin import made_at


def set_properties(document: Document, report: AnnualReport, title: str) -> None:
    """Write title, author, times and digest into the document's properties."""
    # The file format wants UTC without a zone.
    made = made_at(report).astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = title
    properties.author = report.agency
    properties.last_modified_by = report.agency
    properties.identifier = report.digest
    properties.language = "zh-CN"
    properties.comments = ""
    properties.version = str(report.version)
    properties.revision = 1
    properties.created = made
    properties.modified = made


def package(document: Document) -> bytes:
    """Return the file: members in a fixed order, every stamp the same, no preview picture."""
    relations = document.part.package.rels
    for key in [k for k, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)
    stamped = io.BytesIO()
    document.save(stamped)
    with zipfile.ZipFile(stamped) as source:
        return pack({name: source.read(name) for name in source.namelist()})
