"""Agencies: who may set up which, and that what is impossible is refused at its field."""

import re

import pytest

from people import Role
from tests.web.case_desks import TODAY, days_ago
from tests.web.offices import CITY, COMMERCE, TOWN, add_person
from tests.web.readers import Reader
from web.case_references import Pattern, PatternRefusedError, References
from web.office import Office

AT = f"/registry/{COMMERCE}"
_ID = re.compile(r'name="command_id" value="([0-9a-f]{32})"')


def form_id(reader: Reader, path: str) -> str:
    """Open a page and return the id of its first form."""
    found = _ID.search(reader.get(path).text)
    assert found
    return found.group(1)


def test_the_system_administrator_registers_an_agency_once(office: Office, reader: Reader) -> None:
    reader.sign_in("admin")
    fields = {
        "command_id": form_id(reader, "/registry/new"),
        "agency": "baoding-finance",
        "name": "保定市财政局",
        "parent": CITY,
        "on": TODAY.isoformat(),
    }
    for _ in range(2):
        answer = reader.post("/registry/new", **fields)
        assert answer.headers["location"] == "/registry/baoding-finance"
    (entry,) = office.parts.log.read("agency/baoding-finance")
    assert entry.actor == "admin"
    listed = reader.get("/registry").text
    assert "保定市财政局" in listed
    assert "保定市人民政府" in listed


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"agency": "Baoding Finance"}, "agency"),
        ({"agency": COMMERCE}, "agency"),
        ({"name": ""}, "name"),
        ({"parent": "nobody"}, "parent"),
        ({"on": "2999-01-01"}, "on"),
    ],
)
def test_a_registration_that_cannot_be_is_refused_at_its_field(
    office: Office, reader: Reader, more: dict[str, str], field: str
) -> None:
    reader.sign_in("admin")
    head = office.parts.store.head()
    fields = {"agency": "new-one", "name": "新机关", "on": TODAY.isoformat(), **more}
    refused = reader.post("/registry/new", command_id=form_id(reader, "/registry/new"), **fields)
    assert refused.status_code == 422
    assert f'href="#field-{field}"' in refused.text
    assert office.parts.store.head() == head


def test_the_head_sets_what_documents_name_and_only_what_changes_is_recorded(
    office: Office, reader: Reader
) -> None:
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    reader.sign_in("head")
    for path in re.findall(r'href="(/agencies/[^"]+)"', reader.get(AT).text):
        assert reader.get(path).status_code == 200, path
    fields = {"document_code": "保商公开", "court": "保定市莲池区人民法院"}
    answer = reader.post(f"{AT}/settings", command_id=form_id(reader, AT), **fields)
    assert answer.status_code == 303
    event = office.parts.log.read(f"agency/{COMMERCE}")[-1].event
    assert event.document_code == "保商公开"  # type: ignore[attr-defined]
    assert event.reconsideration_body is None  # type: ignore[attr-defined]
    head = office.parts.store.head()
    reader.post(f"{AT}/settings", command_id=form_id(reader, AT), **fields)
    assert "没有变化" in reader.get(AT).text
    assert office.parts.store.head() == head


def test_an_agency_moves_and_ends(reader: Reader) -> None:
    reader.sign_in("admin")
    moved = reader.post(
        f"{AT}/move", command_id=form_id(reader, AT), on=days_ago(9).isoformat(), parent=TOWN
    )
    assert moved.status_code == 303
    assert "某镇人民政府" in reader.get(AT).text
    fields = {"on": days_ago(1).isoformat(), "into": CITY}
    merged = reader.post(f"{AT}/merge", command_id=form_id(reader, AT), **fields)
    assert merged.status_code == 303
    page = reader.get(AT).text
    assert "已撤并" in page
    assert "登记撤并</button>" not in page


def test_a_circle_of_superiors_is_refused(office: Office, reader: Reader) -> None:
    reader.sign_in("admin")
    at = f"/registry/{CITY}"
    head = office.parts.store.head()
    refused = reader.post(
        f"{at}/move", command_id=form_id(reader, at), on=TODAY.isoformat(), parent=COMMERCE
    )
    assert refused.status_code == 422
    assert "成环" in refused.text
    assert office.parts.store.head() == head


def test_case_references_follow_the_agencys_pattern(office: Office, reader: Reader) -> None:
    reader.sign_in("admin")
    reader.get(AT)
    assert reader.post(f"{AT}/references", pattern="依申请〔{年}〕{000}号").status_code == 303
    assert f"依申请〔{TODAY.year}〕123号" in reader.get(AT).text
    assert References(office).next(COMMERCE, 2026) == ["依申请〔2026〕001号"]
    refused = reader.post(f"{AT}/references", pattern="{年}-{月}")
    assert refused.status_code == 422
    assert "序号" in refused.text
    assert References(office).pattern_text(COMMERCE) == "依申请〔{年}〕{000}号"


@pytest.mark.parametrize(
    "text",
    ["", "{年}", "{0}{0}", "{年}{年}-{00}", "{x}-{00}", "a\n{00}", "长" * 60 + "{0}", " {00}"],
)
def test_a_text_that_makes_no_reference_is_no_pattern(text: str) -> None:
    with pytest.raises(PatternRefusedError):
        Pattern.of(text)


def test_numbers_wider_than_the_pattern_are_still_its_numbers() -> None:
    pattern = Pattern.of("{年}-{000}")
    assert pattern.reference(2025, 1234) == "2025-1234"
    assert pattern.number_of("2025-1234", 2025) == 1234
    assert pattern.number_of("2025-0012", 2025) == 0
    assert pattern.number_of("2024-012", 2025) == 0
    assert pattern.number_of("2025-１２３", 2025) == 0
    assert Pattern.of("{0000}").number_of("0042", 1999) == 42


def test_nobody_else_sets_an_agency_up(office: Office) -> None:
    add_person(office, "head", (Role.DISCLOSURE_HEAD, COMMERCE))
    paths = (AT, "/registry/new", f"/registry/{TOWN}")
    expected = {
        "worker": (403, 403, 403),
        "security": (403, 403, 403),
        "head": (200, 403, 403),
        "admin": (200, 200, 200),
    }
    for name, codes in expected.items():
        with Reader(office) as reader:
            reader.sign_in(name)
            assert tuple(reader.get(path).status_code for path in paths) == codes
            if name == "head":
                for verb in ("move", "merge"):
                    assert reader.post(f"{AT}/{verb}").status_code == 403
                listed = reader.get("/registry").text
                assert "保定市商务局" in listed
                assert "某镇人民政府" not in listed
            if name == "admin":
                assert reader.get("/registry/nobody").status_code == 404
