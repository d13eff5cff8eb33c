"""The handbook: its words are those on the screen, its pictures are there, its page is safe."""

import re
import struct
from importlib.resources import files
from pathlib import Path

import pytest
from PIL import Image

from disclosure.registration_words import CHANNELS
from people import Role
from tests.web.handbook_pictures import PICTURES, save
from tests.web.readers import Reader
from web.pages import AREAS
from web.pages.handbook import handbook_page, handbook_text
from web.pages.request_forms import LABELS

STATIC = Path(str(files("web").joinpath("static")))
SHOWN = re.compile(r"!\[(.+?)\]\(\.\./static/(.+?)\)")
MOST_BYTES = 2_500_000


def words_on_screen() -> str:
    web = Path(str(files("web")))
    sources = [*web.rglob("*.html"), *web.rglob("*.py")]
    menus = [item.words for area in AREAS for item in area.menu]
    roles = [role.words for role in Role]
    known = [*menus, *roles, *LABELS.values(), *CHANNELS.values()]
    return "\n".join([*known, *(path.read_text(encoding="utf-8") for path in sources)])


def test_every_word_in_bold_stands_on_the_screen() -> None:
    bold = set(re.findall(r"\*\*(.+?)\*\*", handbook_text()))
    screen = words_on_screen()
    assert len(bold) > 50
    assert {words for words in bold if words not in screen} == set()


def test_every_picture_is_there_described_and_small() -> None:
    shown = {name: words for words, name in SHOWN.findall(handbook_text())}
    kept = {path.name: path.read_bytes() for path in STATIC.glob("handbook-*.png")}
    assert set(shown) == set(kept) == {f"handbook-{name}.png" for name in PICTURES}
    assert all(len(words) >= 3 for words in shown.values())
    assert sum(map(len, kept.values())) < MOST_BYTES
    for name, content in kept.items():
        assert content.startswith(b"\x89PNG\r\n\x1a\n"), name
        width, height = struct.unpack(">II", content[16:24])
        assert 400 <= width <= 1400, name
        assert height <= 900, name


def test_a_screenshot_is_cut_and_loses_no_more_than_colours(tmp_path: Path) -> None:
    whole = Image.new("RGB", (40, 2000), "#ffffff")
    whole.paste("#17375e", (0, 0, 40, 20))
    whole.save(tmp_path / "whole.png")
    save(tmp_path / "whole.png", tmp_path / "part.png")
    with Image.open(tmp_path / "part.png") as part:
        assert part.size == (40, 900)
        colours = part.convert("RGB")
        assert colours.getpixel((1, 1)) == (0x17, 0x37, 0x5E)
        assert colours.getpixel((1, 899)) == (255, 255, 255)


def test_the_handbook_is_a_page_for_everybody_signed_in(reader: Reader) -> None:
    assert reader.get("/handbook").status_code == 303
    for name in ("worker", "auditor"):
        reader.sign_in(name)
        page = reader.get("/handbook")
        assert page.status_code == 200
        assert '<h2 id="待办">' in page.text
        pictures = re.findall(r'<img src="([^"]+)" alt="[^"]+" loading="lazy"', page.text)
        assert len(pictures) == len(PICTURES)
        assert reader.get(pictures[0]).headers["content-type"] == "image/png"
        reader.post("/sign-out")


def test_each_chapter_can_be_gone_to() -> None:
    chapters, html = handbook_page(handbook_text(), lambda name: name)
    assert len(set(chapters)) == len(chapters) >= 10
    for chapter in chapters:
        assert f'<h2 id="{chapter}">{chapter}</h2>' in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)>"])
def test_html_in_the_text_is_shown_and_not_obeyed(text: str) -> None:
    _, html = handbook_page(text, lambda name: name)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;" in html
