"""The roll-up (汇总) of a government and a year, as a durable workflow.

It waits for the reports of its members, told by a signal or by looking at the log now and then; it
puts on record when 31 March has passed (条例 Art. 49); it assembles whenever it is asked, with the
missing named; and it publishes when somebody approves, who must give a reason where anything is
missing or counted twice. When it is published it ends: a later version is asked for by starting it
again.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from disclosure.addresses import rollup_stream
    from workdays import date_in_shanghai, start_of
    from workflows.names import (
        ASSEMBLE_ROLLUP,
        LOOK_AT_ROLLUP,
        NOTE_ROLLUP_MISSED,
        OPEN_ROLLUP,
        PUBLISH_ROLLUP,
        ROLLUP,
    )
    from workflows.refusals import answers_refusals
    from workflows.rollup_messages import (
        RollupAsked,
        RollupRelease,
        RollupResult,
        RollupStanding,
        RollupStart,
    )

T = TypeVar("T")

_SCHEDULED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")
_RETRY = RetryPolicy(maximum_interval=timedelta(minutes=1))
_SHORT = timedelta(minutes=5)
_LONG = timedelta(minutes=30)
_SILENT_FOR = timedelta(seconds=10)
"""How long a worker may be silent over a step before another takes it over."""

_UNASKED_FOR = timedelta(minutes=10)
"""How long one that was started for a question waits for it: the engine keeps an update it has only
admitted in memory, and if it dies just then nobody would ever ask."""


@workflow.defn(name=ROLLUP)
class Rollup:
    """One government and one year; see the module."""

    @workflow.init
    def __init__(self, start: RollupStart) -> None:
        self._asked = RollupAsked(agency=start.agency, year=start.year or _year_before())
        self._lock = asyncio.Lock()
        self._standing = RollupStanding()
        self._draft: RollupResult | None = None
        self._news = False
        self._answered = False
        self._published = False

    @workflow.run
    async def run(self, start: RollupStart) -> None:
        """Answer what is asked, and where told so wait for the members until it is published."""
        if start.year is None:
            await self._start_for_its_year(start)
        elif start.wait:
            await self._see_through(start)
        else:
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    lambda: self._answered, timeout=_UNASKED_FOR, timeout_summary="等待汇总请求"
                )
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    @answers_refusals
    async def assemble(self) -> RollupResult:
        """Make a draft from what is published by now; who is missing is named in it."""
        try:
            async with self._lock:
                self._draft = await self._assembled()
                return self._draft
        finally:
            self._answered = True

    @workflow.update
    @answers_refusals
    async def publish(self, release: RollupRelease) -> RollupResult:
        """Publish what is there by now; refused without a reason where anything is amiss."""
        try:
            async with self._lock:
                draft = await self._assembled()
                result: RollupResult = await self._ask(
                    PUBLISH_ROLLUP, [draft, release], RollupResult, _SHORT
                )
                self._draft, self._published = result, True
                return result
        finally:
            self._answered = True

    @workflow.signal
    async def member_published(self) -> None:
        """Learn that a member may have published."""
        self._news = True

    @workflow.query
    def standing(self) -> RollupStanding:
        """Return how far it was at the last look."""
        return self._standing

    @workflow.query
    def draft(self) -> RollupResult | None:
        """Return what was assembled last, as soon as every member is there by itself."""
        return self._draft

    async def _see_through(self, start: RollupStart) -> None:
        await self._ask(OPEN_ROLLUP, [self._asked], None, _SHORT)
        every = timedelta(seconds=start.look_every)
        while not self._published:
            async with self._lock:
                self._standing = await self._ask(
                    LOOK_AT_ROLLUP, [self._asked], RollupStanding, _SHORT
                )
                await self._act_on(self._standing)
            await self._wait_for_news(every)
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._published:
                    workflow.continue_as_new(start)

    async def _act_on(self, seen: RollupStanding) -> None:
        """Note a deadline that has passed, and have a draft ready once every member is there."""
        if not seen.missed and workflow.now() >= _end_of_march(self._asked.year):
            await self._ask(NOTE_ROLLUP_MISSED, [self._asked], None, _SHORT)
        if not seen.troubles and self._draft is None:
            try:
                self._draft = await self._assembled()
            except ActivityError:
                # Whoever asks for the draft is told why; here it must not end the waiting.
                workflow.logger.warning("no draft could be made of the roll-up")

    async def _wait_for_news(self, every: timedelta) -> None:
        left = _end_of_march(self._asked.year) - workflow.now()
        until = min(every, left) if left > timedelta() else every
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._news or self._published,
                timeout=until,
                timeout_summary="等待下级机关公布年度报告",
            )
        self._news = False

    async def _assembled(self) -> RollupResult:
        result: RollupResult = await self._ask(ASSEMBLE_ROLLUP, [self._asked], RollupResult, _LONG)
        return result

    async def _ask(
        self, activity: str, args: Sequence[Any], answer: type[T] | None, within: timedelta
    ) -> T:
        answered: T = await workflow.execute_activity(
            activity,
            args=args,
            result_type=answer,
            start_to_close_timeout=within,
            heartbeat_timeout=_SILENT_FOR,
            retry_policy=_RETRY,
        )
        return answered

    async def _start_for_its_year(self, start: RollupStart) -> None:
        """Go on under the year's own name: a schedule puts its instant behind every name."""
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await workflow.start_child_workflow(
                Rollup.run,
                start.model_copy(update={"year": self._asked.year, "wait": True}),
                id=rollup_stream(start.agency, self._asked.year),
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            )


def _year_before() -> int:
    """Return the year before the scheduled instant's in Shanghai, 0 where no schedule started it.

    1 January 00:30 in Shanghai is still 31 December in UTC.
    """
    at: datetime | None = workflow.info().typed_search_attributes.get(_SCHEDULED_AT)
    return date_in_shanghai(at).year - 1 if at is not None else 0


def _end_of_march(year: int) -> datetime:
    """Return 31 March 24:00 in Shanghai of the year after (条例 Art. 49)."""
    return start_of(date(year + 1, 4, 1))
