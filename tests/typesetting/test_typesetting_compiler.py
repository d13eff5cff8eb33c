import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from typesetting import TypesettingError, compile_pdf

ROOT = Path(__file__).parents[2]
DAY = date(2025, 1, 20)
PAGE = """#import "/official.typ": data, document-title, official
#show: official.with(title: data.title, author: "某局")
#document-title(data.title)
= #data.head
#for words in data.body [#par(words)]
"""
LETTER = {"title": "答复书", "head": "一、事实", "body": ["经查，该信息不存在。"]}
POINT = 25.4 / 72


def made(**changes: object) -> bytes:
    return compile_pdf(PAGE, data=LETTER | changes, date=DAY)


def words_of(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words.replace("\r\n", "")


def catalog_of(file: bytes) -> dict[str, Any]:
    document = PDFDocument(PDFParser(BytesIO(file)))
    return {name: resolve1(value) for name, value in document.catalog.items()}


def test_the_same_page_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib\n"
        "from tests.typesetting.test_typesetting_compiler import made\n"
        "print(hashlib.sha256(made()).hexdigest())\n"
    )
    surroundings = {
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "86400",
        "TYPST_FONT_PATHS": "/usr/share/fonts",
        "PYTHONPATH": str(ROOT),
    }
    elsewhere = subprocess.run(  # noqa: S603 - this interpreter, on the lines above
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(made()).hexdigest()
    assert made() == made()


def test_the_only_time_in_the_file_is_the_day_given() -> None:
    file = made()
    (information,) = PDFDocument(PDFParser(BytesIO(file))).info
    times = {bytes(value) for name, value in information.items() if name.endswith("Date")}
    assert times == {b"D:20250119160000Z"}
    metadata = resolve1(catalog_of(file)["Metadata"]).get_data()
    written = set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", metadata))
    assert written == {b"2025-01-19T16:00:00+00:00"}
    assert compile_pdf(PAGE, data=LETTER, date=date(2025, 1, 21)) != file


def test_the_file_says_it_is_for_the_archive_and_for_reading_aloud() -> None:
    catalog = catalog_of(made())
    metadata = resolve1(catalog["Metadata"]).get_data()
    for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>B<", b"<pdfuaid:part>1<"):
        assert claim in metadata
    assert catalog["MarkInfo"]["Marked"] is True
    assert catalog["Lang"] == b"zh-CN"
    assert catalog["ViewerPreferences"]["DisplayDocTitle"] is True
    assert "答复书" in metadata.decode()


def test_heads_become_bookmarks() -> None:
    document = pypdfium2.PdfDocument(made())
    assert [one.get_title() for one in document.get_toc()] == ["一、事实"]
    document.close()


@pytest.mark.parametrize(
    "evil",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        "*粗* _斜_ `码`",
        "$x^2$ @ref <label>",
        "= 标题",
        "\\u{41} \\ // 注释",
        "[内容] ]] #[",
        '"] #panic() [',
    ],
)
def test_markup_in_data_is_shown_and_not_obeyed(evil: str) -> None:
    words = words_of(made(title=evil, head=evil, body=[evil]))
    assert words.replace(" ", "").count(evil.replace(" ", "")) == 3


def test_rare_names_stand_in_the_text_and_every_font_is_embedded() -> None:
    file = made(body=["申请人䶮㛃𬭁𠮷喆堃，住鄠邑区"], title="致𠮷先生")
    assert "申请人䶮㛃𬭁𠮷喆堃，住鄠邑区" in words_of(file)
    with pdfplumber.open(BytesIO(file)) as document:
        faces = {character["fontname"].split("+")[1] for character in document.pages[0].chars}
        glyphs = {character["text"] for character in document.pages[0].chars}
    assert {name.split("-")[0] for name in faces} == {"NotoSerifSC", "NotoSansCJKsc"}
    assert "\ufffd" not in glyphs
    assert "(cid:0)" not in glyphs


def test_a_character_without_a_glyph_never_reaches_the_paper() -> None:
    assert "甲〔U+1F600〕乙" in words_of(made(body=["甲😀乙"]))
    with pytest.raises(TypesettingError, match="😀"):
        compile_pdf(PAGE + "😀", data=LETTER, date=DAY)


def test_a_page_is_a4_with_twenty_two_lines_inside_the_official_margins() -> None:
    with pdfplumber.open(BytesIO(made(body=["公" * 3000]))) as document:
        page = document.pages[1]
        body = [one for one in page.chars if one["text"] == "公"]
        size = (round(float(page.width) * POINT), round(float(page.height) * POINT))
        lines = sorted({round(one["top"], 1) for one in body})
        assert size == (210, 297)
        assert len(lines) == 22
        assert {round(below - above, 1) for above, below in pairwise(lines)} == {28.9}
        assert min(one["x0"] for one in body) * POINT == pytest.approx(28, abs=0.2)
        assert {round(one["size"]) for one in body} == {16}


def test_page_numbers_stand_between_dashes_on_the_outer_side() -> None:
    with pdfplumber.open(BytesIO(made(body=["公" * 2000]))) as document:
        feet = [page.crop((0, 740, page.width, page.height)) for page in document.pages[:2]]
        assert [foot.extract_text() for foot in feet] == ["— 1 —", "— 2 —"]
        right, left = (float(foot.chars[0]["x0"]) * POINT for foot in feet)
    assert right > 150
    assert left < 40


def test_a_long_title_is_broken_evenly() -> None:
    with pdfplumber.open(
        BytesIO(made(title="关于某某市人民政府政府信息公开申请的答复书"))
    ) as document:
        title = [one for one in document.pages[0].chars if round(one["size"]) == 22]
    lines = [sum(one["top"] == top for one in title) for top in sorted({c["top"] for c in title})]
    assert lines in ([11, 10], [10, 11])


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("#let x = ", "expected expression"),
        ("#nothing", "unknown variable"),
        ('#set text(font: "SimSun")\n字', "unknown font family"),
        ("正文", "missing document title"),
        ('#read("/../compiler.py")', "access"),
    ],
)
def test_a_fault_in_a_source_is_told_and_nothing_is_made(source: str, fault: str) -> None:
    with pytest.raises(TypesettingError, match=fault):
        compile_pdf(source, date=DAY)


@pytest.mark.parametrize("value", [Decimal(1), DAY, b"x", {1, 2}])
def test_only_plain_data_are_taken(value: object) -> None:
    with pytest.raises(TypeError, match="is not plain data"):
        compile_pdf(PAGE, data=LETTER | {"more": value}, date=DAY)
