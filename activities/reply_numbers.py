"""Numbering replies (答复文号) as they are decided, where the agency has a document code.

Decisions carried out live come through here, imported ones do not: history is as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from disclosure.addresses import agency_of, agency_stream, case_of
from disclosure.agency_events import AgencyConfigured, AgencyRegistered
from disclosure.event import Event
from disclosure.numbering import DocumentKind
from disclosure.request_events import RequestDecided
from records import RecordLog
from records.document_numbers import DocumentNumbers
from workflows.messages import AppendEvents


class ReplyNumbers:
    """Give a decision its number just before it is written, and take it back if it is not."""

    def __init__(self, log: RecordLog) -> None:
        self._log = log
        self._numbers = DocumentNumbers(log)

    def numbered(self, asked: AppendEvents, events: Sequence[Event], *, lands: bool) -> list[Event]:
        """Return the events with a number where a decision came without one.

        The same request to append, made again, gets the same number. One that came with the
        decision is taken from the counter, and stays with its case whatever becomes of the
        decision: it stands on paper already.

        Args:
            asked: the request.
            events: what is to be appended.
            lands: whether the stream stands where the request expects it. Where it does not, the
                events were written before, with their number, or will be refused: none is given.

        Raises:
            Refused: the number that came cannot be this decision's, or the counter is too busy.
        """
        return [
            self._with_number(asked, event, lands=lands)
            if isinstance(event, RequestDecided)
            else event
            for event in events
        ]

    def void_unused(self, asked: AppendEvents, given: Sequence[Event]) -> None:
        """Make the numbers void that `numbered` gave to events which did not come on record."""
        came = [message.event() for message in asked.events]
        for before, event in zip(came, given, strict=True):
            if before == event or not isinstance(event, RequestDecided):
                continue
            if event.document_number and not self._on_record(asked.stream, event.document_number):
                number = event.document_number.rsplit("〕", 1)[1].removesuffix("号")
                self._numbers.void(
                    agency_of(asked.stream),
                    _kind_of(event),
                    event.on.year,
                    int(number),
                    reason="办理过程中情况变化，未制发",
                    on=event.on,
                    command_id=f"void:{_attempt(asked)}",
                )

    def _on_record(self, stream: str, document_number: str) -> bool:
        """Tell whether a decision bears a number: a repetition that failed must not void it."""
        return any(
            isinstance(entry.event, RequestDecided)
            and entry.event.document_number == document_number
            for entry in self._log.read(stream)
        )

    def _with_number(
        self, asked: AppendEvents, event: RequestDecided, *, lands: bool
    ) -> RequestDecided:
        if not event.document_number:
            return replace(event, document_number=self._number(asked, event, lands=lands))
        code = self._document_code(agency_of(asked.stream)) if lands else None
        if code:
            self._numbers.claim(
                agency_of(asked.stream),
                _kind_of(event),
                document_number=event.document_number,
                document_code=code,
                case=case_of(asked.stream),
                on=event.on,
                command_id=_attempt(asked),
            )
        return event

    def _number(self, asked: AppendEvents, event: RequestDecided, *, lands: bool) -> str | None:
        agency, kind = agency_of(asked.stream), _kind_of(event)
        given = self._numbers.given(agency, kind, event.on.year, _attempt(asked))
        if given is not None or not lands:
            return given
        code = self._document_code(agency)
        if not code:
            return None
        return self._numbers.give(
            agency,
            kind,
            document_code=code,
            case=case_of(asked.stream),
            on=event.on,
            command_id=_attempt(asked),
        ).document_number

    def _document_code(self, agency: str) -> str | None:
        """Return the code as last set; from the log, so that no decision waits for figures."""
        code = None
        for entry in self._log.read(agency_stream(agency)):
            if isinstance(entry.event, AgencyRegistered | AgencyConfigured):
                code = entry.event.document_code or code
        return code


def _attempt(asked: AppendEvents) -> str:
    """Name one attempt to write a decision: decided again on a newer state it is another one."""
    return f"{asked.stream}@{asked.expected_version}:{asked.command_id}"


def _kind_of(event: RequestDecided) -> DocumentKind:
    return DocumentKind.TERMINATION_NOTICE if event.outcome.is_lapse else DocumentKind.REPLY
