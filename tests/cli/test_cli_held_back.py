"""What waits for a line that could not be read: its case. Where that is unknown, nothing."""

from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, Line, agency, days_ago, decide, fact, register, text_of, write
from tests.cli.stranger import Gongkai

WITHDRAWN = f'{{"do": "withdraw", "agency": "{AGENCY}", "case": "甲-1", "on": "2024-03-05"'
OF_ITS_CASE = {
    "date": WITHDRAWN.replace("2024-03-05", "20240305") + "}",
    "missing": WITHDRAWN.replace(', "on": "2024-03-05"', "}"),
    "verb": WITHDRAWN.replace("withdraw", "retract") + "}",
    "no verb": WITHDRAWN.replace('"do": "withdraw", ', "") + "}",
    "spaces": WITHDRAWN.replace("甲-1", " 甲-1 ") + "}",
    "null character": WITHDRAWN + ', "note": "\\u0000"}',
    "control character": WITHDRAWN + ', "note": "一\t二"}',
    "NaN": WITHDRAWN + ', "note": NaN}',
    "long number": WITHDRAWN + f', "note": {"7" * 5000}}}',
    "field twice": WITHDRAWN + ', "note": "一", "note": "二"}',
}
"""Lines that are refused when they are read, and still say whose they are."""

NAMED = WITHDRAWN.replace("甲-1", "A-1")
ILLEGIBLE_BUT_NAMED = {
    "cut off": WITHDRAWN.encode(),
    "quotation marks within": (WITHDRAWN + ', "note": "申请"某件"一份"}').encode(),
    "escaped": (NAMED.replace("A-1", "\\u7532-1") + ', "note": "一"二"}').encode(),
    "no spaces": WITHDRAWN.replace(": ", ":").encode(),
    "GBK": (NAMED + ', "note": "备注"}').encode("gbk"),
    "overlong": (WITHDRAWN + f', "note": "{"长" * (1 << 20)}"}}').encode(),
}
"""Lines that are no JSON, but whose case can be seen: A-1 in what is no UTF-8, else 甲-1."""

OF_NO_CASE = {
    "not JSON": "申请人今日来访".encode(),
    "agency twice": (WITHDRAWN + f', "agency": "{AGENCY}"').encode(),
    "broken name": WITHDRAWN.replace("甲-1", "\\u75-1").encode(),
    "GBK": (WITHDRAWN + ', "note": "备注"}').encode("gbk"),
    "case twice": (WITHDRAWN + ', "case": "甲-2"}').encode(),
    "no case": WITHDRAWN.replace(', "case": "甲-1"', "").encode() + b"}",
    "empty case": WITHDRAWN.replace("甲-1", "").encode() + b"}",
    "array": b"[]",
}
"""Lines nobody can tell the case of."""


def types(gongkai: Gongkai, case: str) -> list[str]:
    return [kind for kind, _ in gongkai.events(case)]


def write_lines(path: Path, *lines: Line | str | bytes) -> Path:
    """Write lines, some of them not as they should be."""
    path.write_bytes(b"".join(map(_bytes, lines)))
    return path


def _bytes(line: Line | str | bytes) -> bytes:
    if isinstance(line, dict):
        return text_of([line]).encode()
    return (line.encode() if isinstance(line, str) else line) + b"\n"


def others(count: int) -> list[Line]:
    """Give facts of the agency, to stand between two lines."""
    documents = {"do": "record_documents", "agency": AGENCY, "on": "2024-03-04"}
    return [documents | {"kind": "regulations", "issued": n + 1} for n in range(count)]


def lapsed(case: str) -> list[Line]:
    """Give a case whose limit for a correction ran out long ago."""
    limit = {"points": "请明确", "due_on": "2025-03-28"}
    return [
        register(case, "2025-03-03"),
        fact("request_correction", case, "2025-03-05", **limit),
    ]


@pytest.mark.parametrize("distance", [0, 1100])
def test_a_line_that_cannot_be_read_holds_back_what_follows_in_its_case_and_nothing_else(
    gongkai: Gongkai, tmp_path: Path, distance: int
) -> None:
    cases = {name: f"甲-{number}" for number, name in enumerate(OF_ITS_CASE, start=10)}
    before = [agency(), *(register(case, "2024-03-04") for case in ("乙-1", *cases.values()))]
    broken = [line.replace("甲-1", cases[name]) for name, line in OF_ITS_CASE.items()]
    after = [decide(case, "2024-03-11") for case in ("乙-1", *cases.values())]
    file = write_lines(tmp_path / "lines.jsonl", *before, *broken, *others(distance), *after)
    finished = gongkai("import", file)
    assert finished.code == 1
    first = len(before) + 1
    told = finished.err.splitlines()
    assert len(told) == 2 * len(broken)
    for number, name in enumerate(OF_ITS_CASE):
        assert told[number].startswith(f"{file} 第 {first + number} 行："), name
        held = first + len(broken) + distance + 1 + number
        assert told[len(broken) + number].startswith(f"{file} 第 {held} 行："), name
        assert f"同一案件第 {first + number} 行未能导入，本行暂缓" in told[len(broken) + number]
        assert types(gongkai, cases[name]) == ["request_registered"], name
    assert f"有 {len(broken)} 件部分行暂缓" in finished.out
    assert types(gongkai, "乙-1") == ["request_registered", "request_decided"]


def test_a_case_with_a_line_that_cannot_be_read_keeps_its_limits_until_it_is_put_right(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    corrected = fact("receive_correction", "甲-1", "2025-03-20", description="某项信息")
    lines = [agency(), *lapsed("甲-1"), corrected | {"on": "1742400000"}, *lapsed("乙-1")]
    file = tmp_path / "lines.jsonl"
    assert gongkai("import", write(file, *lines)).code == 1
    assert types(gongkai, "甲-1") == ["request_registered", "correction_requested"]
    assert types(gongkai, "乙-1")[2:] == ["correction_lapsed"]

    lines[3] = corrected
    gongkai.done("import", write(file, *lines))
    assert types(gongkai, "甲-1")[2:] == ["correction_received", "overdue"]


@pytest.mark.parametrize("broken", ILLEGIBLE_BUT_NAMED.values(), ids=ILLEGIBLE_BUT_NAMED)
def test_a_line_that_is_no_json_holds_back_the_case_that_can_be_seen_in_it(
    gongkai: Gongkai, tmp_path: Path, broken: bytes
) -> None:
    both = [*lapsed("甲-1"), *lapsed("A-1")]
    file = write_lines(tmp_path / "lines.jsonl", agency(), *both, broken)
    finished = gongkai("import", file)
    assert finished.code == 1
    (told,) = finished.err.splitlines()
    assert told.startswith(f"{file} 第 6 行：")
    assert "有 1 件部分行暂缓" in finished.out
    held, other = ("A-1", "甲-1") if b"A-1" in broken else ("甲-1", "A-1")
    assert types(gongkai, held) == ["request_registered", "correction_requested"]
    assert types(gongkai, other)[2:] == ["correction_lapsed"]


@pytest.mark.parametrize("broken", OF_NO_CASE.values(), ids=OF_NO_CASE)
def test_all_cases_go_on_where_a_line_belongs_to_nobody_knows_whom(
    gongkai: Gongkai, tmp_path: Path, broken: bytes
) -> None:
    reopened = fact("reopen", "甲-4", "2025-05-06", reason="邮戳在期限内", approved_by="负责人")
    file = tmp_path / "broken.jsonl"
    before = [agency(), *lapsed("甲-1")]
    after = [*lapsed("甲-2"), register("甲-3", days_ago(1)), *lapsed("甲-4"), reopened]
    finished = gongkai("import", write_lines(file, *before, broken, *after))
    assert finished.code == 1
    (told,) = finished.err.splitlines()
    assert told.startswith(f"{file} 第 4 行：")
    assert "暂" not in finished.out
    for case in ("甲-1", "甲-2"):
        assert types(gongkai, case)[2:] == ["correction_lapsed"]
    assert types(gongkai, "甲-4")[2:] == ["correction_lapsed", "request_reopened"]
    assert (gongkai.data / "temporal.db").exists()


@pytest.mark.parametrize("distance", [0, 1100])
def test_a_period_ends_on_record_before_a_later_fact_whatever_line_stands_between(
    gongkai: Gongkai, tmp_path: Path, distance: int
) -> None:
    def late(case: str) -> list[Line]:
        return [register(case, "2024-03-04"), decide(case, "2024-05-20")]

    file = tmp_path / "lines.jsonl"
    write_lines(file, agency(), *late("甲-1"), *others(distance), "{", *late("甲-2"))
    assert gongkai("import", file).code == 1
    for case in ("甲-1", "甲-2"):
        assert types(gongkai, case) == ["request_registered", "overdue", "request_decided"]


def test_a_line_that_is_not_utf_8_is_rejected_alone(gongkai: Gongkai, tmp_path: Path) -> None:
    lines = register("甲-1", "2024-03-04"), decide("甲-1", "2024-03-11")
    exported = _bytes(register("甲-2", "2024-03-04")).decode().strip().encode("gbk")
    file = write_lines(tmp_path / "mixed.jsonl", agency(), exported, *lines, b"\xff", b"")
    report = gongkai("import", file, "--format", "json").document
    assert [(each["line"], each["reason"].split("，")[0]) for each in report["rejected"]] == [
        (2, "不是 UTF-8 编码"),
        (5, "不是 UTF-8 编码"),
    ]
    assert (report["lines"], report["events"]) == (5, 3)


def test_a_broken_fact_of_an_agency_holds_nothing_back(gongkai: Gongkai, tmp_path: Path) -> None:
    broken = {"do": "record_decisions", "agency": AGENCY, "on": "2024-03-04", "kind": "permits"}
    file = write(tmp_path / "lines.jsonl", agency(), broken, *others(1), *lapsed("甲-1"))
    finished = gongkai("import", file)
    assert len(finished.err.splitlines()) == 1
    assert "暂" not in finished.out
    assert types(gongkai, "甲-1")[2:] == ["correction_lapsed"]


def test_a_line_held_back_by_another_file_names_it(gongkai: Gongkai, tmp_path: Path) -> None:
    first = write(tmp_path / "1.jsonl", agency(), register("甲-1"), decide("甲-1", "2001-02-03"))
    second = write(tmp_path / "2.jsonl", decide("甲-1"))
    report = gongkai("import", first, second, "--format", "json").document
    assert [each["file"] for each in report["rejected"]] == [str(first), str(second)]
    assert f"{first} 第 3 行未能导入" in report["rejected"][1]["reason"]
