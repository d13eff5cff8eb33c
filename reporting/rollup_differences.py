"""Differences a roll-up lists: against what the log says now, last year, and its version before.

None of them is mended by the roll-up: a sum of published reports stays that. Each names the member
and the cell, so that it can be asked why.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from disclosure.outcomes import CARRIED_IN, CARRIED_OUT, COLUMNS
from reporting.figures import printed
from reporting.labels import (
    COLUMN_LABELS,
    DECISION_LABELS,
    DOCUMENT_COLUMN_LABELS,
    DOCUMENT_LABELS,
    FEE_LABEL,
    PROCEEDING_LABELS,
    ROW_LABELS,
    STATE_LABELS,
)
from reporting.rollup import Amount, Share
from reporting.tables import DOCUMENT_KINDS, Tables


class DifferenceKind(StrEnum):
    """What was held against what."""

    LIVE = "live"
    CARRY_OVER = "carry_over"
    IN_FORCE = "in_force"
    CHANGED = "changed"
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one member.

    Attributes:
        kind: what was held against what.
        agency: id of the member.
        code: of the cell; None where the whole member differs.
        expected, found: figures as printed; None where there is none.
        message: a Chinese sentence.
    """

    kind: DifferenceKind
    agency: str
    code: str | None
    expected: str | None
    found: str | None
    message: str

    def as_json(self) -> dict[str, object]:
        """Return the JSON form, every member there."""
        return {
            "kind": self.kind.value,
            "agency": self.agency,
            "code": self.code,
            "expected": self.expected,
            "found": self.found,
            "message": self.message,
        }


def against_the_log(shares: Iterable[Share], live: Mapping[str, Tables]) -> Iterator[Difference]:
    """Compare what members published with what the log now says of all they counted."""
    for share in shares:
        now = live.get(share.agency)
        if now is not None:
            for code, found, expected in _cells(share.figures.tables, now):
                yield _cell(
                    DifferenceKind.LIVE,
                    share,
                    code,
                    (expected, found),
                    f"公布为{printed(found)}，按现有记录为{printed(expected)}",
                )


def against_last_year(shares: Iterable[Share], last: Mapping[str, Tables]) -> Iterator[Difference]:
    """Compare each member's opening figures with what it closed last year with.

    A member that took over another, or lost some of its own, differs here; the sum does too.
    """
    for share in shares:
        before = last.get(share.agency)
        if before is None:
            continue
        now = share.figures.tables
        for column in COLUMNS:
            expected = before.table3.cell(CARRIED_OUT, column)
            found = now.table3.cell(CARRIED_IN, column)
            if expected != found:
                said = f"为{found}件，上一年度结转下年度继续办理为{expected}件"
                code = f"{CARRIED_IN}.{column}"
                yield _cell(DifferenceKind.CARRY_OVER, share, code, (expected, found), said)
        for kind in DOCUMENT_KINDS:
            counts, then = getattr(now.table2, kind), getattr(before.table2, kind)
            expected, found = then.in_force + counts.issued - counts.repealed, counts.in_force
            if expected != found:
                said = f"为{found}件，按上一年度报告推算为{expected}件"
                code = f"{kind}.in_force"
                yield _cell(DifferenceKind.IN_FORCE, share, code, (expected, found), said)


def against_version_before(
    shares: Sequence[Share], before: Mapping[str, Tables], version: int
) -> Iterator[Difference]:
    """Compare members cell by cell with what the published version before had of them."""
    for share in shares:
        if share.agency in before:
            for code, was, found in _cells(before[share.agency], share.figures.tables):
                yield _cell(
                    DifferenceKind.CHANGED,
                    share,
                    code,
                    (was, found),
                    f"第{version}版为{printed(was)}，现为{printed(found)}",
                )


def membership(
    counted: Mapping[str, str], before: Iterable[str], names: Mapping[str, str]
) -> Iterator[Difference]:
    """Name the agencies counted this year and not last year, and the other way about.

    Args:
        counted: this year's, with what is to be remarked of each.
        before: last year's.
        names: of all of them.
    """
    last = set(before)
    for agency in counted:
        if agency not in last:
            yield _whole(
                DifferenceKind.JOINED, agency, names, "本年度计入，上一年度未计入", counted
            )
    for agency in sorted(last - counted.keys()):
        yield _whole(DifferenceKind.LEFT, agency, names, "上一年度计入，本年度未计入", counted)


def cell_words(code: str) -> str:
    """Say in the words of the form which cell a code names."""
    row, _, column = code.rpartition(".")
    if row in ROW_LABELS:
        return f"表三“{ROW_LABELS[row]}”（{COLUMN_LABELS[column]}）"
    if row in DOCUMENT_LABELS:
        return f"表二“{DOCUMENT_LABELS[row]}”（{DOCUMENT_COLUMN_LABELS[column]}）"
    if row in PROCEEDING_LABELS:
        return f"表四“{PROCEEDING_LABELS[row]}”（{STATE_LABELS[column]}）"
    return f"表二“{DECISION_LABELS.get(code, FEE_LABEL)}”"


def _cells(one: Tables, other: Tables) -> Iterator[tuple[str, Amount, Amount]]:
    theirs = other.figures()
    for code, ours in one.figures().items():
        if ours != theirs[code]:
            yield code, ours, theirs[code]


def _cell(
    kind: DifferenceKind, share: Share, code: str, values: tuple[Amount, Amount], said: str
) -> Difference:
    expected, found = map(printed, values)
    message = f"{share.name}（{share.agency}）{cell_words(code)}{said}"
    return Difference(kind, share.agency, code, expected, found, message)


def _whole(
    kind: DifferenceKind,
    agency: str,
    names: Mapping[str, str],
    said: str,
    remarks: Mapping[str, str],
) -> Difference:
    remark = remarks.get(agency)
    message = f"{names.get(agency, agency)}（{agency}）{said}" + (f"：{remark}" if remark else "")
    return Difference(kind, agency, None, None, None, message)
