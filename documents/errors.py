"""What can go wrong with a document; every message is for the official, without personal data.

DocumentError
├── DocumentIncomplete   something it must say has not been given
├── WordingNotChosen     which of its wordings it has is open
└── TemplateRefused      an uploaded template that must not be used
"""

from collections.abc import Sequence


class DocumentError(Exception):
    """The document cannot be made from this request."""


class DocumentIncomplete(DocumentError):  # noqa: N818 - named for what is the matter
    """Something the document must say is missing.

    Attributes:
        missing: the placeholders' names, in the order of the text.
    """

    def __init__(self, title: str, missing: Sequence[str]) -> None:
        super().__init__(f"《{title}》尚缺：{'、'.join(missing)}")
        self.missing = tuple(missing)


class WordingNotChosen(DocumentError):  # noqa: N818 - named for what is the matter
    """There is a choice of wordings, and none of those it may have was chosen."""


class TemplateRefused(DocumentError):  # noqa: N818 - named for what is the matter
    """The template has findings.

    Attributes:
        findings: one Chinese sentence each.
    """

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("模板不能使用：" + "；".join(findings))
        self.findings = tuple(findings)
