"""Writing a section of an agency's own report: the text, the preview, saving it."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException
from starlette.responses import Response

from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from reporting.default_texts import standing_texts
from web.access import may, may_read
from web.area import Area
from web.pages.annual_report_here import (
    ANNUAL_REPORT,
    UNANSWERED,
    WRITERS,
    ReportHere,
    TheReport,
)
from web.pages.section_writing import SECTIONS, TextsAtHand, TheText, Written
from web.rendering import see_other

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

_SECTION: Final = ANNUAL_REPORT + "/sections/{section}"
_PREVIEW: Final = _SECTION + "/preview"


@dataclass(frozen=True, slots=True)
class SectionHere:
    """A request by a person about a section, and the figures as they stand."""

    report: ReportHere
    section: str
    at_hand: TextsAtHand

    def page(
        self, text: str, refused: Refused | None = None, seen: str = "", **more: Any
    ) -> Response:
        """Show the section with a text in its field."""
        may_write = self.report.may_write(self.report.record().state.stage)
        shown = self.at_hand.shown(self.section, text, refused, seen)
        return self.report.page("section", **{**shown, **more}, may_write=may_write)

    def unanswered(self, given: Written) -> Response:
        """Show the same form again: nobody knows whether its text was saved."""
        return self.page(
            given.text,
            seen=given.carried.seen,
            status_code=503,
            errors={"": UNANSWERED},
            command_id=given.carried.command_id,
        )


def section_here(here: TheReport, section: str) -> SectionHere:
    """Return the section a request is about."""
    if section not in SECTIONS:
        raise HTTPException(404)
    year = here.figures.live(here.agency, here.year)
    standing = standing_texts(year.figures, here.year)
    return SectionHere(here, section, TextsAtHand(here.year, year.figures, year.texts, standing))


TheSection = Annotated[SectionHere, Depends(section_here)]


@router.get(_SECTION, summary="撰写年度报告", dependencies=[Depends(may(*WRITERS))])
def section_page(here: TheSection) -> Response:
    """Show a section to be written."""
    return here.page(here.at_hand.of(here.section))


@router.post(_SECTION, summary="保存年度报告文字", dependencies=[Depends(may(*WRITERS))])
def save(here: TheSection, given: TheText) -> Response:
    """Write the section."""
    report = here.report
    try:
        report.write(given.carried, here.section, given.text)
    except Refused as refused:
        # Others may have been faster even after this page was made: their text is read anew.
        as_it_stands = section_here(report, here.section)
        return as_it_stands.page(given.text, refused)
    except CommandFailedError:
        return here.unanswered(given)
    return see_other(report.request, report.path, f"“{SECTIONS[here.section]}”已保存")


@router.post(_PREVIEW, summary="预览年度报告文字", dependencies=[Depends(may(*WRITERS))])
def preview(here: TheSection, given: TheText) -> Response:
    """Show the text with its figures; the whole page where no script asked for a part of it."""
    if here.report.request.headers.get("hx-request") == "true":
        shown = here.at_hand.preview(here.section, given.text)
        return here.report.page("preview", preview=shown)
    return here.page(given.text, seen=given.carried.seen)
