"""What can go wrong in this room.

    VaultError
    ├── KeyRingBroken   no usable master keys: permissions, form, a missing file
    ├── UnknownKey      something was written under a key this ring or table does not hold
    ├── SealBroken      bytes were changed, cut, or belong to another event or stream
    └── KeyErased       the stream's key was destroyed: nothing more can be sealed in it

Messages are Chinese, for those who run the system; they name files, key ids and streams,
never a plain text and never a key.
"""


class VaultError(Exception):
    """Any failure of this room."""


class KeyRingBroken(VaultError):  # noqa: N818 - the tree reads as states of things
    """The master keys cannot be used as they are; starting would risk unreadable data."""


class UnknownKey(VaultError):  # noqa: N818 - as above
    """A key id is not in the ring, or a stream has no data key where one must be."""


class SealBroken(VaultError):  # noqa: N818 - as above
    """Authenticated decryption failed."""


class KeyErased(VaultError):  # noqa: N818 - as above
    """The data key of a stream was destroyed on purpose (erasure)."""
