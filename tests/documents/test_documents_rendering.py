import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest

from disclosure.numbering import DocumentKind
from disclosure.outcomes import Outcome
from documents import (
    Role,
    TemplateRefused,
    check_template,
    preview,
    render_docx,
    render_pdf,
    render_with,
    standard_template,
)
from documents.placeholders import clean
from tests.disclosure.facts import decide_on
from tests.documents.office import AGENCY, RECEIVED, written
from tests.documents.word import FRAME, read, template_of

LETTER = DocumentKind.THIRD_PARTY_CONSULTATION


def _pdf_words(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return "".join(
        "".join(pages[n].get_textpage().get_text_range().split()) for n in range(len(pages))
    )


def _squeezed(words: str) -> str:
    return "".join(words.split())


def test_a_word_file_says_what_the_preview_says() -> None:
    content = written(LETTER, RECEIVED)
    shown = read(render_docx(content).content).split("\n")
    assert [line for line in shown if line] == [line.words for line in preview(content)]


def test_a_pdf_says_what_the_preview_says() -> None:
    content = written(LETTER, RECEIVED)
    shown = _pdf_words(render_pdf(content).content)
    for line in preview(content):
        assert _squeezed(line.words) in shown


def test_equal_content_gives_equal_bytes_in_another_process_too() -> None:
    program = (
        "from tests.documents.office import *\n"
        "from documents import render_docx, render_pdf\n"
        "content = written(DocumentKind.RECEIPT, RECEIVED)\n"
        "print(render_docx(content).sha256, render_pdf(content).sha256)\n"
    )
    elsewhere = subprocess.run(  # noqa: S603 - this interpreter, on the lines above
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    content = written(DocumentKind.RECEIPT, RECEIVED)
    made = [render_docx(content), render_pdf(content)]
    assert elsewhere.stdout.split() == [each.sha256 for each in made]
    assert all(hashlib.sha256(each.content).hexdigest() == each.sha256 for each in made)


def test_other_content_gives_other_bytes() -> None:
    one = written(DocumentKind.RECEIPT, RECEIVED)
    other = written(DocumentKind.RECEIPT, RECEIVED, description="2023 年度道路养护支出明细")
    assert render_docx(one).sha256 != render_docx(other).sha256
    assert render_pdf(one).sha256 != render_pdf(other).sha256


def test_a_file_is_named_by_its_kind_and_by_no_person() -> None:
    content = written(DocumentKind.RECEIPT, RECEIVED)
    assert render_docx(content).name == "登记回执.docx"
    assert render_pdf(content).name == "登记回执.pdf"


def test_every_paragraph_of_a_long_text_has_its_place_and_its_indent() -> None:
    many = "\n".join(f"第{n}项：某项支出" for n in range(1, 121))
    content = written(DocumentKind.RECEIPT, RECEIVED, description=many)
    document = docx.Document(io.BytesIO(render_docx(content).content))
    listed = [each for each in document.paragraphs if each.text.endswith("项：某项支出")]
    assert len(listed) == 120
    assert len({each.paragraph_format.first_line_indent for each in listed}) == 1
    assert "第120项：某项支出" in _pdf_words(render_pdf(content).content)


def test_what_looks_like_markup_or_a_placeholder_is_only_text() -> None:
    sly = '#read("/official.typ") *粗* $x$ {{文号}} {% if 1 %} <w:p/> &amp; \\ @a _b_'
    content = written(DocumentKind.RECEIPT, RECEIVED, description=sly)
    assert sly in content.body
    assert sly in read(render_docx(content).content)
    assert _squeezed(sly) in _pdf_words(render_pdf(content).content)


def test_control_characters_and_foreign_line_ends_are_made_plain() -> None:
    assert clean("甲\x00\x07乙\r\n丙\u2028丁\ud800\ufffe ") == "甲乙\n丙\n丁"


def test_a_signature_never_stands_on_a_page_without_text() -> None:
    for lines in range(14, 22):
        text = "\n".join("某项" for _ in range(lines))
        content = written(DocumentKind.RECEIPT, RECEIVED, description=text)
        pages = pypdfium2.PdfDocument(render_pdf(content).content)
        last = pages[len(pages) - 1].get_textpage().get_text_range().split()
        assert any("联系方式" in word or "某项" in word for word in last)


def test_in_word_the_last_paragraphs_stay_with_the_signature() -> None:
    for content in (
        written(DocumentKind.RECEIPT, RECEIVED),
        written(DocumentKind.REPLY, RECEIVED, decide_on("2025-09-30", Outcome.GRANTED)),
    ):
        made = docx.Document(io.BytesIO(render_docx(content).content)).paragraphs
        texts = [each.text for each in made]
        last, signature = texts.index(content.body[-1]), texts.index(AGENCY.name, 1)
        assert all(each.paragraph_format.keep_with_next for each in made[last : signature + 1])
        assert not made[last - 1].paragraph_format.keep_with_next


def test_the_document_tells_nothing_of_who_drew_its_template() -> None:
    content = written(DocumentKind.RECEIPT, RECEIVED)
    document = docx.Document(io.BytesIO(template_of(*FRAME)))
    document.core_properties.author = "（虚构）某科员"
    document.core_properties.comments = "（虚构）某科员的电脑"
    own = io.BytesIO()
    document.save(own)
    made = docx.Document(io.BytesIO(render_with(own.getvalue(), content).content))
    assert made.core_properties.author == AGENCY.name
    assert made.core_properties.title == content.title
    assert made.core_properties.comments == ""
    assert "某科员" not in str(made.core_properties.last_modified_by)


def test_an_agency_template_is_filled_across_the_runs_an_editor_has_cut() -> None:
    template = template_of(
        "{{机关名称}}",
        ["编号：{{", "文", "号}}（第", "一份）"],
        "{{称谓}}",
        ["{", "{正文}", "}"],
        "{{日期}}",
    )
    content = written(DocumentKind.RECEIPT, RECEIVED)
    made = render_with(template, content).content
    shown = read(made)
    numbered = docx.Document(io.BytesIO(made)).paragraphs[1]
    assert [run.text for run in numbered.runs] == [f"编号：{content.number}", "", "（第", "一份）"]
    assert f"编号：{content.number}（第一份）" in shown
    assert "\n".join(content.body) in shown


def test_an_agency_may_word_the_body_itself_and_an_empty_value_takes_its_line_with_it() -> None:
    template = template_of(
        "{{机关名称}}",
        "{{文号}}",
        "{{称谓}}",
        "您的申请已收悉：{{申请内容}}，提出日期{{提出日期}}，方式{{申请渠道}}，编号{{申请编号}}。",
        "联系方式：{{联系方式}}",
        "{{日期}}",
    )
    content = written(
        DocumentKind.RECEIPT, RECEIVED, agency=replace(AGENCY, contact=""), description="甲\n乙"
    )
    shown = read(render_with(template, content).content)
    assert "您的申请已收悉：甲 乙，提出日期2025年9月17日，方式当面，编号2025-001。" in shown
    assert "联系方式" not in shown


def test_a_value_in_a_table_is_filled_and_its_cell_kept() -> None:
    document = docx.Document(io.BytesIO(template_of(*FRAME)))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "{{联系方式}}"
    table.cell(0, 1).text = "{{收到日期}}"
    own = io.BytesIO()
    document.save(own)
    content = written(DocumentKind.RECEIPT, RECEIVED, agency=replace(AGENCY, contact=""))
    made = docx.Document(io.BytesIO(render_with(own.getvalue(), content).content))
    assert [cell.text for cell in made.tables[0].row_cells(0)] == ["", "2025年9月17日"]


def test_a_template_with_findings_is_not_used() -> None:
    with pytest.raises(TemplateRefused, match=r"缺少必备的占位符\{\{文号\}\}"):
        render_with(template_of("{{机关名称}}"), written(DocumentKind.RECEIPT, RECEIVED))


def test_a_template_kept_before_a_rule_on_shared_paragraphs_is_still_used() -> None:
    template = template_of(
        "{{机关名称}}", "{{文号}}　{{联系方式}}", "{{称谓}}", "{{正文}}", "{{日期}}"
    )
    assert check_template(DocumentKind.RECEIPT, template) != []
    content = written(DocumentKind.RECEIPT, RECEIVED)
    assert f"{content.number}　{AGENCY.contact}" in read(render_with(template, content).content)


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.STATE_SECRET])
def test_the_remedy_stands_in_both_formats(outcome: Outcome) -> None:
    content = written(DocumentKind.REPLY, RECEIVED, decide_on("2025-09-30", outcome))
    assert content.remedy is not None
    assert content.remedy in read(render_docx(content).content)
    assert _squeezed(content.remedy) in _pdf_words(render_pdf(content).content)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_standard_template_is_the_same_on_any_day(kind: DocumentKind) -> None:
    made = standard_template(kind)
    standard_template.cache_clear()
    assert standard_template(kind) == made


def test_the_preview_leaves_the_order_of_an_official_document() -> None:
    roles = [line.role for line in preview(written(LETTER, RECEIVED))]
    assert roles[:4] == [Role.AGENCY_HEAD, Role.NUMBER, Role.TITLE, Role.ADDRESSEE]
    assert roles.index(Role.SIGNATURE) < roles.index(Role.DATE) < roles.index(Role.ATTACHMENT_MARK)
