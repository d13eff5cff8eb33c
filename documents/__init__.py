"""The documents of a request (文书): what each says, from templates, as Word and PDF files.

What a document says follows from the request's state, from personal data and texts the caller has
opened, and from the agency's settings; nothing is read here, and no date is counted here.
"""

from documents.content import Attachment, DocumentContent, document_for
from documents.errors import DocumentError, DocumentIncomplete, TemplateRefused, WordingNotChosen
from documents.particulars import AgencySettings, FeeBasis, Particulars
from documents.particulars_on_record import particulars_on_record, party_of
from documents.possible import possible_documents, wordings_for
from documents.preview import Line, Role, preview
from documents.rendering import Rendered, render_docx, render_pdf, render_with
from documents.standard_template import standard_template
from documents.template_check import check_template, placeholders_of

__all__ = [
    "AgencySettings",
    "Attachment",
    "DocumentContent",
    "DocumentError",
    "DocumentIncomplete",
    "FeeBasis",
    "Line",
    "Particulars",
    "Rendered",
    "Role",
    "TemplateRefused",
    "WordingNotChosen",
    "check_template",
    "document_for",
    "particulars_on_record",
    "party_of",
    "placeholders_of",
    "possible_documents",
    "preview",
    "render_docx",
    "render_pdf",
    "render_with",
    "standard_template",
    "wordings_for",
]
