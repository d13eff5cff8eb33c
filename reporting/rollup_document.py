"""``rollup.json``: what stands behind a roll-up's sums, for machines and for the next level up.

Beside the published report it keeps each member's share, so that a cell can be followed back to the
members' reports; who was missing, counted twice or out of place; and the differences. It also keeps
the figures that a report has in words alone: what was published, and the fees.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import msgspec

from disclosure.rollup_events import RollupMember
from reporting.annual_report import AnnualReport
from reporting.figures import Fees, Figures
from reporting.plain_values import plain_decimal
from reporting.rollup import Share
from reporting.rollup_coverage import Coverage
from reporting.rollup_differences import Difference
from reporting.tables import Tables

ROLLUP_JSON = "rollup.json"


@dataclass(frozen=True, slots=True)
class RollupDocument:
    """A roll-up with everything it was made from."""

    report: AnnualReport
    figures: Figures
    shares: Sequence[Share]
    coverage: Coverage
    differences: Sequence[Difference]

    def to_json(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            "agency": self.report.agency,
            "agency_id": self.report.agency_id,
            "year": self.report.year,
            "version": self.report.version,
            "log_position": self.report.log_position,
            "report": self.report.digest,
            "complete": self.coverage.complete,
            "missing": list(self.coverage.missing),
            "twice": list(self.coverage.twice),
            "misplaced": list(self.coverage.misplaced),
            "agencies": places_json(self.coverage),
            "differences": [difference.as_json() for difference in self.differences],
            **_figures_json(self.figures),
            "members": [_share_json(share) for share in self.shares],
        }

    def render(self) -> bytes:
        """Return the file in UTF-8; the same roll-up gives the same bytes."""
        return (json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


def places_json(coverage: Coverage) -> list[dict[str, object]]:
    """Return how each agency stands, in the JSON form."""
    return [
        {
            **asdict(place),
            "standing": place.standing.value,
            "through": list(place.through),
            "published_on": place.published_on.isoformat() if place.published_on else None,
        }
        for place in coverage.places
    ]


def figures_in(document: Mapping[str, Any], tables: Tables) -> Figures:
    """Read what was published and the fees back out of the JSON form; the tables are given."""
    return Figures(
        tables=tables,
        published={
            (item["channel"], item["category"]): item["count"] for item in document["published"]
        },
        fees=Fees(
            notices=document["fees"]["notices"],
            demanded=Decimal(document["fees"]["demanded"]),
            received=Decimal(document["fees"]["received"]),
        ),
    )


def members_in(document: Mapping[str, Any]) -> tuple[RollupMember, ...]:
    """Read which reports were summed back out of the JSON form."""
    return tuple(msgspec.convert(member["report"], RollupMember) for member in document["members"])


def shares_in(document: Mapping[str, Any]) -> dict[str, Tables]:
    """Read each member's tables back out of the JSON form."""
    return {member["report"]["agency"]: Tables.from_json(member) for member in document["members"]}


def _share_json(share: Share) -> dict[str, object]:
    return {
        "report": msgspec.to_builtins(share.member),
        "name": share.name,
        **share.figures.tables.as_json(),
        **_figures_json(share.figures),
    }


def _figures_json(figures: Figures) -> dict[str, object]:
    return {
        "published": [
            {"channel": channel, "category": category, "count": number}
            for (channel, category), number in figures.published.items()
        ],
        "fees": {
            "notices": figures.fees.notices,
            "demanded": plain_decimal(figures.fees.demanded),
            "received": plain_decimal(figures.fees.received),
        },
    }
