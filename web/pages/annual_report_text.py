"""Writing a section: the text with its placeholders, the figures to choose from, the preview."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, HTTPException
from starlette.responses import Response

from activities.cell_words import cell_words
from activities.kept_figures import YearAtHand
from audit.checking import check_texts
from disclosure.outcomes import COLUMNS, NEW, ROWS, TOTAL
from disclosure.refusals import Refused
from engine.errors import CommandFailedError
from reporting.default_texts import standing_texts
from reporting.figures import FEES, PUBLISHED, RESULT_GROUPS
from reporting.findings import Finding
from reporting.labels import GROUP_WORDS, SECTION_TITLES
from reporting.narrative import UnknownPlaceholder, fill
from web.access import may, may_read
from web.area import Area
from web.pages.annual_report_here import (
    ANNUAL_REPORT,
    UNANSWERED,
    WRITERS,
    ReportHere,
    TheReport,
)
from web.pages.annual_report_here import Form as Carried
from web.pages.marked_text import MarkedText, marked
from web.rendering import see_other
from workflows.annual_report_messages import text_mark

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

SECTIONS: Final = {
    "overall": SECTION_TITLES[0],
    "problems": SECTION_TITLES[4],
    "other": SECTION_TITLES[5],
}
"""The sections a person writes, with their titles."""

_SECTION: Final = ANNUAL_REPORT + "/sections/{section}"
_PREVIEW: Final = _SECTION + "/preview"
_LONGEST = 50_000
"""Characters; section one is to have about a thousand."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A section as it would be published now.

    Attributes:
        text: None where a placeholder is unknown; `error` names it then.
        standing: whether it is the standing text, because nothing was written.
    """

    text: MarkedText | None
    error: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What the form of a section brings."""

    carried: Carried
    text: str


@dataclass(frozen=True, slots=True)
class SectionHere:
    """A request by a person about a section, and the figures as they stand."""

    report: ReportHere
    section: str
    at_hand: YearAtHand

    @property
    def standing(self) -> str:
        """The text as it was last written."""
        return self.at_hand.texts.get(self.section, "")

    def page(
        self, text: str, refused: Refused | None = None, seen: str = "", **more: Any
    ) -> Response:
        """Show the section with a text in its field."""
        stale = refused is not None and refused.code == "stale"
        field = refused.field if refused is not None and refused.field == "text" else ""
        about: dict[str, Any] = {
            "status_code": 409 if stale else 422 if refused else 200,
            "errors": {field: refused.message} if refused is not None else {},
        }
        return self.report.page(
            "section",
            **{**about, **more},
            section=self.section,
            title=SECTIONS[self.section],
            values={"text": text},
            # Who was told of the other text has seen it, and may save over it.
            seen=seen or text_mark(self.standing),
            theirs=self.standing if stale else "",
            may_write=self.report.may_write(self.report.record().state.stage),
            preview=preview_of(self.at_hand, self.section, text),
            palette=list(_palette(self.at_hand)),
        )

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
    return SectionHere(here, section, here.figures.live(here.agency, here.year))


TheSection = Annotated[SectionHere, Depends(section_here)]


def written(
    text: Annotated[str, Form(max_length=_LONGEST)] = "",
    command_id: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Written:
    """Read the form; lines end as the log keeps them."""
    return Written(Carried(command_id, seen), text.replace("\r\n", "\n").strip())


TheText = Annotated[Written, Depends(written)]


@router.get(_SECTION, summary="撰写年度报告", dependencies=[Depends(may(*WRITERS))])
def section_page(here: TheSection) -> Response:
    """Show a section to be written."""
    return here.page(here.standing)


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
        shown = preview_of(here.at_hand, here.section, given.text)
        return here.report.page("preview", preview=shown)
    return here.page(given.text, seen=given.carried.seen)


def preview_of(at_hand: YearAtHand, section: str, text: str) -> Preview:
    """Fill a text with the figures as they stand, and hold it against them."""
    standing = standing_texts(at_hand.figures, at_hand.year)
    try:
        filled = fill(text, at_hand.figures).strip() or getattr(standing, section)
    except UnknownPlaceholder as unknown:
        return Preview(None, str(unknown))
    found = _findings(at_hand, section, filled)
    return Preview(marked(filled, SECTIONS[section], found), standing=not text.strip())


def _findings(at_hand: YearAtHand, section: str, filled: str) -> tuple[Finding, ...]:
    """Return what is wrong with a section beside the others as they were written."""
    texts: dict[str, str] = {}
    standing = standing_texts(at_hand.figures, at_hand.year)
    for name in SECTIONS:
        try:
            other = fill(at_hand.texts.get(name, ""), at_hand.figures).strip()
        except UnknownPlaceholder:
            continue
        texts[name] = other or getattr(standing, name)
    return check_texts({**texts, section: filled}, at_hand.figures, at_hand.year)


def _palette(at_hand: YearAtHand) -> Iterator[tuple[str, str, str]]:
    """Yield the figures a text may name: placeholder, words, and the value it has now."""
    values = at_hand.figures.named()
    for name, words in _names(values):
        yield f"{{{{{name}}}}}", words, values[name]


def _names(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    for row in ROWS:
        yield row, cell_words(f"{row}.{TOTAL}")
    for group in RESULT_GROUPS:
        yield group, f"表三“{GROUP_WORDS[group]}”各项合计"
    for column in COLUMNS:
        if column != TOTAL:
            yield f"{NEW}.{column}", cell_words(f"{NEW}.{column}")
    for name in values:
        if name.startswith(
            ("regulations.", "normative_documents.", "reconsideration.", "litigation")
        ):
            yield name, cell_words(name)
    for name in ("permits", "penalties", "coercive_measures", "fees_10k_yuan", *FEES):
        yield name, cell_words(name)
    for name in values:
        if name.startswith(PUBLISHED):
            rest = name.removeprefix(PUBLISHED)
            yield name, "主动公开政府信息条数" if rest == TOTAL else f"主动公开：{rest}"
