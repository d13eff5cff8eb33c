"""The forms about an agency (机关): made from the commands, with the agencies one may choose."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from disclosure.agency_commands import ConfigureAgency, MergeAgency, MoveAgency, RegisterAgency
from projections import Agencies as AgencyRows
from web.forms import Form, Options, form_for
from web.office import Office
from web.pages.request_access import today


def agency_rows(office: Office) -> dict[str, Mapping[str, Any]]:
    """Return the agencies on record, by id."""
    table = AgencyRows.table
    with office.parts.engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.agency)).mappings()
        return {row["agency"]: dict(row) for row in rows}


def others(office: Office, but: str = "") -> Options:
    """Return the agencies that go on, for a choice among them."""
    return [
        (agency, f"{row['name']}（{agency}）")
        for agency, row in agency_rows(office).items()
        if agency != but and row["ended_on"] is None
    ]


def registration_form(office: Office) -> Form:
    """Return the form that puts an agency on record."""
    parents = others(office)
    changes: dict[str, dict[str, Any]] = {
        "agency": {"label": "机关代码", "hint": "小写字母、数字和连字符，登记后不能更改"},
        "on": {"label": "登记日期", "initial": today().isoformat()},
        "document_code": {"hint": "文书编号用，如“保商依申复”，可以以后设置"},
    }
    if parents:
        changes["parent"] = {"label": "汇总到的上级机关", "options": parents}
    leave_out = {"by", "note", *(() if parents else ("parent",))}
    first = ("agency", "name", "region", "parent")
    return form_for(RegisterAgency, leave_out=leave_out, changes=changes, first=first)


def settings_form() -> Form:
    """Return the form of what an agency's documents name."""
    hints = {
        "document_code": {"hint": "文书编号用，如“保商依申复”"},
        "reconsideration_body": {"hint": "答复中告知的行政复议机关全称"},
        "court": {"hint": "答复中告知的管辖法院全称"},
    }
    return form_for(ConfigureAgency, leave_out={"agency", "on", "by", "note"}, changes=hints)


def move_form(office: Office, agency: str) -> Form:
    """Return the form by which an agency enters another's roll-up."""
    changes: dict[str, dict[str, Any]] = {
        "on": {"label": "自哪一天起"},
        "parent": {"label": "汇总到的上级机关", "options": others(office, agency)},
    }
    return form_for(MoveAgency, leave_out={"agency", "by", "note"}, changes=changes)


def merge_form(office: Office, agency: str) -> Form:
    """Return the form by which an agency ends."""
    changes: dict[str, dict[str, Any]] = {
        "on": {"label": "作为独立机关的最后一天"},
        "into": {"label": "并入的机关", "options": others(office, agency)},
    }
    return form_for(MergeAgency, leave_out={"agency", "by", "note"}, changes=changes)
