"""A form on its way to the record: which one it is, what its sender had seen, what became of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from casework.timeline import read_timeline
from clearance import NEEDS_APPROVAL
from disclosure.commands import CaseCommand
from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from web.forms import Form
from web.pages.request_access import CaseHere, today
from web.pages.request_forms import VERBS

UNANSWERED: Final = (
    "没有确认登记：办理引擎没有应答。您填写的内容仍在本页，引擎恢复后请重新提交；"
    "同一表单重复提交，只登记一次"
)
CHANGED: Final = "没有登记：您打开本页之后，该案已有变化。请核对以下变化，确认无误后重新提交"

_ID = re.compile(r"[0-9a-f]{32}")
_VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form that is shown, or was sent.

    Attributes:
        values: what was typed, by field.
        command_id: 32 hex digits; whatever is sent again under it is done once.
        seen: version of the case its sender had before them.
        since: of the timeline, what has happened since then, where that is why it was refused.
        status: of the answer.
    """

    values: Mapping[str, str]
    command_id: str
    seen: int
    errors: Mapping[str, str] = field(default_factory=dict)
    since: Sequence[Mapping[str, Any]] = ()
    status: int = 200

    def failed(self, errors: Mapping[str, str], status: int = 422) -> "Attempt":
        """Return it with what is wrong."""
        return replace(self, errors=errors, status=status)


def attempt_of(given: Mapping[str, str], version: int) -> Attempt:
    """Read from what was sent which form it was; one that does not say is new."""
    command_id, seen = given.get("command_id", ""), given.get("seen", "")
    return Attempt(
        given,
        command_id if _ID.fullmatch(command_id) else uuid4().hex,
        int(seen) if _VERSION.fullmatch(seen) else version,
    )


def command_of(here: CaseHere, verb: str, values: Mapping[str, Any]) -> CaseCommand:
    """Make the command that a form says, in the name of who is signed in."""
    person = here.visit.person
    known: dict[str, Any] = {"agency": here.at.agency, "case": here.at.case, "by": person.name}
    if verb in NEEDS_APPROVAL:
        known["approved_by"] = person.account.display_name
    return VERBS[verb].model_validate({"on": today(), **values, **known})


def carried(here: CaseHere, command: CaseCommand, form: Form, attempt: Attempt) -> Attempt | None:
    """Carry a command to its case; where that failed, return the attempt with its errors."""
    office = here.office
    try:
        receipt = office.carry(f"form:{attempt.command_id}", command, seen=attempt.seen)
    except Refused as refused:
        if refused.code == "stale":
            return _stale(here, attempt)
        return attempt.failed({form.field_named(refused.field): refused.message})
    except CommandFailedError:
        return attempt.failed({"": UNANSWERED}, 503)
    office.parts.projector.catch_up(through=receipt.position or None)
    return None


def _stale(here: CaseHere, attempt: Attempt) -> Attempt:
    """Say what happened since; sent once more, the form is by what is now known."""
    parts = here.office.parts
    parts.projector.catch_up()
    return replace(
        attempt,
        seen=parts.store.stream_version(here.at.stream),
        since=read_timeline(parts, here.at.stream, after=attempt.seen).lines,
        errors={"": CHANGED},
        status=409,
    )
