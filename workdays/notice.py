"""One State Council notice on holidays (节假日安排的通知) as dated data, checked when read.

A notice file says what the notice says and no more: named spans off, the weekend days worked
for them (调休上班), and, for a notice that changes an earlier one in mid-year, which days of
which notice it replaces. A file in error is refused with file, field and reason in Chinese,
because the person who adds next year's notice is an official, not a programmer.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

_LONGEST_SPAN: Final = 15
_DAYS_OF_YEAR_BEFORE: Final = 12
_SATURDAY: Final = 5

_REASONS: Final = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请核对名称",
    "json_invalid": "不是有效的 JSON",
    "date_from_datetime_parsing": "不是日期，应写作 2025-10-01",
    "date_parsing": "不是日期，应写作 2025-10-01",
    "date_type": "不是日期，应写作 2025-10-01",
    "int_type": "应为整数",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "格式不对",
    "too_short": "不能为空",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
}

Number = Annotated[str, StringConstraints(pattern=r"^\S+〔\d{4}〕\d+号$")]
"""Document number (发文字号) with the hexagonal brackets U+3014 and U+3015."""
Text = Annotated[str, StringConstraints(min_length=1)]


class NoticeInvalid(ValueError):  # noqa: N818 - reads as what it says: the notice is invalid
    """A notice, or a set of notices, cannot be used; the message is Chinese, for officials."""

    def __init__(self, reason: str, *, file: str = "", field: str = "") -> None:
        self.reason, self.file, self.field = reason, file, field
        where = "，".join(
            part for part in (file and f"文件 {file}", field and f"字段 {field}") if part
        )
        super().__init__(f"{where}：{reason}" if where else reason)


class _Record(BaseModel):
    """Refuse unknown keys and loose types: a misspelt key must not lose a holiday."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class _Span(_Record):
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise _refusal(f"起止日期颠倒：{self.first} 至 {self.last}")
        if (self.last - self.first).days >= _LONGEST_SPAN:
            raise _refusal(f"{self.first} 至 {self.last} 超过 {_LONGEST_SPAN} 天，请核对")
        return self

    def days(self) -> Iterator[date]:
        """Iterate over every day of the span, both ends included."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


class Holiday(_Span):
    """A named span off and the weekend days worked in exchange (调休上班)."""

    name: Text
    adjusted_workdays: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _worked_on_weekends(self) -> Self:
        for day in self.adjusted_workdays:
            if day.weekday() < _SATURDAY:
                raise _refusal(f"调休上班日 {day} 不是星期六或星期日")
        return self


class Replacement(_Span):
    """Days about which an earlier notice no longer holds."""

    number: Number


class Notice(_Record):
    """One notice: what it says about which days, for which year, and where it can be read."""

    number: Number
    title: Text
    year: int = Field(ge=2008, le=9998)
    issued_on: date
    published_on: date
    source: Text
    remarks: str = ""
    replaces: tuple[Replacement, ...] = ()
    holidays: tuple[Holiday, ...] = Field(min_length=1)

    @property
    def is_amendment(self) -> bool:
        """Tell whether this notice changes an earlier one instead of opening a year."""
        return bool(self.replaces)

    def named_days(self) -> Iterator[tuple[date, bool, str]]:
        """Iterate over (day, worked, holiday's name) for each day the notice names."""
        for holiday in self.holidays:
            yield from ((day, False, holiday.name) for day in holiday.days())
            yield from ((day, True, holiday.name) for day in holiday.adjusted_workdays)

    @model_validator(mode="after")
    def _published_after_issue(self) -> Self:
        if self.published_on < self.issued_on:
            raise _refusal(f"发布日期 {self.published_on} 早于成文日期 {self.issued_on}")
        return self

    @model_validator(mode="after")
    def _each_day_once_and_of_the_year(self) -> Self:
        # New Year's Day may take in the last days of the year before (2018-12-29, 2022-12-31);
        # no notice has ever reached into the following year, whose own notice opens with it.
        earliest = date(self.year, 1, 1) - timedelta(days=_DAYS_OF_YEAR_BEFORE)
        said: dict[date, str] = {}
        for day, worked, name in self.named_days():
            if not earliest <= day <= date(self.year, 12, 31):
                raise _refusal(f"{day} 不属于 {self.year} 年的安排")
            saying = f"{name}{'上班' if worked else '放假'}"
            if day in said:
                raise _refusal(f"{day} 出现两次：{said[day]}，{saying}")
            said[day] = saying
        return self


def read_notice(file: Path) -> Notice:
    """Read and check one notice file (UTF-8 JSON).

    Raises:
        NoticeInvalid: with file, field and reason, for the first fault found.
    """
    try:
        return read_notice_text(file.read_bytes(), file=file.name)
    except OSError as error:
        raise NoticeInvalid("无法读取", file=file.name) from error


def read_notice_text(text: bytes | str, *, file: str = "") -> Notice:
    """Read and check a notice (UTF-8 JSON); errors name `file`.

    Raises:
        NoticeInvalid: with field and reason, for the first fault found.
    """
    try:
        return Notice.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise NoticeInvalid(
            _reason(first), file=file, field=".".join(str(part) for part in first["loc"])
        ) from error


def _refusal(reason: str) -> PydanticCustomError:
    return PydanticCustomError("notice", "{reason}", {"reason": reason})


def _reason(error: ErrorDetails) -> str:
    if error["type"] == "notice":
        return error["msg"]
    return _REASONS.get(error["type"], f"不合要求（{error['type']}）")
