"""Read models: everything that is read is folded from the log, and may be thrown away.

Each module is one projection: its table, its version, and a pure `apply`. Personal data never
enters here; a page that may show it opens the sealed event itself.
"""

from eventstore import Projection
from projections.agencies import Agencies
from projections.agency_places import AgencyPlaces, tree_of
from projections.annual_statistics import RequestFacts
from projections.applicant_items import ApplicantItems
from projections.case_register import CaseRegister
from projections.document_register import DocumentRegister
from projections.proceedings import Proceedings
from projections.publication import Publication
from projections.report_register import ReportRegister
from projections.rollup_register import RollupRegister
from projections.sections import RollupSections, Sections
from projections.timeline import Timeline
from projections.worklist import Worklist

__all__ = [
    "Agencies",
    "AgencyPlaces",
    "ApplicantItems",
    "CaseRegister",
    "DocumentRegister",
    "Proceedings",
    "Publication",
    "ReportRegister",
    "RequestFacts",
    "RollupRegister",
    "RollupSections",
    "Sections",
    "Timeline",
    "Worklist",
    "all_projections",
    "tree_of",
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
        AgencyPlaces(),
        RollupRegister(),
        RollupSections(),
        ApplicantItems(),
        CaseRegister(),
        DocumentRegister(),
        Timeline(),
        Worklist(),
    ]
