"""The draft a page is about, and what who is there may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from casework.address import CaseAddress
from clearance import Draft, DraftRefused
from web.access import Signed, SignedVisit
from web.pages.request_access import drafts_of, duty_here, holds_any
from web.pages.request_paths import draft_path


@dataclass(frozen=True, slots=True)
class DraftHere:
    """A draft, who is at it, and what is sealed in it."""

    request: Request
    visit: SignedVisit
    draft: Draft

    @property
    def at(self) -> CaseAddress:
        """The case it is about."""
        return CaseAddress(self.draft.agency, self.draft.case)

    @property
    def path(self) -> str:
        """The address of its page."""
        return draft_path(self.draft.agency, self.draft.id)

    @property
    def approves(self) -> bool:
        """Whether who is here may approve it: by role, and because another has drafted it."""
        duty = duty_here(self.visit.office, self.draft.agency, self.draft.verb)
        by_role = holds_any(self.visit, self.draft.agency, duty.approves)
        return by_role and self.visit.person.name != self.draft.drafted_by

    @property
    def wrote(self) -> bool:
        """Whether who is here has drafted it."""
        return self.visit.person.name == self.draft.drafted_by

    def opened(self) -> Mapping[str, Any]:
        """Open it; the reading is written down first.

        Raises:
            HTTPException: the request's key was erased, so nothing of it is left.
        """
        self.visit.reads(f"{self.at.stream} draft/{self.draft.id}")
        content = drafts_of(self.visit.office).open(self.draft)
        if content is None:
            raise HTTPException(404)
        return content


def draft_here(request: Request, visit: Signed, agency: str, draft: str) -> DraftHere:
    """Return the draft a request is about; one of another agency is a page that is not there."""
    try:
        found = drafts_of(visit.office).get(draft)
    except DraftRefused:
        raise HTTPException(404) from None
    if found.agency != agency:
        raise HTTPException(404)
    return DraftHere(request, visit, found)


TheDraft = Annotated[DraftHere, Depends(draft_here)]
