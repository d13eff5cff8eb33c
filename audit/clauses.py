"""A sentence of the narrative as clauses, and the numbers in them with the words beside them.

Only shape is read here: where a clause ends, which numbers count something and in what unit, which
year is spoken of. What is counted is for the grammars of each subject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.numerals import NUMBER, numeral

NEAR = 80
"""Characters beside a number that can say what it counts; what is further away does not."""
UNIT = re.compile(
    r"(?:件\(次\)|件次|人次|件|宗|份|条|起|例|项|次|个(?!工作日|自然日|日|月|小时|百分点|方面)|篇|期|场|元|%|家|人|名|户|部|册)(?:左右|以上)?"
)
NOT_COUNTED = re.compile(r"年|月|日|号|时|分|楼|-|—|\d|\.|[A-Za-z]|:|/")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
QUOTES = re.compile(r"[“”‘’\"'「」『』*]")
TITLE = re.compile(r"《[^》]*》")
REFERENCE = re.compile(r"[〔\[]\d{4}[〕\]]\d*号?|第\d+号|https?://\S+")
DAY = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}月(?!\d)")
ENUMERATOR = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]+|\d{1,2})\)|[一二三四五六七八九十]+、|\d{1,2}[.、](?!\d))"
)
CARRYING = r"(?:结转|转入|顺延|延续|递延|遗留|未办结|未办完)"
FULL_STOP = re.compile(r"(?<=[\u4e00-\u9fff)])\.(?![\da-zA-Z])")
"""A half-width stop behind a word: ``未收到申请.``"""
REMARK = re.compile(r"\([^()]*\)")
DELIMITER = re.compile(r"[,;:。!?()]")
DENIED = re.compile(r"(?:未|没有|没|无)[^,]{0,8}$")
"""Before 一件, 一起: 未发生一起 counts nothing."""
YEAR = re.compile(r"(?P<against>较|比|与|同|和)?(?P<year>20\d\d)(?:年度?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts something.

    Attributes:
        value: the number, in units of ``unit``.
        unit: as written; empty where a list leaves it out (``部分公开67，``).
        rounded: the words say that it is not exact (约, 余, 以上).
        head: the words before it in its clause, up to the number before.
        tail: the words after it; before another number only those up to a 、.
    """

    value: Decimal
    unit: str
    rounded: bool
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks of punctuation.

    Attributes:
        text: the words, quotation marks and blanks taken out.
        before: the mark before it; empty at the start of a sentence.
        depth: how many brackets it stands in.
        year: the year spoken of, where one was named; a year only compared with is none.
        quantities: the numbers in it.
        sentence: the sentence as printed.
    """

    text: str
    before: str
    depth: int
    year: int | None
    quantities: tuple[Quantity, ...]
    sentence: str


def plain(text: str) -> str:
    """Return the text in half-width signs, without blanks, quotation marks, titles, references."""
    narrow = FULL_STOP.sub("。", re.sub(r"\s+", "", text).translate(FULL_WIDTH))
    narrow = narrow.replace("转结", "结转")
    return REFERENCE.sub("", TITLE.sub("", QUOTES.sub("", narrow)))


def enumerated(text: str) -> bool:
    """Whether the sentence begins with a number of a heading: （二）, 1., 三、."""
    return ENUMERATOR.match(plain(text)) is not None


def clauses(sentence: str, report_year: int | None = None) -> tuple[Clause, ...]:
    """Return the clauses of one sentence in order.

    Where the report's own year is known, a year that requests were carried over from or into is
    read as 上年 or 下年: it is not the year the clause speaks of.
    """
    text = ENUMERATOR.sub("", plain(sentence))
    if report_year is not None:
        text = re.sub(rf"{report_year}年度?以来|[今本]年度?以来", "本年", text)
        text = re.sub(
            rf"(?:{report_year - 1}年度?|上一?年度?)的?{CARRYING}[至到]?{report_year}年度?",
            "本年上年结转",
            text,
        )
        text = re.sub(rf"{report_year - 1}年度?(?=的?{CARRYING})", "上年", text)
        text = re.sub(rf"(?<=结转)[至到]{report_year}年度?", "自上年至本年", text)
        text = re.sub(
            rf"(?<=结转|顺延|转入|延续|递延)([至到入]?){report_year + 1}年度?", r"\1下年", text
        )
    text = REMARK.sub(lambda found: found[0] if _says_something(found) else "", text)
    return tuple(_clauses(text, sentence))


def _says_something(remark: re.Match[str]) -> bool:
    """Whether a remark in brackets counts something, or says who all of the applicants were."""
    behind = remark.string[remark.end() : remark.end() + 1]
    return _counts(remark[0]) or ("均为自然人" in remark[0] and behind in {"", ",", ";", "。"})


def _counts(text: str) -> bool:
    return any(True for _ in _quantities(text.strip("()")))


def _clauses(text: str, sentence: str) -> Iterator[Clause]:
    before, depth, start, year = "", 0, 0, None
    for mark in (*_marks(text), None):
        end = mark.start() if mark else len(text)
        words = text[start:end]
        if words:
            named = _year(words)
            year = year if named is None else named
            yield Clause(words, before, depth, year, tuple(_quantities(words)), sentence)
        if mark:
            depth = max(0, depth + (mark[0] == "(") - (mark[0] == ")"))
            before, start = mark[0], mark.end()


def _marks(text: str) -> Iterator[re.Match[str]]:
    for mark in DELIMITER.finditer(text):
        thousands = mark[0] == "," and re.match(r"\d,\d{3}(?!\d)", text[mark.start() - 1 :])
        if not thousands:
            yield mark


def _year(words: str) -> int | None:
    if re.search(r"本年|今年|当年|全年", words):
        named = [found for found in YEAR.finditer(words) if not found["against"]]
        return int(named[-1]["year"]) if named else THIS_YEAR
    years = [int(found["year"]) for found in YEAR.finditer(words) if not found["against"]]
    return years[-1] if years else None


THIS_YEAR = 0
"""The year of a clause that says 本年: the report's own, whatever was named before."""


def _quantities(words: str) -> Iterator[Quantity]:
    text = DAY.sub(lambda found: "日" * len(found[0]), YEAR.sub(_blotted, words))
    found = [
        (number, unit)
        for number in NUMBER.finditer(text)
        if (unit := _unit(text, number)) is not None
    ]
    for place, (number, unit) in enumerate(found):
        start = found[place - 1][0].end() + len(found[place - 1][1]) if place else 0
        after = number.end() + len(unit)
        last = place + 1 == len(found)
        end = len(text) if last else max(after, text.find("、", after, found[place + 1][0].start()))
        read = numeral(number)
        yield Quantity(
            value=read.value,
            unit=unit.removesuffix("左右").removesuffix("以上"),
            rounded=read.rounded or unit.endswith(("左右", "以上")),
            head=text[start : number.start()].lstrip("、和及与或")[-NEAR:],
            tail=text[after:end][:NEAR],
        )


def _blotted(found: re.Match[str]) -> str:
    return (found["against"] or "") + "年" * (len(found[0]) - len(found["against"] or ""))


def _unit(text: str, number: re.Match[str]) -> str | None:
    """Return the unit after a number, empty where a list leaves it out, None where none counts."""
    rest = text[number.end() : number.end() + NEAR]
    unit = UNIT.match(rest)
    if unit:
        before = text[max(0, number.start() - NEAR) : number.start()]
        not_one = number["digits"] == "一" and (rest.startswith("件事") or DENIED.search(before))
        return None if not_one or before.endswith("第") else unit[0]
    spelled = not number["digits"][0].isdecimal()
    if spelled or number.start() == 0 or NOT_COUNTED.match(rest):
        return None
    return "" if not rest or rest.startswith("、") else None
