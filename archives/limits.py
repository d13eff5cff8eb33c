"""How much of an archive a room takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an honest file of a room's kind stays far below.

    Attributes:
        members: entries of its directory, folders too, and of archives stored in it.
        unpacked: bytes of all its files together.
        member: bytes of one file that is read.
        tags: of one XML part; libxml2 takes 200 bytes for each.
        ratio: unpacked to packed size of one file, None where `unpacked` is low enough alone.
    """

    members: int
    unpacked: int
    member: int
    tags: int
    ratio: int | None = None
