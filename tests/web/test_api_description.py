"""The description of the interface as a contract: what programs were written for stays.

It is kept beside this test. To renew it after an addition:
`python -m tests.web.api_contract`.
"""

import json
from typing import Any

import pytest

from disclosure.commands import REPORT_VERBS
from tests.web.api_contract import KEPT, breaking_changes
from tests.web.api_programs import Program
from web.api.application import described
from web.api.bodies import VERBS
from web.api.problems import KINDS
from web.office import Office


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def test_nothing_that_programs_rely_on_has_changed() -> None:
    assert breaking_changes(kept(), described()) == []


def test_the_description_is_the_one_that_is_kept() -> None:
    assert described() == kept(), "renew it: python -m tests.web.api_contract"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda new: new["paths"].pop("/events"), "GET /events 不再提供"),
        (
            lambda new: new["paths"]["/events"]["get"]["parameters"].append(
                {"name": "since", "in": "query", "required": True, "schema": {}}
            ),
            "GET /events 新增必填参数 since",
        ),
        (
            lambda new: new["paths"]["/events"]["get"]["parameters"].pop(0),
            "GET /events 不再有参数 after",
        ),
        (
            lambda new: new["components"]["schemas"]["Register"]["properties"].pop("form"),
            "Register 不再有 form",
        ),
        (
            lambda new: new["components"]["schemas"]["Register"]["required"].append("form"),
            "Register 的 form 成为必填",
        ),
        (
            lambda new: new["components"]["schemas"]["RequestRow"]["properties"]["overdue"].update(
                type="string"
            ),
            "RequestRow 的 overdue 类型改变",
        ),
        (
            lambda new: new["components"]["schemas"]["Outcome"]["enum"].remove("granted"),
            "Outcome 不再有取值 granted",
        ),
        (
            lambda new: new["components"]["schemas"]["RequestRow"]["required"].remove("stage"),
            "RequestRow 的 stage 不再必有",
        ),
    ],
)
def test_each_kind_of_breaking_change_is_named(change: Any, named: str) -> None:
    new = json.loads(json.dumps(described()))
    change(new)
    assert named in breaking_changes(described(), new)


def test_an_addition_breaks_nothing() -> None:
    new = json.loads(json.dumps(described()))
    new["components"]["schemas"]["RequestRow"]["properties"]["more"] = {"type": "string"}
    new["paths"]["/more"] = {"get": {"responses": {}}}
    assert breaking_changes(described(), new) == []


def test_every_verb_is_a_body_and_every_member_is_explained() -> None:
    document = described()
    body = document["paths"]["/agencies/{agency}/commands"]["post"]["requestBody"]
    choices = body["content"]["application/json"]["schema"]
    assert set(choices["discriminator"]["mapping"]) == set(VERBS)
    steps = document["paths"]["/agencies/{agency}/reports/{year}/steps"]["post"]["requestBody"]
    tags = steps["content"]["application/json"]["schema"]["discriminator"]["mapping"]
    assert set(tags) == set(REPORT_VERBS)
    assert "items_before" not in str(document)
    for path, methods in document["paths"].items():
        for said in methods.values():
            assert said["summary"], path
            assert not said["summary"].isascii(), path
            assert "409" in said["responses"], path


def test_the_page_for_people_has_every_operation_and_loads_nothing(office: Office) -> None:
    with Program(office, None) as stranger:
        page = stranger.get("/docs")
    for methods in described()["paths"].values():
        for said in methods.values():
            assert f'id="{said["operationId"]}"' in page.text
    for kind in KINDS:
        assert kind.uri in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "http://" not in page.text.replace("http://127.0.0.1", "")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
