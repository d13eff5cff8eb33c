"""Numbering replies (答复文号) as they are decided, where the agency has a document code.

Decisions carried out live come through here, imported ones do not: history is as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from disclosure.addresses import agency_of, agency_stream, case_of
from disclosure.agency_events import AgencyConfigured, AgencyRegistered
from disclosure.event import Event
from disclosure.numbering import kind_of_reply
from disclosure.request_events import RequestDecided
from records import RecordLog
from records.document_numbers import DocumentNumbers
from workflows.messages import AppendEvents


class ReplyNumbers:
    """Give a decision its number just before it is written, and take it back if it is not."""

    def __init__(self, log: RecordLog) -> None:
        self._log = log
        self._numbers = DocumentNumbers(log)

    def numbered(self, asked: AppendEvents, events: Sequence[Event]) -> list[Event]:
        """Return the events with a number where a decision came without one.

        The same request to append, made again, gets the same number. One that came with the
        decision is taken from the counter, and stays with its case whatever becomes of the
        decision: it stands on paper already.

        Raises:
            Refused: the number that came cannot be this decision's, or the counter is too busy.
        """
        return [
            self._with_number(asked, event) if isinstance(event, RequestDecided) else event
            for event in events
        ]

    def void_unused(self, asked: AppendEvents, given: Sequence[Event]) -> None:
        """Make the numbers void that `numbered` gave to events which did not come on record."""
        for event in given:
            if not isinstance(event, RequestDecided) or self._on_record(asked.stream, event):
                continue
            agency, kind = agency_of(asked.stream), kind_of_reply(event.outcome)
            number = self._numbers.given(agency, kind, event.on.year, _attempt(asked))
            if number is not None and not _came_with_its_number(asked):
                self._numbers.void(
                    agency,
                    kind,
                    event.on.year,
                    number.number,
                    reason="办理过程中情况变化，未制发",
                    on=event.on,
                    command_id=f"void:{_attempt(asked)}",
                )

    def _on_record(self, stream: str, decided: RequestDecided) -> bool:
        """Tell whether a decision bears the number: a repetition that failed must not void it."""
        return any(
            isinstance(entry.event, RequestDecided)
            and entry.event.document_number == decided.document_number
            for entry in self._log.read(stream)
        )

    def _lands(self, asked: AppendEvents) -> bool:
        """Tell whether the stream stands where the request expects it.

        Where it does not, the events were written before, with their number, or will be refused:
        none is given then.
        """
        return self._log.store.stream_version(asked.stream) == asked.expected_version

    def _with_number(self, asked: AppendEvents, event: RequestDecided) -> RequestDecided:
        if not event.document_number:
            return replace(event, document_number=self._number(asked, event))
        code = self._document_code(agency_of(asked.stream)) if self._lands(asked) else None
        if code:
            self._numbers.claim(
                agency_of(asked.stream),
                kind_of_reply(event.outcome),
                document_number=event.document_number,
                document_code=code,
                case=case_of(asked.stream),
                on=event.on,
                command_id=_attempt(asked),
            )
        return event

    def _number(self, asked: AppendEvents, event: RequestDecided) -> str | None:
        agency, kind = agency_of(asked.stream), kind_of_reply(event.outcome)
        given = self._numbers.given(agency, kind, event.on.year, _attempt(asked))
        if given is not None or not self._lands(asked):
            return given.document_number if given else None
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


def _came_with_its_number(asked: AppendEvents) -> bool:
    return any(message.data.get("document_number") for message in asked.events)
