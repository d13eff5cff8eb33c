"""Document numbers by command line."""

from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, NAME, agency, days_ago, write
from tests.cli.stranger import Gongkai

THIS = ("--agency", AGENCY, "--case", "公开-1")


@pytest.fixture
def office(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give a folder with an agency that has a document code, and one request."""
    who = {"type": "natural_person", "name": NAME}
    request = {
        "do": "register",
        "agency": AGENCY,
        "case": "公开-1",
        "on": days_ago(3),
        "channel": "in_person",
        "applicant": who,
        "description": "（虚构）预算",
    }
    lines = write(tmp_path / "office.jsonl", {**agency(), "document_code": "保商公开"}, request)
    gongkai.done("import", lines)
    return gongkai


def test_numbers_are_given_in_order_listed_and_made_void(office: Gongkai) -> None:
    first = office.asked("document", "issue", *THIS, "--kind", "fee_notice")
    assert office.done("document", "issue", *THIS, "--kind", "fee_notice").strip().endswith("2号")
    year = first["document_number"][5:9]
    assert first["document_number"] == f"保商公开〔{year}〕1号"
    void = ("document", "void", "--agency", AGENCY, "--kind", "fee_notice", "--year", year)
    assert "已作废" in office.done(*void, "--number", 1, "--reason", "打印错误")
    listed = office.asked("document", "list", "--agency", AGENCY, "--year", year)
    assert [(each["document_number"], bool(each["voided_on"])) for each in listed] == [
        (f"保商公开〔{year}〕1号", True),
        (f"保商公开〔{year}〕2号", False),
    ]
    never = office(*void, "--number", 3, "--reason", "打印错误")
    assert (never.code, "没有发出过这一编号" in never.err) == (1, True)


def test_a_decision_carried_out_live_gets_its_number_and_its_remedy(office: Gongkai) -> None:
    decided = office.asked(
        "request", "decide", *THIS, "--on", days_ago(0), "--outcome", "refused.process_information"
    )["case"]
    assert decided["document_number"].startswith("保商公开〔")
    assert decided["document_number"].endswith("〕1号")
    shown = office.done("show", *THIS)
    assert decided["document_number"] in shown
    assert "先向有管辖权的行政复议机关申请行政复议" in shown


def test_a_document_of_an_unknown_request_or_agency_is_refused(office: Gongkai) -> None:
    unknown = office("document", "issue", "--agency", AGENCY, "--case", "没有", "--kind", "reply")
    assert (unknown.code, "没有编号为“没有”的申请" in unknown.err) == (1, True)
    nobody = office("document", "issue", "--agency", "no-one", "--case", "1", "--kind", "reply")
    assert (nobody.code, "没有登记机关" in nobody.err) == (1, True)


def test_an_agency_names_its_reconsideration_body_and_court(
    office: Gongkai, tmp_path: Path
) -> None:
    configured = {
        "do": "configure_agency",
        "agency": AGENCY,
        "on": days_ago(1),
        "reconsideration_body": "某市人民政府",
        "court": "某铁路运输法院",
    }
    office.done("import", write(tmp_path / "configure.jsonl", configured))
    office.done("request", "decide", *THIS, "--on", days_ago(0), "--outcome", "granted")
    assert "向某市人民政府申请行政复议" in office.done("show", *THIS)
