"""Master keys: made once, read strictly, rotated without losing the old."""

import base64
import hmac
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from vault import KeyRing, KeyRingBroken, UnknownKey


def encoded(letter: bytes) -> str:
    return base64.b64encode(letter * 32).decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "keys"


def test_the_first_start_makes_a_key_only_its_owner_can_read(folder: Path) -> None:
    KeyRing.in_folder(folder)
    (file,) = folder.iterdir()
    assert file.name == "master-1.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_second_start_reads_the_same_key(folder: Path) -> None:
    first, second = KeyRing.in_folder(folder), KeyRing.in_folder(folder)
    assert first.ids == second.ids
    assert first.derive("data-keys") == second.derive("data-keys")


def test_two_folders_hold_two_keys(tmp_path: Path) -> None:
    one, other = KeyRing.in_folder(tmp_path / "one"), KeyRing.in_folder(tmp_path / "other")
    assert one.derive("data-keys") != other.derive("data-keys")


def test_many_first_starts_at_once_come_back_with_one_key(folder: Path) -> None:
    start = Barrier(16)

    def work(_: int) -> bytes:
        start.wait()
        return KeyRing.in_folder(folder).derive("data-keys")

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(work, range(16)))) == 1
    assert [file.name for file in folder.iterdir()] == ["master-1.key"]


def test_rotation_puts_a_new_key_first_and_keeps_the_old(folder: Path) -> None:
    before = KeyRing.in_folder(folder)
    after = KeyRing.rotate_in_folder(folder)
    assert after.ids == (after.current, before.current)
    assert after.oldest == before.current
    assert after.current.startswith("2-")
    assert after.derive("x", before.current) == before.derive("x")
    assert after.derive("x") != before.derive("x")


def test_more_than_nine_keys_stay_in_the_order_of_their_making(folder: Path) -> None:
    KeyRing.in_folder(folder)
    for _ in range(10):
        KeyRing.rotate_in_folder(folder)
    ring = KeyRing.in_folder(folder)
    assert [kid.split("-")[0] for kid in ring.ids] == [str(n) for n in range(11, 0, -1)]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_file_others_can_read_is_refused(folder: Path, mode: int) -> None:
    KeyRing.in_folder(folder)
    (folder / "master-1.key").chmod(mode)
    with pytest.raises(KeyRingBroken, match=rf"权限为 {mode:o}，他人可以读取：请执行 chmod 600"):
        KeyRing.in_folder(folder)


def test_a_key_folder_others_can_enter_is_refused(folder: Path) -> None:
    KeyRing.in_folder(folder)
    folder.chmod(0o750)
    with pytest.raises(KeyRingBroken, match="请执行 chmod 700"):
        KeyRing.in_folder(folder)


def test_every_changed_byte_of_a_key_file_is_noticed(folder: Path) -> None:
    KeyRing.in_folder(folder)
    file = folder / "master-1.key"
    line = file.read_bytes()
    # The last character before the padding has two bits that mean nothing: left out.
    for place in range(len(line) - 3):
        changed = bytearray(line)
        changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
        file.write_bytes(changed)
        with pytest.raises(KeyRingBroken, match="已损坏"):
            KeyRing.in_folder(folder)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"1-aaaaaaaa", b"1-aaaaaaaa:!!!"])
def test_an_empty_or_foreign_key_file_is_not_replaced_by_a_new_key(
    folder: Path, content: bytes
) -> None:
    KeyRing.in_folder(folder)
    (folder / "master-1.key").write_bytes(content)
    with pytest.raises(KeyRingBroken, match="请从备份恢复，不要另造密钥"):
        KeyRing.in_folder(folder)


def test_a_missing_older_key_is_told_by_its_file_name(folder: Path) -> None:
    KeyRing.in_folder(folder)
    KeyRing.rotate_in_folder(folder)
    (folder / "master-1.key").unlink()
    with pytest.raises(KeyRingBroken, match=r"缺少 master-1\.key"):
        KeyRing.in_folder(folder)


def test_a_link_in_place_of_a_key_file_is_refused(folder: Path, tmp_path: Path) -> None:
    KeyRing.in_folder(folder)
    os.rename(folder / "master-1.key", tmp_path / "elsewhere")  # noqa: PTH104 - a plain move
    (folder / "master-1.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyRingBroken, match="无法读取"):
        KeyRing.in_folder(folder)


def test_a_restart_on_a_lost_folder_can_be_told_to_make_nothing(folder: Path) -> None:
    with pytest.raises(KeyRingBroken, match="不存在"):
        KeyRing.in_folder(folder, create=False)
    folder.mkdir(mode=0o700, parents=True)
    with pytest.raises(KeyRingBroken, match="没有主密钥"):
        KeyRing.in_folder(folder, create=False)


def test_a_draft_left_by_a_crash_does_no_harm(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)
    (folder / ".draft-0123").write_text("half a li", encoding="ascii")
    assert KeyRing.in_folder(folder).ids == KeyRing.in_folder(folder).ids


def test_keys_from_a_setting_are_newest_first() -> None:
    ring = KeyRing.from_text(f" new:{encoded(b'n')},\n old:{encoded(b'o')} ")
    assert (ring.ids, ring.current, ring.oldest) == (("new", "old"), "new", "old")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "第 1 个主密钥应写作"),
        (encoded(b"n"), "第 1 个主密钥应写作"),
        (f"a:{encoded(b'n')} a:{encoded(b'o')}", "第 2 个主密钥的编号重复"),
        ("a:QUJD*", "第 1 个主密钥不是有效的 base64"),
        ("a:QUJD", "主密钥 a 应为 32 字节，实为 3 字节"),
        (f"机密:{encoded(b'n')}", "主密钥编号只能用字母"),
    ],
)
def test_a_setting_at_fault_is_refused_without_quoting_a_key(text: str, reason: str) -> None:
    with pytest.raises(KeyRingBroken, match=reason) as refused:
        KeyRing.from_text(text)
    assert encoded(b"n") not in str(refused.value)
    assert "QUJD" not in str(refused.value)


def test_a_ring_without_keys_is_refused() -> None:
    with pytest.raises(KeyRingBroken, match="没有主密钥"):
        KeyRing({})


def test_each_purpose_and_each_master_key_has_a_key_of_its_own() -> None:
    ring = KeyRing({"b": b"b" * 32, "a": b"a" * 32})
    keys = {ring.derive(purpose, kid) for purpose in ("x", "y") for kid in ("a", "b")}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)
    assert ring.derive("x") == ring.derive("x", "b")


def test_a_derived_key_is_the_one_of_rfc_5869() -> None:
    # HKDF-SHA256 without salt, info "gongkai/x", spelt out with HMAC alone.
    master = b"m" * 32
    extracted = hmac.digest(bytes(32), master, "sha256")
    expected = hmac.digest(extracted, b"gongkai/x\x01", "sha256")
    assert KeyRing({"m": master}).derive("x") == expected


def test_an_unknown_key_id_is_named() -> None:
    with pytest.raises(UnknownKey, match="没有主密钥 k9"):
        KeyRing({"k1": b"1" * 32}).derive("x", "k9")


def test_a_ring_shows_ids_and_no_keys() -> None:
    assert repr(KeyRing({"k1": b"secret--" * 4})) == "KeyRing(k1)"
