"""文书编号: 机关代字〔year〕n号, gap-free, void numbers on record."""

import pytest

from disclosure.document_events import DocumentNumbered
from disclosure.numbering import (
    DocumentKind,
    claim_number,
    fold_numbers,
    formatted,
    give_number,
    void_number,
)
from disclosure.refusals import Refused
from tests.disclosure.facts import day

ON = day("2025-03-03")


def numbers(count: int) -> list[DocumentNumbered]:
    """Give so many numbers, one after the other."""
    given: list[DocumentNumbered] = []
    for n in range(count):
        register = fold_numbers(given)
        given.append(give_number(register, document_code="城管公开", case=f"2025-{n}", on=ON))
    return given


def test_numbers_begin_with_one_and_have_no_gap() -> None:
    assert [each.document_number for each in numbers(3)] == [
        "城管公开〔2025〕1号",
        "城管公开〔2025〕2号",
        "城管公开〔2025〕3号",
    ]


def test_a_number_stands_in_hexagonal_brackets_without_leading_zeros() -> None:
    assert formatted("教公开", 2026, 7) == "教公开\u30142026\u30157号"


def test_a_void_number_is_not_given_again() -> None:
    given = numbers(2)
    voided = void_number(fold_numbers(given), number=2, reason="打印错误", on=ON)
    register = fold_numbers([*given, voided])
    assert register.voided == {2}
    assert give_number(register, document_code="城管公开", case="2025-9", on=ON).number == 3


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_number_that_was_never_given_cannot_be_made_void(number: int) -> None:
    with pytest.raises(Refused) as refused:
        void_number(fold_numbers(numbers(2)), number=number, reason="打印错误", on=ON)
    assert (refused.value.code, refused.value.field) == ("unknown_number", "number")


def test_a_number_is_made_void_once_and_with_a_reason() -> None:
    given = numbers(1)
    with pytest.raises(Refused) as empty:
        void_number(fold_numbers(given), number=1, reason=" ", on=ON)
    assert empty.value.field == "reason"
    voided = void_number(fold_numbers(given), number=1, reason="打印错误", on=ON)
    with pytest.raises(Refused) as again:
        void_number(fold_numbers([*given, voided]), number=1, reason="打印错误", on=ON)
    assert again.value.code == "already_void"


def test_an_agency_without_a_code_has_no_numbers() -> None:
    with pytest.raises(Refused) as refused:
        give_number(fold_numbers([]), document_code=" ", case="2025-1", on=ON)
    assert (refused.value.code, refused.value.field) == ("no_document_code", "agency")


def test_every_kind_of_document_has_its_name() -> None:
    assert len({kind.label for kind in DocumentKind}) == len(DocumentKind)


def test_an_agency_that_begins_in_mid_year_goes_on_from_the_number_it_writes_first() -> None:
    first = claim_number(
        fold_numbers([]),
        document_number="城管公开〔2025〕51号",
        document_code="城管公开",
        case="2025-51",
        on=ON,
    )
    assert first is not None
    register = fold_numbers([first])
    following = give_number(register, document_code="城管公开", case="2025-52", on=ON)
    assert following.document_number == "城管公开〔2025〕52号"
    with pytest.raises(Refused) as taken:
        claim_number(
            register,
            document_number="城管公开〔2025〕50号",
            document_code="城管公开",
            case="2025-53",
            on=ON,
        )
    assert taken.value.code == "number_taken"
