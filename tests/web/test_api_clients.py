"""Programs at the security administrator's page."""

import re

from people import Clients, Scope, TrailQuery
from tests.web.api_programs import Program
from tests.web.offices import COMMERCE
from tests.web.readers import Reader
from web.office import Office

FIELDS = {
    "name": "portal",
    "display_name": "门户网站",
    "scopes": "read",
    "agencies": COMMERCE,
    "days": "30",
    "per_minute": "60",
}


def test_a_program_is_made_used_and_revoked_by_the_security_administrator(office: Office) -> None:
    with Reader(office) as reader:
        reader.sign_in("security")
        reader.get("/clients/new")
        made = reader.post("/clients/new", **FIELDS)
        found = re.search(r"gk_[A-Za-z0-9_-]{43}", made.text)
        assert found is not None
        with Program(office, found[0]) as program:
            assert program.get(f"/agencies/{COMMERCE}/requests").status_code == 200
            listed = reader.get("/clients")
            assert "门户网站" in listed.text
            assert found[0] not in listed.text
            assert reader.post("/clients/portal/revoke").headers["location"] == "/clients"
            assert program.get(f"/agencies/{COMMERCE}/requests").status_code == 401
        assert "已撤销" in reader.get("/clients").text
    kinds = [entry.kind for entry in office.people.trail.read(TrailQuery(account="security"))]
    assert kinds[:2] == ["client_revoked", "client_added"]


def test_a_form_with_faults_comes_back_with_what_was_chosen(office: Office) -> None:
    with Reader(office) as reader:
        reader.sign_in("security")
        for change, words in (
            ({"days": "soon"}, "请填写整数"),
            ({"agencies": "nowhere"}, "请至少选择一个机关"),
            ({"scopes": "everything"}, "请至少选择一项权限"),
            ({"name": "Portal"}, "名称由小写字母"),
        ):
            reader.get("/clients/new")
            answer = reader.post("/clients/new", **(FIELDS | change))
            assert answer.status_code == 422
            assert words in answer.text
            assert "门户网站" in answer.text
    assert Clients(office.people.engine, office.people.now).all() == []


def test_nobody_else_comes_near_the_programs(office: Office) -> None:
    for who in ("admin", "auditor", "worker"):
        with Reader(office) as reader:
            reader.sign_in(who)
            assert reader.get("/clients").status_code == 403
            assert reader.post("/clients/new", **FIELDS).status_code == 403
            assert reader.post("/clients/portal/revoke").status_code == 403
    assert Clients(office.people.engine, office.people.now).all() == []
    assert len(Scope) == 6
