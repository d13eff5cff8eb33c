"""The one refusal of an archive, with what is the matter."""

from enum import Enum, auto


class Fault(Enum):
    """What is the matter with an archive."""

    DAMAGED = auto()
    """No zip, cut, forged, or packed by a method no office program writes."""
    ENCRYPTED = auto()
    NAMES = auto()
    """Two members of one name, which ECMA-376 part 2 forbids: which one counts is a guess."""
    MEMBERS = auto()
    """More members than the limit."""
    UNPACKED = auto()
    """More bytes in all than the limit."""
    MEMBER = auto()
    """One member has more bytes than the limit."""
    RATIO = auto()
    """One member unpacks to more times its size than the limit."""
    TAGS = auto()
    """One XML part has more tags than the limit."""
    XML = auto()
    """An XML part is malformed, or deeper than libxml2 goes."""
    DOCTYPE = auto()
    """An XML part declares a document type."""


class ArchiveRefused(ValueError):  # noqa: N818 -- a state of the file, which is how callers say it
    """An archive that is not opened or read further; the text is for programmers.

    Attributes:
        fault: what is the matter, for the room to say in its own words.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"archive refused: {fault.name.lower()}")
        self.fault = fault
