"""`gongkai document render`, from the record to the finished files."""

import hashlib
import io
from pathlib import Path

import docx
import pypdfium2
import pytest

from disclosure.numbering import DocumentKind
from documents import standard_template
from tests.cli.entries import AGENCY, NAME, agency, days_ago, fact, register, write
from tests.cli.stranger import Gongkai

CASE = "公开-1"
THIS = ("--agency", AGENCY, "--case", CASE)
REFUSED = {
    "outcome": "refused.enforcement_file",
    "document_number": "保商公开〔2025〕7号",
    "grounds": "（虚构）涉及在办案件",
}


@pytest.fixture
def office(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give a folder with one answered request and one that is open."""
    bodies = {"reconsideration_body": "某市人民政府", "court": "某市法院"}
    lines = write(
        tmp_path / "office.jsonl",
        {**agency(), "document_code": "保商公开"},
        {"do": "configure_agency", "agency": AGENCY, "on": days_ago(20), **bodies},
        register(CASE, days_ago(9)),
        fact("decide", CASE, days_ago(2), **REFUSED),
        register("公开-2", days_ago(9)),
    )
    gongkai.done("import", lines)
    return gongkai


def test_a_reply_is_made_from_the_record_alone(office: Gongkai, tmp_path: Path) -> None:
    out = tmp_path / "文书"
    made = office.asked("document", "render", *THIS, "--kind", "reply", "--out", out)
    assert [Path(each["file"]).name for each in made] == ["答复书.docx", "答复书.pdf"]
    for each in made:
        content = Path(each["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
    said = "\n".join(each.text for each in docx.Document(str(out / "答复书.docx")).paragraphs)
    assert f"{NAME}：" in said
    assert "保商公开〔2025〕7号" in said
    assert "（虚构）涉及在办案件" in said
    assert "先向某市人民政府申请行政复议" in said
    assert len(pypdfium2.PdfDocument((out / "答复书.pdf").read_bytes())) >= 1


def test_a_receipt_takes_the_number_issued_for_it_and_says_when_there_is_none(
    office: Gongkai, tmp_path: Path
) -> None:
    asked = ("document", "render", *THIS, "--kind", "receipt", "--out", tmp_path / "out")
    without = office(*asked)
    assert (without.code, "请先用 gongkai document issue 编号" in without.err) == (1, True)
    number = office.done("document", "issue", *THIS, "--kind", "receipt").strip()
    office.done(*asked)
    made = docx.Document(str(tmp_path / "out" / "登记回执.docx"))
    assert number in [each.text for each in made.paragraphs]


def test_a_rectification_bears_a_number_of_its_own(office: Gongkai, tmp_path: Path) -> None:
    out = tmp_path / "更正"
    earlier = ("--earlier-number", REFUSED["document_number"], "--earlier-on", days_ago(2))
    says = ("--wording", "reply.rectified", *earlier, "--grounds", "文号有误")
    asked = ("document", "render", *THIS, "--kind", "reply", *says, "--out", out)
    without = office(*asked)
    assert (without.code, "答复书尚未编号" in without.err) == (1, True)
    number = office.done("document", "issue", *THIS, "--kind", "reply").strip()
    office.done(*asked)
    (made,) = out.glob("*.docx")
    said = [each.text for each in docx.Document(str(made)).paragraphs]
    assert number in said
    assert REFUSED["document_number"] not in said


def test_an_agency_template_is_used_and_a_bad_one_is_refused_with_its_findings(
    office: Gongkai, tmp_path: Path
) -> None:
    document = docx.Document(io.BytesIO(standard_template(DocumentKind.REPLY)))
    document.add_paragraph("本机关地址：某路1号")
    own = tmp_path / "own.docx"
    document.save(str(own))
    asked = ("document", "render", *THIS, "--kind", "reply", "--out", tmp_path / "out")
    office.done(*asked, "--template", own)
    made = docx.Document(str(tmp_path / "out" / "答复书.docx"))
    assert made.paragraphs[-1].text == "本机关地址：某路1号"
    document.add_paragraph("{{不知何物}}")
    document.save(str(own))
    refused = office(*asked, "--template", own)
    assert (refused.code, "答复书没有占位符{{不知何物}}" in refused.err) == (1, True)


def test_what_cannot_be_made_is_said_without_quoting_anybody(
    office: Gongkai, tmp_path: Path
) -> None:
    out = ("--out", tmp_path / "out")
    other = ("--agency", AGENCY, "--case", "公开-2", "--number", "1", *out)
    early = office("document", "render", *other, "--kind", "reply")
    assert (early.code, "目前不能制作答复书" in early.err) == (1, True)
    lacking = office("document", "render", *other, "--kind", "third_party_consultation")
    assert (lacking.code, "尚缺：称谓、第三方" in lacking.err) == (1, True)
    unknown = office(
        "document", "render", "--agency", AGENCY, "--case", "没有", *out, "--kind", "reply"
    )
    assert (unknown.code, "没有编号为“没有”的申请" in unknown.err) == (1, True)
    assert NAME not in early.said + lacking.said + unknown.said
    assert not (tmp_path / "out").exists()
