"""Statutory working days (工作日) of mainland China, and the one clock: Asia/Shanghai.

This room knows which days count and how to count them; what is counted (a period to
reply, a period to pay) belongs to the law's own room. Nothing of ours is imported here,
and nothing is read from disk after this package has been imported, so that workflows may
use it inside Temporal's sandbox as a passed-through module.

Law: 《政府信息公开条例》 counts its periods in working days; which days those are follows from
《全国年节及纪念日放假办法》 and the State Council's yearly notice, kept in `notices/`.
"""

from workdays.day import Day, DayKind, Due
from workdays.notice import (
    Holiday,
    Notice,
    NoticeInvalid,
    Replacement,
    read_notice,
    read_notice_text,
)
from workdays.shanghai import SHANGHAI, date_in_shanghai, start_of
from workdays.shipped import load, published, published_with, shipped_notices
from workdays.statutory import Calendar

__all__ = [
    "SHANGHAI",
    "Calendar",
    "Day",
    "DayKind",
    "Due",
    "Holiday",
    "Notice",
    "NoticeInvalid",
    "Replacement",
    "date_in_shanghai",
    "load",
    "published",
    "published_with",
    "read_notice",
    "read_notice_text",
    "shipped_notices",
    "start_of",
]
