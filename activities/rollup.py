"""What the roll-up's workflow asks for: a look, a slot, the files, publication, a missed deadline.

Each may run again to the same effect.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.file_store import FileStore
from activities.rollup_assembly import RollupAssembly, Standstill
from disclosure.addresses import rollup_stream
from disclosure.event import Event
from disclosure.report_events import PublishedFile
from disclosure.rollup_events import RollupDeadlineMissed, RollupOpened, RollupPublished
from records import Entry, RecordLog, Write, canonical
from reporting.render import render
from reporting.rollup_coverage import Coverage
from reporting.rollup_document import ROLLUP_JSON, RollupDocument, members_in
from workdays import date_in_shanghai, start_of
from workflows.messages import ReportFile
from workflows.names import (
    ASSEMBLE_ROLLUP,
    LOOK_AT_ROLLUP,
    NOTE_ROLLUP_MISSED,
    OPEN_ROLLUP,
    PUBLISH_ROLLUP,
    REFUSED,
)
from workflows.rollup_messages import RollupAsked, RollupRelease, RollupResult, RollupStanding


class RollupActivities:
    """The effects of a roll-up."""

    def __init__(
        self,
        *,
        log: RecordLog,
        assembly: RollupAssembly,
        files: FileStore,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._log = log
        self._assembly = assembly
        self._files = files
        self._clock = clock

    @activity.defn(name=LOOK_AT_ROLLUP)
    def look(self, asked: RollupAsked) -> RollupStanding:
        """Return who is missing by now."""
        with beating():
            position, coverage = self._coverage(asked)
        entries = self._log.read(rollup_stream(asked.agency, asked.year))
        last = last_published(entries)
        return RollupStanding(
            position=position,
            missing=list(coverage.missing),
            troubles=coverage.sentences(),
            version=last.version if last is not None else 0,
            missed=any(isinstance(entry.event, RollupDeadlineMissed) for entry in entries),
        )

    @activity.defn(name=OPEN_ROLLUP)
    def open_rollup(self, asked: RollupAsked) -> None:
        """Take the year's slot in the log: from now on its workflow is started again if lost."""
        with beating():
            self._coverage(asked)
        event = RollupOpened(on=date(asked.year + 1, 1, 1), agency=asked.agency, year=asked.year)
        self._once(asked, "open", event)

    @activity.defn(name=NOTE_ROLLUP_MISSED)
    def note_missed(self, asked: RollupAsked) -> None:
        """Record that 31 March has passed without publication, and who was missing then."""
        with beating():
            _, coverage = self._coverage(asked)
        event = RollupDeadlineMissed(on=date(asked.year + 1, 4, 1), missing=coverage.missing)
        self._once(asked, "missed", event)

    @activity.defn(name=ASSEMBLE_ROLLUP)
    def assemble_rollup(self, asked: RollupAsked) -> RollupResult:
        """Sum what is published by now, check and render it."""
        with beating():
            try:
                made = self._assembly.assemble(asked.agency, asked.year)
            except Standstill as why:
                raise _refused("", str(why)) from None
            files = [*render(made.report).items(), (ROLLUP_JSON, made.render())]
            kept = [
                ReportFile(name=name, sha256=self._files.put(content), size=len(content))
                for name, content in files
            ]
        severities = [finding.severity.value for finding in made.report.findings]
        return RollupResult(
            agency=asked.agency,
            year=asked.year,
            version=made.report.version,
            position=made.report.log_position,
            digest=made.report.digest,
            content_digest=content_digest(made),
            errors=severities.count("error"),
            warnings=severities.count("warning"),
            missing=list(made.coverage.missing),
            twice=list(made.coverage.twice),
            misplaced=list(made.coverage.misplaced),
            troubles=made.coverage.sentences(),
            differences=len(made.differences),
            files=kept,
        )

    @activity.defn(name=PUBLISH_ROLLUP)
    def publish_rollup(self, draft: RollupResult, release: RollupRelease) -> RollupResult:
        """Record a draft as published; publishing the same sums and words again adds nothing."""
        now = self._clock()
        self._require_publishable(draft, release, now)
        stream = rollup_stream(draft.agency, draft.year)
        entries = self._log.read(stream)
        last = last_published(entries)
        if last is not None and last.content_digest == draft.content_digest:
            return _as_published(draft, last)
        if last is not None and last.version >= draft.version:
            raise _refused("version", f"编制期间已公布第 {last.version} 版，请重新编制")
        document = self._json(draft, ROLLUP_JSON)
        event = RollupPublished(
            on=date_in_shanghai(now),
            version=draft.version,
            log_position=draft.position,
            digest=draft.digest,
            content_digest=draft.content_digest,
            approved_by=release.approved_by.strip(),
            reason=release.reason.strip() or None,
            members=members_in(document),
            missing=tuple(draft.missing),
            twice=tuple(draft.twice),
            misplaced=tuple(draft.misplaced),
            files=tuple(PublishedFile(**file.model_dump()) for file in draft.files),
        )
        command = f"publish:{draft.version}:{draft.digest}"
        # In a conflict the engine tries again, and what the other has published is seen.
        expected = entries[-1].version if entries else 0
        self._log.write(Write(stream, expected, command, event.approved_by, [event]))
        return draft.model_copy(update={"published": True})

    def _require_publishable(
        self, draft: RollupResult, release: RollupRelease, now: datetime
    ) -> None:
        if now < start_of(date(draft.year + 1, 1, 1)):
            raise _refused("year", f"{draft.year} 年尚未结束，汇总报告只能生成草稿，不能公布")
        if not release.approved_by.strip():
            raise _refused("approved_by", "汇总报告须经审核后公布，请写明审核人")
        troubles = list(draft.troubles)
        if draft.errors:
            troubles.append(f"汇总后的表格有 {draft.errors} 处勾稽错误")
        if troubles and not release.reason.strip():
            raise _refused(
                "reason",
                f"汇总不完整，改正前公布须写明理由：{'；'.join(troubles)}",
            )

    def _coverage(self, asked: RollupAsked) -> tuple[int, Coverage]:
        try:
            return self._assembly.coverage(asked.agency, asked.year)
        except Standstill as why:
            raise _refused("", str(why)) from None

    def _once(self, asked: RollupAsked, what: str, event: Event) -> None:
        """Write an event unless one of its kind is there."""
        stream = rollup_stream(asked.agency, asked.year)
        entries = self._log.read(stream)
        if any(type(entry.event) is type(event) for entry in entries):
            return
        expected = entries[-1].version if entries else 0
        # In a conflict the engine tries again, and what others have written is seen.
        self._log.write(Write(stream, expected, f"{what}:{stream}", "", [event]))

    def _json(self, draft: RollupResult, name: str) -> Any:
        (source,) = (file for file in draft.files if file.name == name)
        return json.loads(self._files.get(source.sha256))


def last_published(entries: list[Entry]) -> RollupPublished | None:
    """Return the version published last."""
    events = [entry.event for entry in entries if isinstance(entry.event, RollupPublished)]
    return events[-1] if events else None


def content_digest(made: RollupDocument) -> str:
    """Return the digest of what the public reads and of who is counted in it."""
    document = made.report.to_json()
    for name in ("version", "known_at", "log_position", "digest"):
        document.pop(name)
    counted = {share.agency: share.member.counted for share in made.shares}
    return f"sha256:{hashlib.sha256(canonical([document, counted])).hexdigest()}"


def _as_published(draft: RollupResult, published: RollupPublished) -> RollupResult:
    return draft.model_copy(
        update={
            "version": published.version,
            "position": published.log_position,
            "digest": published.digest,
            "published": True,
            "files": [
                ReportFile(name=file.name, sha256=file.sha256, size=file.size)
                for file in published.files
            ],
        }
    )


def _refused(field: str, sentence: str) -> ApplicationError:
    return ApplicationError(sentence, "rollup", field, type=REFUSED, non_retryable=True)
