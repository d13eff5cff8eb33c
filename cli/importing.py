"""Bulk import: entry lines through the same `decide` and `evolve` as the workflows.

Facts go straight to the log, in batches, each stream by itself. What a limit brought about
meanwhile is decided here too, with its own legal date. Only what is open afterwards needs the
engine: such a request gets its workflow, and a workflow left behind is told to read the log.

A line that cannot be true holds back the rest of its case and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from pathlib import Path

from cli.entry_lines import EntryLine, Rejection, read_entry_lines
from cli.folds import Fold, blank, folded
from disclosure.addresses import agency_of, agency_stream, case_of
from disclosure.agency_commands import AgencyCommand
from disclosure.command import Command, refuse_the_future
from disclosure.deadlines import Expiry
from disclosure.law import Law
from disclosure.refusals import Refused
from disclosure.request_commands import ChargeFee, RequestCommand
from eventstore import EventStoreError, StreamConflict
from records import RecordLog, Write
from vault import Fingerprints

_CHUNK = 1000
_DECIDE_AGAIN = 5
"""How often a stream is decided again because a live workflow wrote to it meanwhile."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, counted as `import --format json` prints it."""

    lines: int = 0
    cases: int = 0
    events: int = 0
    already_there: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return the JSON document."""
        return {
            "lines": self.lines,
            "cases": self.cases,
            "events": self.events,
            "already_there": self.already_there,
            "rejected": [rejection.as_json() for rejection in self.rejected],
        }


@dataclass(slots=True)
class _Plan:
    """What one stream's lines come to, before anything is written."""

    fold: Fold
    writes: list[Write] = field(default_factory=list)
    already_there: int = 0
    rejected: list[Rejection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A sound line and the id its repetition is known by."""

    line: EntryLine
    command_id: str


class Importer:
    """One import over any number of files."""

    def __init__(
        self,
        log: RecordLog,
        fingerprints: Fingerprints,
        law: Law,
        *,
        today: Callable[[], date],
        items_before: Callable[[str], int],
    ) -> None:
        self._log = log
        self._fingerprints = fingerprints
        self._law = law
        self._today = today
        self._items_before = items_before
        self._folds: dict[str, Fold] = {}
        self._open_before: set[str] = set()
        self._written: set[str] = set()
        self._held: dict[str, Rejection] = {}
        self.report = ImportReport()

    def play(self, files: Sequence[Path], progress: Callable[[int], None] | None = None) -> None:
        """Record every line of the files, then let the limits that have passed run out.

        Args:
            files: entry lines, in this order.
            progress: told how many bytes have been read since it was last told.
        """
        cases: set[str] = set()
        for path in files:
            facts = self._facts(path, progress)
            for chunk in _chunks(facts):
                cases.update(
                    fact.line.stream
                    for fact in chunk
                    if isinstance(fact.line.command, RequestCommand)
                )
                self._record(chunk)
        self.report.cases = len(cases)
        self._let_limits_run_out()

    @property
    def open_now(self) -> list[str]:
        """Requests touched that are open and need a workflow.

        One with lines held back is not among them: a limit that ran out now would close it before
        its missing lines can be put right. The next start of the system takes it up.
        """
        return sorted(
            stream for stream in self._written - self._held.keys() if self._folds[stream].open
        )

    @property
    def closed_now(self) -> list[str]:
        """Requests that were open before and are closed now: their workflows must learn of it."""
        return sorted(
            stream for stream in self._written & self._open_before if not self._folds[stream].open
        )

    @property
    def held(self) -> list[str]:
        """Streams with lines held back."""
        return sorted(self._held)

    def _facts(self, path: Path, progress: Callable[[int], None] | None) -> Iterator[_Fact]:
        seen: Counter[str] = Counter()
        told = 0
        for read, line in read_entry_lines(path):
            if progress is not None and read - told > _PROGRESS_STEP:
                progress(read - told)
                told = read
            if isinstance(line, Rejection):
                self.report.lines += line.line > 0
                self.report.rejected.append(line)
                continue
            self.report.lines += 1
            # The same line twice in one file is two facts; the same file twice is not.
            fingerprint = self._fingerprints.of(line.canonical)
            seen[fingerprint] += 1
            nth = "" if seen[fingerprint] == 1 else f":{seen[fingerprint]}"
            yield _Fact(line, f"entry:{fingerprint}{nth}")

    def _record(self, chunk: Sequence[_Fact]) -> None:
        """Plan each stream's lines and write all plans at once; agencies come first."""
        by_stream: dict[str, list[_Fact]] = {}
        for fact in chunk:
            by_stream.setdefault(fact.line.stream, []).append(fact)
        self._load(by_stream)
        agencies = {s: f for s, f in by_stream.items() if s.startswith("agency/")}
        for streams in (agencies, {s: f for s, f in by_stream.items() if s not in agencies}):
            self._settle(streams)

    def _settle(self, by_stream: dict[str, list[_Fact]]) -> None:
        pending = dict(by_stream)
        for _ in range(_DECIDE_AGAIN):
            plans = {stream: self._plan(stream, facts) for stream, facts in pending.items()}
            conflicts = self._write(plans)
            if not conflicts:
                return
            pending = {stream: pending[stream] for stream in conflicts}
            self._load(pending, again=True)
        for stream, facts in pending.items():
            busy = Refused("busy", "", "该案正在被他人办理，请稍后再次导入")
            self._hold(stream, [fact.line.rejected(busy) for fact in facts])

    def _write(self, plans: dict[str, _Plan]) -> list[str]:
        """Write plans; return the streams that have moved on and must be decided again."""
        writes = [write for plan in plans.values() for write in plan.writes]
        answers = dict(
            zip(
                (write.stream for write in writes),
                self._log.write_batch(writes) if writes else (),
                strict=True,
            )
        )
        conflicts = []
        for stream, plan in plans.items():
            answer = answers.get(stream)
            if isinstance(answer, StreamConflict):
                conflicts.append(stream)
            elif isinstance(answer, EventStoreError):
                raise answer
            else:
                self._folds[stream] = plan.fold
                self.report.already_there += plan.already_there
                self.report.events += sum(len(write.events) for write in plan.writes)
                if plan.writes:
                    self._written.add(stream)
                self._hold(stream, plan.rejected)
        return conflicts

    def _hold(self, stream: str, rejected: Sequence[Rejection]) -> None:
        self.report.rejected.extend(rejected)
        if rejected and not stream.startswith("agency/"):
            self._held.setdefault(stream, rejected[0])

    def _plan(self, stream: str, facts: Sequence[_Fact]) -> _Plan:
        plan = _Plan(self._folds[stream])
        held = self._held.get(stream)
        for fact in facts:
            if plan.fold.handled(fact.command_id):
                plan.already_there += 1
                continue
            if held is not None:
                plan.rejected.append(_held_back(fact.line, held))
                continue
            try:
                self._plan_one(plan, fact)
            except Refused as refused:
                rejection = fact.line.rejected(refused)
                plan.rejected.append(rejection)
                held = None if isinstance(fact.line.command, AgencyCommand) else rejection
        return plan

    def _plan_one(self, plan: _Plan, fact: _Fact) -> None:
        stream, command = fact.line.stream, fact.line.command
        refuse_the_future(command, self._today())
        if isinstance(command, RequestCommand):
            self._agency_must_be_known(command.agency)
        for expiry in plan.fold.expiries():
            # What ran out before this fact happened is on record before it. A lapse is not: the
            # agency went on with the case, and that is what the record shows.
            if expiry.what == "due" and expiry.on <= command.on:
                self._add(plan, stream, _expired(stream, expiry), "")
        if isinstance(command, ChargeFee) and command.needs_count:
            command = command.model_copy(update={"items_before": self._items_before(stream)})
        self._add(plan, stream, (fact.command_id, command), command.by)

    def _add(self, plan: _Plan, stream: str, command: tuple[str, Command], actor: str) -> None:
        command_id, what = command
        events = plan.fold.decide(what, self._law)
        if not events:
            return
        version = plan.fold.version
        plan.writes.append(Write(stream, version, command_id, actor, events))
        for n, event in enumerate(events, start=1):
            plan.fold = plan.fold.after(event, version + n, command_id)

    def _let_limits_run_out(self) -> None:
        streams = iter(self.open_now)
        while pending := list(islice(streams, _CHUNK)):
            for _ in range(_DECIDE_AGAIN):
                pending = self._write({stream: self._run_out(stream) for stream in pending})
                self._load(pending, again=True)
                if not pending:
                    break

    def _run_out(self, stream: str) -> _Plan:
        plan = _Plan(self._folds[stream])
        while passed := [
            expiry
            for expiry in plan.fold.expiries()
            if expiry.what != "reminder" and expiry.on <= self._today()
        ]:
            self._add(plan, stream, _expired(stream, passed[0]), "")
        return plan

    def _agency_must_be_known(self, agency: str) -> None:
        stream = agency_stream(agency)
        self._load([stream])
        if not self._folds[stream].known:
            raise Refused(
                "unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）"
            )

    def _load(self, streams: Iterable[str], *, again: bool = False) -> None:
        """Fold what the log holds of these streams, once, or again after a conflict."""
        wanted = [stream for stream in streams if again or stream not in self._folds]
        if not wanted:
            return
        self._folds |= {stream: blank(stream) for stream in wanted}
        for stream, entries in groupby(self._log.read_many(wanted), key=lambda e: e.stream):
            self._folds[stream] = folded(stream, entries)
            if self._folds[stream].open:
                self._open_before.add(stream)


_PROGRESS_STEP = 1 << 16


def _chunks(facts: Iterable[_Fact]) -> Iterator[list[_Fact]]:
    """Divide into batches; a fee that must be counted comes alone, after all before it is written.

    What it is counted from is read from the log, and must be there.
    """
    chunk: list[_Fact] = []
    for fact in facts:
        command = fact.line.command
        alone = isinstance(command, ChargeFee) and command.needs_count
        if chunk and (alone or len(chunk) == _CHUNK):
            yield chunk
            chunk = []
        chunk.append(fact)
        if alone:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _expired(stream: str, expiry: Expiry) -> tuple[str, Command]:
    return expiry.command_id, expiry.command(agency_of(stream), case_of(stream))


def _held_back(line: EntryLine, first: Rejection) -> Rejection:
    return Rejection(
        line.file, line.line, "", f"同一案件第 {first.line} 行未能导入，本行暂缓，改正后请重新导入"
    )
