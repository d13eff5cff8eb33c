"""The words of the outside contract: channels, applicant types, rows and columns."""

from typing import Final

CONFIRMED_CHANNELS: Final = ("online", "fax", "ordinary_mail")
"""Received on the day both sides, or the office with the applicant, confirm (Art. 31)."""
IMMEDIATE_CHANNELS: Final = ("in_person", "oral")
"""Received on the day of submission (Art. 31)."""
SIGNED_CHANNEL: Final = "registered_mail"
"""Received on the day the agency signs (Art. 31)."""
CHANNELS: Final = (*CONFIRMED_CHANNELS, *IMMEDIATE_CHANNELS, SIGNED_CHANNEL)

APPLICANT_TYPES: Final = (
    "natural_person",
    "business",
    "research",
    "social_welfare",
    "legal_service",
    "other_org",
)
COLUMNS: Final = (*APPLICANT_TYPES, "total")

CORRECTION_LAPSED: Final = "other.correction_lapsed"
FEE_LAPSED: Final = "other.fee_lapsed"
WITHDRAWN: Final = "other.other"
UNCLEAR: Final = "unable.unclear_after_correction"
EXCESSIVE: Final = "not_processed.excessive"

RESULTS: Final = (
    "granted",
    "partial",
    "refused.state_secret",
    "refused.prohibited_by_law",
    "refused.three_securities_one_stability",
    "refused.third_party_rights",
    "refused.internal_affairs",
    "refused.process_information",
    "refused.enforcement_file",
    "refused.administrative_query",
    "unable.not_held",
    "unable.needs_creation",
    UNCLEAR,
    "not_processed.petition",
    "not_processed.repeat",
    "not_processed.publication",
    EXCESSIVE,
    "not_processed.confirm_or_reissue",
    CORRECTION_LAPSED,
    FEE_LAPSED,
    WITHDRAWN,
)
"""The 21 results of table three, in the order of the form."""
ROWS: Final = ("new", "carried_in", *RESULTS, "total_handled", "carried_out")

ALWAYS_DECIDABLE: Final = tuple(
    code for code in RESULTS if code not in {CORRECTION_LAPSED, FEE_LAPSED, UNCLEAR, EXCESSIVE}
)
"""Results a decision can state whatever went before.

The two lapses come by themselves; "unclear after correction" needs a corrected text (Art. 30)
and "excessive" an applicant who gave no good reason (Art. 35).
"""

PROCEEDING_RESULTS: Final = ("upheld", "corrected", "other")
PROCEEDING_GROUPS: Final = (
    "reconsideration",
    "litigation_direct",
    "litigation_after_reconsideration",
)
DOCUMENT_KINDS: Final = ("regulations", "normative_documents")
DECISION_KINDS: Final = ("permits", "penalties", "coercive_measures")
