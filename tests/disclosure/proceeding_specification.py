"""given(what happened).when(what is reported).then(what follows), for proceedings."""

from dataclasses import dataclass
from typing import Any

from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.proceeding_commands import (
    AppealLawsuit,
    ConcludeLawsuit,
    ConcludeReconsideration,
    ExpireProceeding,
    FileLawsuit,
    FileReconsideration,
    ProceedingCommand,
)
from disclosure.proceeding_events import RunningLimit
from disclosure.proceeding_state import ProceedingState, fold_proceeding
from disclosure.proceedings import decide_proceeding
from disclosure.refusals import Refused
from tests.disclosure.facts import AGENCY, day
from tests.disclosure.specification import LAW

CASE = "复议-1"


def said(kind: type[Any], on: str, /, **fields: Any) -> Any:
    return kind.model_validate({"agency": AGENCY, "case": CASE, "on": on, **fields}, extra="forbid")


def file_reconsideration(on: str, request: str | None = None) -> FileReconsideration:
    command: FileReconsideration = said(FileReconsideration, on, request=request)
    return command


def conclude_reconsideration(
    on: str, result: str = "upheld", detail: str | None = None
) -> ConcludeReconsideration:
    command: ConcludeReconsideration = said(
        ConcludeReconsideration, on, result=result, outcome_detail=detail
    )
    return command


def file_lawsuit(on: str, *, after: bool = False, request: str | None = None) -> FileLawsuit:
    command: FileLawsuit = said(FileLawsuit, on, after_reconsideration=after, request=request)
    return command


def appeal(on: str) -> AppealLawsuit:
    command: AppealLawsuit = said(AppealLawsuit, on)
    return command


def conclude_lawsuit(on: str, result: str = "upheld", detail: str | None = None) -> ConcludeLawsuit:
    command: ConcludeLawsuit = said(ConcludeLawsuit, on, result=result, outcome_detail=detail)
    return command


def expire(what: str, on: str) -> ExpireProceeding:
    command: ExpireProceeding = said(ExpireProceeding, on, what=what)
    return command


def limit(what: Any, due_on: str) -> RunningLimit:
    """Write down a limit within the published calendar."""
    return RunningLimit(
        what=what, due_on=day(due_on), provisional=False, calendar=LAW.calendar.version
    )


@dataclass(frozen=True, slots=True)
class Given:
    """A proceeding as its events have made it."""

    events: tuple[Event, ...]

    @property
    def state(self) -> ProceedingState:
        return fold_proceeding(self.events)

    def when(self, command: ProceedingCommand) -> "When":
        try:
            return When(self, tuple(decide_proceeding(self.state, command, LAW)))
        except Refused as refusal:
            return When(self, refusal)


@dataclass(frozen=True, slots=True)
class When:
    """The law's answer to one command: events, or a refusal."""

    before: Given
    answer: tuple[Event, ...] | Refused

    @property
    def happened(self) -> tuple[Event, ...]:
        assert not isinstance(self.answer, Refused), f"refused: {self.answer.code}"
        return self.answer

    @property
    def after(self) -> Given:
        return Given((*self.before.events, *self.happened))

    def then(self, *events: Event) -> None:
        assert self.happened == events

    def then_flagged(self, *flags: Flag) -> None:
        assert [flag for event in self.happened for flag in event.flags] == list(flags)

    def then_refused(self, code: str, field: str) -> None:
        assert isinstance(self.answer, Refused), f"not refused, but {self.answer}"
        assert (self.answer.code, self.answer.field) == (code, field)
        assert self.answer.message == str(self.answer) != ""


def given(*happened: ProceedingCommand) -> Given:
    """Let these come to pass, oldest first; each must be accepted."""
    proceeding = Given(())
    for command in happened:
        proceeding = proceeding.when(command).after
    return proceeding
