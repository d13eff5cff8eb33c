"""What the pages of the worklist share: who asks, what may be chosen, and the pages themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from people import Offices, OfficeUnit, Role, SavedViews
from web.access import ForbiddenError, SignedVisit
from web.agencies import Agencies
from web.mergers import Merger, OpenCases, unfinished_mergers
from web.pages.request_paths import proceeding_path, request_path
from web.pages.worklist_filter import WorklistFilter
from web.pages.worklist_query import Reach
from web.pages.worklist_rows import Case, WorklistReader
from web.pages.worklist_words import (
    APPLICANTS,
    CHOICES,
    DUE,
    FLAGS,
    KINDS,
    LIMITS,
    LOOKS,
    OUTCOMES,
    STAGES,
    WAITS,
    Options,
    options_of,
)
from workdays import date_in_shanghai

ASSIGNS = (Role.REVIEWER, Role.DISCLOSURE_HEAD)
"""Who gives cases to others (分办)."""

TAKES = (Role.CASE_WORKER, Role.REVIEWER, Role.DISCLOSURE_HEAD)
"""Who may take a case that nobody has (领办)."""


@dataclass(frozen=True)
class Desk:
    """Somebody's worklist: what they may see and do there."""

    visit: SignedVisit

    @cached_property
    def agencies(self) -> list[str]:
        """The agencies whose cases they may see."""
        return self.visit.person.visible()

    @cached_property
    def only_supervised(self) -> set[str]:
        """Those of them in which they handle nothing, and read no personal text."""
        return set(self.agencies) - set(self.visit.person.agencies(*TAKES))

    @cached_property
    def offices(self) -> Offices:
        """The offices of the installation."""
        people = self.visit.office.people
        return Offices(people.engine, people.now)

    @cached_property
    def own_offices(self) -> list[OfficeUnit]:
        """The offices they belong to."""
        return self.offices.of_account(self.visit.person.name)

    @cached_property
    def known_agencies(self) -> Agencies:
        """Every agency on record, for its name."""
        return self.visit.office.agencies()

    @cached_property
    def reader(self) -> WorklistReader:
        """What reads the rows."""
        return WorklistReader(self.visit.office.parts, self.visit.office.people)

    @cached_property
    def unfinished_mergers(self) -> list[tuple[Merger, OpenCases]]:
        """The merged agencies whose open cases they or their agency must not lose sight of."""
        held = self.visit.person.agencies()
        concerned = {*self.agencies, *held}
        return unfinished_mergers(self.visit.office.parts, self.known_agencies, concerned)

    @property
    def views(self) -> SavedViews:
        """The saved views of the installation."""
        people = self.visit.office.people
        return SavedViews(people.engine, people.now)

    @cached_property
    def reach(self) -> Reach:
        """What they may see, as of today."""
        office = self.visit.office
        return Reach(
            account=self.visit.person.name,
            agencies=self.agencies,
            offices=self.own_offices,
            today=date_in_shanghai(office.people.now()),
            law=office.parts.law(),
        )

    def allow(self, filters: WorklistFilter) -> None:
        """Refuse a filter that names an agency out of reach.

        Raises:
            ForbiddenError: it does.
        """
        if filters.agency and filters.agency not in self.agencies:
            raise ForbiddenError("您没有查看该机关的权限")

    def assigns(self, agency: str) -> bool:
        """Tell whether they give an agency's cases to others."""
        return any(self.visit.person.holds(role, agency) for role in ASSIGNS)

    def takes(self, agency: str) -> bool:
        """Tell whether they may take an agency's cases for themselves."""
        return any(self.visit.person.holds(role, agency) for role in TAKES)


@dataclass(frozen=True)
class Listing:
    """What the table of cases needs to be drawn."""

    desk: Desk
    cases: Sequence[Case]
    offices: Mapping[str, OfficeUnit]
    people: Mapping[str, str]
    assigning: str = ""

    @property
    def names_agencies(self) -> bool:
        """Whether the agency is worth a column."""
        return len(self.desk.agencies) > 1

    @property
    def office_options(self) -> Options:
        """The offices of every agency in sight, for a filter."""
        names = self.desk.known_agencies.name_of
        return [
            (each.id, f"{names(each.agency)} {each.name}" if self.names_agencies else each.name)
            for each in self.offices.values()
        ]

    @property
    def own_office_options(self) -> Options:
        """One's own offices, to share a view with."""
        return [(each.id, each.name) for each in self.desk.own_offices]

    @property
    def agency_options(self) -> Options:
        """The agencies in sight."""
        return [(each, self.desk.known_agencies.name_of(each)) for each in self.desk.agencies]

    def open_offices(self, agency: str) -> Options:
        """Return the offices of an agency that take cases."""
        return [
            (each.id, each.name)
            for each in self.offices.values()
            if each.agency == agency and not each.closed
        ]

    def link(self, case: Case) -> str:
        """Return the address of a case's page."""
        path = request_path if case.row["kind"] == "request" else proceeding_path
        return path(case.row["agency"], case.row["case_reference"])

    def office_of(self, case: Case) -> str:
        """Return the name of the office a case is with."""
        office = self.offices.get(case.assignment.office or "")
        return office.name if office else ""

    def assignee_of(self, case: Case) -> str:
        """Return the name of who is to act; the account's where it is somebody from before."""
        assignee = case.assignment.assignee or ""
        return self.people.get(assignee, assignee)

    def days(self, case: Case) -> str:
        """Say how many working days are left."""
        left, limit_on = case.days_left, case.row["limit_on"]
        if left is None:
            return ""
        if limit_on == self.desk.reach.today:
            return "今天到期"
        if left < 0:
            return f"已过 {-left} 个工作日"
        return f"剩 {left} 个工作日" if left else "期限已满"


def listing(desk: Desk, cases: Sequence[Case], assigning: str = "") -> Listing:
    """Gather names for the table of some cases."""
    offices = {each.id: each for each in desk.offices.of_agencies(desk.agencies)}
    return Listing(desk, cases, offices, dict(desk.offices.colleagues(desk.agencies)), assigning)


def words() -> dict[str, object]:
    """Return what the templates of the worklist call things."""
    return {
        "due_words": {**DUE, "late": "逾期答复", "closed": "已办结"},
        "looks": LOOKS,
        "limit_words": LIMITS,
        "kind_words": KINDS,
        "stage_words": STAGES,
        "wait_words": WAITS,
        "outcome_words": OUTCOMES,
        "flag_words": FLAGS,
        "applicant_words": APPLICANTS,
        "options": {field: options_of(field) for field in CHOICES},
    }
