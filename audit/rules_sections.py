"""Rules about the text as a whole: six sections that say something, of one and the same year."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from audit.clauses import plain
from audit.narrative_findings import excerpt
from audit.published import PublishedReport, Sentence
from reporting.findings import Finding, Severity, Where
from reporting.labels import SECTION_TITLES

PROBLEMS, OTHER_MATTERS = 5, 6
NOTHING_SAID = re.compile(
    r"^(?:(?:本年度?|本机关|我(?:局|办|委|镇|区|县|市|单位)|目前|\d{4}年度?|,)*+"
    r"(?:暂?无|没有|未发现|不存在)(?:存在|发现)?(?:其[他它])?(?:需要|需)?(?:报告|说明)?(?:的)?(?:事项|情况|问题|内容)?"
    r"|略|/|-|—)?[。.;,]?$"
)
FEES = re.compile(r"处理费|收费|费用|收取[^,。]{0,12}费|缴费")
WRITTEN_YEAR = re.compile(r"(?<![\d〔\[])(20\d\d)年")
YEAR_SPOKEN_OF = re.compile(
    r"(?<![\d〔\[])(20\d\d)年度?(?!\d|以来|修订|版|印发|发布|颁布|施行|起|的?结转)"
)
PERIOD = re.compile(
    r"(?P<first>20\d\d)年1月1日(?:起|开始)?(?:至|到|-|—|–|~|～|－)+"
    r"(?:(?P<last>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
OF_THE_FIGURES = re.compile(r"统计|期限|时限|数据|周期|起止|本报告|年度报告|期间")
YEAR_NUMBER = re.compile(r"20\d\d(?=年)")
COPIED_SHARE, LEAST_COPIED, LEAST_WORDS = 0.8, 3, 16


def missing_sections(report: PublishedReport) -> Iterator[Finding]:
    """`section.missing`: the six sections are there (国办公开办函〔2021〕30号).

    A file of tables alone has no text to ask for: it may be cut out of a report.
    """
    if not report.sections and not report.sentences:
        yield Finding(
            "section.missing",
            Severity.WARNING,
            Where(),
            "六个部分",
            None,
            "文件只有表格，没有正文，六个部分未作核对。",
        )
        return
    for number, title in enumerate(SECTION_TITLES, start=1):
        if number not in report.sections:
            yield Finding(
                "section.missing",
                Severity.ERROR,
                Where(sentence=title),
                title,
                None,
                f"报告中未见“{title}”部分，年度报告应当包括六个部分。",
            )


def empty_sections(report: PublishedReport) -> Iterator[Finding]:
    """`section.empty`: five and six say something, six speaks of the fee (信息处理费)."""
    for number in (PROBLEMS, OTHER_MATTERS):
        if number in report.sections:
            texts = [one.text for one in report.sentences if one.section == number]
            elsewhere = [one.text for one in report.sentences if one.section != number]
            yield from empty_section(number, texts, elsewhere)


def empty_section(
    number: int, texts: Iterable[str], elsewhere: Iterable[str] = ()
) -> Iterator[Finding]:
    """Yield what section five or six leaves unsaid; ``elsewhere`` is the rest of the narrative."""
    title = SECTION_TITLES[number - 1]
    said = [text for text in map(plain, texts) if not NOTHING_SAID.match(text)]
    if number == OTHER_MATTERS and not any(FEES.search(plain(text)) for text in texts):
        told = any("处理费" in text for text in elsewhere)
        yield _empty(
            title,
            "收取信息处理费的情况",
            f"“{title}”部分未说明收取政府信息公开信息处理费的情况，"
            + ("请在该部分写明（其他部分已提及）。" if told else "没有收取的也应当写明。"),
            Severity.WARNING if told else Severity.ERROR,
        )
    elif number == PROBLEMS and not said:
        yield _empty(
            title,
            "存在的主要问题及改进情况",
            f"“{title}”部分没有实质内容，应当写明存在的主要问题和改进情况。",
            Severity.ERROR,
        )


def _empty(title: str, expected: str, message: str, severity: Severity) -> Finding:
    return Finding("section.empty", severity, Where(sentence=title), expected, None, message)


def period(report: PublishedReport) -> Iterator[Finding]:
    """`text.period`: title, period sentence and narrative are of one year (条例 Art. 49)."""
    if report.year is None:
        return
    yield from _title_year(report, report.year)
    yield from _stated_period(report, report.year)
    for sentence in report.sentences:
        yield from _period_sentence(sentence, report.year)
    yield from other_years(report.sentences, report.year)


def _title_year(report: PublishedReport, year: int) -> Iterator[Finding]:
    named = WRITTEN_YEAR.findall(plain(report.title or ""))
    if named and str(year) not in named:
        yield _period(report.title or "", year, f"标题年份为{named[0]}年", int(named[0]))


def _stated_period(report: PublishedReport, year: int) -> Iterator[Finding]:
    """Yield what is wrong with the period of a report.json; part of the year may be right.

    An agency that was set up or dissolved in the year has figures for a part of it only.
    """
    if report.period is None:
        return
    first, last = map(_day, report.period)
    if first and last and first <= last and {first.year, last.year} == {year}:
        return
    said = excerpt("至".join(day or "（空白）" for day in report.period))
    sound = first and last and first <= last
    fault = "年份应当一致" if sound else "应当为两个日期，先起后止"
    yield Finding(
        "text.period",
        Severity.ERROR,
        Where(sentence=f"period：{said}"),
        f"{year}-01-01至{year}-12-31",
        said,
        f"报告为{year}年度报告，数据所载统计期限（period）为“{said}”，{fault}。",
    )


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        return None


def _period_sentence(sentence: Sentence, year: int) -> Iterator[Finding]:
    text = plain(sentence.text)
    if not OF_THE_FIGURES.search(text) or sentence.section > 1:
        return
    for found in PERIOD.finditer(text):
        first, last = int(found["first"]), int(found["last"] or found["first"])
        whole_year = (found["month"], found["day"]) == ("12", "31")
        if first != year or last != year or not whole_year:
            said = f"统计期限为“{found[0]}”"
            yield _period(sentence.text, year, said, found[0])


def _period(sentence: str, year: int, said: str, found: int | str) -> Finding:
    return Finding(
        "text.period",
        Severity.ERROR,
        Where(sentence=sentence),
        f"{year}年1月1日至{year}年12月31日" if isinstance(found, str) else year,
        found,
        f"报告为{year}年度报告，“{excerpt(sentence)}”{said}，年份应当一致。",
    )


def other_years(sentences: Iterable[Sentence], year: int) -> Iterator[Finding]:
    """Yield a warning for a section that speaks of the year before and never of its own."""
    by_section: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_section.setdefault(sentence.section, []).append(sentence)
    for section in (1, PROBLEMS, OTHER_MATTERS):
        dated = [
            (one, [int(named) for named in YEAR_SPOKEN_OF.findall(plain(one.text))])
            for one in by_section.get(section, ())
        ]
        years = [named for _, found in dated for named in found]
        if years and max(years) == year - 1:
            first = next(one for one, found in dated if found)
            yield Finding(
                "text.period",
                Severity.WARNING,
                Where(sentence=first.text),
                year,
                year - 1,
                f"“{SECTION_TITLES[section - 1]}”部分只写{year - 1}年，未写{year}年"
                f"（“{excerpt(first.text)}”），请核实是否沿用了往年文字。",
            )


def copied(report: PublishedReport, previous: PublishedReport) -> Iterator[Finding]:
    """`text.copied`: sections one and five are not last year's with another year in them."""
    for section in (1, PROBLEMS):
        now, before = (_long_sentences(one, section) for one in (report, previous))
        same = sum((now & before).values())
        if same >= LEAST_COPIED and same >= COPIED_SHARE * sum(now.values()):
            title = SECTION_TITLES[section - 1]
            yield Finding(
                "text.copied",
                Severity.WARNING,
                Where(sentence=title),
                None,
                f"{same}句",
                f"“{title}”部分共{sum(now.values())}句，其中{same}句与上一年度报告相同"
                "（年份除外），请核实是否反映本年度情况。",
            )


def _long_sentences(report: PublishedReport, section: int) -> Counter[str]:
    texts = (plain(one.text) for one in report.sentences if one.section == section)
    return Counter(YEAR_NUMBER.sub("", text) for text in texts if len(text) >= LEAST_WORDS)
