"""Finding cases by their words, in memory only, and forgetting what was erased."""

import threading
from collections.abc import Iterator

import pytest

from disclosure.addresses import case_stream
from disclosure.proceeding_commands import FileLawsuit
from disclosure.request_commands import Decide, ReceiveCorrection, RequestCorrection
from engine.parts import Parts
from people import Role, TrailQuery
from tests.web.case_desks import NAME, PHONE, Desk, days_ago, staff
from tests.web.offices import CITY, COMMERCE, TOWN, add_person
from tests.web.readers import Reader
from web.finding import Finding, FindingNotReadyError
from web.finding_texts import plain
from web.office import Office


@pytest.fixture
def desk(office: Office) -> Desk:
    staff(office)
    return Desk(office)


@pytest.fixture
def finding(parts: Parts) -> Finding:
    return Finding(parts)


def ready(finding: Finding) -> Finding:
    finding.begin()
    assert finding.wait(30)
    return finding


def found(finding: Finding, query: str, *agencies: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (each.stream.rpartition("/")[2], each.places)
        for each in finding.search(agencies or (COMMERCE,), query, 100)
    ]


def test_a_case_is_found_by_each_kind_of_text_and_says_where(desk: Desk, finding: Finding) -> None:
    desk.register("2026-007", description="城市道路养护支出明细", note="电话确认过")
    desk.register("2026-008", description="扶持资金分配方案")
    decided = {"outcome": "granted", "document_number": "保商公开〔2026〕7号"}
    desk.say(Decide(agency=COMMERCE, case="2026-008", on=days_ago(1), **decided))
    ready(finding)
    assert found(finding, "养护") == [("2026-007", ("description",))]
    assert found(finding, "电话确认") == [("2026-007", ("note",))]
    assert found(finding, "6-007") == [("2026-007", ("case",))]
    assert found(finding, "保商公开〔2026〕7号") == [("2026-008", ("number",))]
    assert found(finding, "2026") == [
        ("2026-008", ("case", "number")),
        ("2026-007", ("case",)),
    ]


def test_every_word_must_stand_somewhere_and_width_and_case_do_not_matter(
    desk: Desk, finding: Finding
) -> None:
    desk.register("a", description="ＰＰＰ项目 Contract 清单")
    ready(finding)
    assert found(finding, "ppp contract")
    assert found(finding, "Ｃontract　清单")
    assert not found(finding, "ppp 合同")
    assert found(finding, "") == found(finding, "  ") == []


def test_what_a_correction_adds_is_found_and_so_is_what_came_later(
    desk: Desk, finding: Finding
) -> None:
    desk.register("a", description="支出情况", submitted=days_ago(9))
    ready(finding)
    assert not found(finding, "桥梁")
    desk.say(RequestCorrection(agency=COMMERCE, case="a", on=days_ago(8), points="不明确"))
    desk.say(
        ReceiveCorrection(agency=COMMERCE, case="a", on=days_ago(7), description="桥梁维修支出")
    )
    assert found(finding, "桥梁") == [("a", ("description",))]
    desk.register("b", description="桥梁检测报告")
    assert [case for case, _ in found(finding, "桥梁")] == ["b", "a"]
    sued = {"on": days_ago(1), "request": "a", "after_reconsideration": False}
    desk.say(FileLawsuit(agency=COMMERCE, case="（2026）冀行初1号", **sued))
    assert found(finding, "冀行初") == [("（2026）冀行初1号", ("case",))]


def test_names_and_numbers_of_persons_are_not_what_is_looked_through(
    desk: Desk, finding: Finding
) -> None:
    desk.register("a")
    ready(finding)
    assert not found(finding, NAME)
    assert not found(finding, PHONE)


def test_another_agencys_cases_are_not_found(desk: Desk, finding: Finding) -> None:
    desk.register("ours", description="道路")
    desk.register("theirs", agency=TOWN, description="道路")
    ready(finding)
    assert [case for case, _ in found(finding, "道路")] == ["ours"]
    assert [case for case, _ in found(finding, "道路", TOWN)] == ["theirs"]


def test_what_was_erased_is_found_no_more_not_even_a_moment_later(
    desk: Desk, finding: Finding
) -> None:
    desk.register("a", description="道路养护")
    desk.register("b", description="道路检测")
    ready(finding)
    assert len(found(finding, "道路")) == 2
    desk.parts.vault.erase(case_stream(COMMERCE, "a"))
    assert [case for case, _ in found(finding, "道路")] == ["b"]
    assert finding.similar(COMMERCE, "道路养护", 5) == []
    afresh = ready(Finding(desk.parts))
    assert [case for case, _ in found(afresh, "道路")] == ["b"]
    assert [case for case, _ in found(afresh, "a")] == ["a"]


def test_requests_that_read_alike_are_found_the_most_alike_first(
    desk: Desk, finding: Finding
) -> None:
    desk.register("same", description="申请公开2024年度城关区道路养护支出明细")
    desk.register("near", description="请公开城关区道路养护支出")
    desk.register("other", description="某公司行政处罚决定书")
    ready(finding)
    text = "申请公开 2024 年度城关区道路养护支出明细表"
    alike = finding.similar(COMMERCE, text, 5)
    assert [each.stream.rpartition("/")[2] for each in alike] == ["same", "near"]
    assert 1 >= alike[0].likeness > 0.8 > alike[1].likeness
    assert finding.similar(COMMERCE, text, 5, but=alike[0].stream) == [alike[1]]
    assert finding.similar(COMMERCE, "某", 5) == []
    assert finding.similar(TOWN, text, 5) == []


def test_before_the_texts_are_read_a_search_is_refused(finding: Finding) -> None:
    assert not finding.ready
    with pytest.raises(FindingNotReadyError):
        finding.search([COMMERCE], "道路", 5)


def test_many_searches_beside_new_cases_find_each_once(desk: Desk, finding: Finding) -> None:
    ready(finding)
    faults: list[BaseException] = []

    def look() -> None:
        try:
            for _ in range(20):
                cases = [case for case, _ in found(finding, "道路")]
                assert len(cases) == len(set(cases))
        except BaseException as error:  # noqa: BLE001 - shown by the test below
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(10):
        desk.register(f"N-{n}", description="道路")
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(found(finding, "道路")) == 10


def test_a_log_that_cannot_be_read_leaves_the_next_page_to_begin_again(
    parts: Parts, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> Iterator[None]:
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(type(parts.store), "read_log", away)
        finding.begin()
        assert not finding.wait(0.5)
    ready(finding)


def test_texts_are_compared_without_width_case_and_spaces() -> None:
    assert plain("  Ａ１　b\n\tC ") == "a1 b c"


def test_the_page_of_a_search_shows_where_and_never_what(desk: Desk, reader: Reader) -> None:
    desk.register("2026-007", description="城市道路养护支出明细")
    desk.register("theirs", agency=TOWN, description="道路养护")
    reader.sign_in("worker")
    answer = searched(reader, "道路")
    assert "2026-007" in answer
    assert "申请内容" in answer
    assert "找到 1 件" in answer
    assert "支出明细" not in answer
    assert "theirs" not in answer
    assert NAME not in answer
    assert "没有找到" in searched(reader, "没有的词")
    assert "请输入" in reader.post("/worklist/search", words="  ").text


def test_a_supervisor_finds_cases_by_their_numbers_and_finds_out_no_personal_text(
    desk: Desk, reader: Reader
) -> None:
    add_person(desk.office, "above", (Role.SUPERVISOR, CITY))
    desk.register("2026-007", description="城市道路养护支出明细")
    reader.sign_in("above")
    assert "找到 1 件" in searched(reader, "2026-007")
    assert "没有找到" in searched(reader, "道路")
    assert "没有找到" in searched(reader, "2026-007 道路")


def test_a_search_is_in_the_trail_without_what_was_looked_for(
    desk: Desk, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.register("a")
    reader.sign_in("worker")
    searched(reader, "张三丰")
    entries = desk.office.people.trail.read(TrailQuery(account="worker", kind="search"))
    assert entries[0].words == "检索"
    assert all("张三丰" not in entry.object for entry in entries)
    assert "张三丰" not in capsys.readouterr().out


def test_a_search_that_comes_too_early_says_so(
    desk: Desk, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register("a")
    monkeypatch.setattr(Finding, "begin", lambda _self: None)
    reader.sign_in("worker")
    assert "搜索准备中" in reader.get("/worklist").text
    assert "搜索准备中" in reader.post("/worklist/search", words="a").text


def searched(reader: Reader, words: str) -> str:
    for _ in range(200):
        reader.get("/worklist/search")
        answer = reader.post("/worklist/search", words=words)
        assert answer.status_code == 200
        if "搜索准备中" not in answer.text:
            return answer.text
        threading.Event().wait(0.05)
    raise AssertionError("the texts were never read")
