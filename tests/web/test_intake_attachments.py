"""Attachments: known by content, kept sealed, handed out to who handles requests, or refused."""

import base64
import re
import struct
import zipfile
import zlib
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from people import Doer, Role
from people.trail import TrailQuery
from tests.archives.makers import scrambled, zipped
from tests.web.case_desks import Desk
from tests.web.intake_desks import (
    AT,
    PDF,
    docx,
    form_marks,
    letter,
    png,
    send_files,
    zip_bomb,
)
from tests.web.offices import CITY, COMMERCE, add_person
from tests.web.readers import Reader
from web.attachment_checks import AttachmentRefusedError, Upload, checked
from web.attachments import Attachments, attachments_of

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////"
    "////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAA"
    "AAD/2gAIAQEAAD8AVN//2Q=="
)
TYPES = "[Content_Types].xml"
RARE_DOCX = scrambled(
    zipped({TYPES: "<Types/>", "word/document.xml": "<document/>"}, zipfile.ZIP_LZMA), TYPES, skip=4
)
"""Packed as no office program does, and damaged there."""


def test_scans_are_kept_with_the_request_and_handed_out_again(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    files = [("申请书.pdf", PDF), ("身份证.png", png()), ("说明.docx", docx())]
    assert send_files(worker, AT, files, letter(**marks)).status_code == 303
    kept = attachments_of(desk.office, COMMERCE, marks["case-1"])
    assert sorted(each.name or "" for each in kept) == sorted(name for name, _ in files)
    scan = next(each for each in kept if each.name == "申请书.pdf")
    answer = worker.get(scan.path)
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    (read,) = desk.office.people.trail.read(TrailQuery(kind="personal_data_read"), 1)
    assert scan.id in read.object


def test_nothing_of_a_file_lies_in_the_folder_in_clear(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    body = PDF + b"% a-very-recognisable-secret\n%%EOF"
    send_files(worker, AT, [("recognisable-name.pdf", body)], letter(**marks))
    found = [
        path
        for path in desk.parts.folder.path.rglob("*")
        if path.is_file()
        and any(word in path.read_bytes() for word in (b"recognisable", b"cmVjb2duaXNhYmxl"))
    ]
    assert found == []


def test_a_form_sent_again_keeps_its_files_once(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    for _ in range(2):
        send_files(worker, AT, [("a.pdf", PDF)], letter(**marks))
    assert len(attachments_of(desk.office, COMMERCE, marks["case-1"])) == 1


def test_files_go_with_each_matter_and_with_its_key(desk: Desk, worker: Reader) -> None:
    marks = form_marks(worker)
    fields = {"case-2": f"{marks['case-1']}-b", "description-2": "第二项"}
    send_files(worker, AT, [("a.pdf", PDF)], letter(**marks, **fields))
    desk.parts.vault.erase(f"case/{COMMERCE}/{marks['case-1']}")
    (gone,) = attachments_of(desk.office, COMMERCE, marks["case-1"])
    (there,) = attachments_of(desk.office, COMMERCE, fields["case-2"])
    assert gone.name is None
    assert worker.get(gone.path).status_code == 404
    assert worker.get(there.path).content == PDF


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("../../keys/master-1.key.pdf", PDF, "路径"),
        ("..\\windows.pdf", PDF, "路径"),
        ("C:autoexec.pdf", PDF, "路径"),
        (".hidden.pdf", PDF, "路径"),
        ("a\u202efdp.exe", PDF, "不可见字符"),
        ("setup.exe", b"MZ\x90\x00", "格式"),
        ("setup.pdf", b"MZ\x90\x00", "不接收"),
        ("empty.pdf", b"", "空的"),
        ("picture.pdf", png(), "扩展名不符"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "不完整"),
        ("script.pdf", PDF + b"<</S/JavaScript/JS(app.alert(1))>>\n%%EOF", "脚本"),
        ("cut.png", png()[:40], "损坏"),
        ("bomb.docx", zip_bomb("word/document.xml"), "异常地大"),
        ("macro.docx", docx(**{"word/vbaProject.bin": "x"}), "宏"),
        ("cut.docx", docx()[:-30], "损坏"),
        ("rare.docx", RARE_DOCX, "损坏"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_what_is_not_taken_is_refused_logged_and_changes_nothing(
    desk: Desk, worker: Reader, name: str, content: bytes, why: str
) -> None:
    head = desk.parts.store.head()
    refused = send_files(worker, AT, [(name, content)], letter(**form_marks(worker)))
    assert refused.status_code == 422
    assert "第 1 个附件：" in refused.text
    assert why in refused.text
    assert "李四光" in refused.text, "what was typed is kept"
    assert desk.parts.store.head() == head
    (entry,) = desk.office.people.trail.read(TrailQuery(kind="register"), 1)
    assert not entry.success
    assert name not in entry.object


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(
    desk: Desk, worker: Reader
) -> None:
    head = desk.parts.store.head()
    large = b"%PDF-" + b"0" * (21 * 1_048_576)
    refused = send_files(worker, AT, [("large.pdf", large)], letter(**form_marks(worker)))
    assert refused.status_code == 413
    assert "20 MB" in refused.text
    assert desk.parts.store.head() == head


def test_a_hundred_megabytes_without_a_length_are_cut_off(desk: Desk, worker: Reader) -> None:
    head = desk.parts.store.head()
    boundary = "b0undary"

    async def endless() -> AsyncIterator[bytes]:
        yield (
            f'--{boundary}\r\nContent-Disposition: form-data; name="files"; '
            'filename="a.pdf"\r\n\r\n%PDF-'
        ).encode()
        for _ in range(100):
            yield b"0" * 1_048_576

    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "X-CSRF-Token": worker.token,
        "Origin": str(worker.client.base_url).rstrip("/"),
    }
    refused = worker.send("POST", AT, content=endless(), headers=headers)
    assert refused.status_code == 413
    assert desk.parts.store.head() == head


def test_too_many_files_are_refused(worker: Reader) -> None:
    files = [(f"{n}.pdf", PDF) for n in range(21)]
    refused = send_files(worker, AT, files, letter(**form_marks(worker)))
    assert refused.status_code == 422
    assert "最多添加 20 个" in refused.text


def test_a_picture_of_monstrous_size_is_refused() -> None:
    header = png()
    # The size in the header, as a decompression bomb states it, with the sum that checks it.
    body = b"IHDR" + struct.pack(">II", 60_000, 60_000) + header[24:29]
    bomb = header[:12] + body + struct.pack(">I", zlib.crc32(body)) + header[33:]
    with pytest.raises(AttachmentRefusedError, match="尺寸"):
        checked(Upload("large.png", bomb))


def test_a_photograph_is_taken() -> None:
    assert checked(Upload("拍照.JPG", JPEG)).media_type == "image/jpeg"


def test_files_are_added_to_a_request_on_record(desk: Desk, worker: Reader) -> None:
    at = desk.register("with-files")
    path = f"/attachments/{COMMERCE}/with-files/add"
    page = worker.get(path)
    marks = re.search(r'name="command_id" value="([0-9a-f]{32})"', page.text)
    assert marks
    assert send_files(worker, path, [], {"command_id": marks.group(1)}).status_code == 422
    refused = send_files(worker, path, [("../a.pdf", PDF)], {"command_id": marks.group(1)})
    assert refused.status_code == 422
    added = send_files(worker, path, [("补充.pdf", PDF)], {"command_id": marks.group(1)})
    assert added.status_code == 303
    assert added.headers["location"] == at
    (kept,) = attachments_of(desk.office, COMMERCE, "with-files")
    assert kept.name == "补充.pdf"
    assert kept.added_by == "worker"
    assert worker.get(f"/attachments/{COMMERCE}/nobodys/add").status_code == 404


def test_attachments_are_for_those_who_handle_requests_in_that_agency(
    desk: Desk, worker: Reader
) -> None:
    desk.register("private")
    store = Attachments(desk.office)
    file = checked(Upload("a.pdf", PDF))
    form = UUID("0123456789abcdef0123456789abcdef")
    store.add(Doer("worker"), COMMERCE, "private", form, [file])
    (kept,) = store.of(COMMERCE, "private")
    assert worker.get(kept.path).status_code == 200
    assert worker.get(f"/attachments/{COMMERCE}/{'0' * 32}").status_code == 404
    assert worker.get(f"/attachments/{CITY}/{kept.id}").status_code == 403
    add_person(desk.office, "other-city", (Role.CASE_WORKER, CITY))
    for name in ("supervisor", "other-city"):
        with Reader(desk.office) as reader:
            reader.sign_in(name)
            assert reader.get(kept.path).status_code == 403
    with Reader(desk.office) as reader:
        reader.sign_in("other-city")
        assert reader.get(f"/attachments/{CITY}/{kept.id}").status_code == 404
