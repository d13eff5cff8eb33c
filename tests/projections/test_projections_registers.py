"""Agencies, written sections, published reports: what was said last, stands."""

from disclosure.addresses import agency_stream, report_stream
from disclosure.agency_events import AgencyRegistered, SectionWritten
from disclosure.events import EVENTS
from disclosure.report_events import AnnualReportOpened, AnnualReportPublished
from projections import Agencies, ReportRegister, Sections, all_projections
from tests.disclosure.facts import day
from tests.projections.folded import folded, only_row

STREAM = report_stream("chengguan", 2025)
OPENED = AnnualReportOpened(on=day("2026-01-01"), agency="chengguan", year=2025)


def version(number: int, on: str) -> AnnualReportPublished:
    return AnnualReportPublished(
        on=day(on),
        version=number,
        log_position=100 * number,
        digest=f"sha256:{number}",
        content_digest=f"sha256:content {number}",
        approved_by="（虚构）丙",
    )


def test_a_report_that_was_opened_has_no_version_yet() -> None:
    assert only_row(ReportRegister(), STREAM, [OPENED]) == {
        "stream": STREAM,
        "agency": "chengguan",
        "year": 2025,
        "version": 0,
        "digest": None,
        "published_on": None,
        "log_position": None,
    }


def test_the_register_of_reports_shows_the_version_published_last() -> None:
    events = [OPENED, version(1, "2026-01-20"), version(2, "2026-03-02")]
    assert only_row(ReportRegister(), STREAM, events) == {
        "stream": STREAM,
        "agency": "chengguan",
        "year": 2025,
        "version": 2,
        "digest": "sha256:2",
        "published_on": day("2026-03-02"),
        "log_position": 200,
    }


def test_every_year_of_every_agency_has_a_report_of_its_own() -> None:
    streams = [
        report_stream(agency, year) for agency in ("chengguan", "shangwu") for year in (2024, 2025)
    ]
    rows = folded(ReportRegister(), {stream: [OPENED] for stream in streams})
    assert [key for (key,) in rows] == streams
    assert [row["agency"] for row in rows.values()] == ["chengguan"] * 2 + ["shangwu"] * 2


def test_the_section_written_last_stands_whatever_its_legal_date() -> None:
    def text(on: str, words: str, year: int = 2025) -> SectionWritten:
        return SectionWritten(on=day(on), year=year, section="problems", text=words)

    rows = folded(
        Sections(),
        {
            agency_stream("chengguan"): [
                text("2026-01-10", "一稿"),
                text("2026-01-12", "去年的", year=2024),
                text("2026-01-08", "二稿"),
            ]
        },
    )
    assert {key: row["text"] for key, row in rows.items()} == {
        ("chengguan", 2025, "problems"): "二稿",
        ("chengguan", 2024, "problems"): "去年的",
    }


def test_an_agency_stands_with_name_region_parent_and_code() -> None:
    stream = agency_stream("chengguan")
    registered = AgencyRegistered(
        on=day("2025-01-02"),
        name="某市城市管理局",
        region="某市",
        parent="shi-zhengfu",
        document_code="城管公开",
        opened_on=day("2019-03-01"),
    )
    assert only_row(Agencies(), stream, [registered]) == {
        "stream": stream,
        "agency": "chengguan",
        "name": "某市城市管理局",
        "region": "某市",
        "parent": "shi-zhengfu",
        "document_code": "城管公开",
        "opened_on": day("2019-03-01"),
    }


def test_every_event_of_the_log_is_read_by_some_projection() -> None:
    read = frozenset().union(*(projection.types for projection in all_projections()))
    assert read == set(EVENTS)
