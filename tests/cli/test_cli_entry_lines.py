"""A line as it is read: every verb can be, and whatever cannot is refused with its field."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.entry_lines import VERBS, parse_entry_line
from disclosure.agency_commands import RecordFeeIncome
from disclosure.refusals import Refused
from disclosure.request_commands import PayFee
from tests.cli.sound_lines import SOUND_LINES

FIELDS = sorted({name for model in VERBS.values() for name in model.model_fields})
WORDS = st.sampled_from(
    ["2024-05-20", "1738368000", "12.50", "-1", "1e9", "NaN", "granted", "online", "a", "{{new}}"]
)
TEXTS = st.text() | WORDS | st.text(st.characters(codec=None), max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def text_of(line: Any, *, escaped: bool = False) -> str:
    return json.dumps(line, ensure_ascii=escaped)


def read_or_refuse(text: str) -> None:
    """Read a line; anything but a refusal fails the test."""
    try:
        line = parse_entry_line(text)
    except Refused:
        return
    assert parse_entry_line(line.canonical).command == line.command


def test_there_is_a_sound_line_of_every_verb() -> None:
    assert VERBS.keys() <= SOUND_LINES.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_can_be_read_with_every_field_it_may_have(verb: str) -> None:
    line = SOUND_LINES[verb]
    read = parse_entry_line(text_of(line))
    sayable = VERBS[verb].model_fields.keys() - VERBS[verb].internal
    assert line.keys() == sayable, "the line leaves a field unread"
    assert json.loads(read.canonical) == line


def test_an_amount_of_money_is_the_number_its_text_says() -> None:
    income = parse_entry_line(text_of(SOUND_LINES["record_fee_income"])).command
    assert isinstance(income, RecordFeeIncome)
    assert income.amount_yuan == Decimal("12345.60")
    paid = parse_entry_line(text_of(SOUND_LINES["pay_fee"])).command
    assert isinstance(paid, PayFee)
    assert PayFee.model_validate_json(paid.model_dump_json()) == paid


@pytest.mark.parametrize(
    ("verb", "field"),
    [
        (verb, field)
        for verb, line in SOUND_LINES.items()
        if verb in VERBS
        for field, value in line.items()
        if isinstance(value, str) and value[:2] in {"19", "20"} and field != "volume"
    ],
)
@pytest.mark.parametrize("text", ["1738368000", "2024-05-20T00:00:00", "20240520", "9999-12-31"])
def test_a_date_is_a_year_a_month_and_a_day_in_every_field(
    verb: str, field: str, text: str
) -> None:
    with pytest.raises(Refused) as refused:
        parse_entry_line(text_of(SOUND_LINES[verb] | {field: text}))
    assert refused.value.field == field
    assert "YYYY-MM-DD" in refused.value.message


@given(
    verb=st.sampled_from(sorted(VERBS)),
    members=st.dictionaries(st.sampled_from(FIELDS) | TEXTS, VALUES, max_size=4),
    escaped=st.booleans(),
)
def test_a_known_verb_with_anything_else_beside_it_is_read_or_refused(
    *, verb: str, members: dict[str, Any], escaped: bool
) -> None:
    read_or_refuse(text_of(members | {"do": verb}, escaped=escaped))


@given(
    verb=st.sampled_from(sorted(VERBS)),
    members=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=2),
    escaped=st.booleans(),
)
def test_a_sound_line_with_other_values_in_it_is_read_or_refused(
    *, verb: str, members: dict[str, Any], escaped: bool
) -> None:
    line = {name: members.get(name, value) for name, value in SOUND_LINES[verb].items()}
    read_or_refuse(text_of(line, escaped=escaped))


@given(value=VALUES, escaped=st.booleans())
def test_any_json_is_read_or_refused(*, value: Any, escaped: bool) -> None:
    read_or_refuse(text_of(value, escaped=escaped))
    read_or_refuse(text_of({"do": value}, escaped=escaped))


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(text)
