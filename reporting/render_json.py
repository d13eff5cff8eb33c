"""``report.json``: the report for machines, with the digest that proves it."""

import json

from reporting.annual_report import AnnualReport


def render_json(report: AnnualReport) -> bytes:
    """Return the JSON form, indented for people; the digest is taken over the canonical form."""
    return (json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
