"""Run-together digits are cut where one way is left, and nowhere else."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from audit.recognition_digits import Balance, Cut, adds_up, best_alone, cuts, settled

NUMBERS = st.lists(st.integers(0, 999), min_size=7, max_size=7)


@given(NUMBERS, st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_true_cut_is_always_among_the_cuts(numbers: list[int], apart: list[bool]) -> None:
    text = str(numbers[0])
    for number, border in zip(numbers[1:], apart, strict=True):
        text += (" " if border else "") + str(number)
    groups = text.split()
    if sum(map(len, groups)) <= 18:
        assert tuple(numbers) in cuts(groups, 7)


def test_no_number_begins_with_a_needless_zero() -> None:
    assert cuts(["0011"], 3) == [(0, 0, 11)]
    assert cuts(["7400"], 3) == [(7, 40, 0), (74, 0, 0)]


def test_as_many_digits_as_cells_have_one_cut() -> None:
    assert cuts(["8100008"], 7) == [(8, 1, 0, 0, 0, 0, 8)]
    assert cuts(["000000"], 7) == []


def test_borders_between_groups_are_kept() -> None:
    adding = [cut for cut in cuts(["160", "02", "0", "018"], 7) if adds_up(cut, 6)]
    assert adding == [(16, 0, 0, 2, 0, 0, 18)]


def _balance(granted: Sequence[Cut], handled: Cut) -> Balance:
    none = (0, 0, 0)
    readings: dict[str, Sequence[Cut]] = {
        "new": [handled],
        "in": [none],
        "out": [none],
        "handled": [handled],
        "granted": granted,
    }
    return Balance(readings, ("new", "in"), "handled", "out", ("granted",), 2)


def test_columns_choose_between_cuts_that_both_add_up() -> None:
    both = [(22, 3, 25), (2, 23, 25)]
    assert settled(_balance(both, (22, 3, 25)))["granted"] == (22, 3, 25)


def test_two_cuts_that_fit_every_column_settle_nothing() -> None:
    balance = _balance([(22, 3, 25), (2, 23, 25)], (24, 26, 50))
    twice = Balance(
        {**balance.readings, "partial": [(22, 3, 25), (2, 23, 25)]},
        balance.inflow,
        balance.handled,
        balance.outflow,
        ("granted", "partial"),
        2,
    )
    assert "granted" not in settled(twice)


def test_a_cut_of_a_table_that_does_not_balance_must_beat_the_others_clearly() -> None:
    cut, other = (16, 2, 18), (1, 62, 18)
    assert best_alone(_balance([cut], (16, 2, 20)), "granted", [cut, other]) == cut
    assert best_alone(_balance([cut], (18, 0, 18)), "granted", [cut, other]) is None


def test_a_cut_that_does_not_add_up_is_never_the_best() -> None:
    cut = (12, 1, 12)
    assert best_alone(_balance([], cut), "granted", [cut, (1, 21, 12)]) is None
