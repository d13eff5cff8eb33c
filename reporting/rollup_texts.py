"""The written sections of a roll-up (汇总年度报告) for a government that wrote none for it.

What it wrote for its own report is not taken: there the placeholders speak of its own figures, here
of the sum (chosen). The sentences are those of an agency's standing texts, said of all agencies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.default_texts import COUNTED_ONE_BY_ONE, standing_texts
from reporting.figures import Figures
from reporting.narrative import Sections

SUMMED_UP = "本报告的数据由各机关已公布的年度报告逐项相加形成。"


@dataclass(frozen=True, slots=True)
class Extent:
    """Over whom a roll-up extends.

    Attributes:
        government: its name.
        counted: how many agencies are counted, itself among them.
        missing: names of those that should be and are not.
    """

    government: str
    counted: int
    missing: Sequence[str] = ()


def rollup_texts(figures: Figures, year: int, extent: Extent) -> Sections:
    """Return the standing Markdown texts, with whom the figures cover said first."""
    standing = standing_texts(figures, year)
    return Sections(
        overall=f"{_covered(extent)}\n\n{_said_of_all(standing.overall)}",
        problems=_said_of_all(standing.problems),
        other="\n\n".join(filter(None, (_said_of_all(standing.other), _not_covered(extent)))),
    )


def _covered(extent: Extent) -> str:
    others = extent.counted - 1
    over = f"及其汇总范围内的{others}个机关" if others > 0 else ""
    return f"本报告由{extent.government}汇总编制，数据涵盖{extent.government}本级{over}。"


def _not_covered(extent: Extent) -> str:
    if not extent.missing:
        return ""
    return f"本报告的数据未包括{'、'.join(extent.missing)}。"


def _said_of_all(text: str) -> str:
    return text.replace(COUNTED_ONE_BY_ONE, SUMMED_UP).replace("本机关", "各机关")
