"""What happens to a roll-up (汇总): a government's report over itself and all below it."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from disclosure.event import Event, personal
from disclosure.report_events import PublishedFile

MemberKind = Literal["own", "rollup"]
"""What of a member is summed: its own report, or its roll-up where others stand below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupOpened(Event):
    """汇总启动: from now on the members' reports are waited for."""

    type: ClassVar[str] = "rollup_opened"

    agency: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupDeadlineMissed(Event):
    """汇总逾期: 31 March has passed (条例 Art. 49) and these agencies' figures were not there."""

    type: ClassVar[str] = "rollup_deadline_missed"

    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupMember:
    """A published report as it was summed.

    Attributes:
        agency: whose it is.
        kind: which of its reports.
        version, digest, log_position: of that report.
        source: SHA-256 of its report.json.
        counted: every agency whose figures are in it.
    """

    agency: str
    kind: MemberKind
    version: int
    digest: str
    log_position: int
    source: str
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupPublished(Event):
    """汇总年度报告公布.

    Attributes:
        version: 1 for the first, counted up.
        log_position: members are read from the log up to here.
        digest: of the report's JSON.
        content_digest: of what the public reads and of who was counted; equal where a second
            publication would say nothing new.
        approved_by: who let it out.
        reason: why it went out though agencies were missing or counted twice.
        members: what was summed.
        missing, twice, misplaced: agencies not counted, counted more than once, or counted though
            they belong elsewhere; empty unless there is a reason.
        files: what the public was given, and the file with each member's share.
    """

    type: ClassVar[str] = "rollup_published"

    version: int
    log_position: int
    digest: str
    content_digest: str
    approved_by: str = ""
    reason: str | None = personal()
    members: tuple[RollupMember, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    files: tuple[PublishedFile, ...] = ()
