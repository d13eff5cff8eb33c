"""`gongkai document render`: a document of a request as Word and PDF files."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import sqlalchemy as sa
import typer

from casework.address import CaseAddress
from cli.options import AgencyOption, CaseOption, Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, print_json, say
from cli.personal_texts import HOW, read_texts
from disclosure.event import Event
from disclosure.evolution import fold
from disclosure.numbering import DocumentKind
from disclosure.request_events import RequestDecided, RequestRegistered
from disclosure.state import RequestState
from engine.parts import Parts, open_parts
from projections import DocumentRegister
from workdays import date_in_shanghai

if TYPE_CHECKING:
    from casework.letters import LetterTexts
    from documents import DocumentContent, Rendered


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
    from casework.letters import LetterTexts, letter
    from documents import DocumentError

    said = {
        "party": party,
        "access": access,
        "grounds": grounds,
        "disclosed": disclosed,
        "responsible_agency": responsible_agency,
    }
    texts = LetterTexts(
        **read_texts(said, said),
        wording=wording,
        earlier_number=earlier_number,
        earlier_on=_day("--earlier-on", earlier_on),
        contact=contact,
        payment=payment,
    )
    at, day = CaseAddress(agency, case), _day("--on", on)
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        events = _opened(parts, at)
        state = fold(events)
        number = number or _number(parts, at, kind, texts, events)
        day = day or _usual_day(kind, state)
        try:
            content = letter(parts, at, kind, texts, events, on=day, number=number, state=state)
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


def _opened(parts: Parts, at: CaseAddress) -> Sequence[Event]:
    """Return a request's events with their personal fields, as `show --reveal` does."""
    from casework.letters import opened_events

    events = opened_events(parts, at.stream)
    if not events or not isinstance(events[0], RequestRegistered):
        raise CommandFailed(f"机关“{at.agency}”没有编号为“{at.case}”的申请")
    return events


def _number(
    parts: Parts,
    at: CaseAddress,
    kind: DocumentKind,
    texts: "LetterTexts",
    events: Sequence[Event],
) -> str:
    """Return the number of the decision, or the last one issued for this kind and case."""
    from casework.letters import decided_number

    found = decided_number(kind, texts, events) or _last_issued(parts, at, kind, events)
    if found is None:
        raise CommandFailed(
            f"{kind.label}尚未编号，请先用 gongkai document issue 编号，或者以 --number 写明文号"
        )
    return found


def _last_issued(
    parts: Parts, at: CaseAddress, kind: DocumentKind, events: Sequence[Event]
) -> str | None:
    """Return the last number issued for this kind and case that no decision bears."""
    replied = [each.document_number for each in events if isinstance(each, RequestDecided)]
    register = DocumentRegister.table.c
    with parts.engine.connect() as connection:
        return connection.scalar(
            sa.select(register.document_number)
            .where(
                register.agency == at.agency,
                register.case_reference == at.case,
                register.kind == kind.value,
                register.voided_on.is_(None),
                register.document_number.not_in([number for number in replied if number]),
            )
            .order_by(register.year.desc(), register.number.desc())
            .limit(1)
        )


def _usual_day(kind: DocumentKind, state: RequestState) -> date:
    """Return the day of the result for what tells of it, else today."""
    from casework.letters import ENDS

    ended = state.closed_on if kind in ENDS else None
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
