"""Bulk registration: nothing before a person says so, each row once, and what is wrong to mend."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from people import Doer, Role
from people.trail import TrailQuery
from records import Write
from tests.web.case_desks import Desk
from tests.web.intake_desks import BULK, row, send_files, sheet, zip_bomb
from tests.web.offices import CITY, COMMERCE, add_person
from tests.web.readers import Reader
from web.attachment_checks import Upload
from web.bulk_batches import Batches
from web.bulk_reading import read_sheet
from workflows.case_records import record_for
from workflows.law_in_force import current_law


def upload(reader: Reader, content: bytes) -> str:
    """Upload a sheet; return the address of its report."""
    reader.get(BULK)
    answer = send_files(reader, BULK, [("sheet.xlsx", content)])
    assert answer.status_code == 303
    return answer.headers["location"]


def counts(reader: Reader, path: str) -> tuple[int, int, int]:
    """Return how many rows are good, bad and on record."""
    found = re.search(
        r"合格 <strong>(\d+)</strong> 行，须改正 <strong>(\d+)</strong> 行，已经登记 <strong>(\d+)",
        reader.get(path).text,
    )
    assert found
    good, bad, there = found.groups()
    return int(good), int(bad), int(there)


def register(reader: Reader, path: str) -> None:
    """Let the good rows through and wait until they are registered."""
    reader.get(path)
    assert reader.post(f"{path}/register").status_code == 303
    until = time.monotonic() + 60
    while "正在登记" in reader.get(path).text:
        assert time.monotonic() < until


def test_good_rows_are_registered_only_when_a_person_says_so(desk: Desk, worker: Reader) -> None:
    head = desk.parts.store.head()
    path = upload(
        worker,
        sheet(
            row(申请编号="bulk-1", 备注="一"),
            row(备注="二"),
            row(申请渠道="快递柜", 备注="三"),
        ),
    )
    assert counts(worker, path) == (2, 1, 0)
    assert desk.parts.store.head() == head
    register(worker, path)
    assert counts(worker, path) == (0, 1, 2)
    assert desk.types("bulk-1") == ["request_registered"]
    assert desk.parts.log.read(f"case/{COMMERCE}/bulk-1")[0].actor == "worker"
    report = worker.get(path).text
    assert "不在列表之内" in report
    assert "请从列表中选择" in report
    assert "王五" not in report, "the report names no applicant"


def test_the_same_file_and_the_same_rows_add_nothing(desk: Desk, worker: Reader) -> None:
    rows = [row(备注=f"同一行 {n}") for n in range(3)]
    content = sheet(*rows)
    first = upload(worker, content)
    register(worker, first)
    head = desk.parts.store.head()
    assert upload(worker, content) == first
    other = upload(worker, sheet(*rows, row(申请编号="bulk-other", 备注="又一行")))
    assert other != first
    assert counts(worker, other) == (1, 0, 3)
    register(worker, other)
    assert desk.parts.store.head() == head + 1


def test_who_registers_stands_on_record_though_another_uploaded_the_sheet(
    desk: Desk, worker: Reader
) -> None:
    rows = [row(申请编号="bulk-by", 备注="他人登记")]
    path = upload(worker, sheet(*rows))
    with Reader(desk.office) as other:
        other.sign_in("worker2")
        register(other, path)
    assert desk.parts.log.read(f"case/{COMMERCE}/bulk-by")[0].actor == "worker2"
    head = desk.parts.store.head()
    again = upload(worker, sheet(*rows, row(申请渠道="快递柜", 备注="另一份表")))
    assert again != path
    assert counts(worker, again) == (0, 1, 1)
    register(worker, again)
    assert desk.parts.store.head() == head


def test_rows_without_a_reference_are_numbered_in_their_order(worker: Reader) -> None:
    path = upload(worker, sheet(*(row(备注=f"依次 {n}") for n in range(4))))
    register(worker, path)
    table = worker.get(path).text.partition('id="there"')[2]
    numbers = [int(found) for found in re.findall(r">\d{4}-(\d+)</a>", table)]
    assert len(numbers) == 4
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_a_run_cut_short_goes_on_and_repeats_nothing(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(*(row(备注=f"中断 {n}") for n in range(3))))
    batches = Batches(desk.office)
    batch = batches.get(COMMERCE, path.rpartition("/")[2])
    assert batch is not None
    doer = Doer("worker")
    given = batches.let_through(doer, batch, batches.checked(batch), 2026)
    fingerprint, command = given[0]
    stream = f"case/{COMMERCE}/{command.case}"
    assert desk.version(command.case) == 0
    events = record_for(command).decide(command, current_law())
    desk.parts.log.write(Write(stream, 0, f"intake:{fingerprint}", "worker", events))
    assert "可以继续登记其余的行" in worker.get(path).text
    register(worker, path)
    assert counts(worker, path) == (0, 0, 3)
    assert [desk.types(each.case) for _, each in given] == [["request_registered"]] * 3


def test_the_bad_rows_come_back_as_a_sheet_to_mend(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(row(申请渠道="快递柜", 备注="待改"), row(备注="好的")))
    answer = worker.get(f"{path}/mend.xlsx")
    (again,) = read_sheet(Upload("mend.xlsx", answer.content))
    assert "快递柜" in again.cells
    (read,) = desk.office.people.trail.read(TrailQuery(kind="personal_data_read"), 1)
    assert read.object == path.replace("/intake/", "intake/").replace("/bulk/", "/")


def test_a_row_that_the_record_refuses_in_the_end_says_why(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(row(申请编号="bulk-late", 备注="晚了一步")))
    batches = Batches(desk.office)
    batch = batches.get(COMMERCE, path.rpartition("/")[2])
    assert batch is not None
    checked = batches.checked(batch)
    desk.register("bulk-late")
    batches.let_through(Doer("worker"), batch, checked, 2026)
    batches.mark(batch, checked[0].fingerprint, "refused", "申请编号已经登记")
    batches.ended(batch)
    assert counts(worker, path) == (0, 1, 0)
    assert "申请编号已被使用" in worker.get(path).text


def test_a_sheet_is_destroyed_when_it_is_done_with(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(row(备注="销毁")))
    batch = Batches(desk.office).get(COMMERCE, path.rpartition("/")[2])
    assert batch is not None
    worker.get(path)
    assert worker.post(f"{path}/forget").status_code == 303
    assert worker.get(path).status_code == 404
    assert Batches(desk.office).content(batch) is None
    assert upload(worker, sheet(row(备注="销毁"))) != path


def test_a_sheet_left_lying_is_destroyed_after_thirty_days(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(row(备注="久置")))
    later = desk.office.people.now() + timedelta(days=31)
    people = replace(desk.office.people, _clock=lambda: later)
    office = replace(desk.office, people=people)
    Batches(office).forget_old(Doer("worker"), COMMERCE)
    assert worker.get(path).status_code == 404


def test_a_bomb_or_a_path_is_refused_logged_and_nothing_kept(desk: Desk, worker: Reader) -> None:
    worker.get(BULK)
    before = len(Batches(desk.office).of(COMMERCE))
    for name, content, why in (
        ("bomb.xlsx", zip_bomb("xl/workbook.xml"), "异常地大"),
        ("../../people.xlsx", sheet(row()), "路径"),
        ("list.csv", b"a,b", "xlsx"),
    ):
        refused = send_files(worker, BULK, [(name, content)])
        assert refused.status_code == 422
        assert why in refused.text
        (entry,) = desk.office.people.trail.read(TrailQuery(kind="upload"), 1)
        assert not entry.success
    assert send_files(worker, BULK, []).status_code == 422
    assert len(Batches(desk.office).of(COMMERCE)) == before


def test_a_sheet_is_seen_in_its_own_agency_alone(desk: Desk, worker: Reader) -> None:
    path = upload(worker, sheet(row(备注="别处")))
    add_person(desk.office, "city-worker", (Role.CASE_WORKER, CITY))
    with Reader(desk.office) as reader:
        reader.sign_in("city-worker")
        assert reader.get(path).status_code == 403
        assert reader.get(path.replace(COMMERCE, CITY)).status_code == 404


def test_the_empty_sheet_has_every_column_with_its_choices(worker: Reader) -> None:
    answer = worker.get(f"{BULK}/empty.xlsx")
    assert answer.status_code == 200
    with opened(answer.content) as parts:
        assert b"dataValidation" in parts["xl/worksheets/sheet1.xml"]
        words = parts["xl/sharedStrings.xml"].decode()
    for head in ("申请渠道", "申请公开的内容", "以文本格式填写"):
        assert head in words


@contextmanager
def opened(content: bytes) -> Iterator[dict[str, bytes]]:
    """Give the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield {name: archive.read(name) for name in archive.namelist()}
