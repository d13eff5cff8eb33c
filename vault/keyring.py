"""Master keys by id, and the keys derived from them for one purpose each."""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault import keyfolder
from vault.errors import KeyRingBroken, UnknownKey
from vault.keyfolder import KEY_BYTES

_KEY_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class KeyRing:
    """Several master keys: the first is the current one, the last the oldest.

    New data is written under the current key; older ids stay readable for as long as they are
    in the ring. A master key is never used by itself, only through `derive`.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise KeyRingBroken("没有主密钥")
        for key_id, key in keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise KeyRingBroken("主密钥编号只能用字母、数字、点、横线和下划线，最长 64 个字符")
            if len(key) != KEY_BYTES:
                raise KeyRingBroken(f"主密钥 {key_id} 应为 {KEY_BYTES} 字节，实为 {len(key)} 字节")
        self._keys = dict(keys)
        self._derived: dict[tuple[str, str], bytes] = {}

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a setting: `kid:base64`, several parted by commas or white space, newest first.

        Raises:
            KeyRingBroken: the form is wrong; the message counts entries and quotes none.
        """
        keys: dict[str, bytes] = {}
        for place, entry in enumerate(re.split(r"[\s,]+", text.strip()), start=1):
            key_id, colon, encoded = entry.partition(":")
            if not colon:
                raise KeyRingBroken(f"第 {place} 个主密钥应写作「编号:base64」")
            if key_id in keys:
                raise KeyRingBroken(f"第 {place} 个主密钥的编号重复")
            try:
                keys[key_id] = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                raise KeyRingBroken(f"第 {place} 个主密钥不是有效的 base64") from None
        return cls(keys)

    @classmethod
    def in_folder(cls, folder: Path, *, create: bool = True) -> Self:
        """Read the key files of `folder`; at first start make the folder and a first key.

        Any number of processes may start at once: all come back with the same key.

        Args:
            folder: only the owner may enter it (0700), its files are 0600.
            create: whether a first key may be made. Say no where data sealed under a lost
                key may exist: a fresh key would only hide the loss.

        Raises:
            KeyRingBroken: others may read the keys, or a file is damaged or missing.
        """
        return cls(keyfolder.read(folder, create=create))

    @staticmethod
    def kept_in(folder: Path) -> bool:
        """Tell whether the folder holds keys, sound or not."""
        return keyfolder.holds_keys(folder)

    @classmethod
    def rotate_in_folder(cls, folder: Path) -> Self:
        """Add a new current key to the folder and return the ring that holds it.

        The older files stay: payloads in histories and fingerprints need them for good.
        """
        keyfolder.add(folder)
        return cls(keyfolder.read(folder, create=False))

    @property
    def current(self) -> str:
        """Id of the key under which new data is written."""
        return next(iter(self._keys))

    @property
    def oldest(self) -> str:
        """Id of the key that never changes under rotation."""
        return next(reversed(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """Every key id, newest first."""
        return tuple(self._keys)

    def derive(self, purpose: str, kid: str | None = None) -> bytes:
        """Derive the 32-byte key for one purpose (HKDF-SHA256, RFC 5869).

        Args:
            purpose: a short stable name; two purposes never share a key.
            kid: which master key; the current one unless told.

        Raises:
            UnknownKey: the ring does not hold `kid`.
        """
        key_id = self.current if kid is None else kid
        known = self._derived.get((purpose, key_id))
        if known is not None:
            return known
        if key_id not in self._keys:
            raise UnknownKey(f"密钥环中没有主密钥 {key_id}：请在设置中补回该密钥")
        # The master key is uniformly random, so extraction needs no salt (RFC 5869, 3.1).
        hkdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"gongkai/{purpose}".encode())
        return self._derived.setdefault((purpose, key_id), hkdf.derive(self._keys[key_id]))

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"
