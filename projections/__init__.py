"""Read models: everything that is read is folded from the log, and may be thrown away.

Each module is one projection: its table, its version, and a pure `apply`. Personal data never
enters here; a page that may show it opens the sealed event itself.
"""

from eventstore import Projection
from projections.agencies import Agencies
from projections.annual_statistics import RequestFacts
from projections.applicant_items import ApplicantItems
from projections.case_register import CaseRegister
from projections.document_register import DocumentRegister
from projections.proceedings import Proceedings
from projections.publication import Publication
from projections.report_register import ReportRegister
from projections.sections import Sections
from projections.timeline import Timeline

__all__ = [
    "Agencies",
    "ApplicantItems",
    "CaseRegister",
    "DocumentRegister",
    "Proceedings",
    "Publication",
    "ReportRegister",
    "RequestFacts",
    "Sections",
    "Timeline",
    "all_projections",
]


def all_projections() -> list[Projection]:
    """Return every projection, those the statistics need first."""
    return [
        Agencies(),
        RequestFacts(),
        Proceedings(),
        Publication(),
        Sections(),
        ReportRegister(),
        ApplicantItems(),
        CaseRegister(),
        DocumentRegister(),
        Timeline(),
    ]
