import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reporting.charts import Chart, charts
from reporting.charts_svg import BASE, DIGIT, HEIGHT, LINE_BASE, TOP, WIDTH, chart_svg, standalone
from reporting.render_html import render_html
from reporting.tables import Tables
from reporting.trends import MalformedTrendsError, Trends
from tests.reporting.report_makers import a_report, city, one_request

MONTHS = (3, 0, 12, 5, 0, 0, 1, 2, 4, 0, 9, 30)
YEARS = {2019: (9, 9), 2021: (40, 38), 2022: (55, 60), 2023: (61, 61), 2024: (66, 64)}
TRENDS = Trends(MONTHS, YEARS)
SVG = "{http://www.w3.org/2000/svg}"
FIGURES = st.integers(0, 10**6)
TALL = 10
"""What a digit takes of its line's height, in units of the drawing."""


def drawn(tables: Tables, trends: Trends | None = None) -> dict[str, Chart]:
    return {chart.name: chart for chart in charts(a_report(tables), trends)}


def drawing(chart: Chart) -> ET.Element:
    return ET.fromstring(standalone(chart_svg(chart)))  # noqa: S314 - our own drawing


def words_in(chart: Chart) -> list[str]:
    return [one.text or "" for one in drawing(chart).iter(f"{SVG}text")]


def test_results_are_counted_by_the_six_kinds_of_the_form() -> None:
    chart = drawn(city())["results"]
    assert chart.labels == (
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    )
    assert chart.series[0].figures == (1362, 454, 178, 768, 62, 114)


def test_months_and_years_are_drawn_from_the_trends() -> None:
    found = drawn(city(), TRENDS)
    assert list(found) == ["results", "months", "years"]
    assert found["months"].series[0].figures == MONTHS
    assert found["years"].labels == ("2021年", "2022年", "2023年", "2024年")
    assert [one.figures for one in found["years"].series] == [(40, 55, 61, 66), (38, 60, 61, 64)]


def test_no_chart_is_drawn_where_there_is_nothing_to_see() -> None:
    nothing = Trends((0,) * 12, {2023: (0, 0), 2024: (0, 0)})
    assert drawn(Tables.zero(), nothing) == {}
    one = Trends((0, 0, 1, *(0,) * 9), {2024: (1, 1)})
    assert drawn(one_request(), one) == {}
    assert drawn(Tables.zero(), Trends((0,) * 12, {})) == {}


def test_the_description_tells_every_figure() -> None:
    assert drawn(city(), TRENDS)["years"].description == (
        "新收：2021年40件，2022年55件，2023年61件，2024年66件。"
        "办结：2021年38件，2022年60件，2023年61件，2024年64件。"
    )


def test_every_figure_and_label_is_text_in_the_drawing() -> None:
    chart = drawn(city(), TRENDS)["months"]
    assert words_in(chart) == [*chart.labels, *map(str, MONTHS)]


def test_a_drawing_has_a_title_and_a_description_that_name_it() -> None:
    chart = drawn(city())["results"]
    root = drawing(chart)
    names = (root.get("aria-labelledby") or "").split()
    told = {one.get("id"): one.text for one in root}
    assert root.get("role") == "img"
    assert [told[name] for name in names] == [chart.title, chart.description]


@settings(max_examples=30)
@given(
    st.lists(FIGURES, min_size=12, max_size=12), st.lists(st.tuples(FIGURES, FIGURES), max_size=5)
)
def test_whatever_the_figures_everything_lies_inside_the_drawing(
    months: list[int], years: list[tuple[int, int]]
) -> None:
    trends = Trends(tuple(months), dict(enumerate(years, 2020)))
    for chart in drawn(city(), trends).values():
        for mark in drawing(chart).iter(f"{SVG}text"):
            assert 0 < float(mark.get("x", "0")) < WIDTH
            assert 0 < float(mark.get("y", "0")) < HEIGHT
        bars = [one for one in drawing(chart).iter(f"{SVG}rect") if one.get("width") != "8"]
        for bar in bars:
            top, height = float(bar.get("y", "0")), float(bar.get("height", "0"))
            assert TOP <= top <= BASE
            assert top + height == pytest.approx(BASE, abs=0.11)


def test_the_larger_figure_of_a_year_has_its_number_above_and_the_other_below() -> None:
    trends = Trends((1,) * 12, {2023: (10, 12), 2024: (9, 9)})
    texts = list(drawing(drawn(city(), trends)["years"]).iter(f"{SVG}text"))
    heights = [(one.text, float(one.get("y", "0"))) for one in texts if (one.text or "").isdigit()]
    (new, above_new), (new_then, upper), (handled, above), (handled_then, lower) = heights
    assert (new, handled) == ("10", "12")
    assert above < above_new
    assert (new_then, handled_then) == ("9", "9")
    assert upper < lower


SMALL_AND_LARGE = st.one_of(st.integers(0, 7), FIGURES, st.just(12000))


@settings(max_examples=100)
@given(st.lists(st.tuples(SMALL_AND_LARGE, SMALL_AND_LARGE), min_size=2, max_size=5))
@example([(0, 0), (0, 0), (1, 1), (3, 2), (0, 0)])
@example([(12000, 11999), (3, 3), (0, 1), (7, 2), (12000, 3)])
@example([(5, 5), (5, 5), (5, 5)])
def test_no_number_of_a_line_stands_on_the_axis_on_a_year_or_on_another_number(
    years: list[tuple[int, int]],
) -> None:
    chart = drawn(city(), Trends((0,) * 12, dict(enumerate(years, 2020)))).get("years")
    if chart is None:
        return
    texts = [
        (str(one.text), float(one.get("x", "0")), float(one.get("y", "0")))
        for one in drawing(chart).iter(f"{SVG}text")
    ]
    numbers = [(x, foot) for words, x, foot in texts if words.isdigit()]
    (labels_at,) = {foot for words, _, foot in texts if words.endswith("年")}
    assert len(numbers) == 2 * len(years)
    for _, foot in numbers:
        assert foot < LINE_BASE - 1 or foot - TALL > LINE_BASE
        assert foot < labels_at - TALL
    for x in {x for x, _ in numbers}:
        lower, upper = sorted(foot for place, foot in numbers if place == x)
        assert upper - lower > TALL


def test_a_long_number_keeps_to_its_own_month() -> None:
    months = Trends((123456, 123456, *(0,) * 10), {})
    group = next(drawing(drawn(city(), months)["months"]).iter(f"{SVG}g"))
    size = float(group.get("font-size", "0"))
    assert size * DIGIT * len("123456") < WIDTH / 12
    assert size > 9


def test_numbers_keep_a_rim_of_what_lies_behind_them_so_that_no_line_runs_through() -> None:
    chart = drawn(city(), TRENDS)["years"]
    assert 'stroke="var(--ground, Canvas)"' in chart_svg(chart)
    (rim,) = re.findall(r'<g [^>]*stroke="white"[^>]*>', chart_svg(chart, "white"))
    assert 'paint-order="stroke"' in rim


def test_the_page_shows_the_charts_after_table_three_each_with_a_caption() -> None:
    page = render_html(a_report(city()), TRENDS).decode()
    assert page.count("<svg ") == page.count("<figure>") == 3
    assert "<figcaption>图2　2024年各月新收政府信息公开申请数量（单位：件）</figcaption>" in page
    assert (
        page.index("四、结转下年度继续办理") < page.index("<figure>") < page.index('id="gk-table4"')
    )
    assert "<svg" not in render_html(a_report(one_request())).decode()


@pytest.mark.parametrize(
    ("months", "years", "fault"),
    [
        ((1,) * 11, {}, "twelve"),
        ((-1, *(0,) * 11), {}, "received_by_month.1"),
        ((0,) * 12, {2024: (1, -1)}, "by_year.2024.handled"),
    ],
)
def test_trends_are_twelve_months_of_counts(
    months: tuple[int, ...], years: dict[int, tuple[int, int]], fault: str
) -> None:
    with pytest.raises(MalformedTrendsError, match=fault):
        Trends(months, years)
