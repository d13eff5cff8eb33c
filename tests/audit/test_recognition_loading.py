"""A file of any format becomes the report it prints."""

import json

import pytest
from hypothesis import given, settings

from audit.loading import load_report
from audit.rules import check
from reporting.findings import Severity
from reporting.render import render
from reporting.tables import Tables
from tests.audit.recognition_makers import in_pipes, in_rows, values_of
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

CITY = render(a_report(city()))


@pytest.mark.parametrize("name", sorted(CITY))
def test_every_format_of_our_own_reads_back(name: str) -> None:
    report = load_report(name, CITY[name])
    assert values_of(report) == city().figures()
    assert report.unreadable == ()
    assert report.notes == ()
    assert report.title == "保定市商务局2024年政府信息公开工作年度报告"
    assert (report.year, report.agency) == (2024, "保定市商务局")


@settings(max_examples=5)
@given(ANY_TABLES)
def test_any_tables_of_our_own_read_back(tables: Tables) -> None:
    for name, content in render(a_report(tables)).items():
        assert values_of(load_report(name, content)) == tables.figures(), name


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.pdf"])
def test_sections_and_sentences_of_our_own_are_found(name: str) -> None:
    report = load_report(name, render(a_report(one_request()))[name])
    assert sorted(report.sections) == [1, 2, 3, 4, 5, 6]
    assert {sentence.section for sentence in report.sentences} >= {0, 1, 5, 6}


def test_text_and_markdown_go_the_same_way() -> None:
    figures = city().figures()
    for name, text in (("a.txt", in_rows(figures)), ("a.md", in_pipes(figures))):
        assert values_of(load_report(name, text.encode())) == figures


def test_tables_alone_are_enough_of_a_report_json() -> None:
    bare = {"agency": "海棠市林业局", "year": 2023, **city().as_json()}
    report = load_report("a.json", json.dumps(bare).encode())
    assert values_of(report) == city().figures()
    assert (report.year, report.sentences) == (2023, ())


def test_what_is_no_count_in_a_report_json_is_printed_and_has_no_value() -> None:
    bare = json.loads(json.dumps({"year": 2023, **city().as_json()}))
    bare["table3"]["new"]["total"] = "/"
    del bare["table3"]["carried_in"]["total"]
    cells = load_report("a.json", json.dumps(bare).encode()).cells
    assert (cells["new.total"].printed, cells["new.total"].value) == ("/", None)
    assert (cells["carried_in.total"].printed, cells["carried_in.total"].value) == ("", None)


def test_a_report_json_changed_after_its_digest_was_taken_says_so() -> None:
    document = json.loads(CITY["report.json"])
    document["table3"]["new"]["total"] += 1
    report = load_report("report.json", json.dumps(document).encode())
    assert report.notes == ("文件内容与其摘要（digest）不一致，生成以后被改动过",)


@pytest.mark.parametrize(
    ("period", "faults"),
    [
        ({"from": "2024-01-01", "to": "2024-12-31"}, []),
        ({"from": "2024-03-01", "to": "2024-12-31"}, []),
        ({"from": "2023-01-01", "to": "2023-12-31"}, ["2023-01-01至2023-12-31"]),
        ({"from": "2024-01-01", "to": "2025-12-31"}, ["2024-01-01至2025-12-31"]),
        ({"from": "2024-12-31", "to": "2024-01-01"}, ["2024-12-31至2024-01-01"]),
        ({"from": "2024年1月1日", "to": 20241231}, ["2024年1月1日至20241231"]),
        ({"from": "2024-01-01"}, ["2024-01-01至（空白）"]),
        ("2023", ["（空白）至（空白）"]),
        ([{"from": None}], ["（空白）至（空白）"]),
        (None, []),
    ],
)
def test_the_period_data_state_is_of_the_reports_year(period: object, faults: list[str]) -> None:
    document = json.loads(CITY["report.json"]) | {"period": period}
    del document["digest"]
    found = check(load_report("report.json", json.dumps(document).encode()))
    told = [one for one in found if one.rule == "text.period"]
    assert [one.found for one in told] == faults
    assert all(one.severity is Severity.ERROR and "2024年度报告" in one.message for one in told)
