"""Writing a section of a government's roll-up: its figures are the sums, it has no workflow."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from activities.rollup_assembly import RollupTexts, Standstill
from disclosure.agency_commands import WriteRollupSection
from disclosure.refusals import Refused
from engine.agency_entry import record_of_agency
from reporting.narrative import UnknownPlaceholder, fill
from web.access import may, may_read
from web.area import Area
from web.pages.annual_report_here import WRITERS, today
from web.pages.rollup import ROLLUP, RollupHere, TheRollup
from web.pages.section_writing import SECTIONS, TextsAtHand, TheText, Written
from web.rendering import see_other
from workflows.annual_report_messages import text_mark

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

    @property
    def standing(self) -> str:
        """The text as it was last written."""
        return self.at_hand.written.get(self.section, "")

    def page(self, text: str, refused: Refused | None = None, seen: str = "") -> Response:
        """Show the section with a text in its field."""
        stale = refused is not None and refused.code == "stale"
        status = 409 if stale else 422 if refused else 200
        context: dict[str, Any] = {
            "errors": {refused.field: refused.message} if refused else {},
            "values": {"text": text},
            # Who was told of the other text has seen it, and may save over it.
            "seen": seen or text_mark(self.standing),
            "theirs": self.standing if stale else "",
        }
        return self.rollup.page(
            "section",
            status,
            **context,
            section=self.section,
            title=SECTIONS[self.section],
            command_id=str(uuid4()),
            may_write=True,
            preview=self.at_hand.preview(self.section, text),
            palette=list(self.at_hand.palette()),
        )

    def write(self, given: Written) -> None:
        """Record the text, for somebody who has seen the one that stands.

        Raises:
            Refused: it was written anew meanwhile, or names a figure nobody knows.
        """
        if given.text == self.standing:
            return
        if given.carried.seen != text_mark(self.standing):
            raise Refused(
                "stale", "text", "打开以后他人修改过这一部分，现行文字见下，请合并后再保存"
            )
        try:
            fill(given.text, self.at_hand.figures)
        except UnknownPlaceholder as unknown:
            raise Refused("unknown_placeholder", "text", str(unknown)) from None
        rollup = self.rollup
        command = WriteRollupSection.model_validate(
            {
                "agency": rollup.agency,
                "on": today(),
                "by": rollup.visit.person.name,
                "year": rollup.year,
                "section": self.section,
                "text": given.text,
            }
        )
        parts = rollup.visit.office.parts
        position = record_of_agency(parts.log, _command_id(given), command, today())
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
    return here.page(here.standing)


@router.post(_SECTION, summary="保存汇总年度报告文字", dependencies=_WRITERS)
def save(here: TheSection, given: TheText) -> Response:
    """Write the section."""
    try:
        here.write(given)
    except Refused as refused:
        return here.page(given.text, refused)
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


def _command_id(given: Written) -> str:
    try:
        return f"write_rollup_section:{UUID(given.carried.command_id)}"
    except ValueError:
        return f"write_rollup_section:{uuid4()}"
