"""Internal clearance (内部审核): who may do what of a case, and drafts on their way to approval.

A draft is no legal fact: nothing of it enters the event log until it is approved, and then the
command goes out as anybody's would. Its texts are sealed under the request's data key. Its tables
lie with the people's (`people.clearance_schema`), so that each step and its entry in the trail are
one transaction, and so that a backup has them.
"""

from clearance.draft import Draft, DraftState, Remark
from clearance.drafts import Drafts
from clearance.duties import CLEARABLE, NEEDS_APPROVAL, Duty, duty_of
from clearance.errors import DraftRefused
from clearance.rules import ClearanceRules

__all__ = [
    "CLEARABLE",
    "NEEDS_APPROVAL",
    "ClearanceRules",
    "Draft",
    "DraftRefused",
    "DraftState",
    "Drafts",
    "Duty",
    "Remark",
    "duty_of",
]
