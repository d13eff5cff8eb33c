"""A browser without a screen: cookies, forms, and the token that each form holds."""

import re
from collections import deque
from contextlib import ExitStack
from functools import partial
from typing import Any, Self

import httpx
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from tests.web.offices import PASSWORD
from web.app import create_app
from web.office import Office

HOME = "http://127.0.0.1:8000"
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


_applications: deque[tuple[Office, FastAPI]] = deque(maxlen=2)


def application_of(office: Office) -> FastAPI:
    """Return the application of an office: one, however many people come to it.

    FastAPI works its routes out at an application's first request, a tenth of a second (measured).
    """
    for known, application in _applications:
        if known is office:
            return application
    _applications.append((office, create_app(office)))
    return _applications[-1][1]


class Reader:
    """Somebody at an office's pages. Use it as a context, so that its event loop ends."""

    def __init__(self, office: Office, base_url: str = HOME, address: str = "192.0.2.1") -> None:
        transport = httpx.ASGITransport(application_of(office), client=(address, 4000))
        self.client = httpx.AsyncClient(transport=transport, base_url=base_url)
        self.token = ""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        # A loop in a thread of its own: where a browser is open, this thread's is taken.
        self._portal = self._stack.enter_context(start_blocking_portal())
        self._stack.callback(self._portal.call, self.client.aclose)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request just as it is given."""
        return self._portal.call(partial(self.client.request, method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask for a page and remember the token of its forms."""
        return self._remember(self.send("GET", path, **options))

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as its page would."""
        form = {"csrf_token": self.token, **fields}
        origin = str(self.client.base_url).rstrip("/")
        return self._remember(self.send("POST", path, data=form, headers={"Origin": origin}))

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """Fill in the sign-in form; where that leads to a page, have its token at hand."""
        self.get("/sign-in")
        answer = self.post("/sign-in", name=name, password=password)
        if answer.is_redirect:
            self.get(answer.headers["location"])
        return answer

    def cookie(self, what: str) -> str:
        """Return a cookie the browser holds, under its name over plain loopback."""
        return self.client.cookies.get(f"gongkai-{what}") or ""

    def _remember(self, answer: httpx.Response) -> httpx.Response:
        found = _TOKEN.search(answer.text)
        self.token = found.group(1) if found else self.token
        return answer
