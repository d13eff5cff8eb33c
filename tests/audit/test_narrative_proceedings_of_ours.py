"""What our own texts say of proceedings never disagrees with the table they were made of."""

from dataclasses import asdict, replace
from itertools import product

from audit.checking import check_texts
from reporting.default_texts import standing_texts
from reporting.figures import Figures
from reporting.tables import ProceedingCounts, Table4, Tables

COUNTS = tuple(
    ProceedingCounts(*states, total=sum(states))
    for states in ((0, 0, 0, 0), (0, 0, 0, 1), (2, 0, 0, 0), (1, 1, 1, 1))
)
"""Upheld, corrected, other, pending."""


def test_standing_texts_agree_with_every_mixture_of_reconsiderations_and_lawsuits() -> None:
    for counts in product(COUNTS, repeat=3):
        figures = Figures(replace(Tables.zero(), table4=Table4(*counts)))
        found = check_texts(asdict(standing_texts(figures, 2024)), figures, 2024)
        assert [one.message for one in found] == []
