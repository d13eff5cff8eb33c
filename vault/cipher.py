"""Ciphers a seal can be made with, told apart by the first byte of the sealed bytes.

Commercial cryptography assessments (密评) ask for SM4: it enters as the next number, beside
the old one, and what was sealed before stays readable.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from vault.errors import SealBroken

DATA_KEY_BYTES: Final = 64
"""Key material of one stream; AES-256-SIV takes all of it (RFC 5297, 2.2)."""


class Cipher(Protocol):
    """Deterministic authenticated encryption: same key, same input, same bytes.

    Determinism is wanted: a repeated append must write the same bytes, since the log compares
    content. It costs nothing here, for the event id in the associated data is never the same
    for two events.
    """

    number: ClassVar[int]

    @staticmethod
    def encrypt(key: bytes, plain: bytes, associated: Sequence[bytes]) -> bytes:
        """Encrypt and authenticate `plain`, bound to `associated`."""

    @staticmethod
    def decrypt(key: bytes, sealed: bytes, associated: Sequence[bytes]) -> bytes | None:
        """Return the plain bytes, or None when anything was changed."""


class AesSiv:
    """AES-256-SIV (RFC 5297): misuse-resistant, no nonce to be used twice by a retry."""

    number: ClassVar[int] = 1

    @staticmethod
    def encrypt(key: bytes, plain: bytes, associated: Sequence[bytes]) -> bytes:
        """Encrypt and authenticate; 16 bytes longer than `plain`."""
        return AESSIV(key).encrypt(plain, list(associated))

    @staticmethod
    def decrypt(key: bytes, sealed: bytes, associated: Sequence[bytes]) -> bytes | None:
        """Return the plain bytes, or None when anything was changed."""
        try:
            return AESSIV(key).decrypt(sealed, list(associated))
        except InvalidTag:
            return None


CIPHERS: Final[Mapping[int, type[Cipher]]] = {AesSiv.number: AesSiv}
"""Every cipher that was ever in use, by its number."""

CURRENT: Final[type[Cipher]] = AesSiv


def seal(key: bytes, plain: bytes, associated: Sequence[bytes]) -> bytes:
    """Seal under the current cipher: its number as one byte, then what it makes."""
    return bytes([CURRENT.number]) + CURRENT.encrypt(key, plain, associated)


def unseal(key: bytes, sealed: bytes, associated: Sequence[bytes]) -> bytes:
    """Open what `seal` made, now or under an earlier cipher.

    Raises:
        SealBroken: the bytes were changed, cut, or belong elsewhere.
    """
    cipher = CIPHERS.get(sealed[0]) if sealed else None
    if cipher is None:
        raise SealBroken("密文格式不明：内容被截断或改动，或由更新的版本写入")
    plain = cipher.decrypt(key, sealed[1:], associated)
    if plain is None:
        raise SealBroken("密文校验不通过：内容被改动，或不属于这一事件")
    return plain
