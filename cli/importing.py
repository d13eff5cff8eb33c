"""Bulk import: entry lines through the same `decide` and `evolve` as the workflows.

Facts go straight to the log, in batches, each stream by itself. What a limit brought about
meanwhile is decided here too, with its own legal date. Only what is open afterwards needs the
engine: such a request gets its workflow, and a workflow left behind is told to read the log.

A line that cannot be read or cannot be true holds back the rest of its case and nothing else: where
nobody can tell whose line it is, nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby, islice
from pathlib import Path

from cli.entry_files import BrokenLine
from cli.entry_lines import Rejection
from cli.folds import AgencyFold, CaseFold, Fold, blank, folded
from cli.import_facts import CHUNK, Step, batches, facts_of
from cli.import_plans import Plan, Planner
from cli.import_report import ImportReport
from disclosure.addresses import agency_stream
from disclosure.commands import CaseCommand
from disclosure.law import Law
from disclosure.proceedings import request_of
from disclosure.refusals import Refused
from eventstore import Appended, ContentMismatch, EventStoreError, StreamConflict
from records import RecordLog
from vault import Fingerprints

_DECIDE_AGAIN = 5
"""How often a stream is decided again because a live workflow wrote to it meanwhile."""


class Importer:
    """One import over any number of files.

    Attributes:
        report: what it did so far.
        new_agencies: how many agencies it registered.
    """

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
        self._planner = Planner(
            law,
            today=today,
            items_before=items_before,
            registered=self._registered,
            request_known=self._request_known,
            superior_on=self._superior_on,
        )
        self._folds: dict[str, Fold] = {}
        self._open_before: set[str] = set()
        self._cases: set[str] = set()
        self._held: dict[str, Rejection] = {}
        self._waiting: dict[str, list[Step]] = {}
        self.new_agencies = 0
        self.report = ImportReport()

    def play(self, files: Sequence[Path], progress: Callable[[int], None] | None = None) -> None:
        """Record every line of the files, then let the limits that have passed run out.

        Args:
            files: entry lines, in this order.
            progress: told how many bytes have been read since it was last told.
        """
        for path in files:
            self._play_file(facts_of(path, self._fingerprints, progress))
        self._settle(self._waiting)
        self.report.cases = len(self._cases)
        self.report.put_in_order(files)
        self._let_limits_run_out()

    @property
    def open_now(self) -> list[str]:
        """Requests spoken of that are open and need a workflow, new or not.

        One with lines held back is not among them: a limit that ran out now would close it before
        what is missing can be put right. The next start of the system takes it up.
        """
        return self._open(self._cases - self._held.keys())

    @property
    def closed_now(self) -> list[str]:
        """Requests that were open before and are closed now: their workflows must learn of it."""
        were_open = self._cases & self._open_before
        return sorted(were_open.difference(self._open(were_open)))

    @property
    def held(self) -> list[str]:
        """Streams with lines held back."""
        return sorted(self._held)

    def _open(self, streams: Iterable[str]) -> list[str]:
        return sorted(stream for stream in streams if self._folds[stream].open)

    def _play_file(self, steps: Iterable[Step]) -> None:
        report = self.report
        for batch in batches(steps):
            for step in batch:
                if isinstance(step, BrokenLine):
                    report.lines += step.rejection.line > 0
                else:
                    report.lines += 1
                    if isinstance(step.line.command, CaseCommand):
                        self._cases.add(step.stream)
            self._record([step for step in batch if not self._waits(step)])

    def _waits(self, step: Step) -> bool:
        """Put off a proceeding whose request is not on record yet.

        Only the facts of one case come in their order; its request's may stand anywhere.
        """
        stream = step.stream
        if stream is None:
            return False
        about = None if isinstance(step, BrokenLine) else request_of(step.line.command)
        if stream in self._waiting or (about is not None and not self._request_known(about)):
            self._waiting.setdefault(stream, []).append(step)
            return True
        return False

    def _record(self, batch: Sequence[Step]) -> None:
        """Plan each stream's lines, in their order, and write all plans at once."""
        by_stream: dict[str, list[Step]] = {}
        for step in batch:
            if step.stream is not None:
                by_stream.setdefault(step.stream, []).append(step)
            elif isinstance(step, BrokenLine):
                self.report.rejected.append(step.rejection)
        self._settle(by_stream)

    def _settle(self, by_stream: dict[str, list[Step]]) -> None:
        self._load(by_stream)
        pending = dict(by_stream)
        for _ in range(_DECIDE_AGAIN):
            conflicts = self._write(
                [self._plan(stream, steps) for stream, steps in pending.items()]
            )
            if not conflicts:
                return
            pending = {stream: pending[stream] for stream in conflicts}
            self._load(pending, again=True)
        busy = Refused("busy", "", "该案正在被他人办理，请稍后再次导入")
        for stream, steps in pending.items():
            self._hold(stream, [step.rejected(busy) for step in steps])

    def _plan(self, stream: str, steps: Sequence[Step]) -> Plan:
        plan = Plan(stream, self._folds[stream])
        return self._planner.facts(plan, steps, self._held.get(stream))

    def _let_limits_run_out(self) -> None:
        streams = iter(self.open_now)
        while pending := list(islice(streams, CHUNK)):
            for _ in range(_DECIDE_AGAIN):
                pending = self._write(
                    [self._planner.limits(Plan(stream, self._folds[stream])) for stream in pending]
                )
                self._load(pending, again=True)
                if not pending:
                    break

    def _write(self, plans: Sequence[Plan]) -> list[str]:
        """Write plans; return the streams that have moved on and must be decided again."""
        writes = [write for plan in plans for write in plan.writes]
        given = self._log.write_batch(writes) if writes else []
        answers = {write.stream: answer for write, answer in zip(writes, given, strict=True)}
        conflicts = []
        for plan in plans:
            answer = answers.get(plan.stream)
            if _moved_on(answer):
                conflicts.append(plan.stream)
            elif isinstance(answer, EventStoreError):
                raise answer
            else:
                self._take(plan)
        return conflicts

    def _take(self, plan: Plan) -> None:
        """Go on from a plan that is on record."""
        if _is_agency(plan.stream):
            self.new_agencies += plan.fold.known and not self._folds[plan.stream].known
        self._folds[plan.stream] = plan.fold
        self.report.already_there += plan.already_there
        self.report.events += sum(len(write.events) for write in plan.writes)
        self._hold(plan.stream, plan.rejected)

    def _hold(self, stream: str, rejected: Sequence[Rejection]) -> None:
        self.report.rejected.extend(rejected)
        if rejected and not _is_agency(stream):
            self._held.setdefault(stream, rejected[0])

    def _registered(self, agency: str) -> bool:
        stream = agency_stream(agency)
        self._load([stream])
        return self._folds[stream].known

    def _request_known(self, stream: str) -> bool:
        self._load([stream])
        fold = self._folds[stream]
        return isinstance(fold, CaseFold) and fold.is_request

    def _superior_on(self, agency: str, day: date) -> str | None:
        stream = agency_stream(agency)
        self._load([stream])
        fold = self._folds[stream]
        return fold.superior_on(day) if isinstance(fold, AgencyFold) else None

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


def _moved_on(answer: Appended | EventStoreError | None) -> bool:
    """Tell whether others have written to a stream since it was read.

    They may have recorded the very same facts: all of them, or, cut into other batches, a part.
    """
    match answer:
        case StreamConflict():
            return True
        case ContentMismatch():
            return answer.differing == ("batch",)
        case Appended():
            return answer.already_there
        case _:
            return False


def _is_agency(stream: str) -> bool:
    return stream.startswith("agency/")
