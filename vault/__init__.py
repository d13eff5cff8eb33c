"""Personal data (个人信息) sealed under a key per request, and the keys themselves.

What is let in here: key ring, data keys, sealing and opening, fingerprints, the payload codec
for Temporal. What stays out: what is personal and who may see it; that is decided where the
facts are known. Nothing of ours is imported.

How the keys hang together:

    master key (a file of mode 0600, or a setting)
      ├─ HKDF "data-keys" ──► wraps one random data key per stream (table data_keys)
      │                          └─► seals the personal fields of that stream's events
      ├─ HKDF "temporal-payloads" ──► encrypts what travels through Temporal
      └─ HKDF "fingerprint/…" ──► keyed digests for command ids (oldest master key only)

Destroying a data key makes every sealed field of its stream unreadable while the log keeps its
bytes and its digests (个人信息保护法 Art. 47, erasure; Art. 51, encryption).

`vault.codec` is imported by its own name: it brings Temporal's SDK with it, which whoever only
reads the log does without.
"""

from vault.errors import KeyErased, KeyRingBroken, SealBroken, UnknownKey, VaultError
from vault.fingerprint import Fingerprints
from vault.keyring import KeyRing
from vault.vault import Vault

__all__ = [
    "Fingerprints",
    "KeyErased",
    "KeyRing",
    "KeyRingBroken",
    "SealBroken",
    "UnknownKey",
    "Vault",
    "VaultError",
]
