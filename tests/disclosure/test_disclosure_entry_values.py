"""Values as an entry line writes them: money is text, and stays exact on its way."""

from datetime import date

import pytest
from pydantic import ValidationError

from disclosure.agency_commands import RecordFeeIncome
from disclosure.request_commands import PayFee

ON = date(2025, 9, 17)


def paid(amount: object) -> PayFee:
    """Read a payment as strictly as an entry line is read."""
    line = {"agency": "a", "case": "1", "on": ON, "amount": amount}
    return PayFee.model_validate(line, strict=True)


@pytest.mark.parametrize("text", ["0", "1234.50", "0.01", "999999999999999.99"])
def test_money_is_read_from_its_text_digit_by_digit(text: str) -> None:
    command = paid(text)
    assert str(command.amount) == text
    assert PayFee.model_validate_json(command.model_dump_json()) == command
    assert paid(command.amount) == command


@pytest.mark.parametrize("given", [12, 12.5, True, None, "", "一百", "NaN", "Infinity", ["1"]])
def test_money_is_nothing_else(given: object) -> None:
    with pytest.raises(ValidationError):
        paid(given)
    with pytest.raises(ValidationError):
        RecordFeeIncome.model_validate({"agency": "a", "on": ON, "amount_yuan": given})


def test_what_is_no_money_is_told_how_to_write_it() -> None:
    with pytest.raises(ValidationError, match="须为十进制数字符串"):
        paid("一百")
