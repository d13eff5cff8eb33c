"""Help in place: every page has it, and what it rests on exists."""

from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from tests.web.offices import COMMERCE
from tests.web.readers import Reader
from web.office import Office
from web.page_help import HelpError, help_of, number_of, read_help
from web.pages import AREAS
from web.pages.handbook import handbook_page, handbook_text

NO_PAGES = {
    "/worklist/export.{form}",
    "/intake/{agency}/dates",
    "/intake/{agency}/bulk/empty.xlsx",
    "/intake/{agency}/bulk/{batch}/mend.xlsx",
    "/sign-in/identity",
    "/healthz",
    "/readyz",
}
"""Addresses that answer with a file, a part of a page, a way on, or a word for a machine."""


def templates() -> dict[str, str]:
    folder = Path(str(files("web").joinpath("templates")))
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.glob("pages/**/*.html")
    }


def test_every_page_is_explained_and_nothing_else_is() -> None:
    pages = {name for name, text in templates().items() if text.startswith("{% extends ")}
    assert set(read_help()) == pages - {"pages/error.html"}


def test_every_help_is_one_paragraph_with_an_article_and_a_chapter_of_the_handbook() -> None:
    chapters, _ = handbook_page(handbook_text(), lambda name: name)
    for page, told in read_help().items():
        assert 30 <= len(told.text) <= 160, page
        assert told.text.endswith("。"), page
        assert "\n" not in told.text, page
        assert told.articles, page
        assert told.chapter in chapters, page


def addresses() -> list[str]:
    """Return the addresses that need no case: those of an agency, of a year, of a person."""
    values = {"{agency}": COMMERCE, "{year}": "2025", "{year:int}": "2025", "{name}": "worker"}
    found = []
    for area in AREAS:
        for route in area.router.routes:
            assert isinstance(route, APIRoute)
            path = route.path
            for name, value in values.items():
                path = path.replace(name, value)
            if "GET" in (route.methods or ()) and "{" not in path and route.path not in NO_PAGES:
                found.append(path)
    return found


def test_each_page_that_answers_shows_its_help_to_mouse_keyboard_and_without_scripts(
    office: Office,
) -> None:
    shown = set()
    for name in ("worker", "admin", "security", "auditor"):
        with Reader(office) as reader:
            reader.sign_in(name)
            for path in addresses():
                answer = reader.get(path)
                if answer.status_code == 200 and answer.text.startswith("<!DOCTYPE html>"):
                    assert answer.text.count('<details class="help">') == 1, path
                    assert "依据：" in answer.text, path
                    shown.add(path)
    assert len(shown) > 25, shown


def test_who_is_not_signed_in_is_not_led_to_the_handbook(reader: Reader) -> None:
    page = reader.get("/sign-in").text
    assert "本页说明" in page
    assert "/handbook" not in page


def one(**changes: object) -> dict[str, list[dict[str, object]]]:
    entry = {"pages": ["home"], "text": "说明。", "articles": ["条例第四条"], "chapter": "待办"}
    return {"help": [{**entry, **changes}]}


@pytest.mark.parametrize(
    "citation",
    [
        "条例第五十七条",
        "条例第零条",
        "条例",
        "公开法第一条",
        "行政复议法第九十一条",
        "GB/T 22239—2019第一条",
        "第三十三条",
        "",
    ],
)
def test_an_article_that_does_not_exist_is_refused(citation: str) -> None:
    with pytest.raises(HelpError):
        help_of(one(articles=[citation]))


def test_the_last_article_of_a_statute_exists_and_a_paragraph_of_it() -> None:
    assert help_of(one(articles=["条例第五十六条", "行政诉讼法第一百零三条第一款"]))


def test_a_page_explained_twice_is_refused() -> None:
    with pytest.raises(HelpError, match="twice"):
        help_of({"help": one()["help"] * 2})


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("五十六", 56),
        ("一百", 100),
        ("一百零三", 103),
    ],
)
def test_numbers_are_read_as_statutes_write_them(words: str, number: int) -> None:
    assert number_of(words) == number
