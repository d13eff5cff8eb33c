import hashlib
import json
from datetime import date

import pytest
from hypothesis import given

from reporting.annual_report import (
    AnnualReport,
    DigestMismatchError,
    MalformedReportError,
    Period,
    check_digest,
)
from reporting.narrative import Sections, UnknownPlaceholder
from reporting.render_json import render_json
from reporting.tables import Tables
from tests.reporting.report_makers import ANY_TABLES, a_report, city, one_request

MEMBERS = [
    "agency",
    "agency_id",
    "year",
    "version",
    "period",
    "known_at",
    "log_position",
    "rules",
    "table2",
    "table3",
    "table4",
    "sections",
    "findings",
    "digest",
]


def test_the_json_form_has_every_member_of_the_outside_contract() -> None:
    document = a_report(known_at="2025-01-20T09:00:00+08:00").to_json()
    assert list(document) == MEMBERS
    assert document["period"] == {"from": "2024-01-01", "to": "2024-12-31"}
    assert document["rules"] == {"rule_set": "2021-30", "calendar": "2024.1"}
    assert document["known_at"] == "2025-01-20T09:00:00+08:00"
    assert document["findings"] == []
    assert document["table3"] == one_request().table3.as_json()


@given(ANY_TABLES)
def test_a_report_comes_back_from_its_file_as_it_went(tables: Tables) -> None:
    report = a_report(tables)
    document = json.loads(render_json(report))
    check_digest(document)
    assert AnnualReport.from_json(document) == report


def test_placeholders_are_filled_when_the_report_is_assembled() -> None:
    texts = Sections(overall="新收{{new}}件。", problems="不足。", other="收费{{fees.notices}}次。")
    assert a_report(texts=texts).sections == Sections("新收1件。", "不足。", "收费0次。")


def test_an_unknown_placeholder_stops_the_assembly() -> None:
    with pytest.raises(UnknownPlaceholder, match="neww"):
        a_report(texts=Sections(other="{{neww}}"))


def test_a_table_that_does_not_agree_is_reported_with_its_findings() -> None:
    cells = one_request().table3.as_json()
    cells["carried_out"]["total"] = 1
    written = one_request().as_json() | {"table3": cells}
    report = a_report(Tables.from_json(written))
    assert {found.rule for found in report.findings} == {"t3.flow", "t3.total"}
    assert AnnualReport.from_json(report.to_json()) == report


def test_the_digest_is_sha256_over_the_canonical_json_of_everything_else() -> None:
    document = a_report(city()).to_json()
    digest = document.pop("digest")
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert digest == "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("member", MEMBERS)
def test_a_report_that_was_touched_anywhere_fails_its_digest(member: str) -> None:
    document = a_report().to_json()
    check_digest(document)
    document[member] = "else"
    with pytest.raises(DigestMismatchError):
        check_digest(document)


def test_same_figures_known_at_another_time_make_another_digest() -> None:
    assert a_report().digest == a_report().digest
    assert a_report().digest != a_report(known_at="2025-02-01T00:00:00+08:00").digest


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("agency", None),
        ("year", "2024"),
        ("period", {"from": "2024-01-01"}),
        ("period", {"from": "2024-13-01", "to": "2024-12-31"}),
        ("rules", []),
        ("sections", {"overall": "", "problems": "", "other": 1}),
        ("findings", {}),
        ("findings", [{"rule": "t3.flow"}]),
        ("findings", ["t3.flow"]),
        ("table3", {}),
        ("known_at", 5),
    ],
)
def test_a_document_of_another_shape_is_refused(member: str, value: object) -> None:
    document = a_report().to_json()
    document[member] = value
    with pytest.raises(MalformedReportError):
        AnnualReport.from_json(document)


@pytest.mark.parametrize("document", [None, [], {}, {"agency": "某局"}])
def test_what_is_no_report_at_all_is_refused(document: object) -> None:
    with pytest.raises(MalformedReportError):
        AnnualReport.from_json(document)


def test_an_unknown_member_is_refused_by_name() -> None:
    with pytest.raises(MalformedReportError, match="signature"):
        AnnualReport.from_json(a_report().to_json() | {"signature": "x"})


def test_the_period_is_the_calendar_year_unless_said_otherwise() -> None:
    assert a_report().period == Period(date(2024, 1, 1), date(2024, 12, 31))
