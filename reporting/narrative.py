"""Placeholders in the texts of a report: ``{{new}}`` becomes the figure of that name.

So a sentence can never quote a number the tables do not hold. The names are those of
``reporting.figures``; the texts are Markdown and stay Markdown.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from reporting.figures import PUBLISHED, Figures, known_names

PLACEHOLDER = re.compile(r"\{\{(?P<name>.*?)\}\}", re.DOTALL)
STRAY_BRACES = re.compile(r"\{\{.{0,20}|.{0,20}\}\}", re.DOTALL)


class UnknownPlaceholder(ValueError):  # noqa: N818 - named for what it refuses
    """A text names figures that do not exist; ``names`` holds them in order."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"报告文字中有无法识别的占位符：{'、'.join(names)}")
        self.names = names


@dataclass(frozen=True, slots=True)
class Sections:
    """The written sections one, five and six in Markdown; empty where the agency wrote none."""

    overall: str = ""
    problems: str = ""
    other: str = ""

    def filled(self, figures: Figures) -> "Sections":
        """Return the texts with their figures; raises ``UnknownPlaceholder``."""
        return Sections(
            overall=fill(self.overall, figures),
            problems=fill(self.problems, figures),
            other=fill(self.other, figures),
        )

    def or_else(self, standing: "Sections") -> "Sections":
        """Return these texts, and the standing one wherever nothing was written."""
        return Sections(
            overall=self.overall.strip() or standing.overall,
            problems=self.problems.strip() or standing.problems,
            other=self.other.strip() or standing.other,
        )


def check_placeholders(text: str) -> list[str]:
    """Return the placeholders that no report can fill, in order and each once.

    Made for the moment of writing, when the figures are not known: every name under
    ``published.`` passes. Braces without a partner are returned with the words beside them.
    """
    known = known_names()
    return [name for name in _unknown(text, known) if not name.startswith(PUBLISHED)]


def fill(text: str, figures: Figures) -> str:
    """Put the figures into the text; raises ``UnknownPlaceholder`` when a name is unknown."""
    values = figures.named()
    unknown = _unknown(text, values)
    if unknown:
        raise UnknownPlaceholder(unknown)
    return PLACEHOLDER.sub(lambda found: values[found["name"].strip()], text)


def _unknown(text: str, known: Collection[str]) -> list[str]:
    names = [found["name"].strip() for found in PLACEHOLDER.finditer(text)]
    stray = [found[0].strip() for found in STRAY_BRACES.finditer(PLACEHOLDER.sub("", text))]
    return list(dict.fromkeys([name for name in names if name not in known] + stray))
