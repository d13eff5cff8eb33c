"""An agency's own document templates: checked, kept under their hash, one a kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from disclosure.numbering import DocumentKind
from documents import TemplateRefused, check_template
from engine.parts import Parts
from eventstore import utc_now, writing
from people import Doer
from people.clearance_schema import document_templates
from people.trail import record


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template in use; `put_at` in UTC."""

    kind: DocumentKind
    sha256: str
    put_by: str
    put_at: datetime


def own_templates(people: sa.Engine, agency: str) -> Mapping[DocumentKind, OwnTemplate]:
    """Return the templates an agency uses instead of the standard ones."""
    query = sa.select(document_templates).where(document_templates.c.agency == agency)
    with people.connect() as connection:
        return {
            DocumentKind(row.kind): OwnTemplate(
                DocumentKind(row.kind), row.sha256, row.put_by, row.put_at
            )
            for row in connection.execute(query)
        }


def template_of(parts: Parts, people: sa.Engine, agency: str, kind: DocumentKind) -> bytes | None:
    """Return an agency's template of a kind of document; None where it uses the standard one."""
    own = own_templates(people, agency).get(kind)
    return None if own is None else parts.files.get(own.sha256)


def put_template(
    parts: Parts, people: sa.Engine, doer: Doer, agency: str, *, kind: DocumentKind, file: bytes
) -> None:
    """Check a template and use it from now on.

    Raises:
        TemplateRefused: with its findings; nothing was changed.
    """
    findings = check_template(kind, file)
    if findings:
        raise TemplateRefused(findings)
    sha256 = parts.files.put(file)
    with writing(people) as connection:
        _remove(connection, agency, kind)
        connection.execute(
            sa.insert(document_templates).values(
                agency=agency,
                kind=kind.value,
                sha256=sha256,
                put_by=doer.account,
                put_at=utc_now(),
            )
        )
        target = f"agency/{agency} {kind.value} {sha256}"
        record(connection, doer, "template_put", target, words="启用文书模板")


def drop_template(people: sa.Engine, doer: Doer, agency: str, kind: DocumentKind) -> None:
    """Go back to the standard template; the file stays in the store."""
    with writing(people) as connection:
        if _remove(connection, agency, kind):
            target = f"agency/{agency} {kind.value}"
            record(connection, doer, "template_dropped", target, words="停用文书模板")


def _remove(connection: sa.Connection, agency: str, kind: DocumentKind) -> int:
    removed = connection.execute(
        sa.delete(document_templates).where(
            document_templates.c.agency == agency, document_templates.c.kind == kind.value
        )
    )
    return removed.rowcount
