"""Passwords: what a good one is, how it is kept, and the first one somebody is handed.

等保 2.0 (GB/T 22239-2019, 8.1.4.1 a) asks for complexity; length does more, so both are asked for.
Kept as argon2id (RFC 9106).
"""

import secrets
import string
import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from people.errors import PeopleError
from people.policy import Policy

SHORTEST: Final = 10
LONGEST: Final = 128
_KINDS_ASKED: Final = 3
_AT_ONCE: Final = 4

_FIRST_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without what looks alike on paper: i l o I L O 0 1."""

RULE: Final = (
    f"至少 {SHORTEST} 个字符，含大写字母、小写字母、数字、符号中的三种，不含用户名，不用最近用过的"
)
"""What a form says beside the field."""


def check_password(name: str, password: str) -> None:
    """Refuse a password that is too easy.

    Raises:
        PeopleError: the sentence says what is missing and never quotes it.
    """
    if len(password) < SHORTEST:
        raise PeopleError("password", f"密码至少 {SHORTEST} 个字符")
    if len(password) > LONGEST:
        raise PeopleError("password", f"密码至多 {LONGEST} 个字符")
    if name.casefold() in password.casefold():
        raise PeopleError("password", "密码不能包含用户名")
    kinds = (
        any(char.isupper() for char in password),
        any(char.islower() for char in password),
        any(char.isdigit() for char in password),
        any(not char.isalnum() for char in password),
    )
    if sum(kinds) < _KINDS_ASKED:
        raise PeopleError("password", "密码须含大写字母、小写字母、数字、符号中的三种")


def first_password() -> str:
    """Return a random password to be handed over once, about 70 bits, such as `kM7p-x2Qd-9RtA`."""
    while True:
        chars = [secrets.choice(_FIRST_ALPHABET) for _ in range(12)]
        password = "-".join("".join(chars[at : at + 4]) for at in (0, 4, 8))
        if all(
            any(char in kind for char in password)
            for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits)
        ):
            return password


class Hasher:
    """Argon2id, a few at once: each takes its memory."""

    def __init__(self, policy: Policy) -> None:
        self._argon2 = PasswordHasher(
            time_cost=policy.hashing_time, memory_cost=policy.hashing_memory
        )
        self._few = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return what is kept."""
        with self._few:
            return self._argon2.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether the password is right; where none is kept it takes as long to say no."""
        with self._few:
            try:
                self._argon2.verify(kept or self._nobody, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_dated(self, kept: str) -> bool:
        """Tell whether it was hashed with other costs than today's."""
        return self._argon2.check_needs_rehash(kept)


def _normal(password: str) -> str:
    """Let the same characters be the same bytes, whatever the keyboard sent (NFKC)."""
    return unicodedata.normalize("NFKC", password)
