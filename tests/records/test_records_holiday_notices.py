"""Holiday notices on record: the calendar every worker counts by."""

import pytest

from disclosure.addresses import CALENDAR_STREAM
from records import RecordLog
from records.holiday_notices import (
    calendar_on_record,
    calendar_with,
    notices_on_record,
    record_notice,
)
from tests.disclosure.notices import UNPUBLISHED, invented_notice, with_invented_notice
from workdays import NoticeInvalid, published, shipped_notices


def test_without_a_notice_on_record_the_shipped_ones_count(log: RecordLog) -> None:
    assert calendar_on_record(log) is published()


def test_a_notice_on_record_is_part_of_the_calendar(log: RecordLog) -> None:
    notice = invented_notice()
    record_notice(log, notice, "经办人")
    assert notices_on_record(log) == [notice]
    assert calendar_on_record(log).version == with_invented_notice().version
    assert calendar_on_record(log).published_through.year == UNPUBLISHED
    (entry,) = log.read(CALENDAR_STREAM)
    assert (entry.event.type, entry.event.on, entry.actor) == (
        "holiday_notice_loaded",
        notice.published_on,
        "经办人",
    )


def test_a_notice_is_loaded_once(log: RecordLog) -> None:
    record_notice(log, invented_notice(), "")
    with pytest.raises(NoticeInvalid, match="已经载入"):
        record_notice(log, invented_notice(), "")
    assert len(log.read(CALENDAR_STREAM)) == 1


def test_a_notice_that_was_shipped_is_there_already(log: RecordLog) -> None:
    with pytest.raises(NoticeInvalid, match="已经载入"):
        calendar_with(log, shipped_notices()[-1])


def test_a_notice_that_leaves_a_year_out_is_refused_and_nothing_is_recorded(
    log: RecordLog,
) -> None:
    with pytest.raises(NoticeInvalid, match=f"缺少 {UNPUBLISHED} 年"):
        record_notice(log, invented_notice(UNPUBLISHED + 1), "")
    assert log.read(CALENDAR_STREAM) == []
