"""A roll-up's workflow that does more than it did does not get through the gate."""

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.workflow import NondeterminismError

from tests.replay.test_replay_histories import RELEASED, history_in, replay

with workflow.unsafe.imports_passed_through():
    from workflows.names import ROLLUP
    from workflows.rollup import Rollup
    from workflows.rollup_messages import RollupStanding, RollupStart

ROLLUPS = [file for file in RELEASED if file.stem == "rollup"]


@workflow.defn(name=ROLLUP)
class NotesTheDayTwice(Rollup):
    """Puts the missed day on record twice over."""

    @workflow.init
    def __init__(self, start: RollupStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: RollupStart) -> None:
        """See the roll-up through."""
        await super().run(start)

    async def _act_on(self, seen: RollupStanding) -> None:
        await super()._act_on(seen)
        await super()._act_on(seen)


@pytest.mark.parametrize("file", ROLLUPS, ids=lambda file: file.parent.name)
async def test_a_roll_up_with_one_step_more_does_not_get_through(file: Path) -> None:
    with pytest.raises(NondeterminismError):
        await replay(history_in(file), [NotesTheDayTwice])
