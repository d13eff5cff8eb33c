"""Our own five formats read back to the figures that made them, and one defect is one finding."""

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.loading import load_report
from audit.rules import check
from reporting.figures import Fees
from reporting.identities import check_cells
from reporting.narrative import Sections
from reporting.render import render
from reporting.tables import Table3, Tables
from tests.audit.recognition_makers import values_of
from tests.audit.run_makers import (
    EDITABLE,
    FORMATS,
    QUIET,
    RENDERERS,
    printed_instead,
    quiet_report,
    with_figure,
)
from tests.reporting.report_makers import (
    ANY_TABLES,
    Cells,
    a_report,
    balanced_cells,
    city,
)

FEW = settings(max_examples=6)
COUNTED = sorted(code for code in city().figures() if code != "fees_10k_yuan")
EMPTY = sorted(code for code, figure in city().figures().items() if figure == 0)
FEES = Fees(notices=9999, demanded=Decimal("120000.00"), received=Decimal("90000.00"))
"""Where requests lapsed for want of payment, there were notices of the fee."""
LIES = {
    "2024年，我机关未收到政府信息公开申请。": "text.requests",
    "2024年，办结政府信息公开申请7件。": "text.results",
    "2024年，未发生政府信息公开行政复议。": "text.proceedings",
    "2024年，制发行政规范性文件9件。": "text.documents",
    "2024年，公开信息10条，其中政策2条，财政3条，其他4条。": "text.sum",
}


@FEW
@given(ANY_TABLES)
def test_any_figures_come_back_from_every_format(tables: Tables) -> None:
    for name, content in render(quiet_report(tables)).items():
        read = load_report(name, content)
        assert values_of(read) == tables.figures(), name
        assert (read.unreadable, read.notes, read.absent) == ((), (), frozenset()), name


@FEW
@given(balanced_cells())
def test_a_balanced_report_of_ours_has_no_finding_in_any_format(cells: Cells) -> None:
    tables = replace(city(), table3=Table3.of(cells))
    for name, content in render(a_report(tables, fees=FEES)).items():
        assert check(load_report(name, content)) == (), name


@FEW
@given(st.sampled_from(COUNTED), st.integers(1, 5000), st.sampled_from(FORMATS))
def test_one_wrong_figure_is_exactly_the_identities_it_breaks(
    code: str, by: int, name: str
) -> None:
    figure = int(city().figures()[code])
    tables = with_figure(city(), code, figure + by)
    found = check(load_report(name, RENDERERS[name](quiet_report(tables))))
    broken = check_cells(tables.figures())
    assert {(one.rule, one.where, one.expected, one.found) for one in found} == {
        (one.rule, one.where, one.expected, one.found) for one in broken
    }
    assert len(found) == len(broken)


@FEW
@given(
    st.sampled_from(EMPTY),
    st.sampled_from([("", "cell.blank"), ("/", "cell.not_a_number"), ("无", "cell.not_a_number")]),
    st.sampled_from(EDITABLE),
)
def test_one_cell_without_a_number_is_exactly_that_finding(
    code: str, planted: tuple[str, str], name: str
) -> None:
    words, rule = planted
    report = load_report(name, printed_instead(city(), code, words, name))
    found = [(one.rule, one.severity.value) for one in check(report)]
    assert found == [(rule, "error")]
    assert (report.cells[code].printed, report.cells[code].value) == (words, None)


@FEW
@given(st.sampled_from(sorted(LIES)), st.sampled_from(FORMATS))
def test_one_untrue_sentence_is_exactly_that_finding(lie: str, name: str) -> None:
    texts = Sections(f"{QUIET.overall}\n\n{lie}", QUIET.problems, QUIET.other)
    found = check(load_report(name, RENDERERS[name](a_report(city(), texts=texts))))
    assert {one.rule for one in found} == {LIES[lie]}
    assert all(one.where.sentence == lie for one in found)


def test_a_figure_of_any_length_in_data_is_no_number_and_no_hindrance() -> None:
    document = json.loads(json.dumps(city().as_json()))
    document["table3"]["new"]["total"] = 10**4000
    document["table2"]["fees_10k_yuan"] = "1e999999999"
    document["agency"], document["year"] = "林业\ud800局", 10**40
    report = load_report("a.json", json.dumps(document).encode())
    assert report.cells["new.total"].value is None
    assert report.cells["fees_10k_yuan"].value is None
    assert (report.agency, report.year) == ("林业?局", None)
    assert {one.rule for one in check(report)} >= {"cell.not_a_number"}
