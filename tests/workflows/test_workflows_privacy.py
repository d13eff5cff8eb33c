"""Nothing about a person can be read in the engine: not in histories, failures or logs."""

import asyncio
import dataclasses
import json
import logging
from datetime import date, timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError

from disclosure.refusals import Refused
from disclosure.request_events import RequestRegistered
from engine.errors import CommandFailedError
from eventstore import Appended
from records import RecordLog, Write
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, MONDAY, NAME, STREAM, personal_texts
from tests.workflows.office import Office, until
from worker import running_worker
from workflows import record


async def written(office: Office) -> bytes:
    """Return the history and the description of the request's workflow as the engine has them."""
    history = await office.request().fetch_history()
    description = await office.request().describe()
    return b"".join(
        [
            *(event.SerializeToString() for event in history.events),
            history.to_json().encode(),
            description.raw_description.SerializeToString(),
        ]
    )


def readable(content: bytes) -> list[str]:
    """Return the personal texts that stand in some bytes, plain or escaped as JSON does."""
    return [
        text
        for text in personal_texts()
        if text.encode() in content or json.dumps(text)[1:-1].encode() in content
    ]


async def test_no_personal_text_stands_in_the_history_of_a_request(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.request_correction(MONDAY))
    await office.carry(facts.receive_correction(MONDAY))
    await office.carry(facts.extend(MONDAY))
    with pytest.raises(Refused):
        await office.carry(facts.register())
    await office.open_at(date(2035, 12, 3))
    await office.carry(facts.decide(date(2035, 12, 3)))
    await office.ended()
    history = await written(office)
    assert b"binary/encrypted" in history
    assert readable(history) == []


async def test_nor_in_that_of_a_request_taken_up_from_the_log(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.decide(MONDAY))
    await office.ended()
    await office.carry(facts.deliver(MONDAY))
    await office.ended()
    assert readable(await written(office)) == []


async def test_the_log_holds_it_sealed_and_gives_it_back_to_those_who_may_read(
    office: Office,
) -> None:
    await office.carry(facts.register())
    (entry,) = office.entries()
    (row,) = office.parts.store.read_stream(STREAM)
    assert readable(row.data) == []
    assert row.sealed is not None
    assert readable(row.sealed) == []
    assert isinstance(entry.event, RequestRegistered)
    assert entry.event.applicant is None
    revealed = office.parts.log.reveal(entry)
    assert isinstance(revealed, RequestRegistered)
    assert revealed.applicant is not None
    assert (revealed.applicant.name, revealed.note) == (NAME, facts.NOTE)


async def test_a_mistake_that_quotes_a_person_tells_nobody_who_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(*_: object) -> object:
        raise ValueError(f"cannot decide for {NAME}")

    with monkeypatch.context() as planted, caplog.at_level(logging.DEBUG):
        planted.setattr(record, "decide", mistaken)
        with pytest.raises(CommandFailedError) as failed:
            await office.carry(facts.register())
    assert readable(str(failed.value).encode()) == []
    assert readable(caplog.text.encode()) == []
    assert readable(await written(office)) == []


class QuotingLog(RecordLog):
    """A log whose first failure quotes a person, as drivers of databases do."""

    failed = 0

    def write(self, write: Write) -> Appended:
        """Fail once."""
        if not self.failed:
            self.failed += 1
            raise RuntimeError(f"value too long: {NAME}")
        return super().write(write)


async def test_a_failed_attempt_to_write_is_not_readable_while_it_waits_to_be_repeated(
    desk: Office,
) -> None:
    quoting = QuotingLog(desk.parts.store, desk.parts.vault)
    async with running_worker(dataclasses.replace(desk.parts, log=quoting), desk.client):
        command = asyncio.create_task(desk.carry(facts.register()))
        await until(lambda: bool(quoting.failed))
        assert readable(await written(desk)) == []
        await desk.environment.sleep(timedelta(seconds=5))
        await command
    assert readable(await written(desk)) == []


async def test_a_garbled_message_is_not_quoted_back(office: Office) -> None:
    await office.carry(facts.register())
    garbled = {"command_id": "x", "command": {"do": "decide", "agency": AGENCY, "grounds": NAME}}
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await office.request().execute_update("carry_out", garbled, id="garbled")
    assert readable(f"{failed.value} {failed.value.cause}".encode()) == []
    assert readable(await written(office)) == []
