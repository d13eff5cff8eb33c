"""A chart as SVG: the same drawing inside the page and inside the PDF.

Text is text, in the colour of its surroundings; the two inks keep a contrast of 3 to 1 on white and
on black (WCAG 2.1, 1.4.11), and differ in marks too. Lengths are units of a drawing 480 wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reporting.charts import Chart, Series
from reporting.page_templates import ENVIRONMENT

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH = 480
HEIGHT = 216
BASE = 184
"""The line on which bars of 0 stand, and the lowest there is for lines."""
LINE_BASE = 166
"""The line on which a line's figures of 0 stand, with room for a number beneath it."""
LABELS_AT = 204
TOP = 48
"""The line on which the largest figure stands, with its number above and the legend over that."""
INKS = ("#2e74b5", "#b85c00")
BAR_SHARE = 0.56
"""Of a label's width, the part its bar takes."""
ABOVE, BELOW = -7, 17
"""From a point to the foot of the number that stands over it or under it."""
UNDER_BASE = 15
"""From the base line to the foot of a number that would else stand on it."""
TEXT = 13
DIGIT = 0.56
"""The width of a digit, of the height of its type."""
ON_PAGE = "var(--ground, Canvas)"
"""What lies behind a drawing in a page, light or dark."""
MARKS: tuple[Literal["circle", "square"], ...] = ("circle", "square")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at its place; ``number_at`` is the foot of its number."""

    x: float
    y: float
    number: int
    number_at: float


@dataclass(frozen=True, slots=True)
class Trace:
    """A series ready to be drawn."""

    name: str
    ink: str
    mark: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points of a line as SVG writes them."""
        return " ".join(f"{one.x:.1f},{one.y:.1f}" for one in self.points)


def chart_svg(chart: Chart, ground: str = ON_PAGE) -> str:
    """Return the drawing as an ``svg`` element with title and description.

    ``ground`` is the colour behind it: numbers keep a rim of it, so that no line runs through them.
    """
    step = WIDTH / len(chart.labels)
    return ENVIRONMENT.get_template("chart.svg").render(
        chart=chart,
        traces=tuple(_traces(chart, step)),
        labels=[(step * (place + 0.5), label) for place, label in enumerate(chart.labels)],
        bar=step * BAR_SHARE,
        width=WIDTH,
        height=HEIGHT,
        base=_base(chart),
        labels_at=LABELS_AT,
        text=TEXT,
        number_size=_number_size(chart, step),
        ground=ground,
    )


def standalone(svg: str) -> str:
    """Return the element as a file of its own: outside HTML it must name its language."""
    return svg.replace("<svg ", f'<svg xmlns="{NAMESPACE}" ', 1)


def _base(chart: Chart) -> int:
    return LINE_BASE if chart.lines else BASE


def _number_size(chart: Chart, step: float) -> float:
    """Return the height of type in which the longest number still fits over its label."""
    digits = max(len(str(number)) for one in chart.series for number in one.figures)
    return min(TEXT, step / (digits + 0.5) / DIGIT)


def _traces(chart: Chart, step: float) -> Iterator[Trace]:
    highest = max(number for one in chart.series for number in one.figures)
    for place, one in enumerate(chart.series):
        points = tuple(
            _point(chart, one, label, step, number / highest)
            for label, number in enumerate(one.figures)
        )
        yield Trace(one.name, INKS[place], MARKS[place], points)


def _point(chart: Chart, series: Series, label: int, step: float, share: float) -> Point:
    base = _base(chart)
    y = base - share * (base - TOP)
    number = series.figures[label]
    # The larger figure of a year has its number above, the other below: they never meet.
    rivals = [other.figures[label] for other in chart.series if other is not series]
    first = series is chart.series[0]
    over = all(number > rival or (number == rival and first) for rival in rivals)
    return Point(step * (label + 0.5), y, number, y + ABOVE if over else _foot_below(y, base))


def _foot_below(y: float, base: int) -> float:
    """Return the foot of a number under its point: clear of the base line, over or under it."""
    foot = y + BELOW
    return foot if foot < base - 2 else float(base + UNDER_BASE)
