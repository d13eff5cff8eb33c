"""Writing a section of a government's roll-up: its figures are the sums, it has no workflow."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from activities.rollup_assembly import RollupTexts, Standstill
from disclosure.agency_commands import WriteRollupSection
from disclosure.refusals import Refused
from disclosure.section_text import text_mark
from engine.agency_entry import record_of_agency
from reporting.narrative import UnknownPlaceholder, fill
from web.access import may, may_read
from web.area import Area
from web.pages.annual_report_here import WRITERS, form_command_id, today
from web.pages.rollup import ROLLUP, RollupHere, TheRollup
from web.pages.section_writing import SECTIONS, TextsAtHand, TheText, Written
from web.rendering import see_other

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

_SECTION: Final = ROLLUP + "/sections/{section}"
_WRITERS: Final = [Depends(may(*WRITERS))]


@dataclass(frozen=True, slots=True)
class RollupSectionHere:
    """A request by a person about a section of a roll-up, and the sums as they stand."""

    rollup: RollupHere
    section: str
    at_hand: TextsAtHand

    def page(self, text: str, refused: Refused | None = None, seen: str = "") -> Response:
        """Show the section with a text in its field."""
        shown = self.at_hand.shown(self.section, text, refused, seen)
        return self.rollup.page("section", **shown, command_id=str(uuid4()), may_write=True)

    def write(self, given: Written) -> None:
        """Record the text, for somebody who has seen the one that stands.

        Raises:
            Refused: it was written anew meanwhile, or names a figure nobody knows.
        """
        if given.text == self.at_hand.of(self.section):
            return
        try:
            fill(given.text, self.at_hand.figures)
        except UnknownPlaceholder as unknown:
            raise Refused("unknown_placeholder", "text", str(unknown)) from None
        rollup = self.rollup
        about = {"agency": rollup.agency, "year": rollup.year, "on": today()}
        command = WriteRollupSection.model_validate(
            {**about, "by": rollup.visit.person.name, "section": self.section, "text": given.text}
        )
        # The same form with other words is another command: whoever goes back and types again.
        form_id = form_command_id("write_rollup_section", given.carried.command_id)
        command_id = f"{form_id}:{text_mark(given.text)}"
        parts = rollup.visit.office.parts
        position = record_of_agency(
            parts.log, command_id, command, today(), seen_text=given.carried.seen
        )
        parts.projector.catch_up(through=position or None)


def section_here(here: TheRollup, section: str) -> RollupSectionHere:
    """Return the section a request is about; without figures there is nothing to write."""
    if section not in SECTIONS:
        raise HTTPException(404)
    try:
        texts = here.assembly.texts(here.agency, here.year)
    except Standstill:
        raise HTTPException(404) from None
    return RollupSectionHere(here, section, _at_hand(here.year, texts))


TheSection = Annotated[RollupSectionHere, Depends(section_here)]


@router.get(_SECTION, summary="撰写汇总年度报告", dependencies=_WRITERS)
def section_page(here: TheSection) -> Response:
    """Show a section to be written."""
    return here.page(here.at_hand.of(here.section))


@router.post(_SECTION, summary="保存汇总年度报告文字", dependencies=_WRITERS)
def save(here: TheSection, given: TheText) -> Response:
    """Write the section."""
    try:
        here.write(given)
    except Refused as refused:
        # Others may have been faster even after this page was made: their text is read anew.
        return section_here(here.rollup, here.section).page(given.text, refused)
    rollup = here.rollup
    return see_other(rollup.request, rollup.path, f"“{SECTIONS[here.section]}”已保存")


@router.post(_SECTION + "/preview", summary="预览汇总年度报告文字", dependencies=_WRITERS)
def preview(here: TheSection, given: TheText) -> Response:
    """Show the text with its figures; the whole page where no script asked for a part of it."""
    if here.rollup.request.headers.get("hx-request") == "true":
        shown = here.at_hand.preview(here.section, given.text)
        return here.rollup.page("preview", preview=shown)
    return here.page(given.text, seen=given.carried.seen)


def _at_hand(year: int, texts: RollupTexts) -> TextsAtHand:
    written = {name: getattr(texts.written, name) for name in SECTIONS}
    return TextsAtHand(year, texts.figures, written, texts.standing)
