"""Document numbers on a real log: no gap and no number twice, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from disclosure.addresses import numbers_stream
from disclosure.document_events import DocumentNumbered
from disclosure.numbering import DocumentKind
from disclosure.refusals import Refused
from records import RecordLog
from records.document_numbers import DocumentNumbers
from tests.disclosure.facts import AGENCY, day

ON = day("2025-03-03")


def give(
    log: RecordLog, command_id: str, kind: DocumentKind = DocumentKind.REPLY, on: str = "2025-03-03"
) -> str:
    given = DocumentNumbers(log).give(
        AGENCY, kind, document_code="城管公开", case="2025-1", on=day(on), command_id=command_id
    )
    return given.document_number


def claim(log: RecordLog, document_number: str, case: str = "2025-1") -> None:
    DocumentNumbers(log).claim(
        AGENCY,
        DocumentKind.REPLY,
        document_number=document_number,
        document_code="城管公开",
        case=case,
        on=ON,
        command_id=f"claim {document_number} for {case}",
    )


def numbered(log: RecordLog) -> list[str]:
    """Return every number given, in order."""
    stream = numbers_stream(AGENCY, DocumentKind.REPLY, 2025)
    events = [entry.event for entry in log.read(stream)]
    return [each.document_number for each in events if isinstance(each, DocumentNumbered)]


def void(log: RecordLog, number: int, command_id: str) -> None:
    DocumentNumbers(log).void(
        AGENCY,
        DocumentKind.REPLY,
        2025,
        number,
        reason="（虚构）打印错误",
        on=ON,
        command_id=command_id,
    )


def test_each_kind_and_year_counts_for_itself(log: RecordLog) -> None:
    assert [give(log, "a"), give(log, "b")] == ["城管公开〔2025〕1号", "城管公开〔2025〕2号"]
    assert give(log, "c", DocumentKind.FEE_NOTICE) == "城管公开〔2025〕1号"
    assert give(log, "d", on="2026-01-02") == "城管公开〔2026〕1号"


def test_the_same_command_gets_the_same_number_again(log: RecordLog) -> None:
    assert give(log, "a") == give(log, "a")
    assert give(log, "b") == "城管公开〔2025〕2号"


def test_many_at_once_get_numbers_without_a_gap(log: RecordLog) -> None:
    commands = [f"command {n}" for n in range(12)]
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda command: give(log, command), commands))
    assert sorted(given) == sorted(f"城管公开〔2025〕{n}号" for n in range(1, 13))


def test_a_void_number_stays_on_record_and_is_not_given_again(log: RecordLog) -> None:
    give(log, "a")
    void(log, 1, "v")
    void(log, 1, "v")
    assert give(log, "b") == "城管公开〔2025〕2号"
    types = [
        entry.event.type for entry in log.read(numbers_stream(AGENCY, DocumentKind.REPLY, 2025))
    ]
    assert types == ["document_numbered", "document_number_voided", "document_numbered"]
    with pytest.raises(Refused, match="已经作废"):
        void(log, 1, "w")


def test_why_a_number_is_void_may_name_people_and_is_sealed(log: RecordLog) -> None:
    give(log, "a")
    void(log, 1, "v")
    (_, voided) = log.read(numbers_stream(AGENCY, DocumentKind.REPLY, 2025))
    assert "reason" not in voided.event.parts()[1]
    assert log.reveal(voided).parts()[1] == {"reason": "（虚构）打印错误"}


def test_a_number_written_by_hand_that_comes_next_is_taken_from_the_counter(
    log: RecordLog,
) -> None:
    give(log, "a")
    claim(log, "城管公开〔2025〕2号")
    claim(log, "城管公开〔2025〕2号")
    assert give(log, "b") == "城管公开〔2025〕3号"
    assert numbered(log) == [f"城管公开〔2025〕{n}号" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "市政公开〔2025〕9号",
        "城管公开〔2024〕9号",
        "城管公开[2025]9号",
        "城管公开〔2025〕09号",
        "城管公开〔2025〕９号",
        f"城管公开〔2025〕{'9' * 5000}号",
        "〔2025〕9号",
        "口头答复",
    ],
)
def test_a_number_in_another_pattern_is_none_of_the_counters(
    log: RecordLog, elsewhere: str
) -> None:
    claim(log, elsewhere)
    assert numbered(log) == []


def test_a_number_written_by_hand_that_leaves_a_gap_is_refused_and_the_next_one_named(
    log: RecordLog,
) -> None:
    give(log, "a")
    with pytest.raises(Refused, match="下一个编号为城管公开〔2025〕2号") as refused:
        claim(log, "城管公开〔2025〕3号")
    assert (refused.value.code, refused.value.field) == ("number_gap", "document_number")
    assert numbered(log) == ["城管公开〔2025〕1号"]


def test_a_number_that_another_case_has_is_refused_and_the_case_itself_may_use_it(
    log: RecordLog,
) -> None:
    give(log, "a")
    claim(log, "城管公开〔2025〕1号", "2025-1")
    with pytest.raises(Refused) as refused:
        claim(log, "城管公开〔2025〕1号", "2025-2")
    assert (refused.value.code, refused.value.field) == ("number_taken", "document_number")
    assert numbered(log) == ["城管公开〔2025〕1号"]


def test_a_void_number_written_by_hand_is_refused(log: RecordLog) -> None:
    give(log, "a")
    void(log, 1, "v")
    with pytest.raises(Refused) as refused:
        claim(log, "城管公开〔2025〕1号")
    assert (refused.value.code, refused.value.field) == ("number_void", "document_number")


def test_of_many_who_write_the_next_number_by_hand_at_once_one_has_it(log: RecordLog) -> None:
    def try_to_claim(case: str) -> str:
        try:
            claim(log, "城管公开〔2025〕1号", case)
        except Refused as refused:
            return refused.code
        return "claimed"

    with ThreadPoolExecutor(4) as threads:
        became = list(threads.map(try_to_claim, [f"2025-{n}" for n in range(6)]))
    assert sorted(became) == ["claimed", *["number_taken"] * 5]
    assert numbered(log) == ["城管公开〔2025〕1号"]
