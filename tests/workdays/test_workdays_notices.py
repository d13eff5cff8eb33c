"""Notice files: what is refused, in which words, and how notices are laid over each other."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import workdays
from workdays import (
    Calendar,
    Notice,
    NoticeInvalid,
    load,
    published,
    published_with,
    read_notice,
    shipped_notices,
)

SHIPPED = sorted((Path(workdays.__file__).parent / "notices").glob("*.json"))
NOTICE_2027: dict[str, Any] = {
    "number": "国办发明电〔2026〕99号",
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "year": 2027,
    "issued_on": "2026-11-20",
    "published_on": "2026-11-20",
    "source": "测试用的假设安排",
    "holidays": [
        {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"},
        {
            "name": "春节",
            "from": "2027-02-05",
            "to": "2027-02-12",
            "adjusted_workdays": ["2027-01-30", "2027-02-20"],
        },
    ],
}


def written(folder: Path, content: dict[str, Any] | str, name: str = "2027.json") -> Path:
    file = folder / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    file.write_text(text, encoding="utf-8")
    return file


def changed(**fields: Any) -> dict[str, Any]:
    return deepcopy(NOTICE_2027) | fields


def holiday(first: str, last: str, *worked: str) -> dict[str, Any]:
    return {"name": "春节", "from": first, "to": last, "adjusted_workdays": list(worked)}


@pytest.mark.parametrize(
    ("content", "field", "reason"),
    [
        ("{", "", "不是有效的 JSON"),
        ({**NOTICE_2027, "nummer": 1}, "nummer", "没有这一项，请核对名称"),
        ({k: v for k, v in NOTICE_2027.items() if k != "number"}, "number", "缺少此项"),
        (changed(number="国办发明电(2026)99号"), "number", "格式不对"),
        (changed(title=""), "title", "不能为空"),
        (changed(year="2027"), "year", "应为整数"),
        (changed(year=1999), "year", "数值过小"),
        (changed(issued_on="2026年11月20日"), "issued_on", "不是日期，应写作 2025-10-01"),
        (changed(issued_on="2026-11-21"), "", "发布日期 2026-11-20 早于成文日期 2026-11-21"),
        (changed(holidays=[]), "holidays", "不能为空"),
        (
            changed(holidays=[holiday("2027-02-12", "2027-02-05")]),
            "holidays.0",
            "起止日期颠倒：2027-02-12 至 2027-02-05",
        ),
        (
            changed(holidays=[holiday("2027-02-05", "2027-03-05")]),
            "holidays.0",
            "2027-02-05 至 2027-03-05 超过 15 天，请核对",
        ),
        (
            changed(holidays=[holiday("2027-02-05", "2027-02-12", "2027-02-22")]),
            "holidays.0",
            "调休上班日 2027-02-22 不是星期六或星期日",
        ),
        (
            changed(holidays=[holiday("2027-02-05", "2027-02-12", "2027-02-06")]),
            "",
            "2027-02-06 出现两次：春节放假，春节上班",
        ),
        (
            changed(holidays=[holiday("2026-02-05", "2026-02-12")]),
            "",
            "2026-02-05 不属于 2027 年的安排",
        ),
        (
            changed(holidays=[holiday("2027-12-30", "2028-01-01")]),
            "",
            "2028-01-01 不属于 2027 年的安排",
        ),
    ],
)
def test_a_file_at_fault_is_refused_with_file_field_and_reason(
    tmp_path: Path, content: dict[str, Any] | str, field: str, reason: str
) -> None:
    with pytest.raises(NoticeInvalid) as refused:
        read_notice(written(tmp_path, content))
    assert (refused.value.file, refused.value.field) == ("2027.json", field)
    assert refused.value.reason == reason
    assert str(refused.value).startswith("文件 2027.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoticeInvalid, match=r"文件 none\.json：无法读取"):
        read_notice(tmp_path / "none.json")


def test_next_years_notice_ends_what_was_provisional(tmp_path: Path) -> None:
    extended = published_with([read_notice(written(tmp_path, NOTICE_2027))])
    assert extended.published_through == date(2027, 12, 31)
    assert published().after(date(2026, 12, 31), 20) == (date(2027, 1, 28), True)
    assert extended.after(date(2026, 12, 31), 20) == (date(2027, 1, 29), False)
    assert extended.version != published().version


def test_a_notice_shipped_by_now_may_still_lie_in_the_folder(tmp_path: Path) -> None:
    assert SHIPPED
    assert published_with(shipped_notices()) is published()
    assert published_with([]) is published()
    again = written(tmp_path, SHIPPED[0].read_text(encoding="utf-8"))
    assert published_with([read_notice(again)]).version == published().version


def test_the_version_follows_the_days_and_not_the_remarks(tmp_path: Path) -> None:
    plain = load([written(tmp_path, NOTICE_2027)])
    remarked = load([written(tmp_path, changed(remarks="补充说明", source="别处"))])
    moved = load([written(tmp_path, changed(holidays=[holiday("2027-02-05", "2027-02-11")]))])
    assert plain.version == remarked.version != moved.version
    assert plain.version.startswith("cn-2027-2027-")


def test_the_order_of_the_files_does_not_matter() -> None:
    assert load(reversed(SHIPPED)).version == load(SHIPPED).version == published().version


def test_every_shipped_file_is_named_after_its_year_and_number() -> None:
    for file in SHIPPED:
        notice = read_notice(file)
        year, serial = notice.number.removeprefix("国办发明电〔").removesuffix("号").split("〕")
        assert file.name == f"{notice.year}-guobanfamingdian-{year}-{serial}.json"
        assert notice.source.startswith("https://www.gov.cn/")
        assert str(notice.year) in notice.title


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ([], "没有任何年度放假安排的通知"),
        (["2019-3"], "没有任何年度放假安排的通知"),
        (["2018-15", "2020-27"], "缺少 2020 年放假安排的通知"),
        (["2018-15", "2018-15"], "2019 年有两份年度放假安排的通知"),
        (
            ["2019-16", "2019-3"],
            (
                "国办发明电〔2019〕3号 所调整的 国办发明电〔2018〕15号 "
                "不在已载入的通知之内，或晚于本通知"
            ),
        ),
        (["2018-15", "2019-3", "2019-3"], "国办发明电〔2019〕3号 重复"),
    ],
)
def test_notices_that_do_not_fit_together_are_refused(numbers: list[str], reason: str) -> None:
    by_number = {
        file.stem.removeprefix(file.name[:4] + "-guobanfamingdian-"): file for file in SHIPPED
    }
    with pytest.raises(NoticeInvalid) as refused:
        load(by_number[number] for number in numbers)
    assert refused.value.reason == reason


def test_two_notices_on_one_day_need_a_word_of_replacement() -> None:
    base = Notice.model_validate_json(json.dumps(NOTICE_2027))
    second = changed(
        number="国办发明电〔2027〕1号",
        issued_on="2027-01-15",
        published_on="2027-01-15",
        replaces=[{"number": base.number, "from": "2027-02-12", "to": "2027-02-12"}],
        holidays=[holiday("2027-02-11", "2027-02-13")],
    )
    with pytest.raises(NoticeInvalid, match="2027-02-11 已由 国办发明电〔2026〕99号 安排"):
        Calendar.from_notices([base, Notice.model_validate_json(json.dumps(second))])


def test_an_amendment_can_call_a_holiday_back_to_work() -> None:
    base = Notice.model_validate_json(json.dumps(NOTICE_2027))
    amendment = changed(
        number="国办发明电〔2027〕1号",
        issued_on="2027-01-15",
        published_on="2027-01-15",
        replaces=[{"number": base.number, "from": "2027-02-12", "to": "2027-02-20"}],
        holidays=[holiday("2027-02-13", "2027-02-14")],
    )
    calendar = Calendar.from_notices([Notice.model_validate_json(json.dumps(amendment)), base])
    assert calendar.day(date(2027, 2, 12)).kind == "workday"
    assert calendar.day(date(2027, 2, 13)).notice == "国办发明电〔2027〕1号"
    assert calendar.day(date(2027, 2, 20)).kind == "weekend"
