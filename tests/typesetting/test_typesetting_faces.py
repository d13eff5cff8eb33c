from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from typesetting.faces import HEI, SONG, SONG_FILES, fonts, set_in_hei, set_in_song, settable

MEBIBYTE = 1024 * 1024


def characters_of(weight: str) -> set[int]:
    with TTFont(SONG_FILES / f"NotoSerifSC-{weight}.ttf", lazy=True) as font:
        return set(font.getBestCmap())


def gb2312() -> str:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


@pytest.mark.parametrize(
    "words",
    ["", "保定市商务局", "〔2024〕第1号（一）“公开”——", "GB/T 9704", "一\n二\t三"],
)
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert settable(words) == words


@pytest.mark.parametrize("name", ["䶮", "㛃", "𬭁", "𠮷", "喆", "堃", "镕", "𫖯", "·", "𬍛"])
def test_rare_characters_of_names_are_kept(name: str) -> None:
    assert settable(f"张{name}") == f"张{name}"


def test_what_no_face_can_show_is_written_as_its_code_point() -> None:
    assert settable("张\U00031350先生😀") == "张〔U+31350〕先生〔U+1F600〕"


def test_marks_without_a_shape_and_controls_are_left_out() -> None:
    assert settable("公\u200b开\ufeff申\x07请\u202e葛\U000e0100\u2028") == "公开申请葛"


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_song_sets_all_of_gb2312_and_the_names_of_places_beyond_it(weight: str) -> None:
    characters = characters_of(weight)
    assert {ord(one) for one in gb2312()} <= characters
    assert {ord(one) for one in "埇鄠溇浬喆堃昇翀玥珺煊淼䶮㛃㙍𫖯"} <= characters


def test_both_weights_hold_the_same_characters() -> None:
    assert characters_of("Regular") == characters_of("Bold") == set_in_song()


def test_hei_stands_in_for_what_song_lacks() -> None:
    assert ord("𠮷") in set_in_hei() - set_in_song()


def test_only_the_faces_of_the_house_are_found_whatever_the_machine_has() -> None:
    families = fonts().families()
    assert {SONG, HEI} <= set(families)
    assert all(name == SONG or name.startswith("Noto Sans CJK ") for name in families)


def test_the_shipped_fonts_are_small_and_carry_their_licence() -> None:
    files = [file for file in Path(SONG_FILES).iterdir() if file.is_file()]
    assert sorted(file.name for file in files) == [
        "NotoSerifSC-Bold.ttf",
        "NotoSerifSC-Regular.ttf",
        "OFL.txt",
    ]
    assert sum(file.stat().st_size for file in files) < 8 * MEBIBYTE
    assert "SIL Open Font License" in (SONG_FILES / "OFL.txt").read_text("utf-8")
