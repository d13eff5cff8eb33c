"""Keyed digests: the same text gives the same id, and the id gives nothing away."""

import hmac
from typing import Final

from vault.keyring import KeyRing

_PURPOSE: Final = "fingerprint"


class Fingerprints:
    """HMAC-SHA256 (RFC 2104) over texts that may hold personal data.

    A plain hash of a name can be guessed by trying names; this one cannot without the key.
    The oldest master key is used, not the current one: an entry file imported again after a
    rotation must give the same command ids, or every fact would be recorded twice.

    Args:
        keyring: its oldest key must stay in it for good.
        purpose: keeps digests of different uses apart, so that they cannot be matched.
    """

    def __init__(self, keyring: KeyRing, purpose: str = "command") -> None:
        self._key = keyring.derive(f"{_PURPOSE}/{purpose}", keyring.oldest)

    def of(self, text: str) -> str:
        """Return 64 hexadecimal digits that stand for `text`."""
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
