"""Merged agencies (撤并): nobody loses sight of their open cases, and each page says whose."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from disclosure.agency_commands import MergeAgency
from disclosure.outcomes import Outcome
from disclosure.proceeding_commands import FileReconsideration
from disclosure.request_commands import Decide
from engine.agency_entry import record_of_agency
from people import Role
from tests.web.case_desks import TODAY, Desk, days_ago
from tests.web.intake_desks import AT as INTAKE
from tests.web.intake_desks import form_marks, letter
from tests.web.offices import CITY, COMMERCE, OPERATOR, TOWN, add_person
from tests.web.readers import Reader
from web.agencies import Agencies, Agency
from web.mergers import OpenCases, merger_of, unfinished_mergers

ENDED = days_ago(2)
AT = f"/registry/{COMMERCE}"


@pytest.fixture(scope="module")
def merged(desk: Desk) -> Desk:
    """Give an agency that ended with two open requests, a closed one, and a reconsideration."""
    for case in ("m-1", "m-2", "m-3"):
        desk.register(case, submitted=days_ago(6))
    decided = {"agency": COMMERCE, "case": "m-3", "on": days_ago(5), "by": "worker"}
    desk.say(Decide(**decided, outcome=Outcome.GRANTED))
    filed = {"agency": COMMERCE, "case": "复议-1", "on": days_ago(4), "by": "worker"}
    desk.say(FileReconsideration(**filed))
    merger = MergeAgency(agency=COMMERCE, on=ENDED, into=TOWN, by="admin")
    record_of_agency(desk.parts.log, "merger", merger, TODAY)
    desk.parts.projector.catch_up()
    add_person(desk.office, "admin", (Role.SYSTEM_ADMINISTRATOR, ""))
    add_person(desk.office, "successor", (Role.CASE_WORKER, TOWN))
    return desk


@contextmanager
def signed_in(desk: Desk, name: str) -> Iterator[Reader]:
    with Reader(desk.office) as reader:
        reader.sign_in(name)
        yield reader


def test_the_page_of_a_merged_agency_says_what_is_open_and_who_goes_on(merged: Desk) -> None:
    with signed_in(merged, "admin") as admin:
        page = admin.get(AT).text
        assert "依申请公开 2 件、复议诉讼 1 件，由某镇人民政府继续办理" in page
        assert "worker先生" in page
        assert "supervisor先生" not in page, "who only supervises does not handle"
        assert "没有人有权办理" not in page
        assert "尚未办结：依申请公开 2 件、复议诉讼 1 件" in admin.get("/registry").text


def test_whom_nobody_was_granted_anything_in_is_warned_of(merged: Desk) -> None:
    grants = merged.office.people.grants
    held = [(name, each) for name, some in grants.all().items() for each in some]
    taken = [(name, each) for name, each in held if each.agency == COMMERCE]
    for name, each in taken:
        grants.revoke(OPERATOR, name, each.role, each.agency)
    try:
        with signed_in(merged, "admin") as admin:
            page = admin.get(AT).text
        assert "没有人有权办理" in page
        assert "给某镇人民政府的人员授予角色" in page
    finally:
        for name, each in taken:
            grants.grant(OPERATOR, name, each.role, each.agency)


def test_the_request_says_that_its_agency_is_no_more_and_can_still_be_answered(
    merged: Desk,
) -> None:
    with signed_in(merged, "worker") as worker:
        at = f"/agencies/{COMMERCE}/requests/m-1"
        page = worker.get(at).text
        assert f"保定市商务局已于 {ENDED} 并入某镇人民政府，由其继续办理" in page
        assert worker.get(f"{at}/do/decide").status_code == 200
        assert "并入某镇人民政府" in worker.get(f"/agencies/{COMMERCE}/proceedings").text


def test_the_worklist_of_successor_and_predecessor_names_what_is_open(merged: Desk) -> None:
    with signed_in(merged, "worker") as worker:
        page = worker.get("/worklist").text
        assert "尚未办结：依申请公开 2 件、复议诉讼 1 件" in page
        assert f'href="/worklist?agency={COMMERCE}&amp;state=open"' in page
        listed = worker.get(f"/worklist?agency={COMMERCE}&state=open").text
        assert "m-1" in listed
    with signed_in(merged, "successor") as successor:
        page = successor.get("/worklist").text
        assert "尚未办结：依申请公开 2 件、复议诉讼 1 件" in page
        assert "您没有查看这些案件的权限" in page
        assert "m-1" not in page
        assert successor.get(f"/agencies/{COMMERCE}/requests/m-1").status_code == 403


def test_a_successor_who_was_given_a_role_there_goes_on_with_the_cases(merged: Desk) -> None:
    grants = merged.office.people.grants
    grants.grant(OPERATOR, "successor", Role.CASE_WORKER, COMMERCE)
    with signed_in(merged, "successor") as successor:
        assert "您没有查看这些案件的权限" not in successor.get("/worklist").text
        at = f"/agencies/{COMMERCE}/requests/m-1"
        assert successor.get(f"{at}/do/receive_correction").status_code == 200
    grants.revoke(OPERATOR, "successor", Role.CASE_WORKER, COMMERCE)


def test_the_figures_say_where_they_end(merged: Desk) -> None:
    with signed_in(merged, "worker") as worker:
        page = worker.get(f"/figures/{COMMERCE}/{ENDED.year}").text
        assert "尚未办结：依申请公开 2 件" in page
        assert "本年度报告的期间截至该日" in page
        after = worker.get(f"/figures/{COMMERCE}/{ENDED.year + 1}").text
        assert "以下数据不进入任何机关的年度报告和汇总" in after
        before = worker.get(f"/figures/{COMMERCE}/{ENDED.year - 1}").text
        assert "并入" not in before


def test_a_letter_that_came_after_the_merger_is_registered_with_the_successor(
    merged: Desk,
) -> None:
    head = merged.parts.store.head()
    with signed_in(merged, "worker") as worker:
        assert "此后提出的请在某镇人民政府登记" in worker.get(INTAKE).text
        late = {"on": TODAY.isoformat(), "signed_on": TODAY.isoformat()}
        refused = worker.post(INTAKE, **letter(**late), **form_marks(worker))
        assert refused.status_code == 422
        assert 'href="#field-on"' in refused.text
        assert f"该机关已于 {ENDED} 撤并" in refused.text
        assert merged.parts.store.head() == head
        in_time = {"on": ENDED.isoformat(), "signed_on": ENDED.isoformat()}
        assert worker.post(INTAKE, **letter(**in_time), **form_marks(worker)).is_redirect


def test_an_agency_with_open_cases_warns_before_it_is_merged(merged: Desk) -> None:
    merged.register("m-town", agency=TOWN)
    with signed_in(merged, "admin") as admin:
        assert "本机关现有尚未办结的案件：依申请公开 1 件" in admin.get(f"/registry/{TOWN}").text
        assert "本机关现有尚未办结" not in admin.get(f"/registry/{CITY}").text


def test_the_last_of_several_successors_goes_on_and_a_circle_ends() -> None:
    day = date(2025, 1, 1)
    known = Agencies(
        {
            "a": Agency("a", "甲", None, day, "b"),
            "b": Agency("b", "乙", None, day, "c"),
            "c": Agency("c", "丙", None),
            "x": Agency("x", "子", None, day, "y"),
            "y": Agency("y", "丑", None, day, "x"),
        }
    )
    assert known.successor_of("a") == "c"
    assert known.successor_of("c") == "c"
    assert known.successor_of("x") == "y"
    assert known.successor_of("nobody") == "nobody"


def test_an_agency_that_goes_on_has_no_merger_and_nothing_of_another_to_finish(
    merged: Desk,
) -> None:
    parts, known = merged.parts, merged.office.agencies()
    assert merger_of(known, CITY) is None
    assert unfinished_mergers(parts, known, [CITY]) == []
    ((merger, open_cases),) = unfinished_mergers(parts, known, [TOWN])
    assert merger.agency == COMMERCE
    assert open_cases.proceedings == 1
    assert not OpenCases()
    assert str(OpenCases(0, 1)) == "复议诉讼 1 件"
    assert OpenCases().standing == "没有尚未办结的案件"


def test_only_the_mergers_that_concern_the_reader_are_counted(merged: Desk) -> None:
    known = Agencies({**{each.id: each for each in merged.office.agencies()}, **_OTHERS_MERGED})
    with counted(merged) as asked:
        assert unfinished_mergers(merged.parts, known, [CITY]) == []
        assert asked == []
        assert len(unfinished_mergers(merged.parts, known, [TOWN])) == 1
        (said,) = asked
    assert COMMERCE in said
    assert not _OTHERS_MERGED.keys() & said


def test_the_page_of_an_agency_counts_its_open_cases_once(merged: Desk) -> None:
    with signed_in(merged, "admin") as admin, counted(merged) as asked:
        admin.get(AT)
        assert len(asked) == 1


_OTHERS_MERGED = {
    name: Agency(name, f"（虚构）{name}局", None, date(2025, 1, 1), "none-of-ours")
    for name in ("ju-a", "ju-b")
}
"""Agencies that went into one that does not concern the reader."""


@contextmanager
def counted(desk: Desk) -> Iterator[list[set[object]]]:
    """Gather what each count of open cases asks for, while the block runs."""
    asked: list[set[object]] = []

    def note(_connection: object, _cursor: object, said: str, values: Any, *_rest: object) -> None:
        if said.startswith("SELECT") and "count(*)" in said and "closed_on IS NULL" in said:
            asked.append(set(values))

    sa.event.listen(desk.parts.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(desk.parts.engine, "before_cursor_execute", note)
