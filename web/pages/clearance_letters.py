"""The document a draft would become: filled from the case as it would be after the command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.address import CaseAddress
from casework.documents import UNNUMBERED
from casework.letters import LetterTexts, letter, opened_events
from disclosure.decider import decide
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind, kind_of_reply
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import RequestCommand
from documents import DocumentError, Line, preview
from web.office import Office
from web.pages.request_forms import VERBS
from workflows.law_in_force import current_law

_KINDS: Final[Mapping[str, DocumentKind]] = {
    "extend": DocumentKind.EXTENSION_NOTICE,
    "demand_reasons": DocumentKind.REASONS_DEMAND,
    "charge_fee": DocumentKind.FEE_NOTICE,
}


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """A document in draft.

    Attributes:
        lines: of the preview; none where it cannot be made yet.
        missing: why not.
    """

    kind: DocumentKind
    lines: Sequence[Line] = ()
    missing: str = ""


def draft_letter(
    office: Office, at: CaseAddress, verb: str, content: Mapping[str, Any], on: date
) -> DraftLetter | None:
    """Return the document of a draft; None for what goes out without one."""
    command = content["command"]
    kind = _kind(verb, command)
    if kind is None:
        return None
    events = opened_events(office.parts, at.stream)
    said: RequestCommand = VERBS[verb].model_validate(  # type: ignore[assignment] # a request's verbs
        {**command, "agency": at.agency, "case": at.case, "on": on, "approved_by": "（待批准）"}
    )
    try:
        after = [*events, *decide(fold(events), said, current_law())]
        texts = LetterTexts.model_validate(content.get("letter", {}))
        words = letter(office.parts, at, kind, texts, after, on=on, number=UNNUMBERED)
    except Refused as refused:
        return DraftLetter(kind, missing=f"按现在的情况不能登记：{refused.message}")
    except DocumentError as error:
        return DraftLetter(kind, missing=str(error))
    return DraftLetter(kind, preview(words))


def _kind(verb: str, command: Mapping[str, Any]) -> DocumentKind | None:
    if verb == "decide":
        return kind_of_reply(Outcome(command["outcome"]))
    return _KINDS.get(verb)
