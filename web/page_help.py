"""Help in place (本页说明): one paragraph a page, the articles it rests on, its chapter to read on.

The texts are data (`wordings/help.toml`), so that an official can correct them without reading
Python. They are checked when the application starts: a page explained twice, or an article that
the text it names does not have, is an error then and not a surprise in front of a case worker.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

_STATUTES: Final[Mapping[str, int]] = {
    "条例": 56,  # 政府信息公开条例, State Council Decree 711
    "行政复议法": 90,  # as revised in 2023
    "行政诉讼法": 103,
    "个人信息保护法": 74,
    "档案法": 53,
    "网络安全法": 79,  # as passed in 2016; later amendments only added articles
    "国办公开办函〔2021〕30号": 0,  # the form of the annual report
    "GB/T 22239—2019": 0,  # 网络安全等级保护基本要求
}
"""What a page may rest on, with its number of articles; 0 where it is cited as a whole."""

_CITED = re.compile(r"(?P<statute>.+?)(?:第(?P<article>[零一二三四五六七八九十百]+)条(?:第.+款)?)?")
_DIGITS: Final = "零一二三四五六七八九"


class HelpError(Exception):
    """A text of help is not what it must be; for programmers."""


@dataclass(frozen=True, slots=True)
class PageHelp:
    """What a page is for.

    Attributes:
        text: one paragraph.
        articles: what it rests on, as officials cite it.
        chapter: of the handbook; its heading, word for word.
    """

    text: str
    articles: tuple[str, ...]
    chapter: str


def read_help() -> dict[str, PageHelp]:
    """Return the help of each page, by the name of its template.

    Raises:
        HelpError: a page is explained twice, or an article does not exist.
    """
    text = files("web").joinpath("wordings", "help.toml").read_text(encoding="utf-8")
    return help_of(tomllib.loads(text))


def help_of(document: Mapping[str, Any]) -> dict[str, PageHelp]:
    """Return the help that a document holds, as `read_help` does."""
    found: dict[str, PageHelp] = {}
    for entry in document["help"]:
        told = PageHelp(entry["text"], tuple(entry["articles"]), entry["chapter"])
        for article in told.articles:
            _check(article)
        for page in entry["pages"]:
            if page in found:
                raise HelpError(f"{page} is explained twice")
            found[page] = told
    return {f"pages/{page}.html": told for page, told in found.items()}


def _check(citation: str) -> None:
    found = _CITED.fullmatch(citation)
    if found is None or found["statute"] not in _STATUTES:
        raise HelpError(f"nothing of ours rests on {citation}")
    articles, article = _STATUTES[found["statute"]], found["article"]
    exists = articles == 0 if article is None else 1 <= number_of(article) <= articles
    if not exists:
        raise HelpError(f"there is no {citation}")


def number_of(words: str) -> int:
    """Read a number below 200 as statutes write it, such as 三十三 or 一百零三."""
    hundreds, hundred, rest = words.rpartition("百")
    tens, ten, ones = rest.removeprefix("零").rpartition("十")
    return (
        100 * (_DIGITS.index(hundreds) if hundred else 0)
        + 10 * (_DIGITS.index(tens or "一") if ten else 0)
        + (_DIGITS.index(ones) if ones else 0)
    )
