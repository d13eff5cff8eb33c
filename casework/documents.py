"""The documents of a request that were made: numbered, sealed, and kept under their hash.

A finished document names the applicant, so the file in the store is sealed under the request's data
key and unreadable once that is erased. What is kept in clear is its number, its kind, and the hash
of its content.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

import sqlalchemy as sa

from casework.address import CaseAddress
from casework.letters import LetterTexts, decided_number, letter, opened_events
from casework.templates import template_of
from disclosure.numbering import DocumentKind
from documents import DocumentContent, Rendered, render_docx, render_pdf, render_with
from engine.parts import Parts
from eventstore import utc_now, writing
from people import Doer
from people.clearance_schema import case_documents
from people.trail import record
from projections import Agencies, DocumentRegister
from records.document_numbers import DocumentNumbers

UNNUMBERED = "（制发时编号）"


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A number given for a request, with the files made under it.

    Attributes:
        number: its place in the counter of its kind and year.
        files: format and id of each file.
    """

    kind: DocumentKind
    document_number: str
    year: int
    number: int
    issued_on: date
    voided_on: date | None
    files: Sequence[tuple[str, str]] = field(default=())


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A finished file, opened: name to save it under, content, hash of the content."""

    name: str
    format: str
    content: bytes
    sha256: str


def documents_of(parts: Parts, people: sa.Engine, at: CaseAddress) -> list[CaseDocument]:
    """Return a request's numbers and files, in the order they were given."""
    numbers, made = DocumentRegister.table.c, case_documents.c
    with parts.engine.connect() as connection:
        given = connection.execute(
            sa.select(DocumentRegister.table)
            .where(numbers.agency == at.agency, numbers.case_reference == at.case)
            .order_by(numbers.issued_on, numbers.kind, numbers.number)
        ).all()
    with people.connect() as connection:
        files = connection.execute(
            sa.select(made.id, made.format, made.document_number)
            .where(made.agency == at.agency, made.case_reference == at.case)
            .order_by(made.format)
        ).all()
    return [
        CaseDocument(
            DocumentKind(row.kind),
            row.document_number,
            row.year,
            row.number,
            row.issued_on,
            row.voided_on,
            [
                (each.format, each.id)
                for each in files
                if each.document_number == row.document_number
            ],
        )
        for row in given
    ]


def preview_of(
    parts: Parts, at: CaseAddress, kind: DocumentKind, texts: LetterTexts, on: date
) -> DocumentContent:
    """Return a document's words as they would be now; its number where it has one already.

    Raises:
        DocumentError: it cannot be made, or something it must say is missing.
    """
    events = opened_events(parts, at.stream)
    number = decided_number(kind, texts, events) or UNNUMBERED
    return letter(parts, at, kind, texts, events, on=on, number=number)


def make_document(
    parts: Parts,
    people: sa.Engine,
    doer: Doer,
    at: CaseAddress,
    kind: DocumentKind,
    *,
    texts: LetterTexts,
    on: date,
    command_id: str,
) -> str:
    """Number a document, make its files and keep them; the same command again changes nothing.

    Nothing is numbered that cannot be made.

    Returns:
        Its number.

    Raises:
        DocumentError: it cannot be made, or something it must say is missing.
        Refused: it cannot be numbered.
    """
    events = opened_events(parts, at.stream)
    template = template_of(parts, people, at.agency, kind)

    def files(number: str) -> list[Rendered]:
        content = letter(parts, at, kind, texts, events, on=on, number=number)
        word = render_with(template, content) if template else render_docx(content)
        # A page of the standard layout beside a letterhead of their own would be another document.
        return [word] if template else [word, render_pdf(content)]

    files(UNNUMBERED)
    number = decided_number(kind, texts, events) or _new_number(
        parts, at, kind, on=on, command_id=command_id
    )
    _keep(
        parts,
        people,
        doer,
        at,
        kind=kind,
        number=number,
        files=files(number),
        command_id=command_id,
    )
    parts.projector.catch_up()
    return number


def document_file(
    parts: Parts, people: sa.Engine, at: CaseAddress, file_id: str
) -> DocumentFile | None:
    """Open a finished file; None where there is none, or the request's key was erased."""
    made = case_documents.c
    with people.connect() as connection:
        row = connection.execute(
            sa.select(case_documents).where(
                made.id == file_id, made.agency == at.agency, made.case_reference == at.case
            )
        ).one_or_none()
    if row is None:
        return None
    opened = parts.vault.open(at.stream, UUID(row.id), parts.files.get(row.stored))
    if opened is None:
        return None
    content = base64.b64decode(opened["file"])
    name = f"{DocumentKind(row.kind).label}{row.document_number}.{row.format}"
    return DocumentFile(name, row.format, content, row.sha256)


def _new_number(
    parts: Parts, at: CaseAddress, kind: DocumentKind, *, on: date, command_id: str
) -> str:
    known = Agencies.table.c
    with parts.engine.connect() as connection:
        code = connection.scalar(sa.select(known.document_code).where(known.agency == at.agency))
    given = DocumentNumbers(parts.log).give(
        at.agency, kind, document_code=code or "", case=at.case, on=on, command_id=command_id
    )
    return given.document_number


def _keep(
    parts: Parts,
    people: sa.Engine,
    doer: Doer,
    at: CaseAddress,
    *,
    kind: DocumentKind,
    number: str,
    files: Sequence[Rendered],
    command_id: str,
) -> None:
    for made in files:
        ending = made.name.rpartition(".")[2]
        identity = uuid5(NAMESPACE_OID, f"{at.stream} {command_id} {ending}")
        sealed = parts.vault.seal(
            at.stream, identity, {"file": base64.b64encode(made.content).decode()}
        )
        stored = parts.files.put(sealed)
        with writing(people) as connection:
            there = sa.select(case_documents.c.id).where(case_documents.c.id == identity.hex)
            if connection.execute(there).first():
                continue
            connection.execute(
                sa.insert(case_documents).values(
                    id=identity.hex,
                    agency=at.agency,
                    case_reference=at.case,
                    kind=kind.value,
                    document_number=number,
                    format=ending,
                    sha256=hashlib.sha256(made.content).hexdigest(),
                    stored=stored,
                    made_by=doer.account,
                    made_at=utc_now(),
                )
            )
            target = f"{at.stream} {kind.value} {number}.{ending}"
            record(connection, doer, "document_made", target, words="制作文书")
