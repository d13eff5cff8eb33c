"""Agencies, written sections, published reports: what was said last, stands."""

from datetime import date
from typing import Any

from disclosure.addresses import agency_stream, numbers_stream, report_stream
from disclosure.agency_events import AgencyConfigured, AgencyRegistered, SectionWritten
from disclosure.document_events import DocumentNumbered, DocumentNumberVoided
from disclosure.event import Event
from disclosure.events import CALENDAR_EVENTS, EVENTS
from disclosure.report_events import (
    AnnualReportAmendmentOpened,
    AnnualReportApproved,
    AnnualReportOpened,
    AnnualReportOverdue,
    AnnualReportPublished,
    AnnualReportReturned,
    AnnualReportSubmitted,
)
from projections import Agencies, DocumentRegister, ReportRegister, Sections, all_projections
from tests.disclosure.facts import day
from tests.projections.folded import folded, only_row

STREAM = report_stream("chengguan", 2025)
OPENED = AnnualReportOpened(
    on=day("2026-01-01"), agency="chengguan", year=2025, due_on=day("2026-01-31")
)


def version(number: int, on: str) -> AnnualReportPublished:
    return AnnualReportPublished(
        on=day(on),
        version=number,
        log_position=100 * number,
        digest=f"sha256:{number}",
        content_digest=f"sha256:content {number}",
        approved_by="（虚构）丙",
    )


SEEN = ("stage", "due_on", "overdue", "approved_by", "version", "digest", "published_on")


def seen(*events: Event) -> tuple[Any, ...]:
    row = only_row(ReportRegister(), STREAM, [OPENED, *events])
    assert (row["agency"], row["year"]) == ("chengguan", 2025)
    return tuple(row[name] for name in SEEN)


def test_a_report_that_was_opened_has_no_version_yet() -> None:
    assert seen() == ("drafting", day("2026-01-31"), False, "", 0, None, None)


def test_the_register_of_reports_shows_how_far_a_report_has_come() -> None:
    draft = version(1, "2026-01-20").draft
    submitted = AnnualReportSubmitted(on=day("2026-01-15"), draft=draft)
    approved = AnnualReportApproved(on=day("2026-01-18"), approved_by="（虚构）丙")
    assert seen(submitted)[0] == "submitted"
    assert seen(submitted, approved)[:4] == ("approved", day("2026-01-31"), False, "（虚构）丙")
    assert seen(submitted, AnnualReportReturned(on=day("2026-01-16")))[0] == "drafting"
    missed = AnnualReportOverdue(on=day("2026-02-01"), due_on=day("2026-01-31"))
    assert seen(submitted, missed)[:3] == ("submitted", day("2026-01-31"), True)


def test_the_register_of_reports_shows_the_version_published_last() -> None:
    second = (version(1, "2026-01-20"), version(2, "2026-03-02"))
    assert seen(*second)[4:] == (2, "sha256:2", day("2026-03-02"))


def test_a_report_being_amended_still_shows_the_version_that_stands() -> None:
    amending = AnnualReportAmendmentOpened(on=day("2026-03-01"), version=2)
    stage, *_, number, digest, on = seen(version(1, "2026-01-20"), amending)
    assert (stage, number, digest, on) == ("drafting", 1, "sha256:1", day("2026-01-20"))


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
        "parent_since": date.min,
        "document_code": "城管公开",
        "opened_on": day("2019-03-01"),
        "ended_on": None,
        "merged_into": None,
        "reconsideration_body": None,
        "court": None,
    }


def test_what_an_agency_sets_later_stands_and_what_it_leaves_out_stays() -> None:
    registered = AgencyRegistered(on=day("2025-01-02"), name="某局", document_code="城管公开")
    named = AgencyConfigured(on=day("2025-02-03"), reconsideration_body="某市人民政府")
    renamed = AgencyConfigured(on=day("2025-03-03"), document_code="城管函", court="某法院")
    row = only_row(Agencies(), agency_stream("chengguan"), [registered, named, renamed])
    set_later = [row[name] for name in ("document_code", "reconsideration_body", "court")]
    assert set_later == ["城管函", "某市人民政府", "某法院"]


def test_every_number_given_stands_in_the_register_void_ones_too() -> None:
    stream = numbers_stream("chengguan", "reply", 2025)
    given = [
        DocumentNumbered(
            on=day("2025-03-03"), case=f"甲-{n}", number=n, document_number=f"城管公开〔2025〕{n}号"
        )
        for n in (1, 2)
    ]
    voided = DocumentNumberVoided(on=day("2025-03-04"), number=1)
    rows = folded(DocumentRegister(), {stream: [*given, voided]})
    shown = [(row["document_number"], row["kind"], row["voided_on"]) for row in rows.values()]
    assert shown == [
        ("城管公开〔2025〕1号", "reply", day("2025-03-04")),
        ("城管公开〔2025〕2号", "reply", None),
    ]


def test_every_event_is_read_by_some_projection_but_for_the_calendars() -> None:
    read = frozenset().union(*(projection.types for projection in all_projections()))
    straight_from_their_stream = {kind.type for kind in CALENDAR_EVENTS}
    assert read | straight_from_their_stream == set(EVENTS)
    assert not read & straight_from_their_stream
