"""Every history ever released replays under this code; a broken workflow does not get through."""

import importlib.metadata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from disclosure.event import Event
from disclosure.law import Law
from disclosure.request_commands import RequestCommand
from tests.disclosure.specification import LAW
from tests.replay.changed_workflows import (
    ForgetsItsLimits,
    LooksBeforeItDecides,
    OpensTheReportTwice,
    PausesBeforeWriting,
)
from tests.replay.lives import LIVES
from tests.replay.record import HISTORIES, lived
from tests.workflows.a_request import personal_texts
from tests.workflows.servers import MASTER_KEY, strict_sandbox
from vault import KeyRing
from vault.codec import data_converter
from workdays import Calendar, load, published
from workflows import law_in_force
from workflows.annual_report import AnnualReport
from workflows.disclosure_request import DisclosureRequest
from workflows.law_in_force import current_law, use_law
from workflows.proceeding import Proceeding
from workflows.record import RequestRecord
from workflows.rollup import Rollup
from workflows.turn_of_the_year import TurnOfTheYear

RELEASED = sorted(HISTORIES.glob("*/*.json"))
PROCEEDINGS = [file for file in RELEASED if file.stem == "lawsuit_after_reconsideration"]
REPORTS = [file for file in RELEASED if file.stem.startswith("annual_report")]
OTHERS = {
    *PROCEEDINGS,
    *REPORTS,
    *(file for file in RELEASED if file.stem in {"turn_of_the_year", "rollup"}),
}
REQUESTS = [file for file in RELEASED if file not in OTHERS]
WITH_LIMITS = [file for file in REQUESTS if file.stem in {"correction_lapsed", "full_life"}]
ALL = [DisclosureRequest, Proceeding, AnnualReport, TurnOfTheYear, Rollup]


def name_of(file: Path) -> str:
    return f"{file.parent.name}-{file.stem}"


def history_in(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))


async def replay(history: WorkflowHistory, workflows: Sequence[type] = ALL) -> None:
    """Replay as a worker of this release would; raises what goes wrong."""
    runner = strict_sandbox()
    restrictions = runner.restrictions.with_passthrough_modules("tests")
    replayer = Replayer(
        workflows=workflows,
        data_converter=data_converter(KeyRing.from_text(MASTER_KEY)),
        workflow_runner=type(runner)(restrictions=restrictions),
    )
    await replayer.replay_workflow(history)


@dataclass
class Watched:
    """What a replayed request decided, and the records it went through."""

    decisions: list[list[Event]] = field(default_factory=list)
    records: list[RequestRecord] = field(default_factory=list)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Watch the requests that are replayed; a workflow shows its state nowhere else."""
    seen = Watched()
    decide, after = RequestRecord.decide, RequestRecord.after

    def watched_decide(self: RequestRecord, command: RequestCommand, law: Law) -> list[Event]:
        seen.decisions.append(decide(self, command, law))
        return seen.decisions[-1]

    def watched_after(
        self: RequestRecord, event: Event, version: int, command_id: str
    ) -> RequestRecord:
        seen.records.append(after(self, event, version, command_id))
        return seen.records[-1]

    monkeypatch.setattr(RequestRecord, "decide", watched_decide)
    monkeypatch.setattr(RequestRecord, "after", watched_after)
    return seen


@pytest.fixture(autouse=True)
def _law_of_this_test() -> Iterator[None]:
    """Replay as a worker does: under a law that knows pseudonyms."""
    law = current_law()
    use_law(LAW)
    yield
    use_law(law)


def calendar_up_to(year: int) -> Calendar:
    """Return the calendar as it was before the notices of later years came."""
    notices = Path(law_in_force.__file__).parents[1] / "workdays" / "notices"
    return load(file for file in notices.glob("*.json") if int(file.name[:4]) <= year)


def test_this_release_has_a_history_of_every_life() -> None:
    version = importlib.metadata.version("gongkai")
    recorded = {file.stem for file in RELEASED if file.parent.name == version}
    assert recorded == set(LIVES)


@pytest.mark.parametrize("file", RELEASED, ids=name_of)
async def test_a_released_history_replays(file: Path) -> None:
    await replay(history_in(file))


@pytest.mark.parametrize("file", RELEASED, ids=name_of)
def test_a_released_history_shows_nothing_of_a_person(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    assert "encryption-key-id" in content
    assert [text for text in personal_texts() if text in content] == []


@pytest.mark.parametrize("name", LIVES)
async def test_a_life_lived_now_replays(name: str) -> None:
    await replay(await lived(LIVES[name]))


@pytest.mark.parametrize("changed", [PausesBeforeWriting, LooksBeforeItDecides])
@pytest.mark.parametrize("file", REQUESTS, ids=name_of)
async def test_a_workflow_that_does_more_before_it_writes_does_not_get_through(
    file: Path, changed: type
) -> None:
    with pytest.raises(NondeterminismError):
        await replay(history_in(file), [changed])


@pytest.mark.parametrize("file", WITH_LIMITS, ids=name_of)
async def test_a_workflow_without_limits_does_not_get_through(file: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replay(history_in(file), [ForgetsItsLimits])


@pytest.mark.parametrize("file", REPORTS, ids=name_of)
async def test_a_report_with_one_step_more_does_not_get_through(file: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replay(history_in(file), [OpensTheReportTwice])


@pytest.mark.parametrize("file", REQUESTS, ids=name_of)
async def test_under_an_older_calendar_a_history_comes_to_the_same_state(
    file: Path, watched: Watched
) -> None:
    history = history_in(file)
    use_law(LAW)
    await replay(history)
    under_this, decided = list(watched.records), list(watched.decisions)
    watched.records.clear()
    watched.decisions.clear()
    use_law(replace(LAW, calendar=calendar_up_to(2024)))
    await replay(history)
    assert under_this
    assert watched.records == under_this
    assert watched.decisions != decided or file.stem == "started_from_the_log"


def test_the_older_calendar_would_have_worked_out_another_due_date() -> None:
    received = date(2025, 9, 17)
    assert published().after(received, 20).day == date(2025, 10, 21)
    assert calendar_up_to(2024).after(received, 20).day == date(2025, 10, 15)
