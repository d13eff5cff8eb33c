"""Who does something, and from where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doer:
    """The subject of an entry in the trail.

    Attributes:
        account: name of an account, or `os:` and the user of the operating system where something
            is done on the command line.
        address: the client's network address, empty on the command line.
    """

    account: str
    address: str = ""
