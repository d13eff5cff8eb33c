"""Checking a bulk sheet: each cell and each row, with what to do about it."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from disclosure.agency_place import Place
from disclosure.law import Law
from tests.web.intake_desks import ID_NUMBER, docx, row, sheet, zip_bomb
from tests.web.offices import COMMERCE, MASTER_KEY
from vault import Fingerprints, KeyRing
from web.attachment_checks import Upload
from web.bulk_checks import CheckedRow, RowState, Standing, check_rows
from web.bulk_columns import COLUMNS, HEADS, MOST_ROWS
from web.bulk_reading import BulkFileRefusedError, read_sheet, rows_in
from web.bulk_sheets import empty_sheet, sheet_to_mend
from workdays import published

TODAY = date(2026, 6, 1)
GOOD = row(提交日="2026-05-20")


def check(*rows: dict[str, Any], **known: Any) -> list[CheckedRow]:
    standing = Standing(
        agency=COMMERCE,
        place=known.get("place", Place.under(None)),
        by="worker",
        today=TODAY,
        law=Law(calendar=published(), pseudonym=lambda name: f"p{len(name)}"),
        fingerprints=Fingerprints(KeyRing.from_text(MASTER_KEY), "intake"),
        reference_used=known.get("used", lambda _case, _mine: False),
        recorded_as=known.get("recorded", lambda _fingerprint: ""),
    )
    return check_rows(rows_in(sheet(*rows)), standing)


def findings(*rows: dict[str, Any], **known: Any) -> list[tuple[int, str, str]]:
    return [
        (checked.row.number, found.head, found.what)
        for checked in check(*rows, **known)
        for found in checked.findings
    ]


def test_a_sound_row_says_a_registration() -> None:
    (checked,) = check(
        row(
            申请编号="2026-0007",
            申请渠道="挂号信（含 EMS）",
            提交日="2026年5月20日",
            签收日="2026/5/21",
            申请人类型="商业企业",
            姓名或者名称="某公司",
            证件号码="91130600MA0000000X",
            电话="0312-5078001",
            备注="原件存档",
        )
    )
    assert checked.state is RowState.GOOD
    command = checked.command
    assert command is not None
    assert (command.case, command.channel) == ("2026-0007", "registered_mail")
    assert (command.on, command.signed_on) == (date(2026, 5, 20), date(2026, 5, 21))
    assert command.applicant.name == "某公司"
    assert command.applicant.type == "business"
    assert command.note == "原件存档"
    assert command.by == "worker"


def test_days_that_a_workbook_keeps_as_numbers_are_days() -> None:
    (checked,) = check({**GOOD, "提交日": 46162})
    assert checked.command is not None
    assert checked.command.on == date(2026, 5, 20)


def test_a_telephone_kept_as_a_number_keeps_its_digits() -> None:
    (checked,) = check({**GOOD, "电话": 13812345678})
    assert checked.command is not None
    assert checked.command.applicant.phone == "13812345678"


@pytest.mark.parametrize(
    ("cells", "head", "what"),
    [
        ({"申请渠道": ""}, "申请渠道", "没有填写"),
        ({"申请渠道": "快递柜"}, "申请渠道", "不在列表之内"),
        ({"提交日": "上周三"}, "提交日", "不是日期"),
        ({"提交日": "2026-02-30"}, "提交日", "不是日期"),
        ({"提交日": "2026-06-02"}, "提交日", "晚于今天"),
        ({"申请人类型": "公民"}, "申请人类型", "不在列表之内"),
        ({"姓名或者名称": ""}, "姓名或者名称", "没有填写"),
        ({"申请公开的内容": "  "}, "申请公开的内容", "没有填写"),
        ({"申请公开的内容": "长" * 20_001}, "申请公开的内容", "不能超过"),
        ({"申请渠道": "挂号信（含 EMS）"}, "签收日", "请填写签收日"),
        ({"双方确认日": "2026-05-19", "申请渠道": "网络"}, "双方确认日", "早于"),
        ({"证件号码": 130602199001011234}, "证件号码", "末几位变为 0"),
        ({"证件号码": "130602199001011000"}, "证件号码", "校验位不符"),
        ({"申请编号": "长" * 101}, "申请编号", "不能超过"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    cells: dict[str, Any], head: str, what: str
) -> None:
    ((number, found, said),) = findings({**GOOD, **cells})
    assert (number, found) == (2, head)
    assert what in said


def test_every_finding_says_what_to_do_and_quotes_nothing() -> None:
    (checked,) = check({**GOOD, "申请渠道": "张三的渠道", "提交日": "李四的日子"})
    assert len(checked.findings) == 2
    for found in checked.findings:
        assert found.todo
        assert "张三" not in found.what
        assert "李四" not in found.what


def test_a_sound_number_of_an_identity_card_passes() -> None:
    assert not findings({**GOOD, "证件号码": ID_NUMBER})
    assert not findings({**GOOD, "申请人类型": "其他", "证件号码": "130602199001011000"})


def test_the_same_row_twice_is_one_mistake_and_the_same_reference_another() -> None:
    twice = findings(GOOD, GOOD)
    assert twice == [(3, "", "与第 2 行完全相同")]
    numbered = {**GOOD, "申请编号": "a-1"}
    other = {**numbered, "申请公开的内容": "另一件"}
    assert findings(numbered, other) == [(3, "申请编号", "申请编号与第 2 行相同")]


def test_a_reference_on_record_is_refused_and_a_row_on_record_is_left_aside() -> None:
    numbered = {**GOOD, "申请编号": "a-1"}
    assert findings(numbered, used=lambda case, _mine: case == "a-1") == [
        (2, "申请编号", "申请编号已被使用")
    ]
    (checked,) = check(numbered, recorded=lambda _fingerprint: "a-1")
    assert checked.state is RowState.THERE
    assert checked.recorded_as == "a-1"


def test_empty_rows_between_are_passed_over() -> None:
    assert [each.row.number for each in check(GOOD, {}, {**GOOD, "备注": "又一件"})] == [2, 4]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("../sheet.xlsx", empty_sheet(), "路径"),
        ("sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "xlsx"),
        ("sheet.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "另存为 xlsx"),
        ("sheet.xlsx", b"not a workbook", "另存为 xlsx"),
        ("sheet.xlsx", zip_bomb("xl/workbook.xml"), "异常地大"),
        ("sheet.xlsx", docx(), "没有接收"),
        ("sheet.xlsx", sheet(GOOD)[:900], "没有接收"),
        ("sheet.xlsx", sheet(GOOD, name="Sheet1"), "没有名为“申请”的工作表"),
        ("sheet.xlsx", sheet(GOOD, heads=HEADS[1:]), "表头"),
        ("sheet.xlsx", empty_sheet(), "没有填写任何一行"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_the_reason(
    name: str, content: bytes, why: str
) -> None:
    with pytest.raises(BulkFileRefusedError, match=why):
        read_sheet(Upload(name, content))


def test_more_rows_than_may_be_are_refused() -> None:
    rows = [{**GOOD, "备注": str(n)} for n in range(MOST_ROWS + 1)]
    with pytest.raises(BulkFileRefusedError, match="1000"):
        rows_in(sheet(*rows))


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing() -> None:
    content = sheet(GOOD, {})
    read = zipfile.ZipFile(io.BytesIO(content))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in read.namelist():
            part = read.read(name)
            if name == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", far)
            archive.writestr(name, part)
    assert [each.number for each in rows_in(written.getvalue())] == [2]


def test_the_rows_to_mend_can_be_uploaded_as_they_are_and_hold_no_formula() -> None:
    cells = tuple(
        GOOD.get(column.head, "") if column.name != "applicant.name" else '=HYPERLINK("x")'
        for column in COLUMNS
    )
    (again,) = rows_in(sheet_to_mend([(cells, "姓名：不对")]))
    assert again.cells == cells
    assert b"<f>" not in sheet_to_mend([(cells, "")])


def test_a_letter_that_came_after_the_agency_was_merged_is_found_at_its_day() -> None:
    place = Place.under(None).merged(date(2026, 5, 20), "successor")
    said = findings(GOOD, row(提交日="2026-05-21"), place=place)
    assert [(number, head) for number, head, _ in said] == [(3, "提交日")]
