"""`gongkai document render`: a document of a request as Word and PDF files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import sqlalchemy as sa
import typer

from cli.options import AgencyOption, CaseOption, Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.personal_texts import HOW, read_texts
from disclosure.addresses import case_stream
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind
from disclosure.remedies import RemedyBodies
from disclosure.request_events import RequestDecided, RequestRegistered
from disclosure.state import RequestState
from engine.parts import Parts, open_parts
from projections import Agencies, DocumentRegister
from workdays import date_in_shanghai

if TYPE_CHECKING:
    from documents import AgencySettings, DocumentContent, Particulars, Rendered

_ENDS = frozenset({DocumentKind.REPLY, DocumentKind.TERMINATION_NOTICE})
_TEXTS = frozenset(
    {"third_party", "co_maker", "access", "grounds", "disclosed", "responsible_agency"}
)
"""Options whose text may be personal."""

RECTIFIED = "reply.rectified"


def render(
    agency: AgencyOption,
    case: CaseOption,
    kind: Annotated[DocumentKind, typer.Option("--kind", help="文书种类")],
    out: Annotated[Path, typer.Option("--out", help="文件所放的目录", file_okay=False)],
    wording: Annotated[
        str | None, typer.Option("--wording", help="文本种类，有几种可选的须指明")
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", help="文号，缺省为该申请最后一个同类文书编号")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="成文日期 YYYY-MM-DD，缺省为答复日或者今天")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="本机关的 Word 模板（只生成 Word 文件）", dir_okay=False),
    ] = None,
    party: Annotated[str | None, typer.Option("--party", help="第三方或者共同制作机关")] = None,
    access: Annotated[
        str | None, typer.Option("--access", help="获取信息的方式，或者另行提出的渠道")
    ] = None,
    grounds: Annotated[str | None, typer.Option("--grounds", help="依据和理由")] = None,
    disclosed: Annotated[
        str | None, typer.Option("--disclosed", help="告知第三方的公开内容和理由")
    ] = None,
    responsible_agency: Annotated[
        str | None, typer.Option("--responsible-agency", help="负责公开的机关及其联系方式")
    ] = None,
    earlier_number: Annotated[
        str | None, typer.Option("--earlier-number", help="重复申请、更正所指原答复的文号")
    ] = None,
    earlier_on: Annotated[
        str | None, typer.Option("--earlier-on", help="原答复日期 YYYY-MM-DD")
    ] = None,
    contact: Annotated[str, typer.Option("--contact", help="本机关联系方式")] = "",
    payment: Annotated[str, typer.Option("--payment", help="信息处理费缴纳方式")] = "",
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """按申请的办理记录生成文书（Word 和 PDF）"""
    from documents import DocumentError, document_for

    given = read_texts(
        {
            "co_maker" if kind is DocumentKind.AGENCY_CONSULTATION else "third_party": party,
            "access": access,
            "grounds": grounds,
            "disclosed": disclosed,
            "responsible_agency": responsible_agency,
        },
        _TEXTS,
    ) | {
        "earlier_number": earlier_number,
        "earlier_on": _day("--earlier-on", earlier_on),
    }
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        events = _opened(parts, agency, case)
        settings = replace(_agency(parts, agency), contact=contact, payment=payment)
        number = number or _number(parts, agency, case, kind, events, wording)
    state = fold(events)
    try:
        content = document_for(
            kind,
            state,
            _particulars(case, events, kind, given),
            settings,
            on=_day("--on", on) or _usual_day(kind, state),
            number=number,
            wording=wording,
        )
        files = _files(content, template)
    except DocumentError as error:
        raise CommandFailed(str(error)) from None
    out.mkdir(parents=True, exist_ok=True)
    for each in files:
        (out / each.name).write_bytes(each.content)
    if output is Format.JSON:
        print_json([{"file": str(out / each.name), "sha256": each.sha256} for each in files])
    else:
        for each in files:
            say(str(out / each.name))


render.__doc__ = f"{render.__doc__}\n\n{HOW}"


def _opened(parts: Parts, agency: str, case: str) -> Sequence[Event]:
    """Return a request's events with their personal fields, as `show --reveal` does."""
    entries = parts.log.read(case_stream(agency, case))
    events = [parts.log.reveal(entry) for entry in entries]
    if not events or not isinstance(events[0], RequestRegistered):
        raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的申请")
    return events


def _particulars(
    case: str, events: Sequence[Event], kind: DocumentKind, given: Mapping[str, Any]
) -> "Particulars":
    from documents import particulars_on_record, party_of

    said = particulars_on_record(case, events)
    changes = {name: text for name, text in given.items() if text is not None}
    if (party := changes.get("third_party")) is not None:
        changes["third_party_ref"] = party_of(events, party) or ""
        if kind is DocumentKind.THIRD_PARTY_NOTICE and not changes["third_party_ref"]:
            raise CommandFailed("没有向该第三方征询过意见")
    return replace(said, **changes)


def _agency(parts: Parts, agency: str) -> "AgencySettings":
    from documents import AgencySettings

    agencies = Agencies.table.c
    with parts.engine.connect() as connection:
        row = connection.execute(
            sa.select(agencies.name, agencies.reconsideration_body, agencies.court).where(
                agencies.agency == agency
            )
        ).one_or_none()
    if row is None:
        raise CommandFailed(f"没有登记机关“{agency}”，请先导入机关登记（register_agency）")
    general = RemedyBodies()
    return AgencySettings(
        name=row.name or "",
        remedies=RemedyBodies(
            reconsideration_body=row.reconsideration_body or general.reconsideration_body,
            court=row.court or general.court,
        ),
    )


def _number(
    parts: Parts,
    agency: str,
    case: str,
    kind: DocumentKind,
    events: Sequence[Event],
    wording: str | None,
) -> str:
    """Return the number of the decision, or the last one issued for this kind and case.

    A rectification bears a number of its own.
    """
    replies = [each.document_number for each in events if isinstance(each, RequestDecided)]
    replied = replies[-1] if replies else None
    if kind in _ENDS and replied and wording != RECTIFIED:
        return replied
    register = DocumentRegister.table.c
    with parts.engine.connect() as connection:
        found = connection.scalar(
            sa.select(register.document_number)
            .where(
                register.agency == agency,
                register.case_reference == case,
                register.kind == kind.value,
                register.voided_on.is_(None),
                register.document_number != (replied or ""),
            )
            .order_by(register.year.desc(), register.number.desc())
            .limit(1)
        )
    if found is None:
        raise CommandFailed(
            f"{kind.label}尚未编号，请先用 gongkai document issue 编号，或者以 --number 写明文号"
        )
    return str(found)


def _usual_day(kind: DocumentKind, state: RequestState) -> date:
    """Return the day of the result for what tells of it, else today."""
    ended = state.closed_on if kind in _ENDS else None
    return ended or date_in_shanghai(datetime.now(UTC))


def _day(option: str, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given is not None else None
    except ValueError:
        raise CommandFailed(f"{option} 须写作 YYYY-MM-DD") from None


def _files(content: "DocumentContent", template: Path | None) -> "list[Rendered]":
    from documents import render_docx, render_pdf, render_with

    if template is not None:
        return [render_with(template.read_bytes(), content)]
    return [render_docx(content), render_pdf(content)]
