"""Checking a bulk sheet row by row, before anything is written: which column, what, what to do.

Every cell is read; a row whose cells can be read is then held against the law and against what is
on record. Nothing is quoted from the cells: the report may be printed and passed on.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from disclosure.addresses import check_case
from disclosure.agency_place import Place
from disclosure.law import Law
from disclosure.refusals import Refused
from disclosure.request_commands import Register
from records import canonical
from vault import Fingerprints
from web.bulk_columns import COLUMNS, Column, head_of
from web.bulk_reading import SheetRow
from web.form_reading import READERS, Kind, UnreadableError
from web.intake_forms import check_possible

_SERIAL: Final = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
"""A day as a workbook keeps it: days since 1899-12-30, for years from 1927 to 2173."""
_SERIAL_ZERO: Final = date(1899, 12, 30)
_ROUNDED: Final = re.compile(r"[0-9.]+E\+?[0-9]+", re.IGNORECASE)
_ID_CARD: Final = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class RowState(StrEnum):
    """What may become of a row."""

    GOOD = "good"
    BAD = "bad"
    THERE = "there"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a row; `head` is empty where no one column is at fault."""

    head: str
    what: str
    todo: str


@dataclass(slots=True)
class CheckedRow:
    """A row with what is to be said of it.

    Attributes:
        command: the registration, its reference empty where the system is to make it; None where
            the cells cannot be read.
        fingerprint: keyed; the same registration has the same.
        recorded_as: the reference it is on record under.
    """

    row: SheetRow
    command: Register | None = None
    fingerprint: str = ""
    findings: list[Finding] = field(default_factory=list)
    recorded_as: str = ""

    @property
    def state(self) -> RowState:
        """Whether it can be registered."""
        if self.recorded_as:
            return RowState.THERE
        return RowState.BAD if self.findings else RowState.GOOD


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known outside the sheet.

    Attributes:
        agency: where the requests are registered.
        place: of the agency, for its last day.
        by: account of who uploaded the sheet.
        today: in Shanghai.
        reference_used: tells whether a reference is on record for anything but a fingerprint.
        recorded_as: tells under which reference a fingerprint was registered; empty where none.
    """

    agency: str
    place: Place
    by: str
    today: date
    law: Law
    fingerprints: Fingerprints
    reference_used: Callable[[str, str], bool]
    recorded_as: Callable[[str], str]


def check_rows(rows: Iterable[SheetRow], standing: Standing) -> list[CheckedRow]:
    """Check every row."""
    done: list[CheckedRow] = []
    by_fingerprint: dict[str, int] = {}
    by_reference: dict[str, int] = {}
    for row in rows:
        checked = _checked(row, standing)
        done.append(checked)
        if checked.command is None:
            continue
        first = by_fingerprint.setdefault(checked.fingerprint, row.number)
        if first != row.number:
            what = f"与第 {first} 行完全相同"
            todo = "重复的，删去一行；确为两件的，请分别填写申请编号"
            checked.findings.append(Finding("", what, todo))
        reference = checked.command.case
        if reference and first == row.number:
            other = by_reference.setdefault(reference, row.number)
            if other != row.number:
                what = f"申请编号与第 {other} 行相同"
                checked.findings.append(Finding(head_of("case"), what, "请改用其他编号，或者不填"))
    return done


def _checked(row: SheetRow, standing: Standing) -> CheckedRow:
    done = CheckedRow(row)
    values = _values(row, done.findings)
    if done.findings:
        return done
    done.command = Register.model_validate(
        {"case": "", **values, "agency": standing.agency, "by": standing.by}
    )
    done.fingerprint = _fingerprint(done.command, standing.fingerprints)
    done.recorded_as = standing.recorded_as(done.fingerprint)
    if done.recorded_as:
        return done
    reference = done.command.case
    try:
        if reference:
            check_case(reference)
            if standing.reference_used(reference, done.fingerprint):
                done.findings.append(
                    Finding(head_of("case"), "申请编号已被使用", "请改用其他编号，或者不填")
                )
        check_possible(done.command, standing.law, standing.today, standing.place)
    except Refused as refused:
        what = refused.message
        done.findings.append(Finding(head_of(refused.field), what, "请与申请材料核对后改正"))
    return done


def _fingerprint(command: Register, fingerprints: Fingerprints) -> str:
    """Return what a registration is known again by, whoever uploads it."""
    members = command.model_dump(mode="json", exclude_defaults=True, exclude={"by"})
    return fingerprints.of(canonical({"do": "register", **members}).decode())


def _values(row: SheetRow, findings: list[Finding]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        text = cell.strip()
        if not text:
            if column.required:
                verb = "从列表中选择" if column.choices else "填写"
                findings.append(Finding(column.head, "没有填写", f"请{verb}"))
            continue
        try:
            value = _value(column, text)
        except UnreadableError as unreadable:
            what, _, todo = str(unreadable).partition("|")
            findings.append(Finding(column.head, what, todo))
            continue
        first, dot, last = column.name.partition(".")
        if dot:
            values.setdefault(first, {})[last] = value
        else:
            values[first] = value
    _check_number(values, findings)
    return values


def _value(column: Column, text: str) -> Any:
    """Read a cell.

    Raises:
        UnreadableError: what is wrong and what to do, with a bar between.
    """
    if column.choices is not None:
        if text not in column.choices:
            raise UnreadableError("不在列表之内|请从列表中选择")
        return column.choices[text]
    if column.is_date:
        return _day(text)
    if column.is_text and _ROUNDED.fullmatch(text):
        raise UnreadableError("数字过长，表格已将末几位变为 0|请将该格设为文本格式，重新录入")
    try:
        return READERS[Kind.LONG_TEXT](text)
    except UnreadableError as unreadable:
        raise UnreadableError(f"{unreadable}|请缩短，全文作为附件添加") from None


def _day(text: str) -> date:
    if _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + timedelta(days=int(text.partition(".")[0]))
    try:
        day: date = READERS[Kind.DATE](text.partition(" ")[0])
    except UnreadableError:
        raise UnreadableError("不是日期|请写作 2025-03-07") from None
    return day


def _check_number(values: dict[str, Any], findings: list[Finding]) -> None:
    """Find an identity card's number whose end was lost where a sheet took it for a number."""
    applicant = values.get("applicant", {})
    number = str(applicant.get("id_number", "")).upper()
    if applicant.get("type") != "natural_person" or not _ID_CARD.fullmatch(number):
        return
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    # GB 11643-1999: the last sign checks the seventeen before it.
    if "10X98765432"[total % 11] != number[-1]:
        what = "身份证号的校验位不符"
        findings.append(Finding(head_of("id_number"), what, "请与证件核对；证件上如此的，填入备注"))
