"""Whatever is recorded and however it is portioned: the tables equal a fresh fold of the log."""

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.addresses import agency_stream, case_stream, report_stream
from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import PublishInformation, RegisterAgency, WriteSection
from disclosure.agency_events import (
    DecisionsRecorded,
    DocumentsOpened,
    DocumentsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
    SectionWritten,
)
from disclosure.event import Event
from disclosure.refusals import Refused
from disclosure.report_events import AnnualReportOpened, AnnualReportPublished
from eventstore import EventStore, Projector
from projections import all_projections
from records import RecordLog, decode
from tests.disclosure.any_life import LIVES, lived
from tests.disclosure.facts import decide_on, register, said
from tests.disclosure.invented_events import MARKER, with_marker
from tests.disclosure.specification import given as given_that
from tests.projections.writing import Told, rows_of, write_all

on_a_growing_log = settings(
    max_examples=8,
    # One database for all examples: each goes on where the last has left the log.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(0, 10**12)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
DOCUMENTS = st.sampled_from(["regulations", "normative_documents"])
AGENCY_FACTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(DocumentsOpened, on=DAYS, kind=DOCUMENTS, in_force=COUNTS),
    st.builds(DocumentsRecorded, on=DAYS, kind=DOCUMENTS, issued=COUNTS, repealed=COUNTS),
    st.builds(
        DecisionsRecorded,
        on=DAYS,
        kind=st.sampled_from(["permits", "penalties", "coercive_measures"]),
        count=COUNTS,
    ),
    st.builds(
        FeeIncomeRecorded,
        on=DAYS,
        amount_yuan=st.decimals(0, 10**12, places=2),
    ),
    st.builds(InformationPublished, on=DAYS, channel=TEXT, category=TEXT, count=COUNTS),
    st.builds(
        SectionWritten,
        on=DAYS,
        year=st.integers(2024, 2026),
        section=st.sampled_from(["overall", "problems", "other"]),
        text=TEXT,
    ),
)
REPORT = [
    AnnualReportOpened(on=date(2026, 1, 1), agency="", year=2025),
    AnnualReportPublished(
        on=date(2026, 1, 20), version=1, log_position=1, digest="a", content_digest="b"
    ),
]


@st.composite
def logs(draw: st.DrawFn) -> list[Told]:
    """Make the facts of some requests and agencies in one order of recording."""
    told: list[Told] = []
    for case, life in enumerate(draw(st.lists(LIVES, max_size=5))):
        stream = case_stream(f"agency-{case % 2}", f"{case}")
        told += [(stream, moment.events) for moment in lived(life) if moment.events]
    for agency in ("agency-0", "agency-1"):
        facts = draw(st.lists(AGENCY_FACTS, max_size=6))
        told += [(agency_stream(agency), [fact]) for fact in facts]
        told += [(report_stream(agency, 2025), [event]) for event in REPORT]
    # A stream keeps its own order; only how the streams are interleaved is drawn.
    order = draw(st.permutations(range(len(told))))
    waiting = {stream: iter([one for one in told if one[0] == stream]) for stream, _ in told}
    return [next(waiting[told[place][0]]) for place in order]


def elsewhere(told: list[Told], start: int) -> list[Told]:
    """Move facts to agencies of their own, so that no example meets the last one's streams."""
    return [(stream.replace("/agency-", f"/after-{start}-"), events) for stream, events in told]


@on_a_growing_log
@given(told=logs(), cuts=st.lists(st.integers(0, 60)), batch=st.integers(1, 9))
def test_tables_kept_up_in_any_portions_equal_a_fold_in_one_go(
    record_log: RecordLog, told: list[Told], cuts: list[int], batch: int
) -> None:
    store = record_log.store
    projector = Projector(store, all_projections(), decode, batch=batch)
    told = elsewhere(told, store.head())
    ends = sorted({min(cut, len(told)) for cut in cuts} | {0, len(told)})
    for start, end in pairwise(ends):
        write_all(record_log, told[start:end])
        projector.catch_up()
    projector.catch_up()

    for projection in all_projections():
        assert rows_of(store, projection) == projector.fold(projection, store.head())
    assert projector.verify() == []
    assert set(projector.lag().values()) == {0}


@on_a_growing_log
@given(told=logs())
def test_a_rebuild_gives_the_rows_that_were_there(
    record_log: RecordLog, projector: Projector, told: list[Told]
) -> None:
    store = record_log.store
    write_all(record_log, elsewhere(told, store.head()))
    projector.catch_up()
    before = [rows_of(store, projection) for projection in all_projections()]
    projector.rebuild()
    assert [rows_of(store, projection) for projection in all_projections()] == before


@on_a_growing_log
@given(fact=AGENCY_FACTS)
def test_no_personal_field_of_an_agencys_fact_reaches_a_table(
    record_log: RecordLog, projector: Projector, fact: Event
) -> None:
    stream = agency_stream(f"after-{record_log.store.head()}")
    write_all(record_log, [(stream, [with_marker(fact)])])
    projector.catch_up()
    for projection in all_projections():
        assert MARKER not in repr(rows_of(record_log.store, projection))


def test_no_personal_field_of_a_request_reaches_a_table_and_the_log_gives_it_back(
    record_log: RecordLog, projector: Projector
) -> None:
    request = given_that(register("2025-09-17"), decide_on("2025-10-20", grounds="无"))
    events = [with_marker(event) for event in request.events]
    stream = case_stream("chengguan", "2025-001")
    write_all(record_log, [(stream, events)])
    projector.catch_up()
    for projection in all_projections():
        assert MARKER not in repr(rows_of(record_log.store, projection))
    assert [record_log.reveal(entry) for entry in record_log.read(stream)] == events


def accepted(text: str) -> list[Told]:
    """Return what the law lets into the log of facts that hold this text."""
    told: list[Told] = []
    with suppress(Refused):
        answered = given_that(register("2025-09-17"), decide_on("2025-10-20", document_number=text))
        told.append((case_stream("chengguan", "1"), answered.events))
    for n, command in enumerate(
        [
            said(RegisterAgency, "2025-01-02", name=text, region=text, document_code=text),
            said(PublishInformation, "2025-01-02", channel=text, category=text, count=1),
            said(WriteSection, "2025-01-02", year=2024, section="overall", text=text),
        ]
    ):
        registered = isinstance(command, RegisterAgency)
        with suppress(Refused):
            events = decide_agency(AgencyState(name=None if registered else "某局"), command)
            told.append((agency_stream(f"agency-{n}"), events))
    return told


@pytest.mark.parametrize(
    "text",
    ["引号'\"；--", "😀", "多" * 5000, "行\n行"],
    ids=["quotes", "beyond-the-bmp", "long", "lines"],
)
def test_whatever_text_the_law_accepts_the_log_and_the_projections_can_hold(
    record_log: RecordLog, projector: Projector, text: str
) -> None:
    write_all(record_log, accepted(text))
    projector.catch_up()
    assert projector.verify() == []


def test_reading_the_log_again_changes_nothing(
    event_store: EventStore, record_log: RecordLog, projector: Projector
) -> None:
    write_all(
        record_log,
        [(case_stream("chengguan", "1"), given_that(register("2025-09-17")).events)],
    )
    projector.catch_up()
    before = [rows_of(event_store, projection) for projection in all_projections()]
    projector.catch_up()
    assert [rows_of(event_store, projection) for projection in all_projections()] == before
