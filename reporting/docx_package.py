"""Fixed bytes for a Word file: same report, same file.

python-docx stamps the members of the archive with the clock; here every stamp, the order of the
members and the properties of the document come from the report alone.
"""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta, timezone

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from reporting.annual_report import AnnualReport

CHINA_STANDARD_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The zone's one offset since 1991; reports begin with 2008."""
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def set_properties(document: Document, report: AnnualReport, title: str) -> None:
    """Write title, author, times and digest into the document's properties."""
    made = made_at(report)
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


def made_at(report: AnnualReport) -> datetime:
    """Return the report's own time in UTC, without a zone as the file format wants it.

    That is the instant up to which the log was believed, or the end of the last day counted.
    """
    if report.known_at is None:
        day_after: date = report.period.last + timedelta(days=1)
        made = datetime.combine(day_after, time(), CHINA_STANDARD_TIME)
    else:
        made = datetime.fromisoformat(report.known_at)
        made = made if made.tzinfo else made.replace(tzinfo=CHINA_STANDARD_TIME)
    return made.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def package(document: Document) -> bytes:
    """Return the file: members in a fixed order, every stamp the same, no preview picture."""
    relations = document.part.package.rels
    for key in [k for k, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)
    stamped = io.BytesIO()
    document.save(stamped)
    fixed = io.BytesIO()
    with zipfile.ZipFile(stamped) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(source.namelist()):
            member = zipfile.ZipInfo(name, ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED, 9)
    return fixed.getvalue()
