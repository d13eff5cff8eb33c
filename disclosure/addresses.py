"""Where a fact belongs: one stream a case, one an agency, a report, a roll-up.

Requests and proceedings share one space of names, because an agency's reference is unique in it:
the first event of a stream is written only where nothing stands yet.
"""

import re

from disclosure.refusals import Refused

_AGENCY_ID = re.compile(r"[a-z0-9-]+")
_AGENCY_ID_LENGTH = 64
_CASE_LENGTH = 100
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|[\ud800-\udfff]")


def case_stream(agency: str, case: str) -> str:
    """Name the stream of a request or a proceeding; its workflow has the same id."""
    return f"case/{agency}/{case}"


def agency_stream(agency: str) -> str:
    """Name the stream of an agency."""
    return f"agency/{agency}"


def report_stream(agency: str, year: int) -> str:
    """Name the stream of a year's annual report; its workflow has the same id."""
    return f"report/{agency}/{year}"


def year_of_report(stream: str) -> int:
    """Return the year the stream of an annual report is about."""
    return int(stream.split("/", 2)[2])


def rollup_stream(agency: str, year: int) -> str:
    """Name the stream of a year's roll-up; its workflow has the same id."""
    return f"rollup/{agency}/{year}"


def numbers_stream(agency: str, kind: str, year: int) -> str:
    """Name the stream of an agency's document numbers of one kind and year."""
    return f"numbers/{agency}/{kind}/{year}"


CALENDAR_STREAM = "calendar/cn"
"""The stream of the working-day calendar: holiday notices loaded since this release."""


def agency_of(stream: str) -> str:
    """Return the agency a stream belongs to."""
    return stream.split("/", 2)[1]


def case_of(stream: str) -> str:
    """Return the case of a request's or a proceeding's stream."""
    return stream.split("/", 2)[2]


def check_agency_id(agency: str, field: str = "agency") -> None:
    """Refuse an agency id that is not `[a-z0-9-]+` or is overlong; `field` is where it stands."""
    if not _AGENCY_ID.fullmatch(agency):
        raise Refused("bad_agency_id", field, "机关代码只能由小写字母、数字和连字符组成")
    if len(agency) > _AGENCY_ID_LENGTH:
        raise Refused("bad_agency_id", field, f"机关代码不能超过 {_AGENCY_ID_LENGTH} 个字符")


def check_case(case: str) -> None:
    """Refuse a case reference that cannot serve as one: empty, overlong, or not printable."""
    if not case.strip() or case != case.strip():
        raise Refused("bad_case", "case", "申请编号不能为空，首尾不能有空格")
    if len(case) > _CASE_LENGTH:
        raise Refused("bad_case", "case", f"申请编号不能超过 {_CASE_LENGTH} 个字符")
    if _UNPRINTABLE.search(case):
        raise Refused("bad_case", "case", "申请编号含有不可见字符")
