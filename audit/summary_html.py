"""The summary as one page without script, nothing fetched: fit for mail and for a drive."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from audit.run import Audit
from audit.summary import SEVERITY_LABELS, rule_label, summary_of

ENVIRONMENT = Environment(
    loader=PackageLoader("audit"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
"""Everything is escaped: file names and sentences are anyone's."""


def render_html(audit: Audit) -> bytes:
    """Return the page in UTF-8: the table of files by rules, then the findings of each file."""
    page = ENVIRONMENT.get_template("audit_summary.html").render(
        audit=audit,
        summary=summary_of(audit),
        label=rule_label,
        severities=SEVERITY_LABELS,
        numbers={file.file: number for number, file in enumerate(audit.files, start=1)},
    )
    return page.encode()
