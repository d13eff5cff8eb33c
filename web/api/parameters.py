"""Parameters many operations share."""

import re
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Header, Path, Query
from pydantic import BeforeValidator

AGENCY_PATTERN: Final = "^[a-z0-9-]{1,64}$"

AgencyId = Annotated[str, Path(description="机关代码", pattern=AGENCY_PATTERN)]
CaseReference = Annotated[str, Path(description="申请或者案件编号", min_length=1, max_length=200)]
ReportYear = Annotated[int, Path(description="年度", ge=2008, le=9998)]
PlainText = Annotated[str, Query(max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$")]

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="幂等键：每项事实一个，重发时不变，建议用 UUID",
        pattern="^[A-Za-z0-9._-]{8,100}$",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="所依据的版本（查询时答复的 ETag）；其间已有变化的，不予登记",
        pattern='^"[0-9]{1,9}"$',
    ),
]

_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def _moment(value: Any) -> Any:
    """Read an instant as RFC 3339 writes it; pydantic would also take seconds since 1970."""
    if not isinstance(value, str):
        return value
    if _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:
            pass
    raise ValueError("须为 RFC 3339 时刻，如 2025-01-31T18:00:00+08:00")


KnownAt = Annotated[
    datetime | None,
    BeforeValidator(_moment),
    Query(description="按这一时刻已知的情况，如 2025-01-31T18:00:00+08:00；缺省为现在"),
]


def etag(version: int) -> str:
    """Return the entity tag of a version (RFC 9110, 8.8.3)."""
    return f'"{version}"'


def version_of(if_match: str | None) -> int | None:
    """Return the version an entity tag names."""
    return None if if_match is None else int(if_match.strip('"'))
