"""Holiday notices on record: those loaded since this release, on top of the shipped ones.

They stand in the log like any other fact, so that every worker counts by the same calendar and
anyone can tell since when.
"""

from disclosure.addresses import CALENDAR_STREAM
from disclosure.calendar_events import HolidayNoticeLoaded
from eventstore import Appended
from records.record_log import RecordLog, Write
from workdays import (
    Calendar,
    Notice,
    NoticeInvalid,
    published_with,
    read_notice_text,
    shipped_notices,
)


def notices_on_record(log: RecordLog) -> list[Notice]:
    """Return the loaded notices, oldest first."""
    return [
        read_notice_text(entry.event.document)
        for entry in log.read(CALENDAR_STREAM)
        if isinstance(entry.event, HolidayNoticeLoaded)
    ]


def calendar_on_record(log: RecordLog) -> Calendar:
    """Return the calendar in force: shipped notices and loaded ones."""
    return published_with(notices_on_record(log))


def calendar_of_version(log: RecordLog, version: str) -> Calendar | None:
    """Return the calendar that something was counted with; None where this program has it not."""
    loaded = notices_on_record(log)
    for n in range(len(loaded) + 1):
        calendar = published_with(loaded[:n])
        if calendar.version == version:
            return calendar
    return None


def calendar_with(log: RecordLog, notice: Notice) -> Calendar:
    """Return the calendar as it would be with one notice more.

    Raises:
        NoticeInvalid: it is there already, or does not fit the others.
    """
    known = notices_on_record(log)
    if notice.number in {each.number for each in (*shipped_notices(), *known)}:
        raise NoticeInvalid(f"{notice.number} 已经载入")
    return published_with([*known, notice])


def record_notice(log: RecordLog, notice: Notice, actor: str) -> Appended:
    """Put a notice on record.

    Raises:
        NoticeInvalid: it is there already, or does not fit the others.
        StreamConflict: another notice was loaded at the same moment; try again.
    """
    calendar_with(log, notice)
    loaded = HolidayNoticeLoaded(
        on=notice.published_on,
        number=notice.number,
        year=notice.year,
        document=notice.model_dump_json(by_alias=True),
    )
    version = log.store.stream_version(CALENDAR_STREAM)
    return log.write(Write(CALENDAR_STREAM, version, f"notice:{notice.number}", actor, [loaded]))
