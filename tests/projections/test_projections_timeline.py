"""The timeline: one line an event, in the words of its sentence."""

from disclosure.addresses import agency_stream, case_stream
from disclosure.agency_events import SectionWritten
from disclosure.events import PROCEEDING_EVENTS, REQUEST_EVENTS
from disclosure.sentences import sentence
from projections import Timeline
from tests.disclosure.facts import (
    ask_correction,
    day,
    decide_on,
    deliver,
    extend,
    receive_correction,
    register,
)
from tests.disclosure.specification import given
from tests.projections.folded import RECORDED_AT, folded

STREAM = case_stream("chengguan", "2025-001")
LIFE = given(
    register("2025-09-17"),
    ask_correction("2025-09-29"),
    receive_correction("2025-10-09"),
    extend("2025-10-10"),
    decide_on("2025-11-20"),
    deliver("2025-11-20", "mail", posted_on="2025-11-20", signed_on="2025-11-24"),
)


def test_a_life_is_told_event_by_event_in_order() -> None:
    rows = folded(Timeline(), {STREAM: LIFE.events})
    assert list(rows) == [(STREAM, version) for version in range(1, 7)]
    assert [row["type"] for row in rows.values()] == [
        "request_registered",
        "correction_requested",
        "correction_received",
        "period_extended",
        "request_decided",
        "reply_delivered",
    ]
    assert [row["sentence"] for row in rows.values()] == [sentence(each) for each in LIFE.events]


def test_a_line_keeps_both_times_who_did_it_and_what_is_wrong_with_it() -> None:
    rows = folded(Timeline(), {STREAM: LIFE.events})
    assert rows[STREAM, 2] == {
        "stream": STREAM,
        "stream_version": 2,
        "legal_date": day("2025-09-29"),
        "recorded_at": RECORDED_AT.isoformat(),
        "type": "correction_requested",
        "actor": "经办人",
        "sentence": "告知申请人补正，补正期限至2025年10月27日",
        "flags": "correction_notice_late",
    }


def test_the_timeline_tells_of_every_event_of_a_case_and_of_nothing_else() -> None:
    told = {kind.type for kind in (*REQUEST_EVENTS, *PROCEEDING_EVENTS)}
    assert Timeline().types == told
    written = SectionWritten(on=day("2026-01-05"), year=2025, section="overall", text="文")
    assert folded(Timeline(), {agency_stream("chengguan"): [written]}) == {}


def test_two_requests_have_two_timelines() -> None:
    other = case_stream("chengguan", "2025-002")
    rows = folded(Timeline(), {STREAM: LIFE.events, other: LIFE.events[:2]})
    assert [key for key in rows if key[0] == other] == [(other, 1), (other, 2)]
    assert len(rows) == 8
