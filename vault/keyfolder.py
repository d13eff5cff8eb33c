"""Master keys as files: `master-1.key`, `master-2.key` …, one line `kid:base64` each.

A file appears whole or not at all, and never changes afterwards: it is written under another
name, flushed, and then linked to its own name. Linking fails when the name is taken, which is
what makes two processes starting at once agree: the loser drops its key and reads the winner's.
"""

import base64
import binascii
import hashlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Final

from vault.errors import KeyRingBroken

_NAME: Final = re.compile(r"master-([1-9]\d*)\.key")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
KEY_BYTES: Final = 32
_LONGEST_FILE: Final = 1024


def read(folder: Path, *, create: bool) -> dict[str, bytes]:
    """Return key by id, newest first; with `create`, make the first one where there is none.

    Raises:
        KeyRingBroken: see `KeyRing.in_folder`.
    """
    if create:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise KeyRingBroken(f"密钥文件夹 {folder} 不存在")
    _refuse_others(folder.stat().st_mode, f"密钥文件夹 {folder}", "700")
    if create and not _numbers(folder):
        _make(folder, 1)
    numbers = _numbers(folder)
    if not numbers:
        raise KeyRingBroken(f"密钥文件夹 {folder} 中没有主密钥")
    missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
    if missing:
        raise KeyRingBroken(f"密钥文件夹 {folder} 缺少 {_name(missing[0])}：请从备份恢复")
    return dict(_read_file(folder / _name(number), number) for number in reversed(numbers))


def holds_keys(folder: Path) -> bool:
    """Tell whether there is any key file, without looking into it."""
    return folder.is_dir() and bool(_numbers(folder))


def add(folder: Path) -> None:
    """Add the next key; when another process does the same at this moment, one is added."""
    newest = len(read(folder, create=False))
    _make(folder, newest + 1)


def _name(number: int) -> str:
    return f"master-{number}.key"


def _numbers(folder: Path) -> list[int]:
    matches = (_NAME.fullmatch(name) for name in os.listdir(folder))  # noqa: PTH208 - names alone
    return sorted(int(match[1]) for match in matches if match)


def _key_id(number: int, key: bytes) -> str:
    """Name a key by its number and a fingerprint, so that a damaged file gives itself away."""
    return f"{number}-{hashlib.sha256(b'gongkai/key-id' + key).hexdigest()[:8]}"


def _make(folder: Path, number: int) -> None:
    key = secrets.token_bytes(KEY_BYTES)
    line = f"{_key_id(number, key)}:{base64.b64encode(key).decode()}\n"
    draft = folder / f".draft-{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # whatever the umask takes away: the owner must read it
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, folder / _name(number))
        except FileExistsError:
            return  # another process was first; its key is the one to read
        _flush_folder(folder)
    finally:
        draft.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power loss."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_file(file: Path, number: int) -> tuple[str, bytes]:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise KeyRingBroken(f"密钥文件 {file} 无法读取：{error.strerror}") from None
    with os.fdopen(descriptor, "rb") as opened:
        # Asked of the open file, not of the name: nobody can swap it in between.
        _refuse_others(os.fstat(descriptor).st_mode, f"密钥文件 {file}", "600")
        content = opened.read(_LONGEST_FILE)
    key_id, _, encoded = content.decode("ascii", "replace").strip().partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES or key_id != _key_id(number, key):
        raise KeyRingBroken(f"密钥文件 {file} 已损坏：请从备份恢复，不要另造密钥")
    return key_id, key


def _refuse_others(mode: int, what: str, wanted: str) -> None:
    if mode & _OTHERS:
        raise KeyRingBroken(
            f"{what} 的权限为 {stat.S_IMODE(mode):03o}，他人可以读取："
            f"请执行 chmod {wanted}，并考虑更换密钥"
        )
