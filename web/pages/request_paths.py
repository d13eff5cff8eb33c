"""Where the pages of a case are; a reference may hold any printable character."""

from typing import Final
from urllib.parse import quote

REQUEST: Final = "/agencies/{agency}/requests/{case:path}"
PROCEEDING: Final = "/agencies/{agency}/proceedings/{case:path}"
DRAFT: Final = "/agencies/{agency}/clearance/{draft}"
"""Routes; those below one must come before it, for a reference may hold a slash."""


def request_path(agency: str, case: str, *below: str) -> str:
    """Return the address of a request's page, or of one below it."""
    return "/".join((f"/agencies/{agency}/requests/{quote(case, safe='')}", *below))


def proceeding_path(agency: str, case: str, *below: str) -> str:
    """Return the address of a proceeding's page, or of one below it."""
    return "/".join((f"/agencies/{agency}/proceedings/{quote(case, safe='')}", *below))


def draft_path(agency: str, draft: str, *below: str) -> str:
    """Return the address of a draft's page, or of one below it."""
    return "/".join((f"/agencies/{agency}/clearance/{draft}", *below))
