"""U+0000 in an address or a form: a clear refusal on both databases, before anything is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from people import Role, TrailQuery
from tests.databases import NewDatabase
from tests.web.api_programs import token_for
from tests.web.offices import COMMERCE, add_person, opened_parts, web_settings
from tests.web.readers import HOME, Reader
from web.api import MOUNTED_AT
from web.office import Office, open_office

SAID = "含有空字符（U+0000）"
ADDRESSES = (
    f"/agencies/{COMMERCE}/requests/2026%00",
    f"/agencies/{COMMERCE}/requests/2026%00/documents/receipt",
    "/reports/a%00b/2025",
    "/nowhere/%00",
)


@pytest.fixture
def office(new_database: NewDatabase, tmp_path: Path) -> Iterator[Office]:
    with (
        opened_parts(tmp_path, database_url=new_database()) as parts,
        open_office(parts, web_settings()) as office,
    ):
        add_person(office, "worker", (Role.CASE_WORKER, COMMERCE))
        add_person(office, "admin", (Role.SYSTEM_ADMINISTRATOR, ""))
        yield office


@pytest.fixture
def worker(office: Office) -> Iterator[Reader]:
    with Reader(office) as reader:
        reader.sign_in("worker")
        yield reader


def test_an_address_with_it_is_refused_and_leaves_no_entry(office: Office, worker: Reader) -> None:
    before = len(office.people.trail.read(TrailQuery()))
    for path in ADDRESSES:
        for answer in (worker.get(path), worker.post(path)):
            assert answer.status_code == 400, path
            assert SAID in answer.text
    assert len(office.people.trail.read(TrailQuery())) == before


def test_a_query_with_it_is_refused(worker: Reader) -> None:
    for path in ("/worklist?q=%00", "/worklist?state=all&q=a%00b", "/sign-in?next=/%00"):
        answer = worker.get(path)
        assert answer.status_code == 400, path
        assert SAID in answer.text


def test_a_form_with_it_is_refused_however_it_is_sent(office: Office) -> None:
    with Reader(office) as admin:
        admin.sign_in("admin")
        admin.get("/accounts/new")
        asked = {"name": "zhang", "display_name": "张\0三"}
        assert admin.post("/accounts/new", **asked).status_code == 400
        sound = {"csrf_token": admin.token, **asked, "display_name": "张三"}
        files = [("file", ("a.txt", b"\0"))]
        for options in (
            {"data": {**sound, "display_name": "张\0三"}, "files": files},
            {"data": {**sound, "x\0": "y"}},
        ):
            answer = admin.send("POST", "/accounts/new", headers={"Origin": HOME}, **options)
            assert answer.status_code == 400
            assert SAID in answer.text
        assert office.people.accounts.get("zhang") is None
        kept = admin.send(
            "POST", "/accounts/new", data=sound, files=files, headers={"Origin": HOME}
        )
        assert kept.status_code == 200, "what is in a file is no text of the form"
    assert office.people.accounts.get("zhang") is not None


def test_a_file_is_not_called_by_it(worker: Reader) -> None:
    worker.get("/audits")
    part = "--x\r\nContent-Disposition: form-data; name="
    body = (
        f'{part}"csrf_token"\r\n\r\n{worker.token}\r\n'
        f'{part}"reports"; filename="a\0.txt"\r\n\r\nx\r\n--x--\r\n'
    )
    headers = {"Origin": HOME, "Content-Type": "multipart/form-data; boundary=x"}
    answer = worker.send("POST", "/audits", content=body.encode(), headers=headers)
    assert answer.status_code == 400
    assert SAID in answer.text


def test_nobody_signs_in_with_it(office: Office) -> None:
    with Reader(office) as reader:
        reader.get("/sign-in")
        assert reader.post("/sign-in", name="worker\0", password="x").status_code == 400


def test_a_program_is_told_of_it_in_an_address(office: Office) -> None:
    with Reader(office) as program:
        token = {"Authorization": f"Bearer {token_for(office)}"}
        path = f"{MOUNTED_AT}/agencies/{COMMERCE}/requests/a%00b"
        answer = program.send("GET", path, headers=token)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert SAID in answer.json()["detail"]
