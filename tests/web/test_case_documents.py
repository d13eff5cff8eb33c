"""Documents of a request: previewed, numbered once, kept sealed under their hash, void in sight."""

import hashlib
import io
import zipfile
from collections.abc import Iterator

import docx
import httpx
import pytest

from disclosure.numbering import DocumentKind
from disclosure.outcomes import Outcome
from disclosure.request_commands import Decide
from documents import standard_template
from tests.web.case_desks import NAME, TODAY, Desk, marks
from tests.web.offices import COMMERCE
from tests.web.readers import Reader
from web.upload_names import BadNameError, upload_name


@pytest.fixture
def reviewer(desk: Desk) -> Iterator[Reader]:
    with Reader(desk.office) as reader:
        reader.sign_in("reviewer")
        yield reader


def receipt_made(worker: Reader, at: str) -> httpx.Response:
    """Make the receipt of a request."""
    form = worker.get(f"{at}/documents/receipt").text
    return worker.post(f"{at}/documents/receipt", **marks(form), on=TODAY.isoformat(), act="make")


def links(text: str) -> list[str]:
    """Return the addresses of files on a page."""
    return [part.split('"')[0] for part in text.split('href="') if "/documents/files/" in part[:99]]


def test_a_document_is_previewed_before_it_has_a_number(desk: Desk, worker: Reader) -> None:
    at = desk.register("d-1")
    shown = worker.get(f"{at}/documents/receipt").text
    assert "政府信息公开申请登记回执" in shown
    assert f"{NAME}：" in shown
    assert "（制发时编号）" in shown
    assert "&lt;script&gt;" in shown
    assert "还没有文书" in worker.get(f"{at}/documents").text


def test_a_document_is_numbered_made_and_downloaded_as_word_and_pdf(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("d-2")
    assert receipt_made(worker, at).status_code == 303
    page = worker.get(f"{at}/documents").text
    assert f"保商公开〔{TODAY.year}〕" in page
    word, pdf = (worker.get(link) for link in sorted(links(page), key=page.index))
    assert NAME in "".join(each.text for each in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert pdf.content.startswith(b"%PDF")
    assert "attachment" in pdf.headers["content-disposition"]


def test_the_same_form_sent_twice_takes_one_number(desk: Desk, worker: Reader) -> None:
    at = desk.register("d-3")
    form = marks(worker.get(f"{at}/documents/receipt").text)
    for _ in range(2):
        sent = worker.post(f"{at}/documents/receipt", **form, on=TODAY.isoformat(), act="make")
        assert sent.status_code == 303
    assert len(links(worker.get(f"{at}/documents").text)) == 2


def test_what_is_kept_is_sealed_and_gone_with_the_requests_key(desk: Desk, worker: Reader) -> None:
    at = desk.register("d-4")
    receipt_made(worker, at)
    link = links(worker.get(f"{at}/documents").text)[0]
    for file in desk.parts.folder.files.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not content.startswith((b"PK", b"%PDF"))
            assert hashlib.sha256(content).hexdigest() == file.name
    desk.parts.vault.erase(f"case/{COMMERCE}/d-4")
    assert worker.get(link).status_code == 404


def test_a_reply_bears_the_number_of_its_decision_and_its_own_remedy(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("d-5")
    decided = Decide(
        agency=COMMERCE,
        case="d-5",
        on=TODAY,
        by="other",
        outcome=Outcome.INTERNAL_AFFAIRS,
        document_number="保商公开〔2020〕7号",
        grounds="属于内部事务信息",
    )
    desk.say(decided)
    shown = worker.get(f"{at}/documents/reply").text
    assert "保商公开〔2020〕7号" in shown
    assert "申请行政复议" in shown


def test_a_document_that_lacks_something_takes_no_number_and_says_what(
    desk: Desk, worker: Reader
) -> None:
    at = desk.register("d-6")
    page = worker.get(f"{at}/documents/fee_notice").text
    refused = worker.post(
        f"{at}/documents/fee_notice", **marks(page), on=TODAY.isoformat(), act="make"
    )
    assert refused.status_code == 422
    assert "尚缺" in refused.text
    assert "还没有文书" in worker.get(f"{at}/documents").text


def test_a_number_made_void_stays_in_sight(desk: Desk, worker: Reader) -> None:
    at = desk.register("d-7")
    receipt_made(worker, at)
    page = worker.get(f"{at}/documents").text
    number = page.split('name="document_number" value="')[1].split('"')[0]
    void = f"{at}/documents/void"
    assert worker.post(void, document_number=number, reason=" ").status_code == 422
    assert worker.post(void, document_number="别的〔2026〕1号", reason="x").status_code == 404
    assert worker.post(void, document_number=number, reason="印错").status_code == 303
    page = worker.get(f"{at}/documents").text
    assert number in page
    assert "已作废" in page


def test_documents_are_for_who_handles_requests_and_made_by_case_workers(
    desk: Desk, reviewer: Reader
) -> None:
    at = desk.register("d-8")
    assert reviewer.get(f"{at}/documents/receipt").status_code == 200
    assert reviewer.post(f"{at}/documents/receipt", act="make").status_code == 403
    with Reader(desk.office) as supervisor:
        supervisor.sign_in("supervisor")
        assert supervisor.get(f"{at}/documents").status_code == 403


def uploaded(reader: Reader, name: str, content: bytes, kind: str = "receipt") -> httpx.Response:
    """Upload a template as a page would."""
    path = f"/agencies/{COMMERCE}/templates"
    reader.get(path)
    return reader.send(
        "POST",
        f"{path}/{kind}",
        data={"csrf_token": reader.token},
        files={"file": (name, content)},
        headers={"Origin": str(reader.client.base_url).rstrip("/")},
    )


def test_an_own_template_is_checked_used_and_put_aside(
    desk: Desk, worker: Reader, reviewer: Reader
) -> None:
    kind = DocumentKind.CORRECTION_NOTICE
    assert uploaded(reviewer, "模板.docx", b"no word file", kind).status_code == 422
    assert uploaded(reviewer, "模板.docx", standard_template(kind), kind).status_code == 303
    page = reviewer.get(f"/agencies/{COMMERCE}/templates").text
    assert "本机关模板" in page
    at = desk.register("d-9")
    form = marks(worker.get(f"{at}/do/request_correction").text)
    worker.post(f"{at}/do/request_correction", **form, on=TODAY.isoformat(), points="年度")
    page = worker.get(f"{at}/documents/{kind.value}").text
    assert "只生成 Word 文件" in page
    worker.post(f"{at}/documents/{kind.value}", **marks(page), on=TODAY.isoformat(), act="make")
    assert len(links(worker.get(f"{at}/documents").text)) == 1
    reviewer.get(f"/agencies/{COMMERCE}/templates")
    dropped = reviewer.post(f"/agencies/{COMMERCE}/templates/{kind.value}/drop")
    assert dropped.status_code == 303
    assert "本机关模板" not in reviewer.get(f"/agencies/{COMMERCE}/templates").text


@pytest.mark.parametrize("name", ["../../etc/passwd.docx", "/a.docx", "a\\b.docx", "a.exe"])
def test_a_path_in_an_uploads_name_is_refused_and_nothing_changed(
    reviewer: Reader, name: str
) -> None:
    answer = uploaded(reviewer, name, standard_template(DocumentKind.RECEIPT))
    assert answer.status_code == 422
    assert "登记回执的模板没有启用" in answer.text
    assert "本机关模板" not in reviewer.get(f"/agencies/{COMMERCE}/templates").text


@pytest.mark.parametrize(
    "name", [None, "", ".docx", "C:a.docx", "a\x07.docx", f"{'a' * 300}.docx", "..\\a.docx"]
)
def test_a_name_no_browser_would_send_is_refused(name: str | None) -> None:
    with pytest.raises(BadNameError):
        upload_name(name, (".docx",))


def test_a_zip_bomb_as_a_template_is_refused(reviewer: Reader) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 400_000_000)
    answer = uploaded(reviewer, "模板.docx", made.getvalue())
    assert answer.status_code == 422


def test_templates_are_not_the_case_workers_nor_the_system_administrators(
    desk: Desk, worker: Reader
) -> None:
    from people import Role  # noqa: PLC0415 - one test's
    from tests.web.offices import add_person  # noqa: PLC0415 - one test's

    path = f"/agencies/{COMMERCE}/templates"
    assert worker.get(path).status_code == 403
    add_person(desk.office, "sysadmin", (Role.SYSTEM_ADMINISTRATOR, ""))
    with Reader(desk.office) as admin:
        admin.sign_in("sysadmin")
        assert admin.get(path).status_code == 403
