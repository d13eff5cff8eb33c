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

# What a description cannot say: that bytes are a report, and which version a case is at.
_ANSWERS_WORDS_CANNOT_RULE_OUT = {
    "POST /audits": ["2xx", "401", "403", "404", "409", "422", "5xx"],
    "POST /agencies/{agency}/commands": ["2xx", "401", "403", "404", "409", "412", "5xx"],
}


@pytest.fixture
def schema(application: Application) -> Any:
    """Give the description as a program finds it, and a token that opens everything."""
    token = token_for(application.office, *Scope, agencies=("*",), name="fuzzer")
    config: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {token}"},
        "seed": 20210901,
        "generation": {"deterministic": True, "max-examples": 8},
        "phases": {"stateful": {"enabled": False}},
        "checks": {"enabled": True},
        "operations": [
            {
                "include-name": name,
                "checks": {"positive_data_acceptance": {"expected-statuses": statuses}},
            }
            for name, statuses in _ANSWERS_WORDS_CANNOT_RULE_OUT.items()
        ],
    }
    return schemathesis.openapi.from_url(
        f"{application.url}{MOUNTED_AT}/openapi.json",
        config=SchemathesisConfig.from_dict(config),
    )


def test_every_call_the_description_allows_or_forbids_is_answered_as_it_says(schema: Any) -> None:
    calls, failures = 0, defaultdict(set)
    for label, made, found in _scenarios(schema):
        calls += made
        failures[label] |= found
    assert {label: found for label, found in failures.items() if found} == {}
    assert calls > 500


def _scenarios(schema: Any) -> Iterator[tuple[str, int, set[str]]]:
    """Yield each operation with how many calls were made of it, and what was wrong with answers."""
    for event in from_schema(schema).execute():
        if isinstance(event, NonFatalError):
            yield str(event.label), 0, {str(event.value)}
        if isinstance(event, ScenarioFinished):
            wrong = {
                f"{check.name}: {check.failure_info.failure}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.status is not Status.SUCCESS and check.failure_info is not None
            }
            yield str(event.label), len(event.recorder.interactions), wrong
