"""Files that are not read, and the sentence their giver gets."""

import re
import time
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest

from audit.readers.limits import MAX_FILE_BYTES
from audit.reading import UnreadableFile, is_report_json, read_source
from tests.archives.makers import zipped
from tests.audit.read_makers import docx_of, paragraph, pdf_of, xlsx_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,8}：[^。]+。.*[\u4e00-\u9fff]+.*。")
"""What is wrong: why. What to do."""


def refusal(content: bytes, name: str = "年报.docx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_source(name, content)
    text = str(caught.value)
    assert SENTENCE.fullmatch(text), text
    return text


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0" * 1000])
@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a", ""])
def test_files_without_anything_are_empty(content: bytes, name: str) -> None:
    assert refusal(content, name).startswith("文件为空")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<html><head><title>x</title></head><body><script>1</script></body></html>"),
        ("a.md", b"---\n\n***\n"),
        ("a.docx", docx_of(paragraph(""))),
        ("a.xlsx", xlsx_of("<sheetData/>")),
        ("a.pdf", pdf_of("")),
    ],
)
def test_files_in_which_nothing_is_printed_are_empty(name: str, content: bytes) -> None:
    assert refusal(content, name).startswith("文件为空")


def test_a_file_too_large_is_refused_at_once() -> None:
    zeros = bytes(200 * 1024 * 1024)
    before = time.perf_counter()
    assert "过大" in refusal(zeros)
    assert time.perf_counter() - before < 1
    assert "过大" in refusal(b"a" * (MAX_FILE_BYTES + 1), "a.txt")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "另存为 docx"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "另存为 xlsx"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + bytes(600), "另存为"),
        (b"{\\rtf1 \\ansi}", "另存为 docx"),
        (b"Rar!\x1a\x07\x01\x00", "解压"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "OCR"),
        (b"BM\x36\x00\x0c\x00\0\0\0\0\x36", "OCR"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "OCR"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "另存为 docx"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "不是文本"),
        (b'{"table3": {}, "year": 2024}', "report.json"),
    ],
)
def test_other_kinds_are_refused_by_name_with_advice(start: bytes, said: str) -> None:
    assert said in refusal(start, "年报.pdf")


def test_an_archive_is_refused_by_what_is_in_it() -> None:
    assert "解压" in refusal(zipped({"年报/a.docx": b"x"}))
    assert "odt" in refusal(zipped({"mimetype": b"x", "content.xml": b"<a/>"}))
    assert "ofd" in refusal(zipped({"OFD.xml": b"<a/>"}))


def test_a_cut_or_hollow_office_file_is_broken() -> None:
    whole = docx_of(paragraph("正文"))
    assert "损坏" in refusal(whole[: len(whole) // 2])
    assert "损坏" in refusal(zipped({"word/other.xml": b"<a/>"}))
    assert "损坏" in refusal(zipped({"word/document.xml": b"<w:document"}))
    assert "损坏" in refusal(zipped({"xl/other.xml": b"<a/>"}))


def test_an_archive_that_holds_two_files_of_one_name_is_broken() -> None:
    twice = zipped({"word/document.xml": "<a/>", "word/documenu.xml": "<b/>"})
    assert "损坏" in refusal(twice.replace(b"documenu", b"document"))


def test_an_archive_with_a_password_says_so() -> None:
    whole = bytearray(docx_of(paragraph("正文")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + place] |= 1
            at = whole.find(mark, at + 4)
    assert "密码" in refusal(bytes(whole))


def test_a_zip_bomb_is_refused_by_ratio_number_and_size() -> None:
    body = paragraph("正文")
    assert "压缩比" in refusal(zipped({"word/document.xml": b"<a>" + b" " * 50_000_000}))
    many = {f"word/{number}.xml": b"" for number in range(5_000)}
    assert "内含文件数" in refusal(zipped(many))
    made = BytesIO(docx_of(body))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/big.xml", b"a" * 30_000_000)
    assert read_source("a.docx", made.getvalue()).blocks


def test_a_part_larger_than_it_declares_is_not_unpacked_to_the_end() -> None:
    content = bytearray(
        zipped({"word/document.xml": b"<a>" + bytes(range(32, 60)) * 2_000_000, "word/b.xml": b""})
    )
    size = (56_000_003).to_bytes(4, "little")
    small = (60_000).to_bytes(4, "little")
    before = time.perf_counter()
    assert "损坏" in refusal(bytes(content).replace(size, small))
    assert time.perf_counter() - before < 1


def test_entities_are_never_resolved() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "啊啊啊啊啊啊啊啊啊啊">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]><d>&j;</d>"
    )
    outside = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        "<d><body><p><t>&a;</t></p></body></d>"
    )
    for document in (bomb, outside):
        assert "损坏" in refusal(zipped({"word/document.xml": document}))


def test_xml_deeper_than_libxml_goes_is_broken() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000
    assert "损坏" in refusal(docx_of(deep + "</w:sdtContent></w:sdt>" * 5_000))


def test_a_pdf_with_a_password_says_so() -> None:
    # Encrypted by the standard handler, revision 2; the user password is not the empty one.
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]>>\n%%EOF"
    )
    assert "密码" in refusal(body, "a.pdf")


def test_a_broken_pdf_says_so() -> None:
    assert "损坏" in refusal(b"%PDF-1.7\nnothing", "a.pdf")
    assert "损坏" in refusal(pdf_of("正文")[:400], "a.pdf")


def test_a_scan_asks_for_text_recognition() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        page = document.new_page(200, 300)
        bitmap = pypdfium2.PdfBitmap.new_native(20, 30, 4)
        bitmap.fill_rect((200, 200, 200, 255), 0, 0, 20, 30)
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(bitmap)
        image.set_matrix(pypdfium2.PdfMatrix().scale(200, 300))
        page.insert_obj(image)
        page.gen_content()
    made = BytesIO()
    document.save(made)
    document.close()
    assert "OCR" in refusal(made.getvalue(), "a.pdf")


def test_hundreds_of_pages_are_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(1_000):
        document.new_page(100, 100)
    made = BytesIO()
    document.save(made)
    document.close()
    assert "页数" in refusal(made.getvalue(), "a.pdf")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b'{"table3": {}}', True),
        (b'\xef\xbb\xbf \n{"year": 2024, "table2": {}}', True),
        (b'{"year": 2024}', False),
        (b'["table3"]', False),
        (b'{"table3": ', False),
        (b'{"a":' + b"[" * 200_000, False),
        (b"\xff{", False),
        (b"", False),
    ],
)
def test_report_json_is_told_by_its_tables(content: bytes, answer: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert is_report_json(content) is answer


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "<!--" * 100_000),
        ("a.md", "[" * 500_000),
        ("a.md", "`" * 500_000),
        ("a.md", "**a " * 100_000),
        ("a.md", "|" + " " * 500_000 + "x"),
        ("a.md", "|x\n" * 50_000),
        ("a.md", "# " + "# " * 200_000),
        ("a.md", "<a " * 200_000),
        ("a.txt", "\u3000" * 500_000 + "年"),
        ("a.txt", "<!---->" * 3_000 + "年"),
        ("a.html", "<p>" + "\u3000" * 500_000 + "年"),
        ("a.html", "<table><tr>" + "<td>1" * 20_000),
        ("a.html", "<td>1" * 20_000 + "<tr>" * 20_000),
        ("a.html", "<table>" * 20 + "<td>年" * 20_000),
    ],
)
def test_texts_made_to_be_slow_are_not(name: str, text: str) -> None:
    before = time.perf_counter()
    with suppress(UnreadableFile):
        read_source(name, text.encode())
    assert time.perf_counter() - before < 5


def test_a_stream_that_unpacks_a_thousandfold_is_refused_before_it_is_unpacked() -> None:
    packed = zlib.compress(b" " * 200_000_000, 1)
    bomb = b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj"
    before = time.perf_counter()
    assert "解压后" in refusal(bomb, "a.pdf")
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2024.pdf", "不是完整的 PDF 文件"),
        ("2024.docx", "不是完整的 Word 文档"),
        ("2024.xlsx", "不是完整的 Excel 工作簿"),
        ("2024.JSON", "不是完整的 JSON 数据"),
    ],
)
@pytest.mark.parametrize("content", [b"404 Not Found", b'{"year": 2024, "table3": {', b"[1]"])
def test_words_under_the_name_of_another_kind_are_not_taken_for_a_report(
    name: str, said: str, content: bytes
) -> None:
    assert said in refusal(content, name)


@pytest.mark.parametrize("name", ["2024.doc", "2024.xls", "2024.txt", "2024"])
def test_words_under_other_names_are_read(name: str) -> None:
    assert read_source(name, "某局2024年政府信息公开工作年度报告".encode()).blocks
