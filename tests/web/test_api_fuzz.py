"""The description against the running application: whatever it allows is answered as it says.

schemathesis makes calls from the description, fitting and unfitting, and holds every answer against
it: status, media type, members, and that what is unfit is refused. The calls are the same each run.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from people import Scope
from tests.web.api_programs import token_for
from tests.web.browsers import Application
from web.api import MOUNTED_AT

_REFUSED = ["2xx", "401", "403", "404", "409", "5xx"]
_AT_RANDOM = {
    "phases": {"coverage": {"enabled": False}},
    "generation": {"deterministic": True, "max-examples": 30},
}
_OPERATIONS: list[dict[str, Any]] = [
    # What a description cannot say: that bytes are a report, and which version a case is at.
    {
        "include-name": "POST /audits",
        "checks": {"positive_data_acceptance": {"expected-statuses": [*_REFUSED, "422"]}},
    },
    # Each of forty verbs has its own body: every value of every member would be thousands of calls.
    {
        "include-name": "POST /agencies/{agency}/commands",
        "checks": {"positive_data_acceptance": {"expected-statuses": [*_REFUSED, "412"]}},
        **_AT_RANDOM,
    },
    {"include-name": "POST /agencies/{agency}/reports/{year}/steps", **_AT_RANDOM},
    # Nine filters by nine: every pair of them would be half of all calls.
    {"include-name": "GET /agencies/{agency}/requests", **_AT_RANDOM},
    {"include-name": "GET /agencies/{agency}/proceedings", **_AT_RANDOM},
    # Waiting is tested where it is said how long it takes.
    {"include-name": "GET /events", "parameters": {"query.wait": 0}},
]


@pytest.fixture
def schema(application: Application) -> Any:
    """Give the description as a program finds it, and a token that opens everything."""
    token = token_for(application.office, *Scope, agencies=("*",), name="fuzzer")
    config: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {token}"},
        "seed": 20210901,
        "generation": {"deterministic": True, "max-examples": 2},
        "phases": {"stateful": {"enabled": False}},
        "checks": {"enabled": True},
        "operations": _OPERATIONS,
    }
    return schemathesis.openapi.from_url(
        f"{application.url}{MOUNTED_AT}/openapi.json",
        config=SchemathesisConfig.from_dict(config),
    )


def test_every_call_the_description_allows_or_forbids_is_answered_as_it_says(schema: Any) -> None:
    calls = 0
    failures: dict[str, set[str]] = defaultdict(set)
    for label, made, found in _scenarios(schema):
        calls += made
        failures[label] |= found
    assert {label: found for label, found in failures.items() if found} == {}
    assert calls > 400


def _scenarios(schema: Any) -> Iterator[tuple[str, int, set[str]]]:
    """Yield each operation with how many calls were made of it, and what was wrong with answers."""
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            yield str(event.label), 0, {str(event.value)}
        if isinstance(event, ScenarioFinished):
            wrong = {
                f"{check.name}: {check.failure_info.failure} {check.failure_info.code_sample}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.status is not Status.SUCCESS and check.failure_info is not None
            }
            yield str(event.label), len(event.recorder.interactions), wrong
