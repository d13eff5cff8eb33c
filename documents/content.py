"""What one document says: filled from the state, complete or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.chinese import chinese_date
from disclosure.numbering import DocumentKind
from disclosure.outcomes import Outcome
from disclosure.remedies import RemedyBodies, remedy
from disclosure.state import RequestState
from documents.errors import DocumentError, DocumentIncomplete, WordingNotChosen
from documents.particulars import AgencySettings, Particulars
from documents.placeholders import clean, filled_lines
from documents.possible import wordings_for
from documents.values import addressee, refuse_empty_fee, values_for
from documents.wording import Wording

FRAME = (
    "机关名称",
    "文号",
    "标题",
    "称谓",
    "正文",
    "救济途径",
    "日期",
    "附件标题",
    "附件正文",
)
"""Placeholders every template may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The answer form (答复表) that goes with a letter."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """A document as words, the same for every format.

    Attributes:
        wording: key of its text.
        agency: who signs; room for the seal is left over name and date.
        addressee: name, without the colon.
        body: paragraphs.
        remedy: the remedy paragraph (救济途径); None on procedural notices.
        issued_on: the date under the signature.
        values: everything a template may name.
        unwritten: placeholders whose paragraph falls away because they are empty, where whoever
            approves the document should know; in the order of the text.
    """

    kind: DocumentKind
    wording: str
    agency: str
    number: str
    title: str
    addressee: str
    body: tuple[str, ...]
    remedy: str | None
    issued_on: date
    attachment: Attachment | None
    values: Mapping[str, str]
    unwritten: tuple[str, ...]


def document_for(
    kind: DocumentKind,
    state: RequestState,
    particulars: Particulars,
    agency: AgencySettings,
    *,
    on: date,
    number: str,
    wording: str | None = None,
) -> DocumentContent:
    """Fill a document from a request as it stands.

    Args:
        kind: of document; `possible_documents` names those that can be.
        state: folded from the request's events. For a preview of a step not yet taken: folded with
            the events the decider would answer.
        particulars: names and texts.
        agency: who signs, and where to turn against it.
        on: date of the document, Asia/Shanghai.
        number: 文号; whatever stands in for it in a preview.
        wording: key of one of `wordings_for`; None where there is no choice.

    Raises:
        DocumentError: this request cannot have such a document.
        WordingNotChosen: it may have several, of which the law leaves the choice.
        DocumentIncomplete: something it must say is missing.
    """
    refuse_empty_fee(kind, particulars)
    chosen = _chosen(kind, state, particulars, wording)
    values = values_for(kind, state, particulars, agency)
    if kind is DocumentKind.RECEIPT and state.first_step_on is not None:
        values["答复期限"] = ""  # no longer the one that follows from receipt alone
    name = addressee(kind, particulars)
    values |= {
        "机关名称": clean(agency.name),
        "文号": clean(number),
        "标题": chosen.title,
        "称谓": f"{name}：" if name else "",
        "日期": chinese_date(on),
    }
    _complete(chosen, values)
    paragraph = _remedy(chosen, state, agency.remedies, on)
    attachment = _attachment(chosen, values)
    body = tuple(filled_lines(chosen.lines, values))
    values |= {
        "正文": "\n".join(body),
        "救济途径": paragraph or "",
        "附件标题": attachment.title if attachment else "",
        "附件正文": "\n".join(attachment.lines) if attachment else "",
    }
    return DocumentContent(
        kind=kind,
        wording=chosen.key,
        agency=values["机关名称"],
        number=values["文号"],
        title=chosen.title,
        addressee=name,
        body=body,
        remedy=paragraph,
        issued_on=on,
        attachment=attachment,
        values=values,
        unwritten=tuple(name for name in chosen.may_be_absent if not values.get(name)),
    )


def _chosen(
    kind: DocumentKind, state: RequestState, particulars: Particulars, key: str | None
) -> Wording:
    choices = {each.key: each for each in wordings_for(kind, state)}
    if not choices:
        raise DocumentError(f"该申请目前不能制作{kind.label}")
    if key is not None:
        if key not in choices:
            raise WordingNotChosen(f"该申请的{kind.label}没有这种文本：{key}")
        return choices[key]
    if particulars.already_public and (public := choices.get("reply.granted.already_public")):
        return public
    if state.outcome is Outcome.NOT_HELD:
        raise WordingNotChosen("请选择答复书的文本：政府信息不存在，或者不属于本机关负责公开")
    return next(iter(choices.values()))


def _complete(wording: Wording, values: Mapping[str, str]) -> None:
    missing = [
        name for name in ("机关名称", "文号", "称谓", *wording.required) if not values.get(name)
    ]
    if missing:
        raise DocumentIncomplete(wording.title, list(dict.fromkeys(missing)))


def _remedy(wording: Wording, state: RequestState, bodies: RemedyBodies, on: date) -> str | None:
    """Return the remedy paragraph in the document's own words.

    A third party that is told of a disclosure is not refused one: it may sue at once.
    """
    if not wording.remedy:
        return None
    told_of_disclosure = wording.kind is DocumentKind.THIRD_PARTY_NOTICE
    outcome = None if told_of_disclosure else state.outcome
    said = remedy(outcome or Outcome.GRANTED, on, bodies)
    return said.text.replace("本答复", wording.this)


def _attachment(wording: Wording, values: Mapping[str, str]) -> Attachment | None:
    if not wording.attachment:
        return None
    return Attachment(
        title=wording.attachment_title, lines=tuple(filled_lines(wording.attachment, values))
    )
