"""Whose report it is and of which year, by its title among everything else a page prints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.recognition_text import folded
from audit.source import Line

_DIGITS = {digit: str(place) for place, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}
_YEAR = r"(?P<year>20\d\d|二[〇○零]\s*[一二三四五六七八九〇○零]{2})\s*年?\s*度?"
_WHAT = (
    r"(?:政府信息公开|政务公开|信息公开|政务信息公开)(?:工作)?\s*"
    r"(?:年度)?(?:工作)?\s*(?:年度报告|报告|年报)"
)
_LETTER = r"[^\s,，。:：;；、>》《/|\\()_]"
_NAME = rf"(?:{_LETTER}|\({_LETTER}{{1,30}}\))"
"""A letter of an agency's name, or a second name in brackets: 某局(某大队)."""
_TITLES = (
    re.compile(rf"(?P<agency>{_NAME}{{2,40}}?)?\s*(?:关于)?{_YEAR}\s*{_WHAT}"),
    re.compile(rf"{_YEAR}(?!\s*[年度]|政府信息|政务)(?P<agency>{_NAME}{{2,30}}?)\s*{_WHAT}"),
    re.compile(rf"(?P<agency>{_NAME}{{2,40}}?)\s*{_WHAT}\s*\(\s*{_YEAR}\)"),
)
_AGENCY = re.compile(
    rf"{_NAME}{{1,40}}(?:政府|局|委|会|办公室|办公厅|办|厅|院|署|处|中心|大队|支队|所|站|银行|公司|街道|镇|乡)"
    rf"(?:\({_LETTER}{{1,30}}\))?"
)
_PERIOD = re.compile(
    r"(?:统计|数据)[^。]{0,20}?(20\d\d)\s*年\s*1\s*月\s*1\s*日|(20\d\d)\s*年\s*1\s*月\s*1\s*日[^。]{0,12}12\s*月\s*31"
)
_ELSEWHERE = re.compile(r"上一?篇|下一?篇|上一条|下一条|相关(?:阅读|链接|文章|信息)|往年|历年")
_BREADCRUMB = re.compile(r"当前位置|您(?:的|所在的?)位置|首页\s*[>»]")
_NOT_THE_NAME = re.compile(
    r"^.*(?:公布|印发|发布|标题|现将|编制完成|编制|形成|撰写)|^关于|(?:关于|的)$"
)
"""Words of a sentence that run up to a name: 编制完成2021年度…报告 names nobody."""
_NEEDED = re.compile("报告|年报|报\\s+告")
_JOINED = 3
"""Lines a title can be broken over."""
LONGEST = 90
"""Characters in which a title line may still stand among others."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title found: as printed, its year, the agency where it says, the number of its line."""

    text: str
    year: int
    agency: str | None
    line: int


def find_title(lines: Sequence[Line], body: int | None) -> Title | None:
    """Return the likeliest title before the text begins, or else the first after it.

    ``body`` is the number of the block in which the first section begins.
    """
    period = period_year(lines)
    scored = [
        (_score(line, candidate, period, body), -distance, candidate)
        for line, candidate, distance in _candidates(lines, body)
    ]
    return max(scored, key=lambda entry: entry[:2])[2] if scored else None


def period_year(lines: Sequence[Line]) -> int | None:
    """Return the year of the period sentence (统计期限), or None where none is found."""
    text = "".join(folded(line.text) for line in lines)
    match = _PERIOD.search(text)
    return int(match[1] or match[2]) if match else None


def _candidates(lines: Sequence[Line], body: int | None) -> Iterator[tuple[Line, Title, int]]:
    for place, line in enumerate(lines):
        if _ELSEWHERE.search(line.text):
            continue
        distance = abs((body if body is not None else 0) - line.number)
        for width in range(1, _JOINED + 1):
            part = [other.text for other in lines[place : place + width]]
            if width > 1 and sum(map(len, part)) > LONGEST:
                break
            text = "".join(part)
            if not _NEEDED.search(text):
                continue
            titles = list(_titles(text, line.number, whole=width > 1))
            for title in titles:
                before = lines[place - 1].text if place else ""
                yield line, _with_agency(title, before), distance
            if titles:
                break


def _titles(text: str, line: int, *, whole: bool) -> Iterator[Title]:
    # Folding keeps places, so what is found in the folded text is quoted from the printed one.
    start = len(folded(text)) - len(folded(text).lstrip("# "))
    shown = text[start:].rstrip()
    plain = folded(shown)
    for pattern in _TITLES:
        matches = [pattern.fullmatch(plain)] if whole else pattern.finditer(plain)
        for match in matches:
            if match is None:
                continue
            named = shown[slice(*match.span("agency"))] if match["agency"] else None
            agency = _cleaned(named or _name_before(shown[: match.start()]))
            printed = re.sub(r"\s+", " ", shown[match.start() : match.end()]).strip()
            if agency and match["agency"] and agency in printed:
                # 现公布…局2023年…报告 is a sentence: the title in it begins with the name.
                printed = (
                    printed[printed.find(agency) :]
                    if match.start("agency") < match.start("year")
                    else printed
                )
            yield Title(printed, _year(match["year"]), agency, line)


def _name_before(text: str) -> str | None:
    words = text.split()
    return words[-1] if words and _AGENCY.fullmatch(folded(words[-1])) else None


def _with_agency(title: Title, before: str) -> Title:
    """Take the agency from the line above where the title line does not name it."""
    if title.agency:
        return title
    name = re.sub(r"\s+", "", before).lstrip("#＃")
    if _AGENCY.fullmatch(folded(name)):
        return Title(f"{name}{title.text}", title.year, name, title.line)
    return title


def _cleaned(agency: str | None) -> str | None:
    if agency is None:
        return None
    name = _NOT_THE_NAME.sub("", agency.strip())
    return name or None


def _year(printed: str) -> int:
    return int("".join(_DIGITS.get(letter, letter) for letter in re.sub(r"\s", "", printed)))


def _score(line: Line, title: Title, period: int | None, body: int | None) -> int:
    plain = re.sub(r"\s+", "", folded(line.text).lstrip("# "))
    alone = plain in re.sub(r"\s+", "", title.text)
    return (
        4 * (body is None or line.number <= body)
        + 3 * alone
        + 2 * line.heading
        + 2 * (title.year == period)
        + 2 * (title.agency is not None)
        - 3 * bool(_BREADCRUMB.search(line.text) and alone)
    )
