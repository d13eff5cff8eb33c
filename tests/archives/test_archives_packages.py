import io
import time
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import ArchiveRefused, Fault, Limits, Package, pack
from tests.archives.makers import ROOMY, at_offset, scrambled, zipped

HONEST = zipped({"a.xml": b"<a>1</a>", "media/b.png": b"picture" * 100})
ENTRY = b"PK\1\2"


def fault_of(content: bytes, limits: Limits = ROOMY) -> Fault:
    """What is the matter when an archive is opened and all of it read."""
    with pytest.raises(ArchiveRefused) as caught:
        read_all(content, limits)
    return caught.value.fault


def read_all(content: bytes, limits: Limits) -> dict[str, bytes]:
    package = Package(content, limits)
    return {name: package.read(name) for name in package.names}


def test_an_honest_archive_is_read_whole_in_its_order() -> None:
    assert list(read_all(HONEST, ROOMY).items()) == [
        ("a.xml", b"<a>1</a>"),
        ("media/b.png", b"picture" * 100),
    ]


def test_folders_are_no_parts() -> None:
    content = zipped({"word/": b"", "word/a.xml": b"<a/>"})
    assert read_all(content, ROOMY) == {"word/a.xml": b"<a/>"}


def test_an_xml_part_is_parsed() -> None:
    assert Package(HONEST, ROOMY).xml("a.xml").text == "1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\3\4 and no more",
        HONEST[: len(HONEST) // 2],
        HONEST[:-30],
        scrambled(HONEST),
        at_offset(2**62),
        at_offset(2**64 - 1),
        zipped({"a.xml": b"<a>1</a>"}, zipfile.ZIP_STORED).replace(b"<a>1", b"<a>2"),
    ],
)
def test_what_is_cut_or_forged_is_damaged(content: bytes) -> None:
    assert fault_of(content) is Fault.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_no_office_program_writes_is_not_unpacked(method: int) -> None:
    content = zipped({"a.xml": b"<a/>"}, method)
    assert Package(content, ROOMY).names == {"a.xml"}
    assert fault_of(content) is Fault.DAMAGED


def test_a_member_without_a_name_is_read_like_any_other() -> None:
    made = bytearray(zipped({"a": b"<a/>"}))
    for lengths in (26, made.index(ENTRY) + 28):
        # The one letter of the name becomes an extra field.
        made[lengths], made[lengths + 2] = 0, 1
    assert read_all(bytes(made), ROOMY) == {"": b"<a/>"}


def test_a_member_that_is_not_there_is_damage() -> None:
    with pytest.raises(ArchiveRefused) as caught:
        Package(HONEST, ROOMY).read("b.xml")
    assert caught.value.fault is Fault.DAMAGED


def test_an_encrypted_member_is_said_to_be_encrypted() -> None:
    made = bytearray(HONEST)
    made[6] |= 1
    made[made.index(b"PK\1\2") + 8] |= 1
    assert fault_of(bytes(made)) is Fault.ENCRYPTED


@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_two_members_of_one_name_are_refused(second: str) -> None:
    content = zipped({"a.xml": b"<a/>", "b.xml": b"<b/>"}).replace(b"b.xml", second.encode())
    assert fault_of(content) is Fault.NAMES


@pytest.mark.parametrize(
    ("narrow", "fault"),
    [
        (replace(ROOMY, members=1), Fault.MEMBERS),
        (replace(ROOMY, unpacked=707), Fault.UNPACKED),
        (replace(ROOMY, member=699), Fault.MEMBER),
    ],
)
def test_more_than_a_limit_is_refused(narrow: Limits, fault: Fault) -> None:
    assert fault_of(HONEST, narrow) is fault


def test_a_directory_without_end_is_refused_before_it_is_read() -> None:
    endless = zipped({"a.xml": b"<a/>"}).replace(ENTRY, ENTRY * 1_000_000)
    begun = time.perf_counter()
    assert fault_of(endless) is Fault.MEMBERS
    assert time.perf_counter() - begun < 1


def test_just_as_much_as_the_limits_is_taken() -> None:
    assert read_all(HONEST, replace(ROOMY, members=2, unpacked=708, member=700))


def test_what_is_read_is_counted_even_where_one_member_is_read_again_and_again() -> None:
    package = Package(HONEST, replace(ROOMY, unpacked=1_000))
    assert package.read("media/b.png")
    with pytest.raises(ArchiveRefused) as caught:
        package.read("media/b.png")
    assert caught.value.fault is Fault.UNPACKED


def test_a_ratio_counts_from_sizes_that_can_do_harm() -> None:
    strict = replace(ROOMY, ratio=100)
    assert fault_of(zipped({"a.xml": b" " * 400_000}), strict) is Fault.RATIO
    assert read_all(zipped({"a.xml": b" " * 60_000}), strict)
    assert read_all(zipped({"a.xml": b" " * 400_000}), ROOMY)


def test_a_size_that_lies_is_not_believed() -> None:
    size, small = (400_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    lying = zipped({"a.xml": b" " * 400_000}).replace(size, small)
    assert fault_of(lying) is Fault.DAMAGED


@given(st.lists(st.tuples(st.integers(0, len(HONEST) - 1), st.integers(0, 255)), max_size=6))
@settings(max_examples=400)
def test_no_changed_byte_gives_anything_but_parts_or_a_refusal(
    changes: list[tuple[int, int]],
) -> None:
    content = bytearray(HONEST)
    for place, value in changes:
        content[place] = value
    try:
        parts = read_all(bytes(content), ROOMY)
    except ArchiveRefused:
        return
    assert sum(map(len, parts.values())) <= ROOMY.unpacked


def test_the_same_parts_are_the_same_file_whatever_their_order() -> None:
    parts = {"b.xml": b"<b/>", "a.xml": b"<a/>"}
    made = pack(parts)
    assert made == pack(dict(reversed(parts.items())))
    members = zipfile.ZipFile(io.BytesIO(made)).infolist()
    assert [member.filename for member in members] == ["a.xml", "b.xml"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.external_attr for member in members} == {0o600 << 16}


def test_what_was_packed_is_read_back() -> None:
    parts = {"a.xml": b"<a/>", "b.bin": bytes(range(256))}
    assert read_all(pack(parts), ROOMY) == parts
