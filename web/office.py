"""What the pages are made of: the parts, the people, the settings, and a way to the engine."""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import anyio.from_thread
from temporalio.client import Client

from disclosure.commands import CaseCommand
from engine.commands import carry
from engine.errors import CommandFailedError
from engine.parts import Parts
from people import People
from web.agencies import Agencies, read_agencies
from web.settings import WebSettings
from workflows.messages import CommandReceipt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Office:
    """One installation as its pages see it.

    Attributes:
        client: of the engine that carries commands; None where pages are only looked at.
    """

    parts: Parts
    people: People
    settings: WebSettings
    client: Client | None = None

    def agencies(self) -> Agencies:
        """Return the agencies on record."""
        return read_agencies(self.parts.engine)

    def carry(
        self, command_id: str, command: CaseCommand, *, seen: int | None = None
    ) -> CommandReceipt:
        """Carry a command to its case, from the thread of a page, as long as the settings say.

        Raises:
            Refused: as `engine.commands.carry` does.
            CommandFailedError: as there, or for want of an answer in time. The same id may then be
                sent again: what has been recorded meanwhile is found so.
        """
        work = carry(self.engine_client, self.parts.log, command_id, command, seen=seen)
        return self.answer_of(work, self.settings.web_answer_seconds)

    def answer_of(self, work: Awaitable[T], seconds: float) -> T:
        """Wait in a page's thread for an answer of the engine, so many seconds at most.

        Raises:
            CommandFailedError: as the work does, or for want of an answer in time.
        """

        async def in_time() -> T:
            try:
                async with asyncio.timeout(seconds):
                    return await work
            except TimeoutError:
                raise CommandFailedError("引擎没有应答，请稍后重试") from None

        return self.wait_for(in_time())

    @property
    def engine_client(self) -> Client:
        """The client of the engine.

        Raises:
            RuntimeError: these pages have none.
        """
        if self.client is None:
            raise RuntimeError("these pages were made without an engine")
        return self.client

    @staticmethod
    def wait_for(work: Awaitable[T]) -> T:
        """Wait in a page's thread for work of the event loop."""

        async def working() -> T:
            return await work

        return anyio.from_thread.run(working)


@contextmanager
def open_office(
    parts: Parts, settings: WebSettings, client: Client | None = None
) -> Iterator[Office]:
    """Open the people beside the parts, while the block runs."""
    with open_people_of(parts, settings) as people:
        parts.projector.catch_up(0)  # makes the tables that pages read, without waiting for more
        yield Office(parts, people, settings, client)


@contextmanager
def open_people_of(parts: Parts, settings: WebSettings) -> Iterator[People]:
    """Open the people of a data folder, by the pages' numbers of sign-in."""
    url = parts.settings.database_url
    with People.opened(
        parts.folder.path,
        url.get_secret_value() if url else None,
        parts.keyring,
        settings.policy,
    ) as people:
        yield people
