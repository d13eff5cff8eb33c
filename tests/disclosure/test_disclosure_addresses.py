"""Where a fact belongs: names of streams, and which references may stand in one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.addresses import (
    agency_of,
    agency_stream,
    case_of,
    case_stream,
    check_agency_id,
    check_case,
    report_stream,
)
from disclosure.agency import AgencyState, decide_agency
from disclosure.agency_commands import RegisterAgency
from disclosure.refusals import Refused

AGENCY_IDS = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)


def accepted(case: str) -> bool:
    try:
        check_case(case)
    except Refused as refusal:
        assert (refusal.code, refusal.field) == ("bad_case", "case")  # noqa: PT017 - both answers are looked at
        return False
    return True


@given(AGENCY_IDS, st.text().filter(accepted))
def test_a_case_stream_says_which_agency_and_which_case(agency: str, case: str) -> None:
    stream = case_stream(agency, case)
    assert (agency_of(stream), case_of(stream)) == (agency, case)


@given(AGENCY_IDS, st.integers(2008, 9999))
def test_an_agencys_and_a_reports_stream_say_which_agency(agency: str, year: int) -> None:
    assert agency_of(agency_stream(agency)) == agency
    assert agency_of(report_stream(agency, year)) == agency


@given(AGENCY_IDS, AGENCY_IDS, st.text().filter(accepted), st.text().filter(accepted))
def test_two_cases_never_share_a_stream(one: str, other: str, case: str, another: str) -> None:
    same = (one, case) == (other, another)
    assert (case_stream(one, case) == case_stream(other, another)) is same


@pytest.mark.parametrize(
    "case", ["2025-001", "申 2025/7 号", "〔2025〕12号", "x" * 100, "申" * 100]
)
def test_whatever_an_agency_can_write_on_a_file_may_be_a_reference(case: str) -> None:
    assert accepted(case)


@pytest.mark.parametrize("case", ["", " ", "　", " 1", "1 ", "1\n", "\t1"])
def test_a_reference_is_not_empty_and_has_no_space_around_it(case: str) -> None:
    assert not accepted(case)


def test_a_reference_is_at_most_a_hundred_characters_long() -> None:
    assert not accepted("x" * 101)


@given(st.characters(categories=["Cc"]))
def test_no_control_character_stands_in_a_reference(character: str) -> None:
    assert not accepted(f"1{character}2")


@given(st.characters(categories=["Cs"]))
def test_no_lone_surrogate_stands_in_a_reference(character: str) -> None:
    assert not accepted(f"1{character}2")


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\ufeff"])
def test_no_invisible_separator_stands_in_a_reference(character: str) -> None:
    assert not accepted(f"1{character}2")


@given(AGENCY_IDS)
def test_an_agency_id_of_small_letters_digits_and_hyphens_is_accepted(agency: str) -> None:
    check_agency_id(agency)


@pytest.mark.parametrize("agency", ["", "A", "城管", "a/b", "a b", "a\n", "a_b", "é"])
def test_any_other_agency_id_is_refused(agency: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_agency_id(agency)
    assert (refusal.value.code, refusal.value.field) == ("bad_agency_id", "agency")


def test_an_agency_id_is_at_most_sixty_four_characters_long() -> None:
    check_agency_id("a" * 64)
    with pytest.raises(Refused) as refusal:
        check_agency_id("a" * 65)
    assert (refusal.value.code, refusal.value.field) == ("bad_agency_id", "agency")
    assert "不能超过 64 个字符" in refusal.value.message


def test_the_agency_a_report_is_rolled_up_into_is_named_as_any_other() -> None:
    for parent in ("a" * 65, "A"):
        child = RegisterAgency(agency="a", on=date(2025, 9, 17), name="某局", parent=parent)
        with pytest.raises(Refused) as refusal:
            decide_agency(AgencyState(), child)
        assert (refusal.value.code, refusal.value.field) == ("bad_agency_id", "parent")
