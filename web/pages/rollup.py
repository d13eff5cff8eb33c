"""The roll-up (汇总): who is counted, missing, twice or out of place; the sums; publication.

The draft is summed here, from what is published by now; publishing goes through the roll-up's
workflow, which sums once more and freezes that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import Response

from activities.cell_words import cell_words
from activities.rollup_assembly import RollupAssembly, Standstill
from disclosure.addresses import rollup_stream
from disclosure.refusals import Refused
from disclosure.rollup_events import RollupPublished
from engine.rollup_sources import sources_of
from engine.rollups import roll_up
from people import Role
from reporting.figures import printed
from reporting.findings import Severity
from reporting.rollup import shares_of
from reporting.rollup_coverage import STANDING_LABELS, Coverage, Place, Standing
from reporting.rollup_document import RollupDocument
from web.access import Signed, SignedVisit, may, may_read
from web.area import Area
from web.errors import answer
from web.pages.annual_report_here import WRITERS
from web.pages.annual_report_versions import download
from web.pages.figures import FORMS
from web.pages.figures_reading import FIRST_YEAR, LAST_YEAR
from web.pages.section_writing import SECTIONS
from web.rendering import render, see_other
from workflows.rollup_messages import RollupRelease

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

RELEASERS: Final = (Role.REVIEWER, Role.DISCLOSURE_HEAD)
ROLLUP: Final = "/rollups/{agency}/{year}"
_KINDS: Final[Mapping[Standing, str]] = {
    Standing.COUNTED: "good",
    Standing.TWICE: "bad",
    Standing.MISPLACED: "bad",
}
"""How the state of a standing is shown; whoever is missing is awaited."""


@dataclass(frozen=True, slots=True)
class Node:
    """An agency in the tree, with those below it."""

    place: Place
    below: "Sequence[Node]"

    @property
    def label(self) -> str:
        """Its standing in words."""
        return STANDING_LABELS[self.place.standing]

    @property
    def kind(self) -> str:
        """How the page colours it."""
        return _KINDS.get(self.place.standing, "soon")


@dataclass(frozen=True, slots=True)
class RollupHere:
    """A request by a person about a government's roll-up of a year."""

    request: Request
    visit: SignedVisit
    agency: str
    year: int

    @property
    def path(self) -> str:
        """The address of the roll-up's page."""
        return f"/rollups/{self.agency}/{self.year}"

    @property
    def assembly(self) -> RollupAssembly:
        """What makes the roll-up."""
        parts = self.visit.office.parts
        return RollupAssembly(sources_of(parts), parts.law)

    def holds(self, *roles: Role) -> bool:
        """Tell whether the person holds one of some roles in the government."""
        return any(self.visit.person.holds(role, self.agency) for role in roles)

    def published(self) -> list[RollupPublished]:
        """Return the published versions, the latest first."""
        entries = self.visit.office.parts.log.read(rollup_stream(self.agency, self.year))
        found = [each.event for each in entries if isinstance(each.event, RollupPublished)]
        return found[::-1]

    def page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        """Answer with a page about it."""
        name = self.visit.office.agencies().name_of(self.agency)
        about = {"agency": self.agency, "year": self.year, "name": name, "here": self.path}
        return render(
            self.request, f"pages/rollups/{template}.html", status_code, **about, **context
        )


def rollup_here(request: Request, visit: Signed, agency: str, year: int) -> RollupHere:
    """Return the roll-up a request is about."""
    if not FIRST_YEAR <= year <= LAST_YEAR or agency not in visit.office.agencies():
        raise HTTPException(404)
    return RollupHere(request, visit, agency, year)


TheRollup = Annotated[RollupHere, Depends(rollup_here)]


@router.get(ROLLUP, summary="年度报告汇总")
def rollup(here: TheRollup) -> Response:
    """Show who is in the roll-up and what it comes to."""
    return _page(here)


@router.post(
    ROLLUP + "/publish", summary="公布汇总年度报告", dependencies=[Depends(may(*RELEASERS))]
)
def publish(here: TheRollup, reason: Annotated[str, Form(max_length=20_000)] = "") -> Response:
    """Publish what is there by now; a reason is asked for where anything is amiss."""
    office = here.visit.office
    release = RollupRelease(approved_by=here.visit.person.name, reason=reason.strip())
    try:
        result = office.wait_for(roll_up(office.engine_client, here.agency, here.year, release))
    except Refused as refused:
        field = "reason" if refused.field == "reason" else ""
        return _page(here, {field: refused.message}, {"reason": reason})
    office.parts.projector.catch_up()
    return see_other(here.request, here.path, f"汇总年度报告第 {result.version} 版已公布")


@router.get(ROLLUP + "/cells/{cell}", summary="汇总数据构成")
def cell_page(here: TheRollup, cell: str) -> Response:
    """Show what each member brings to a cell."""
    try:
        document = here.assembly.assemble(here.agency, here.year)
    except Standstill:
        raise HTTPException(404) from None
    sums = document.report.tables.figures()
    if cell not in sums:
        raise HTTPException(404)
    tables = {share.agency: share.figures.tables for share in document.shares}
    brought = shares_of(tables, cell)
    return here.page(
        "cell",
        words=cell_words(cell),
        total=printed(sums[cell]),
        shares=[
            (
                share,
                printed(brought[share.agency]),
                _way_to(here, share.agency, share.member.kind, cell),
            )
            for share in document.shares
            if share.agency in brought
        ],
    )


@router.get(ROLLUP + "/versions/{version}/files/{file_name}", summary="下载汇总年度报告")
def published_file(here: TheRollup, version: int, file_name: str) -> Response:
    """Give a file of a published roll-up."""
    found = next((each for each in here.published() if each.version == version), None)
    files = found.files if found is not None else ()
    file = next((each for each in files if each.name == file_name), None)
    if file is None:
        raise HTTPException(404)
    try:
        content = here.visit.office.parts.files.get(file.sha256)
    except (FileNotFoundError, ValueError):
        lost = f"文件 {file_name} 遗失或已被改动，请从备份恢复数据目录中的 files"
        return answer(here.request, 410, "文件遗失", lost)
    return download(content, f"{here.agency}-{here.year}-rollup-v{version}-{file_name}")


def _page(
    here: RollupHere, errors: dict[str, str] | None = None, values: dict[str, str] | None = None
) -> Response:
    assembly = here.assembly
    try:
        _, coverage = assembly.coverage(here.agency, here.year)
    except Standstill as why:
        return here.page("none", why=str(why))
    document: RollupDocument | None = None
    why_not = ""
    try:
        document = assembly.assemble(here.agency, here.year)
    except Standstill as why:
        why_not = str(why)
    tree, apart = _tree(coverage)
    return here.page(
        "rollup",
        422 if errors else 200,
        tree=tree,
        apart=apart,
        coverage=coverage,
        troubles=coverage.sentences(),
        document=document,
        why_not=why_not,
        wrong=_errors(document),
        grids=FORMS,
        figures=document.figures.named() if document is not None else {},
        versions=here.published(),
        sections=SECTIONS if here.holds(*WRITERS) else {},
        may_publish=here.holds(*RELEASERS),
        errors=errors or {},
        values=values or {},
    )


def _errors(document: RollupDocument | None) -> list[str]:
    findings = document.report.findings if document is not None else ()
    return [each.message for each in findings if each.severity is Severity.ERROR]


def _tree(coverage: Coverage) -> tuple[Node | None, list[Node]]:
    """Return the tree from its top, and whoever is counted and stands outside it."""
    known = {place.agency for place in coverage.places}
    below: dict[str | None, list[Place]] = {}
    for place in coverage.places:
        below.setdefault(place.parent if place.parent in known else None, []).append(place)
    drawn: set[str] = set()

    def node(place: Place) -> Node:
        drawn.add(place.agency)
        children = [each for each in below.get(place.agency, ()) if each.agency not in drawn]
        return Node(place, [node(child) for child in children])

    top = next((node(place) for place in below.get(None, ())), None)
    rest = [Node(place, ()) for place in coverage.places if place.agency not in drawn]
    return top, rest


def _way_to(here: RollupHere, member: str, kind: str, cell: str) -> str:
    """Return where a member's figure is followed further, for whoever may read it there."""
    if not here.visit.person.sees(member):
        return ""
    place = "rollups" if kind == "rollup" else "figures"
    return f"/{place}/{member}/{here.year}/cells/{cell}"
