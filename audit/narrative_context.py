"""What the sentences before a number have said: of what, of which whole, in whose name."""

import re
from dataclasses import dataclass

from audit.claims import BROUGHT_OVER, Claim
from audit.clauses import THIS_YEAR, Clause, plain
from audit.phrases import (
    ALREADY_PUBLIC,
    AUTHORITIES,
    FOREIGN,
    INCLUDING_OLD,
    OF_OTHER_ACTS,
    PROPERTY,
    REQUEST,
    TAKEN_ON,
    WHOLE_YEAR,
    WITHOUT_OLD,
    names_part_of_year,
    of_another_time,
)

OF_REQUESTS, OF_PROCEEDINGS, OF_OTHERS = "requests", "proceedings", "others"

OF_WHICH = re.compile(r"^(?:其中|包括|包含|含|其中包括)|其中")
MENTIONS_REQUESTS = re.compile(REQUEST)
MENTIONS_PROCEEDINGS = re.compile(r"复议|诉讼|起诉")
MENTIONS_DISCLOSURE = re.compile(r"信息公开|公开申请|申请公开|依申请|政务公开|公开信息")
SAID_OF_A_PART = re.compile(
    r"其中|\([^()]*\d|(?:涉及|涉|属于?|关于)[^,;。\d]{0,4}信息公开[^,;。\d]{0,6}\d"
)
"""From here on the words are of a part of what was counted before them."""
PETITION_RESULT = re.compile(r"信访、?举报、?投诉")
DENIES = re.compile(r"未|没有|无")
IN_AUTHORITY = re.compile(r"(?:作为|系|履行)(?:行政)?复议机关")
AGGREGATE = re.compile(r"(?:(?<![镇乡])人民政府|管委会|管理委员会|[省市区县州盟旗])$")
TOWNSHIP = re.compile(r"[镇乡](?:人民政府)?$|街道办事处$|街道$")
WHOLE_TOWNSHIP = re.compile(r"全(?:镇|乡|街道)")
WHOLE_AREA = re.compile(
    r"全(?:市|区|县|省|州|盟|旗|镇|乡|系统)|各(?:级|地|部门|单位|县区|区县|有关部门|职能部门|镇|乡)"
)
ONE_AGENCY = re.compile(r"本级|政府(?!信息|网|文件|公报|部门|性)|办公室|政府办|管委会办")

ADDRESSED_TO = re.compile(r"[向给][^,;\d]{0,12}(?:提交|邮寄|递交|寄送|寄来|提出)")
"""To whom a request was sent; it says nothing of whose requests are counted."""
NEW_SUBJECT = re.compile(
    r"^(?:全年|本年度?|共|累计)*+(?:制发|制定|出台|印发|作出|做出|收到|受理|办理|新收|办结)"
)

ONE_OF_MANY = "该句所称或为其中一个机关的数字，表内为汇总数"
MANY_FOR_ONE = "该句所称或为各机关汇总数，表内为本机关数"
ONLY_HEADED = "该句未写明是政府信息公开申请，按所在标题理解"
FROM_BEFORE = "该句未写明所指，按上文理解"


@dataclass(slots=True)
class Context:
    """The state of a reader on its way through the narrative.

    Attributes:
        year: of the report; None where it is not known, and then no year is held against it.
        aggregate: the report is a government's, its tables are sums over many agencies; None
            where that is not known.
        agency: whose report it is, where it says.
        headed: the heading above speaks of requests (依申请公开).
        over_disclosure: the section is the one on proceedings over disclosure.
        topic: what the sentence speaks of; ``inherited`` where only a sentence before said so.
        whole: the claim that a list of parts divides; None where the whole is nothing we know.
        in_parts: the reader stands inside such a list.
        divides_all: a part of this list was seen to be greater than the number before the list, so
            that the list divides all requests of the year.
        last: what the last number outside a list was, None where it was nothing we know; ``base``
            is the last one of all applicants, ``latest`` the very last number.
        whole_area: the sentence speaks of all agencies of the place (全市, 各部门).
        includes_old: the sentence says that what was carried in is counted too; ``without_old``
            that it is not.
        part_of_year: the clauses here are about a half-year, a quarter or a month.
        taken_on: the sentence says how many of those received were taken on (实际受理).
        already_public: the sentence counts apart what was public before.
        of_authorities: the sentence is about a list of what the agency may do.
        of_other_acts: the clause speaks of acts whose proceedings are none over disclosure.
        denied: the clause says that there were no proceedings; ``denied_before`` the one before.
        in_authority: the agency speaks as the one that reviews (复议机关), of others' decisions.
        outside: ``in_parts`` and ``whole`` as they were before a bracket opened.
    """

    year: int | None
    aggregate: bool | None
    agency: str | None = None
    headed: bool = False
    over_disclosure: bool = False
    topic: str | None = None
    inherited: bool = False
    whole: Claim | None = None
    in_parts: bool = False
    divides_all: bool = False
    last: Claim | None = None
    base: Claim | None = None
    latest: Claim | None = None
    bracket: bool = False
    outside: tuple[bool, Claim | None] = (False, None)
    discloses: bool = False
    scope: str | None = None
    groups: tuple[str, ...] = ()
    verb: str | None = None
    kind: str | None = None
    decision_verb: bool = False
    shown: bool = False
    sorts_documents: bool = False
    whole_area: bool = False
    includes_old: bool = False
    without_old: bool = False
    part_of_year: bool = False
    in_authority: bool = False
    denied: bool = False
    denied_before: bool = False
    taken_on: bool = False
    already_public: bool = False
    of_authorities: bool = False
    of_other_acts: bool = False

    def begin_section(self, title: str) -> None:
        """Take note of the section, by its title in the form."""
        self.begin_heading(title)
        self.over_disclosure = bool(MENTIONS_PROCEEDINGS.search(title))

    def begin_heading(self, text: str) -> None:
        """Take note of a heading or of a sentence that begins with one."""
        self.headed = "申请公开" in text or "公开申请" in text
        self.topic, self.last, self.base = None, None, None

    def begin_sentence(self, text: str, *, goes_on: bool) -> None:
        """Forget what belonged to the sentence before; a list that goes on keeps its whole."""
        self.inherited = not goes_on and self.topic == OF_REQUESTS
        if not goes_on:
            self.topic = self.topic if self.inherited else None
            self.in_parts, self.whole, self.bracket = False, None, False
            self.divides_all = False
            self.groups, self.verb, self.kind, self.scope = (), None, None, None
            self.decision_verb = self.shown = self.whole_area = self.part_of_year = False
        said = plain(text)
        self.discloses = _discloses(said) or (goes_on and self.discloses)
        self.includes_old = bool(INCLUDING_OLD.search(said))
        self.without_old = bool(WITHOUT_OLD.search(said))
        self.in_authority = bool(IN_AUTHORITY.search(said))
        self.sorts_documents = bool(PROPERTY.search(text))
        self.of_authorities = bool(AUTHORITIES.search(text))
        self.taken_on = bool(TAKEN_ON.search(said))
        self.already_public = bool(ALREADY_PUBLIC.search(said))

    def enter(self, clause: Clause) -> None:
        """Take note of what a clause speaks of before its numbers are read."""
        self._mind_parts(clause)
        self.denied_before, self.denied = self.denied, False
        self.of_other_acts = bool(OF_OTHER_ACTS.search(clause.text))
        if not clause.quantities and names_part_of_year(clause.text):
            self.part_of_year = True
        elif WHOLE_YEAR.search(clause.text):
            self.part_of_year = False
        self.discloses = self.discloses or bool(MENTIONS_DISCLOSURE.search(clause.text))
        if FOREIGN.search(PETITION_RESULT.sub("", clause.text)):
            self.topic = OF_OTHERS
        if MENTIONS_PROCEEDINGS.search(clause.text):
            self.topic = OF_PROCEEDINGS
        elif MENTIONS_REQUESTS.search(clause.text) and not self.sorts_documents:
            self.topic, self.inherited = OF_REQUESTS, False
        if clause.depth == 0 and (clause.quantities or DENIES.search(clause.text)):
            self._mind_scope(clause.text)

    def _mind_parts(self, clause: Clause) -> None:
        if self.bracket and clause.depth == 0:
            self.bracket = False
            self.in_parts, self.whole = self.outside
        if clause.depth and not self.bracket:
            self.bracket, self.outside = True, (self.in_parts, self.whole)
            self.in_parts, self.whole = True, self.latest
        elif OF_WHICH.search(clause.text):
            self.divides_all = False
            nested = self.latest is not None and self.latest.readings == (BROUGHT_OVER,)
            nested = nested and self.in_parts and self.whole is not None
            self.in_parts, self.whole = True, self.latest if nested else self.last
        elif self.whole is None and clause.before in {"", ";"} and NEW_SUBJECT.match(clause.text):
            self.in_parts = False

    def _mind_scope(self, text: str) -> None:
        text = ADDRESSED_TO.sub("", text)
        if WHOLE_AREA.search(text):
            own = self.aggregate or (TOWNSHIP.search(self.agency or "") and _of_township(text))
            self.scope = None if own else MANY_FOR_ONE
            self.whole_area = True
        elif ONE_AGENCY.search(text) and self.aggregate is not False:
            self.scope, self.whole_area = ONE_OF_MANY, False

    def note(self, claim: Claim | None) -> None:
        """Remember what a number was, for the parts that may follow."""
        self.latest = claim
        if self.in_parts and self.whole is not None:
            return
        if not self.in_parts or claim:
            self.last = claim
        if claim is None or claim.readings[0][0].endswith(".total"):
            self.base = claim

    def of_this_year(self, clause: Clause) -> bool:
        """Whether a clause speaks of the report's own year, and of all of it."""
        other_year = self.year and clause.year not in {None, THIS_YEAR, self.year}
        return not (other_year or self.part_of_year or of_another_time(clause.text))

    @property
    def on_disclosure(self) -> bool:
        """Whether proceedings named here are those over disclosure (政府信息公开行政复议)."""
        return self.discloses or self.headed or self.over_disclosure

    @property
    def doubt(self) -> str | None:
        """Why a disagreement in this place would not be certain."""
        if self.scope:
            return self.scope
        return FROM_BEFORE if self.inherited and not self.in_parts else None


def _of_township(text: str) -> bool:
    """Whether the only place named as a whole is a township: its own report is all of it."""
    return not WHOLE_AREA.search(WHOLE_TOWNSHIP.sub("", text))


def _discloses(sentence: str) -> bool:
    """Whether all that a sentence counts is about disclosure, and not only a part of it."""
    part = SAID_OF_A_PART.search(sentence)
    return bool(MENTIONS_DISCLOSURE.search(sentence[: part.start()] if part else sentence))


def is_aggregate(agency: str | None) -> bool | None:
    """Whether an agency's report adds up many agencies: a government's or a zone's does."""
    return bool(AGGREGATE.search(agency)) if agency else None
