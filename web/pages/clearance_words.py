"""What a draft says: in its form's words, in its document, in the flags it would earn."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from disclosure.flags import Flag
from web.forms import Form, typed
from web.pages.clearance_here import DraftHere
from web.pages.clearance_letters import DraftLetter, draft_letter, letter_form
from web.pages.clearance_record import foreseen
from web.pages.corrected_values import in_words
from web.pages.request_access import today
from web.pages.request_forms import verb_form


def whole_form(here: DraftHere, content: Mapping[str, Any]) -> Form:
    """Return the verb's fields and those of the document it would become."""
    _, letter = ahead(here, content)
    return Form((*_form(here).fields, *letter_form(letter).fields))


def ahead(here: DraftHere, content: Mapping[str, Any]) -> tuple[Sequence[Flag], DraftLetter | None]:
    """Return the flags a draft would earn, and its document where it has one."""
    said = content["command"].get("on")
    on = date.fromisoformat(said) if said else today()
    office, draft = here.visit.office, here.draft
    record = foreseen(office.parts, draft, content["command"], on)
    return record.flags, draft_letter(office, draft, content, record, on)


def says(here: DraftHere, members: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a draft says, label and words."""
    said = typed(in_words(members))
    return [
        (each.label, dict(each.options).get(said[each.name], said[each.name]))
        for each in _form(here).fields
        if said.get(each.name)
    ]


def _form(here: DraftHere) -> Form:
    return verb_form(here.draft.verb, today(), draft=True)
