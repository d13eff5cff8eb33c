"""Attachments of requests (附件), sealed under each request's own data key.

When the key is erased, names and contents are gone with everything else that named the applicant.
A file's name is only ever shown; where it is kept, its sealed bytes' hash says.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

import sqlalchemy as sa

from disclosure.addresses import case_stream
from eventstore import writing
from people import Doer
from people.intake_schema import case_attachments
from people.trail import record
from web.attachment_checks import CheckedFile
from web.office import Office


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment.

    Attributes:
        name: None where the request's key was erased.
        size: bytes.
        added_at: UTC.
    """

    id: str
    agency: str
    case: str
    name: str | None
    media_type: str
    size: int
    stored: str
    added_by: str
    added_at: datetime

    @property
    def path(self) -> str:
        """The address it is downloaded from."""
        return f"/attachments/{self.agency}/{self.id}"


class Attachments:
    """The attachments of an office."""

    def __init__(self, office: Office) -> None:
        self._engine = office.people.engine
        self._now = office.people.now
        self._vault = office.parts.vault
        self._files = office.parts.files

    def add(
        self, doer: Doer, agency: str, case: str, form: UUID, files: Iterable[CheckedFile]
    ) -> None:
        """Keep the files of a form; the same form again adds nothing.

        Args:
            doer: who, from where.
            agency: of the request.
            case: the request's reference; it is on record.
            form: the id of the form they came with.
            files: checked.
        """
        for n, file in enumerate(files):
            self._add(doer, agency, case, uuid5(form, f"{agency}\n{case}\n{n}"), file)

    def of(self, agency: str, case: str) -> list[Attachment]:
        """Return a request's attachments, oldest first, with their names.

        Call this only where a person may read them.
        """
        table = case_attachments
        wanted = (
            sa.select(table)
            .where(table.c.agency == agency, table.c.case_reference == case)
            .order_by(table.c.added_at, table.c.id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [self._attachment(row) for row in rows]

    def get(self, agency: str, identity: str) -> Attachment | None:
        """Return an attachment of an agency's requests."""
        table = case_attachments
        wanted = sa.select(table).where(table.c.agency == agency, table.c.id == identity)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else self._attachment(row)

    def content(self, attachment: Attachment) -> bytes | None:
        """Return what is in an attachment; None where the request's key was erased.

        Call this only where a person may read it.
        """
        opened = self._vault.open(
            case_stream(attachment.agency, attachment.case),
            _binding(UUID(attachment.id)),
            self._files.get(attachment.stored),
        )
        return None if opened is None else base64.b64decode(opened["content"])

    def _add(self, doer: Doer, agency: str, case: str, identity: UUID, file: CheckedFile) -> None:
        stream = case_stream(agency, case)
        text = base64.b64encode(file.content).decode()
        # Before the transaction: on SQLite a new key would wait for it, and it for the key.
        sealed = self._vault.seal(stream, _binding(identity), {"content": text})
        name = self._vault.seal(stream, identity, {"name": file.name})
        stored = self._files.put(sealed)
        with writing(self._engine) as connection:
            there = sa.select(case_attachments.c.id).where(case_attachments.c.id == identity.hex)
            if connection.execute(there).first():
                return
            connection.execute(
                sa.insert(case_attachments).values(
                    id=identity.hex,
                    agency=agency,
                    case_reference=case,
                    name=name,
                    media_type=file.media_type,
                    size=len(file.content),
                    stored=stored,
                    added_by=doer.account,
                    added_at=self._now(),
                )
            )
            target = f"{stream} attachment/{identity.hex}"
            record(connection, doer, "attachment_added", target, words="添加附件")

    def _attachment(self, row: sa.Row[tuple[object, ...]]) -> Attachment:
        stream = case_stream(row.agency, row.case_reference)
        opened = self._vault.open(stream, UUID(row.id), row.name)
        return Attachment(
            id=row.id,
            agency=row.agency,
            case=row.case_reference,
            name=opened["name"] if opened else None,
            media_type=row.media_type,
            size=row.size,
            stored=row.stored,
            added_by=row.added_by,
            added_at=row.added_at,
        )


def attachments_of(office: Office, agency: str, case: str) -> list[Attachment]:
    """Return a request's attachments, for its page."""
    return Attachments(office).of(agency, case)


def _binding(identity: UUID) -> UUID:
    """Return what the content is bound to: the name is bound to the id itself."""
    return uuid5(identity, "content")
