"""Document numbers: gap-free by the order of the log, the same number to the same command."""

from datetime import date

from disclosure.addresses import numbers_stream
from disclosure.document_events import DocumentNumbered, DocumentNumberVoided
from disclosure.event import Event
from disclosure.numbering import (
    DocumentKind,
    NumberRegister,
    claim_number,
    evolve_numbers,
    give_number,
)
from disclosure.numbering import void_number as voided_by
from disclosure.refusals import Refused
from eventstore import StreamConflict
from records.record_log import RecordLog, Write

_AGAIN = 20
"""How often a number is tried for while others take theirs; the counter is short work."""


class DocumentNumbers:
    """Counters of document numbers, one stream an agency, kind and year."""

    def __init__(self, log: RecordLog) -> None:
        self._log = log

    def given(
        self, agency: str, kind: DocumentKind, year: int, command_id: str
    ) -> DocumentNumbered | None:
        """Return the number this command was given before, None where it was given none."""
        _, _, event = self._read(numbers_stream(agency, kind, year), command_id)
        return event if isinstance(event, DocumentNumbered) else None

    def give(
        self,
        agency: str,
        kind: DocumentKind,
        *,
        document_code: str,
        case: str,
        on: date,
        command_id: str,
    ) -> DocumentNumbered:
        """Give the next number, or the one this command has been given before.

        Raises:
            Refused: the agency has no document code, or the counter is too busy.
        """
        stream = numbers_stream(agency, kind, on.year)
        for _ in range(_AGAIN):
            register, version, given = self._read(stream, command_id)
            if isinstance(given, DocumentNumbered):
                return given
            event = give_number(register, document_code=document_code, case=case, on=on)
            if self._wrote(Write(stream, version, command_id, "", [event])):
                return event
        raise Refused("busy", "agency", "编号正在被他人使用，请稍后重试")

    def claim(
        self,
        agency: str,
        kind: DocumentKind,
        *,
        document_number: str,
        document_code: str,
        case: str,
        on: date,
        command_id: str,
    ) -> None:
        """Take a number written by hand from the counter, where it is one of the counter's.

        Raises:
            Refused: another case has it, it is void, it would leave a gap, or the counter is too
                busy.
        """
        stream = numbers_stream(agency, kind, on.year)
        for _ in range(_AGAIN):
            register, version, _done = self._read(stream, command_id)
            event = claim_number(
                register,
                document_number=document_number,
                document_code=document_code,
                case=case,
                on=on,
            )
            if event is None or self._wrote(Write(stream, version, command_id, "", [event])):
                return
        raise Refused("busy", "document_number", "编号正在被他人使用，请稍后重试")

    def void(
        self,
        agency: str,
        kind: DocumentKind,
        year: int,
        number: int,
        *,
        reason: str,
        on: date,
        command_id: str,
        actor: str = "",
    ) -> None:
        """Make a number void; the same command again changes nothing.

        Raises:
            Refused: it was never given or is void already, or the counter is too busy.
        """
        stream = numbers_stream(agency, kind, year)
        for _ in range(_AGAIN):
            register, version, done = self._read(stream, command_id)
            if isinstance(done, DocumentNumberVoided):
                return
            event = voided_by(register, number=number, reason=reason, on=on)
            if self._wrote(Write(stream, version, command_id, actor, [event])):
                return
        raise Refused("busy", "number", "编号正在被他人使用，请稍后重试")

    def _read(self, stream: str, command_id: str) -> tuple[NumberRegister, int, Event | None]:
        """Return the register, its version, and what this command made of it before."""
        register, version, done = NumberRegister(), 0, None
        for entry in self._log.read(stream):
            register = evolve_numbers(register, entry.event)
            version = entry.version
            if entry.command_id == command_id:
                done = entry.event
        return register, version, done

    def _wrote(self, write: Write) -> bool:
        try:
            self._log.write(write)
        except StreamConflict:
            return False
        return True
