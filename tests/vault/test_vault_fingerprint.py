"""Fingerprints: stable for those who hold the key, meaningless for those who do not."""

from hypothesis import given
from hypothesis import strategies as st

from vault import Fingerprints, KeyRing

RING = KeyRing({"k1": b"1" * 32})


@given(st.text(st.characters()))
def test_the_same_text_gives_the_same_sixty_four_digits(text: str) -> None:
    digits = Fingerprints(RING).of(text)
    assert digits == Fingerprints(RING).of(text)
    assert len(bytes.fromhex(digits)) == 32


@given(st.text(), st.text())
def test_two_texts_share_a_fingerprint_only_when_equal(one: str, other: str) -> None:
    prints = Fingerprints(RING)
    assert (prints.of(one) == prints.of(other)) == (one == other)


def test_a_rotation_does_not_change_the_ids_of_what_was_imported_before() -> None:
    rotated = KeyRing({"k2": b"2" * 32, "k1": b"1" * 32})
    assert Fingerprints(rotated).of("王小明") == Fingerprints(RING).of("王小明")


def test_without_the_key_a_guessed_name_cannot_be_checked() -> None:
    guessing = Fingerprints(KeyRing({"k1": b"x" * 32}))
    assert guessing.of("王小明") != Fingerprints(RING).of("王小明")


def test_two_purposes_cannot_be_matched() -> None:
    assert Fingerprints(RING, "command").of("a") != Fingerprints(RING, "applicant").of("a")
