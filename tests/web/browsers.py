"""A browser and an application for it: real server, real worker, real pages."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from engine.keeping_up import keeping_projections
from engine.parts import Parts
from engine.server import embedded_server
from tests.web.offices import Clock, opened_office
from web.app import create_app
from web.office import Office
from web.running import open_door, serving
from web.settings import WebSettings
from worker import connect, running_worker

CHROMIUM = "/usr/bin/chromium"
START_WITHIN = 60
DESK: ViewportSize = {"width": 1366, "height": 768}
TABLET: ViewportSize = {"width": 820, "height": 1180}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
_SCREENSHOTS = Path(os.environ.get("GONGKAI_SCREENSHOTS", "build/screenshots"))


@dataclass(frozen=True, slots=True)
class Application:
    """A running application: where a browser finds it, and what stands behind it."""

    url: str
    office: Office
    clock: Clock


@contextmanager
def running_application(parts: Parts, settings: WebSettings) -> Iterator[Application]:
    """Run embedded engine, worker, projections and pages, in a thread with a loop of its own."""
    clock = Clock()
    ready, stop = threading.Event(), asyncio.Event()
    running: list[Application] = []
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with AsyncExitStack() as stack:
            folder = parts.folder
            server = await stack.enter_async_context(
                embedded_server(folder.temporal_database, folder.engine_log)
            )
            client = await connect(parts, server.address)
            await stack.enter_async_context(running_worker(parts, client))
            await stack.enter_async_context(keeping_projections(parts))
            office = stack.enter_context(opened_office(parts, settings, clock, client))
            door = open_door(settings)
            await stack.enter_async_context(serving(create_app(office), settings, door))
            running.append(Application(door.url, office, clock))
            ready.set()
            await stop.wait()

    def main() -> None:
        try:
            loop.run_until_complete(run())
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
            ready.set()

    thread = threading.Thread(target=main)
    thread.start()
    try:
        assert ready.wait(START_WITHIN)
        assert running, "the application did not start"
        yield running[0]
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join()


def look(page: Page, name: str) -> None:
    """Keep a picture of the page, and let axe-core find nothing wrong with it."""
    _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=_SCREENSHOTS / f"{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def fits(page: Page) -> bool:
    """Tell whether the page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
