"""`gongkai document …`: document numbers (文号), given at issue and never twice."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import sqlalchemy as sa
import typer
from rich import box
from rich.table import Table

from cli.document_rendering import render
from cli.options import AgencyOption, CaseOption, Format, FormatOption, RecordOption, settings_for
from cli.output import CommandFailed, out, print_json, say
from cli.personal_texts import read_texts
from disclosure.addresses import case_stream
from disclosure.numbering import DocumentKind
from engine.parts import Parts, open_parts
from projections import Agencies, DocumentRegister
from records.document_numbers import DocumentNumbers
from workdays import date_in_shanghai

document = typer.Typer(help="文书编号登记", no_args_is_help=True)
document.command("render")(render)

KindOption = Annotated[DocumentKind, typer.Option("--kind", help="文书种类")]


@document.command("issue")
def issue(
    agency: AgencyOption,
    case: CaseOption,
    kind: KindOption,
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """为一件申请的文书编号：机关代字〔年〕n号，按机关、种类、年度连续"""
    with open_parts(settings_for(data)) as parts:
        code = _document_code(parts, agency)
        if not parts.store.stream_version(case_stream(agency, case)):
            raise CommandFailed(f"机关“{agency}”没有编号为“{case}”的申请")
        given = DocumentNumbers(parts.log).give(
            agency,
            kind,
            document_code=code,
            case=case,
            on=date_in_shanghai(datetime.now(UTC)),
            command_id=f"issue:{uuid4()}",
        )
    if output is Format.JSON:
        print_json({"document_number": given.document_number, "number": given.number})
    else:
        say(given.document_number)


@document.command("void")
def void(
    agency: AgencyOption,
    kind: KindOption,
    year: Annotated[int, typer.Option("--year", help="编号年度")],
    number: Annotated[int, typer.Option("--number", help="第几号")],
    reason: Annotated[
        str, typer.Option("--reason", help="作废理由；写作 @文件 或 - 的，取文件或标准输入")
    ],
    by: Annotated[str, typer.Option("--by", help="经办人")] = "",
    data: RecordOption = None,
) -> None:
    """作废一个编号：保留在登记簿上，不再使用"""
    with open_parts(settings_for(data)) as parts:
        DocumentNumbers(parts.log).void(
            agency,
            kind,
            year,
            number,
            reason=read_texts({"reason": reason}, {"reason"})["reason"],
            on=date_in_shanghai(datetime.now(UTC)),
            command_id=f"void:{uuid4()}",
            actor=by,
        )
    say(f"{kind.label} {year} 年第 {number} 号已作废")


@document.command("list")
def list_documents(
    agency: AgencyOption,
    year: Annotated[int, typer.Option("--year", help="编号年度")],
    data: RecordOption = None,
    output: FormatOption = Format.TEXT,
) -> None:
    """列出一个年度的文书编号，包括作废的"""
    register = DocumentRegister.table
    with open_parts(settings_for(data)) as parts:
        parts.projector.catch_up()
        with parts.engine.connect() as connection:
            rows = connection.execute(
                sa.select(
                    register.c.kind,
                    register.c.document_number,
                    register.c.case_reference,
                    register.c.issued_on,
                    register.c.voided_on,
                )
                .where(register.c.agency == agency, register.c.year == year)
                .order_by(register.c.kind, register.c.number)
            ).all()
    if output is Format.JSON:
        print_json(
            [
                {
                    "kind": row.kind,
                    "document_number": row.document_number,
                    "case": row.case_reference,
                    "issued_on": row.issued_on.isoformat(),
                    "voided_on": row.voided_on.isoformat() if row.voided_on else None,
                }
                for row in rows
            ]
        )
        return
    table = Table(box=box.SIMPLE_HEAD)
    for head in ("种类", "文号", "申请编号", "日期", "作废"):
        table.add_column(head)
    for row in rows:
        table.add_row(
            DocumentKind(row.kind).label,
            row.document_number,
            row.case_reference,
            row.issued_on.isoformat(),
            row.voided_on.isoformat() if row.voided_on else "",
        )
    out.print(table)


def _document_code(parts: Parts, agency: str) -> str:
    parts.projector.catch_up()
    agencies = Agencies.table.c
    with parts.engine.connect() as connection:
        row = connection.execute(
            sa.select(agencies.document_code).where(agencies.agency == agency)
        ).one_or_none()
    if row is None:
        raise CommandFailed(f"没有登记机关“{agency}”，请先导入机关登记（register_agency）")
    return row.document_code or ""
