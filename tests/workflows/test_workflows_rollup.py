"""The roll-up's workflow: it waits for its members, names who is missing, and publishes once."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError

from disclosure.addresses import rollup_stream
from disclosure.agency_commands import (
    MergeAgency,
    MoveAgency,
    RecordDecisions,
    WriteRollupSection,
    WriteSection,
)
from disclosure.refusals import Refused
from disclosure.rollup_events import RollupDeadlineMissed
from engine.publication_watch import wake
from engine.rollups import resume_rollups, roll_up, tell_of_publication, wait_for_members
from tests.workflows.government import YEAR, publish_own, record, register, rollups_published
from tests.workflows.office import PATIENCE, Office
from workflows.names import TASK_QUEUE
from workflows.rollup import Rollup
from workflows.rollup_messages import RollupRelease, RollupResult, RollupStanding, RollupStart

CITY = "shi"
SLOT = rollup_stream(CITY, YEAR)
APPROVED = RollupRelease(approved_by="（虚构）丙")


@pytest.fixture
async def government(office: Office) -> AsyncIterator[Office]:
    """Give an office of a city with a department, and a county with one."""
    register(office.parts, CITY)
    register(office.parts, "ju", CITY)
    register(office.parts, "xian", CITY)
    register(office.parts, "xianju", "xian")
    record(office.parts, decisions("ju", 3), decisions("xianju", 40), decisions(CITY, 500))
    with office.environment.auto_time_skipping_disabled():
        yield office


def decisions(agency: str, number: int, on: date = date(YEAR, 5, 6)) -> RecordDecisions:
    return RecordDecisions(agency=agency, on=on, kind="permits", count=number)


async def made(
    office: Office, agency: str = CITY, release: RollupRelease | None = None, year: int = YEAR
) -> RollupResult:
    async with asyncio.timeout(PATIENCE):
        return await roll_up(office.client, agency, year, release)


async def refused(office: Office, agency: str, release: RollupRelease = APPROVED) -> str:
    with pytest.raises(Refused) as refusal:
        await made(office, agency, release)
    return refusal.value.message


def read(office: Office, result: RollupResult, name: str = "report.json") -> dict[str, Any]:
    (file,) = [file for file in result.files if file.name == name]
    document: dict[str, Any] = json.loads(office.parts.files.get(file.sha256))
    return document


def publish_all(office: Office, *agencies: str) -> None:
    for agency in agencies:
        publish_own(office.parts, agency)


async def waiting(office: Office, year: int = YEAR, **start: Any) -> WorkflowHandle[Any, None]:
    """Start the run that waits, looking at the log but once in ten days by itself."""
    return await office.client.start_workflow(
        Rollup.run,
        RollupStart(agency=CITY, year=year, wait=True, **({"look_every": 864_000} | start)),
        id=rollup_stream(CITY, year),
        task_queue=TASK_QUEUE,
    )


async def seen(handle: WorkflowHandle[Any, None], *missing: str) -> RollupStanding:
    """Return the standing once these are the missing."""
    async with asyncio.timeout(PATIENCE):
        while True:
            standing = await handle.query(Rollup.standing)
            if standing.position and set(standing.missing) == set(missing):
                return standing
            await asyncio.sleep(0.02)


async def drafted(handle: WorkflowHandle[Any, None]) -> RollupResult:
    async with asyncio.timeout(PATIENCE):
        while (draft := await handle.query(Rollup.draft)) is None:  # noqa: ASYNC110 - a query has no event
            await asyncio.sleep(0.02)
        return draft


async def test_a_draft_can_be_had_at_any_time_and_names_the_missing(government: Office) -> None:
    publish_all(government, CITY, "xian", "xianju")
    head = government.parts.store.head()
    draft = await made(government)
    assert draft.missing == ["ju", "xian", "xianju"]
    assert draft.troubles == [
        "某ju（ju）未公布",
        "某xian（xian）已公布，上级未汇总：某xian尚未公布汇总报告",
        "某xianju（xianju）已公布，上级未汇总：某xian尚未公布汇总报告",
    ]
    report = read(government, draft)
    assert report["table2"]["permits"] == 500
    assert "未包括某ju、某xian、某xianju" in report["sections"]["other"]
    assert government.parts.store.head() == head
    assert not draft.published


async def test_a_county_is_summed_before_the_city_and_every_member_is_there_once(
    government: Office,
) -> None:
    publish_all(government, CITY, "ju", "xian", "xianju")
    county = await made(government, "xian", APPROVED)
    assert (county.version, county.published, county.missing) == (1, True, [])
    city = await made(government, CITY, APPROVED)
    assert read(government, city)["table2"]["permits"] == 543
    (event,) = rollups_published(government.parts, SLOT)
    assert [(one.agency, one.kind, one.version, one.counted) for one in event.members] == [
        (CITY, "own", 1, (CITY,)),
        ("ju", "own", 1, ("ju",)),
        ("xian", "rollup", 1, ("xian", "xianju")),
    ]
    assert event.members[2].digest == county.digest
    assert (event.approved_by, event.missing, event.twice) == ("（虚构）丙", (), ())
    assert {file.name for file in event.files} >= {"report.json", "report.docx", "rollup.json"}
    shares = {
        one["report"]["agency"]: one for one in read(government, city, "rollup.json")["members"]
    }
    assert {name: one["table2"]["permits"] for name, one in shares.items()} == {
        CITY: 500,
        "ju": 3,
        "xian": 40,
    }


async def test_a_member_that_publishes_late_wakes_the_roll_up_and_the_draft_is_ready(
    government: Office,
) -> None:
    publish_all(government, CITY, "xian", "xianju")
    await made(government, "xian", APPROVED)
    handle = await waiting(government)
    await seen(handle, "ju")
    assert await handle.query(Rollup.draft) is None
    before = government.parts.store.head()
    publish_own(government.parts, "ju", on=date(2026, 2, 27))
    # The run itself may write in between, that 31 March has passed.
    head = government.parts.store.head()
    assert await wake(government.parts, government.client, before, head) == 2
    await seen(handle)
    draft = await drafted(handle)
    assert read(government, draft)["table2"]["permits"] == 543

    published = await made(government, CITY, APPROVED)
    await handle.result()
    assert published.published
    assert government.types(SLOT) == [
        "rollup_opened",
        "rollup_deadline_missed",
        "rollup_published",
    ]


async def test_without_being_told_it_finds_a_publication_by_looking(office: Office) -> None:
    register(office.parts, CITY)
    register(office.parts, "ju", CITY)
    publish_own(office.parts, CITY)
    handle = await waiting(office, look_every=3600)
    with office.environment.auto_time_skipping_disabled():
        await seen(handle, "ju")
    publish_own(office.parts, "ju")
    await office.open_at(date(2035, 3, 6))
    with office.environment.auto_time_skipping_disabled():
        await seen(handle)
        assert (await drafted(handle)).missing == []


async def test_that_31_march_has_passed_is_recorded_once_with_who_was_missing(
    office: Office,
) -> None:
    register(office.parts, CITY)
    register(office.parts, "ju", CITY)
    slot = rollup_stream(CITY, 2034)
    await waiting(office, 2034)
    await office.open_at(date(2035, 3, 31), hour=23)
    assert office.types(slot) == ["rollup_opened"]
    await office.open_at(date(2035, 4, 1), hour=0)
    await office.open_at(date(2035, 4, 20))
    assert office.types(slot) == ["rollup_opened", "rollup_deadline_missed"]
    missed = office.entries(slot)[1].event
    assert isinstance(missed, RollupDeadlineMissed)
    assert (missed.on, missed.missing) == (date(2035, 4, 1), (CITY, "ju"))
    status = (await office.request(slot).describe()).status
    assert status is WorkflowExecutionStatus.RUNNING


async def test_nothing_goes_out_incomplete_without_a_reason_and_with_one_it_is_on_record(
    government: Office,
) -> None:
    publish_all(government, CITY, "xian", "xianju")
    await made(government, "xian", APPROVED)
    assert "某ju（ju）未公布" in await refused(government, CITY)
    assert "写明审核人" in await refused(government, CITY, RollupRelease(reason="急"))
    assert government.entries(SLOT) == []
    reasoned = RollupRelease(approved_by="（虚构）丙", reason="（虚构）该局系统故障")
    result = await made(government, CITY, reasoned)
    (event,) = rollups_published(government.parts, SLOT)
    assert (result.published, event.missing) == (True, ("ju",))
    (entry,) = government.entries(SLOT)
    assert event.reason is None
    assert getattr(government.parts.log.reveal(entry), "reason", "") == "（虚构）该局系统故障"


async def test_publishing_the_same_again_adds_nothing_and_a_new_version_of_a_member_makes_one(
    government: Office,
) -> None:
    publish_all(government, CITY, "ju", "xian", "xianju")
    await made(government, "xian", APPROVED)
    first = await made(government, CITY, APPROVED)
    head = government.parts.store.head()
    again = await made(government, CITY, APPROVED)
    assert (again.version, again.digest, government.parts.store.head()) == (1, first.digest, head)

    record(government.parts, decisions("ju", 4))
    noticed = read(government, await made(government), "rollup.json")["differences"]
    assert [(one["kind"], one["agency"], one["code"]) for one in noticed] == [
        ("live", "ju", "permits")
    ]
    assert noticed[0]["message"] == "某ju（ju）表二“行政许可”公布为3，按现有记录为7"

    publish_own(government.parts, "ju")
    second = await made(government, CITY, APPROVED)
    assert (second.version, read(government, second)["table2"]["permits"]) == (2, 547)
    differences = read(government, second, "rollup.json")["differences"]
    assert [(one["kind"], one["agency"], one["expected"], one["found"]) for one in differences] == [
        ("changed", "ju", "3", "7")
    ]
    assert [event.version for event in rollups_published(government.parts, SLOT)] == [1, 2]


async def test_one_that_moved_and_one_that_was_merged_are_counted_where_they_belong_by_date(
    government: Office,
) -> None:
    register(government.parts, "staying", "xian")
    publish_all(government, CITY, "ju", "xian", "xianju", "staying")
    await made(government, "xian", APPROVED)
    record(
        government.parts,
        MergeAgency(agency="ju", on=date(YEAR, 6, 30), into="xianju"),
        MoveAgency(agency="xianju", on=date(YEAR, 9, 1), parent=CITY),
    )
    why = await refused(government, CITY)
    assert f"某xianju（xianju）重复计入：{YEAR}年9月1日起由某shi汇总；分别计入" in why
    assert "某xian的汇总报告（" in why
    assert "本机关报告" in why
    assert "某ju" not in why
    status = read(government, await made(government), "rollup.json")["agencies"]
    remarks = {one["agency"]: one["remark"] for one in status}
    assert remarks["ju"] == f"{YEAR}年6月30日并入某xianju，报告截至该日"
    assert remarks["staying"] == ""


async def test_last_years_closing_figures_are_held_against_this_years_opening_ones(
    government: Office,
) -> None:
    for year in (YEAR - 1, YEAR):
        for agency in (CITY, "ju", "xian", "xianju"):
            publish_own(government.parts, agency, year)
        await made(government, "xian", APPROVED, year)
    await made(government, CITY, APPROVED, YEAR - 1)
    register(government.parts, "new", CITY)
    publish_own(government.parts, "new")
    record(government.parts, MoveAgency(agency="ju", on=date(YEAR, 2, 1), parent=None))
    differences = read(government, await made(government), "rollup.json")["differences"]
    assert [(one["kind"], one["agency"]) for one in differences] == [
        ("joined", "new"),
        ("left", "ju"),
    ]


async def test_the_texts_are_those_written_for_the_roll_up_filled_from_the_sum(
    government: Office,
) -> None:
    publish_all(government, CITY, "ju", "xian", "xianju")
    await made(government, "xian", APPROVED)
    written = date(2026, 2, 1)
    record(
        government.parts,
        WriteSection(agency=CITY, on=written, year=YEAR, section="overall", text="本级{{permits}}"),
        WriteRollupSection(
            agency=CITY, on=written, year=YEAR, section="overall", text="全市许可{{permits}}件。"
        ),
    )
    sections = read(government, await made(government))["sections"]
    assert sections["overall"] == "全市许可543件。"
    assert "各机关" in sections["problems"]
    assert "本机关" not in sections["problems"] + sections["other"]


async def test_a_roll_up_that_cannot_be_made_is_refused_in_words(government: Office) -> None:
    assert "没有登记机关“nobody”" in await refused(government, "nobody")
    assert "没有机关由“ju”汇总" in await refused(government, "ju")
    publish_all(government, CITY, "ju", "xian", "xianju")
    event = publish_own(government.parts, "ju")
    sha256 = event.files[0].sha256
    path = government.parts.folder.files / sha256[:2] / sha256
    path.unlink()
    assert "文件 report.json 遗失" in await refused(government, CITY)


async def test_one_that_waits_goes_on_waiting_though_no_draft_can_be_made(office: Office) -> None:
    slot = rollup_stream(CITY, 2034)
    register(office.parts, CITY)
    register(office.parts, "ju", CITY)
    publish_own(office.parts, CITY, 2034)
    lost = publish_own(office.parts, "ju", 2034).files[0].sha256
    path = office.parts.folder.files / lost[:2] / lost
    report = path.read_bytes()
    path.unlink()
    handle = await waiting(office, 2034)
    await office.open_at(date(2035, 4, 2))
    assert office.types(slot) == ["rollup_opened", "rollup_deadline_missed"]
    assert await handle.query(Rollup.draft) is None
    path.write_bytes(report)
    await office.open_at(date(2035, 4, 20))
    with office.environment.auto_time_skipping_disabled():
        assert (await drafted(handle)).missing == []


async def test_the_year_that_still_runs_can_be_drafted_and_not_published(
    government: Office,
) -> None:
    year = datetime.now(UTC).year + 1
    for agency in ("xian", "xianju"):
        publish_own(government.parts, agency, year)
    draft = await made(government, "xian", year=year)
    assert draft.missing == []
    with pytest.raises(Refused, match="尚未结束"):
        await made(government, "xian", APPROVED, year)


async def test_after_the_loss_of_the_engine_what_is_under_way_in_the_log_is_started_again(
    government: Office,
) -> None:
    handle = await waiting(government)
    await seen(handle, CITY, "ju", "xian", "xianju")
    await handle.terminate()
    government.parts.projector.catch_up()
    assert await resume_rollups(government.client, government.parts.engine) == 1
    assert await resume_rollups(government.client, government.parts.engine) == 0
    await seen(government.client.get_workflow_handle(SLOT), CITY, "ju", "xian", "xianju")
    assert not await wait_for_members(government.client, CITY, YEAR)


async def test_news_for_a_roll_up_nobody_waits_for_is_no_error(government: Office) -> None:
    await tell_of_publication(government.client, CITY, 2019)
    with pytest.raises(RPCError):
        await government.client.get_workflow_handle(rollup_stream(CITY, 2019)).describe()
