"""Programs at the interface: a token each, calls with it, nothing kept in between."""

import asyncio
from collections.abc import Collection
from itertools import count
from typing import Any, Self

import httpx
from fastapi import FastAPI

from people import Clients, Scope
from tests.web.offices import COMMERCE, OPERATOR
from tests.web.readers import application_of
from web.api import MOUNTED_AT
from web.office import Office

HOME = "http://127.0.0.1:8000"
_names = count(1)


def token_for(
    office: Office,
    *scopes: Scope,
    agencies: Collection[str] = (COMMERCE,),
    name: str = "",
    per_minute: int = 100_000,
) -> str:
    """Register a program and return its token."""
    return Clients(office.people.engine, office.people.now).add(
        OPERATOR,
        name or f"program-{next(_names)}",
        "试验程序",
        scopes=scopes or (Scope.READ,),
        agencies=agencies,
        per_minute=per_minute,
    )


class Program:
    """A program that calls the interface of an office without an engine.

    Use it as a context, so that its event loop ends.

    Args:
        office: whose interface it calls, among its pages.
        token: None where it has none.
        api: an interface that stands by itself, in place of the office's.
    """

    def __init__(self, office: Office, token: str | None, api: FastAPI | None = None) -> None:
        transport = httpx.ASGITransport(api or application_of(office), client=("192.0.2.9", 4000))
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        base_url = HOME if api else f"{HOME}{MOUNTED_AT}"
        self.client = httpx.AsyncClient(transport=transport, base_url=base_url, headers=headers)
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self.client.aclose())
        self._runner.close()

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a call just as it is given."""
        return self._runner.run(self.client.request(method, path, **options))

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        """Read something."""
        return self.send("GET", path, params=parameters)

    def say(self, body: dict[str, Any], key: str, agency: str = COMMERCE) -> httpx.Response:
        """Send a command."""
        headers = {"Idempotency-Key": key}
        return self.send("POST", f"/agencies/{agency}/commands", json=body, headers=headers)


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return status and kind of a problem, after a look at its form."""
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["title"]
    assert said["detail"]
    return answer.status_code, said["type"].removeprefix("urn:gongkai:problem:")
