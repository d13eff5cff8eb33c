"""Writing a section of a report: the form, the figures to choose from, the preview."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Form

from activities.cell_words import cell_words
from audit.checking import check_texts
from disclosure.outcomes import COLUMNS, NEW, ROWS, TOTAL
from disclosure.refusals import Refused
from disclosure.section_text import text_mark
from reporting.figures import FEES, PUBLISHED, RESULT_GROUPS, Figures
from reporting.findings import Finding
from reporting.labels import GROUP_WORDS, SECTION_TITLES
from reporting.narrative import Sections, UnknownPlaceholder, fill
from web.pages.annual_report_here import Form as Carried
from web.pages.marked_text import MarkedText, marked

SECTIONS: Final = {
    "overall": SECTION_TITLES[0],
    "problems": SECTION_TITLES[4],
    "other": SECTION_TITLES[5],
}
"""The sections a person writes, with their titles."""

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


def written(
    text: Annotated[str, Form(max_length=_LONGEST)] = "",
    command_id: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Written:
    """Read the form; lines end as the log keeps them."""
    return Written(Carried(command_id, seen), text.replace("\r\n", "\n").strip())


TheText = Annotated[Written, Depends(written)]


@dataclass(frozen=True, slots=True)
class TextsAtHand:
    """The sections of a report that is being written, and the figures they may quote.

    Attributes:
        written: the texts by section, as they were last written.
        standing: what stands where nothing was written.
    """

    year: int
    figures: Figures
    written: Mapping[str, str]
    standing: Sections

    def preview(self, section: str, text: str) -> Preview:
        """Fill a text with the figures as they stand, and hold it against them."""
        try:
            filled = self._filled(section, text)
        except UnknownPlaceholder as unknown:
            return Preview(None, str(unknown))
        found = self._findings(section, filled)
        return Preview(marked(filled, SECTIONS[section], found), standing=not text.strip())

    def of(self, section: str) -> str:
        """Return a section's text as it was last written."""
        return self.written.get(section, "")

    def shown(
        self, section: str, text: str, refused: Refused | None = None, seen: str = ""
    ) -> dict[str, Any]:
        """Return what the page of a section shows with a text in its field."""
        standing = self.of(section)
        stale = refused is not None and refused.code == "stale"
        field = refused.field if refused is not None and refused.field == "text" else ""
        return {
            "status_code": 409 if stale else 422 if refused else 200,
            "errors": {field: refused.message} if refused is not None else {},
            "section": section,
            "title": SECTIONS[section],
            "values": {"text": text},
            # Who was told of the other text has seen it, and may save over it.
            "seen": seen or text_mark(standing),
            "theirs": standing if stale else "",
            "preview": self.preview(section, text),
            "palette": list(self.palette()),
        }

    def palette(self) -> Iterator[tuple[str, str, str]]:
        """Yield the figures a text may name: placeholder, words, and the value it has now."""
        values = self.figures.named()
        for name, words in _names(values):
            yield f"{{{{{name}}}}}", words, values[name]

    def _findings(self, section: str, filled: str) -> tuple[Finding, ...]:
        """Return what is wrong with a section beside the others as they were written."""
        texts: dict[str, str] = {}
        for name in SECTIONS:
            try:
                texts[name] = self._filled(name, self.of(name))
            except UnknownPlaceholder:
                continue
        return check_texts({**texts, section: filled}, self.figures, self.year)

    def _filled(self, section: str, text: str) -> str:
        standing: str = getattr(self.standing, section)
        return fill(text, self.figures).strip() or standing


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
