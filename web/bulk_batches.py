"""Uploaded bulk sheets (批量登记): kept sealed until they are done with, then forgotten for good.

The rows themselves are not kept: the sheet is read and checked again whenever it is looked at, so a
report is never older than the record. What is kept of a row is its keyed fingerprint, the reference
it was given, and what became of it.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa

from disclosure.addresses import case_stream
from disclosure.request_commands import Register
from engine.agency_entry import agency_state
from eventstore import writing
from people import Doer
from people.intake_schema import intake_batches, intake_rows
from people.trail import record
from vault import Fingerprints
from web.bulk_checks import CheckedRow, Standing, check_rows
from web.bulk_reading import rows_in
from web.case_references import References
from web.office import Office
from workdays import date_in_shanghai

KEPT: Final = timedelta(days=30)
"""How long an uploaded sheet is kept where nobody has said it is done with."""

Outcome = Literal["waiting", "registered", "refused"]
"""What became of a row that was let through."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One uploaded sheet; `uploaded_at` in UTC.

    Attributes:
        state: `open`, `running`, or `forgotten` when its file is gone.
    """

    id: str
    agency: str
    stored: str
    state: str
    uploaded_by: str
    uploaded_at: datetime

    @property
    def stream(self) -> str:
        """What the key that seals its file is kept under."""
        return f"intake/{self.agency}/{self.id}"

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/intake/{self.agency}/bulk/{self.id}"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row that was let through."""

    case: str
    state: Outcome
    reason: str


def command_id(fingerprint: str) -> str:
    """Return the id of a row's command: the same row is the same command."""
    return f"intake:{fingerprint}"


class Batches:
    """The bulk sheets of an office."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._engine = office.people.engine
        self._now = office.people.now
        self._vault = office.parts.vault
        self._files = office.parts.files
        self._fingerprints = Fingerprints(office.parts.keyring, "intake")

    def add(self, doer: Doer, agency: str, content: bytes) -> Batch:
        """Keep a sheet; the very file that is kept already is the same batch.

        Args:
            doer: who uploads it, from where.
            agency: where its requests are registered.
            content: a sheet that `bulk_reading` can read.
        """
        text = base64.b64encode(content).decode()
        digest = self._fingerprints.of(f"file\n{agency}\n{text}")
        new = Batch(uuid4().hex, agency, "", "open", doer.account, self._now())
        # Before the transaction: on SQLite a new key would wait for it, and it for the key.
        stored = self._files.put(self._vault.seal(new.stream, UUID(new.id), {"content": text}))
        with writing(self._engine) as connection:
            known = sa.select(intake_batches).where(
                intake_batches.c.agency == agency,
                intake_batches.c.file_digest == digest,
                intake_batches.c.state != "forgotten",
            )
            row = connection.execute(known).first()
            if row is None:
                connection.execute(
                    sa.insert(intake_batches).values(
                        id=new.id,
                        agency=agency,
                        file_digest=digest,
                        stored=stored,
                        state=new.state,
                        uploaded_by=new.uploaded_by,
                        uploaded_at=new.uploaded_at,
                    )
                )
                record(connection, doer, "bulk_uploaded", new.stream, words="上传批量登记表")
        if row is not None:
            self._vault.erase(new.stream)
            return _batch(row)
        return self.get(agency, new.id) or new

    def get(self, agency: str, batch: str) -> Batch | None:
        """Return a sheet of an agency."""
        found = list(self._where(intake_batches.c.agency == agency, intake_batches.c.id == batch))
        return found[0] if found else None

    def of(self, agency: str) -> list[Batch]:
        """Return the sheets of an agency that are kept, the newest first."""
        return list(
            self._where(intake_batches.c.agency == agency, intake_batches.c.state != "forgotten")
        )

    def content(self, batch: Batch) -> bytes | None:
        """Return a sheet's bytes, None once it is forgotten."""
        opened = self._vault.open(batch.stream, UUID(batch.id), self._files.get(batch.stored))
        return None if opened is None else base64.b64decode(opened["content"])

    def checked(self, batch: Batch) -> list[CheckedRow]:
        """Read and check a sheet as things stand; nothing once it is forgotten."""
        content = self.content(batch)
        if content is None:
            return []
        standing = Standing(
            agency=batch.agency,
            place=agency_state(self._office.parts.log, batch.agency).place,
            by=batch.uploaded_by,
            today=date_in_shanghai(self._now()),
            law=self._office.parts.law(),
            fingerprints=self._fingerprints,
            reference_used=lambda case, mine: self._used(batch.agency, case, mine),
            recorded_as=lambda fingerprint: self._recorded_as(batch.agency, fingerprint),
        )
        return check_rows(rows_in(content), standing)

    def let_through(
        self, doer: Doer, batch: Batch, rows: Sequence[CheckedRow], year: int
    ) -> list[tuple[str, Register]]:
        """Give each row its reference and mark the sheet as running; return what to register.

        A row that was let through before, in this sheet or another, keeps the reference it has.
        """
        wanted = [(row.fingerprint, row.command) for row in rows if row.command is not None]
        with writing(self._engine) as connection:
            known = self._outcomes(connection, batch.agency, [each for each, _ in wanted])
            taken = {command.case for _, command in wanted if command.case}
            # Others cannot take these meanwhile: this transaction is the only one that writes.
            proposed = References(self._office).next(batch.agency, year, len(wanted) + len(taken))
            free = (case for case in proposed if case not in taken)
            given = []
            for fingerprint, command in wanted:
                before = known.get(fingerprint)
                case = command.case or (before.case if before else next(free))
                self._wait(connection, batch, fingerprint, case)
                # Who registers answers for it, whoever uploaded the sheet; the fingerprint, and
                # with it the command's id, is the same by whomever.
                update = {"case": case, "by": doer.account}
                given.append((fingerprint, command.model_copy(update=update)))
            self._set_state(connection, batch, "running")
            target = f"{batch.stream} rows/{len(given)}"
            record(connection, doer, "bulk_registration_begun", target, words="批量登记")
        return given

    def mark(self, batch: Batch, fingerprint: str, outcome: Outcome, reason: str = "") -> None:
        """Note what became of a row."""
        with writing(self._engine) as connection:
            connection.execute(
                sa.update(intake_rows)
                .where(
                    intake_rows.c.agency == batch.agency,
                    intake_rows.c.fingerprint == fingerprint,
                )
                .values(state=outcome, reason=reason)
            )

    def ended(self, batch: Batch) -> None:
        """Note that nothing is being registered from a sheet any more."""
        with writing(self._engine) as connection:
            self._set_state(connection, batch, "open")

    def outcomes(self, batch: Batch, rows: Sequence[CheckedRow]) -> dict[str, RowOutcome]:
        """Return what became of rows that were let through, by fingerprint."""
        wanted = [row.fingerprint for row in rows if row.fingerprint]
        with self._engine.connect() as connection:
            return self._outcomes(connection, batch.agency, wanted)

    def progress(self, batch: Batch) -> tuple[int, int]:
        """Return how many rows of the last run are done, and how many there are."""
        counted = (
            sa.select(intake_rows.c.state, sa.func.count().label("number"))
            .where(intake_rows.c.batch == batch.id)
            .group_by(intake_rows.c.state)
        )
        with self._engine.connect() as connection:
            counts = {row.state: row.number for row in connection.execute(counted)}
        return sum(counts.values()) - counts.get("waiting", 0), sum(counts.values())

    def forget(self, doer: Doer, batch: Batch) -> None:
        """Destroy a sheet: the personal data in it is now where it belongs, or nowhere."""
        self._vault.erase(batch.stream)
        with writing(self._engine) as connection:
            self._set_state(connection, batch, "forgotten")
            record(connection, doer, "bulk_forgotten", batch.stream, words="销毁批量登记表")

    def forget_old(self, doer: Doer, agency: str) -> None:
        """Destroy the sheets nobody has come back to."""
        for batch in self.of(agency):
            if self._now() - batch.uploaded_at > KEPT and batch.state == "open":
                self.forget(doer, batch)

    def _used(self, agency: str, case: str, fingerprint: str) -> bool:
        log, stream = self._office.parts.log, case_stream(agency, case)
        if not log.store.stream_version(stream):
            return False
        return log.read(stream)[0].command_id != command_id(fingerprint)

    def _recorded_as(self, agency: str, fingerprint: str) -> str:
        with self._engine.connect() as connection:
            found = self._outcomes(connection, agency, [fingerprint]).get(fingerprint)
        return found.case if found is not None and found.state == "registered" else ""

    @staticmethod
    def _outcomes(
        connection: sa.Connection, agency: str, fingerprints: Sequence[str]
    ) -> dict[str, RowOutcome]:
        table = intake_rows.c
        wanted = sa.select(table.fingerprint, table.case_reference, table.state, table.reason)
        rows = connection.execute(
            wanted.where(table.agency == agency, table.fingerprint.in_(fingerprints))
        )
        return {row.fingerprint: RowOutcome(*row[1:]) for row in rows}

    @staticmethod
    def _wait(connection: sa.Connection, batch: Batch, fingerprint: str, case: str) -> None:
        row = {"case_reference": case, "batch": batch.id, "state": "waiting", "reason": ""}
        changed = connection.execute(
            sa.update(intake_rows)
            .where(intake_rows.c.agency == batch.agency, intake_rows.c.fingerprint == fingerprint)
            .values(**row)
        )
        if not changed.rowcount:
            connection.execute(
                sa.insert(intake_rows).values(agency=batch.agency, fingerprint=fingerprint, **row)
            )

    @staticmethod
    def _set_state(connection: sa.Connection, batch: Batch, state: str) -> None:
        connection.execute(
            sa.update(intake_batches).where(intake_batches.c.id == batch.id).values(state=state)
        )

    def _where(self, *conditions: sa.ColumnElement[bool]) -> Iterator[Batch]:
        wanted = sa.select(intake_batches).where(*conditions)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(intake_batches.c.uploaded_at.desc())).all()
        return map(_batch, rows)


def _batch(row: sa.Row[Any]) -> Batch:
    return Batch(row.id, row.agency, row.stored, row.state, row.uploaded_by, row.uploaded_at)
