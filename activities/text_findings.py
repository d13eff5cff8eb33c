"""What the written sections of a report say that its tables do not."""

from dataclasses import replace

from reporting.annual_report import AnnualReport, digest_of
from reporting.figures import Figures


def with_text_findings(report: AnnualReport, figures: Figures) -> AnnualReport:
    """Return a report with the findings of its texts beside those of its tables.

    Args:
        report: with its texts filled in.
        figures: what the texts are held against.
    """
    from audit.checking import check_texts

    texts = {
        "overall": report.sections.overall,
        "problems": report.sections.problems,
        "other": report.sections.other,
    }
    found = check_texts(texts, figures, report.year)
    whole = replace(report, findings=(*report.findings, *found))
    return replace(whole, digest=digest_of(whole.to_json()))
