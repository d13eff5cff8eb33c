import io
import time
import zipfile

import pytest

from archives import Fault
from disclosure.numbering import DocumentKind
from documents import check_template, placeholders_of, standard_template
from documents.word_package import FINDINGS, LARGEST_FILE, LARGEST_UNPACKED, LIMITS, unpack
from tests.archives.makers import at_offset, scrambled, zipped
from tests.documents.word import FRAME, altered, template_of, with_part

RECEIPT, REPLY = DocumentKind.RECEIPT, DocumentKind.REPLY
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


CUT_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText> INCLUDE</w:instrText></w:r>"
    "<w:r><w:instrText>TEXT http://a </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _said(kind: DocumentKind, file: bytes) -> str:
    return "\n".join(check_template(kind, file))


def _with_field(run: str) -> bytes:
    return altered({DOCUMENT: ("<w:sectPr", f"<w:p>{run}</w:p><w:sectPr")})


def _with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    added = (
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    return altered({RELATIONS: ("</Relationships>", f"{added}</Relationships>")})


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_standard_template_has_no_findings(kind: DocumentKind) -> None:
    assert check_template(kind, standard_template(kind)) == []


def test_a_plain_template_with_all_it_needs_has_no_findings() -> None:
    assert check_template(RECEIPT, template_of(*FRAME)) == []
    assert check_template(REPLY, template_of(*FRAME, "{{救济途径}}")) == []


@pytest.mark.parametrize("name", ["机关名称", "文号", "称谓", "日期"])
def test_each_lacking_part_of_the_frame_is_named(name: str) -> None:
    rest = [line for line in FRAME if line != f"{{{{{name}}}}}"]
    assert check_template(RECEIPT, template_of(*rest)) == [f"缺少必备的占位符{{{{{name}}}}}"]


@pytest.mark.parametrize(
    "kind",
    [REPLY, DocumentKind.TERMINATION_NOTICE, DocumentKind.THIRD_PARTY_NOTICE],
)
def test_a_remedy_is_demanded_where_the_law_demands_it(kind: DocumentKind) -> None:
    assert "应当告知救济途径" in _said(kind, template_of(*FRAME))


@pytest.mark.parametrize(
    "kind",
    [
        RECEIPT,
        DocumentKind.CORRECTION_NOTICE,
        DocumentKind.EXTENSION_NOTICE,
        DocumentKind.CONSULTATION_NOTICE,
        DocumentKind.REASONS_DEMAND,
        DocumentKind.FEE_NOTICE,
    ],
)
def test_a_remedy_on_a_procedural_notice_is_a_finding(kind: DocumentKind) -> None:
    said = check_template(kind, template_of(*FRAME, "{{救济途径}}"))
    assert said == [f"{kind.label}是程序性文书，不写救济途径，请删除{{{{救济途径}}}}"]


@pytest.mark.parametrize(
    "kind", [DocumentKind.THIRD_PARTY_CONSULTATION, DocumentKind.AGENCY_CONSULTATION]
)
def test_a_letter_to_others_may_not_name_the_applicant_and_needs_its_answer_form(
    kind: DocumentKind,
) -> None:
    said = _said(kind, template_of(*FRAME, "{{申请人}}"))
    assert "不得写明申请人" in said
    assert "应当附答复表" in said


def test_a_text_of_its_own_must_say_what_the_notice_is_for() -> None:
    own = ("{{机关名称}}", "{{文号}}", "{{称谓}}", "请补正：{{补正事项}}", "{{日期}}")
    said = _said(DocumentKind.CORRECTION_NOTICE, template_of(*own))
    assert "还缺少占位符{{补正期限}}" in said
    assert "还缺少占位符{{收到日期}}" in said
    assert "{{补正事项}}" not in said
    assert "缺少必备的占位符{{正文}}" in _said(REPLY, template_of(*own[:3], "{{日期}}"))


@pytest.mark.parametrize("arrival", ["本机关于{{收到日期}}收到你的申请", "{{来件}}"])
def test_a_text_of_its_own_that_says_all_is_accepted(arrival: str) -> None:
    own = ("{{机关名称}}", "{{文号}}", "{{称谓}}", f"{arrival}：{{{{申请内容}}}}")
    asked = "请于{{补正期限}}前补正：{{补正事项}}"
    file = template_of(*own, asked, "联系方式：{{联系方式}}", "{{日期}}")
    assert check_template(DocumentKind.CORRECTION_NOTICE, file) == []


@pytest.mark.parametrize(
    ("kind", "line", "lost", "empty"),
    [
        (RECEIPT, "{{机关名称}}　{{联系方式}}", "机关名称", "联系方式"),
        (RECEIPT, "{{日期}}，答复期限至{{答复期限}}", "日期", "答复期限"),
        (REPLY, "{{称谓}}（{{原答复文号}}）", "称谓", "原答复文号"),
        (REPLY, "{{正文}}{{依据和理由}}", "正文", "依据和理由"),
    ],
)
def test_what_must_be_said_does_not_share_a_paragraph_with_what_may_be_empty(
    kind: DocumentKind, line: str, lost: str, empty: str
) -> None:
    rest = [each for each in FRAME if each != f"{{{{{lost}}}}}"]
    remedy = ["{{救济途径}}"] if kind is REPLY else []
    (found,) = check_template(kind, template_of(line, *rest, *remedy))
    assert f"占位符{{{{{empty}}}}}可能没有内容，没有时整段不写" in found
    assert f"不能与必备的占位符{{{{{lost}}}}}写在同一段落" in found


def test_what_is_always_there_may_share_a_paragraph() -> None:
    lines = ("{{机关名称}}{{文号}}", "{{称谓}}", "{{正文}}", "{{机关名称}}　{{日期}}")
    assert check_template(RECEIPT, template_of(*lines)) == []


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (REPLY, "{{文号}}　关于公开“{{申请内容}}”申请的答复"),
        (REPLY, "{{文号}}（{{办理结果}}，{{结果依据}}）"),
        (REPLY, "{{称谓}}{{你}}"),
        (DocumentKind.TERMINATION_NOTICE, "{{文号}}　关于“{{申请内容}}”"),
    ],
)
def test_what_the_record_always_fills_is_not_held_to_be_empty(
    kind: DocumentKind, line: str
) -> None:
    assert check_template(kind, template_of(*FRAME, line, "{{救济途径}}")) == []


def test_an_unknown_name_beside_a_needed_one_is_told_once() -> None:
    said = check_template(RECEIPT, template_of("{{机关名称}}{{无此名}}", *FRAME))
    assert said == ["登记回执没有占位符{{无此名}}"]


@pytest.mark.parametrize(
    "sly",
    [
        "{{文号.__class__}}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{文号|attr('__class__')}}",
        "{{不知何物}}",
        "{{cycler.__init__.__globals__.os.popen('id')}}",
    ],
)
def test_an_expression_is_just_an_unknown_name(sly: str) -> None:
    assert "登记回执没有占位符" in _said(RECEIPT, template_of(*FRAME, sly))


@pytest.mark.parametrize(
    "broken", ["{% for x in y %}", "{{文号", "文号}}", "{# 注释 #}", "{{{{文号}}}}"]
)
def test_any_other_syntax_is_a_finding(broken: str) -> None:
    assert "占位符书写有误" in _said(RECEIPT, template_of(*FRAME, broken))


def test_placeholders_are_found_in_heads_feet_and_tables() -> None:
    import docx  # noqa: PLC0415 - only this test draws a header

    document = docx.Document(io.BytesIO(template_of(*FRAME)))
    document.sections[0].header.paragraphs[0].text = "{{页眉里的}}"
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{{表里的}}"
    written = io.BytesIO()
    document.save(written)
    said = _said(RECEIPT, written.getvalue())
    assert "页眉里的" in said
    assert "表里的" in said


@pytest.mark.parametrize(
    "name",
    [
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/embeddings/Microsoft_Excel_Sheet.xlsx",
        "word/activeX/activeX1.xml",
        "word/VBADATA.xml",
    ],
)
def test_macros_controls_and_embedded_files_are_refused(name: str) -> None:
    assert "宏、控件或者嵌入对象" in _said(RECEIPT, with_part(name, b"<a/>"))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://example.invalid/"),
        ("image", "file://example.invalid/a.png"),
        ("attachedTemplate", "http://example.invalid/a.dotm"),
    ],
)
def test_links_to_the_outside_are_refused(kind: str, target: str) -> None:
    assert "指向外部的链接" in _said(RECEIPT, _with_relation(kind, target))


def test_objects_and_imported_files_are_refused_by_their_relation() -> None:
    assert "嵌入对象、子文档" in _said(RECEIPT, _with_relation("aFChunk", "a.html", "Internal"))
    assert "嵌入对象、子文档" in _said(RECEIPT, _with_relation("oleObject", "a.xml", "Internal"))


@pytest.mark.parametrize(
    "run",
    [
        '<w:fldSimple w:instr=" DDEAUTO c:\\\\a.exe "/>',
        CUT_FIELD,
        "<w:r><w:instrText> LINK Excel </w:instrText></w:r>",
    ],
)
def test_fields_that_fetch_or_run_are_refused_however_they_are_cut(run: str) -> None:
    assert "只能使用页码域" in _said(RECEIPT, _with_field(run))


def test_revisions_and_comments_would_go_out_with_the_letter_and_are_refused() -> None:
    revised = _with_field('<w:ins w:id="1" w:author="a"><w:r><w:t>改</w:t></w:r></w:ins>')
    assert "修订记录" in _said(RECEIPT, revised)
    assert "批注" in _said(RECEIPT, with_part("word/comments.xml", b"<a/>"))


def test_entities_are_not_expanded() -> None:
    parts = unpack(standard_template(RECEIPT))
    body = parts[DOCUMENT].decode().partition("?>")[2]
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>' + body
    assert "DOCTYPE" in _said(RECEIPT, zipped({**parts, DOCUMENT: bomb.encode()}))


def test_a_zip_bomb_is_refused_soon_and_without_being_unpacked_whole() -> None:
    parts = unpack(standard_template(RECEIPT))
    bomb = zipped({**parts, "word/media/a.xml": b"\0" * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < LARGEST_FILE
    begun = time.monotonic()
    assert check_template(RECEIPT, bomb) == ["文件解压后过大"]
    assert time.monotonic() - begun < 5


def test_a_size_that_lies_is_not_believed() -> None:
    honest = zipped({"a.xml": b"\0" * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert _said(RECEIPT, lying) != ""


@pytest.mark.parametrize(
    ("file", "finding"),
    [
        (b"", "不是 Word 文档"),
        (b"PK\x03\x04 and no more", "不是 Word 文档"),
        (b"\xd0\xcf\x11\xe0 old doc", "不是 Word 文档"),
        (zipped({"a.txt": b"a"}), "不是 Word 文档"),
        (b"x" * (LARGEST_FILE + 1), "超过 5 MB"),
        (zipped({f"a{n}.xml": b"a" for n in range(400)}), "内部结构异常"),
        (zipped({"A.xml": b"a", "a.xml": b"b"}), "内部结构异常"),
        (standard_template(RECEIPT)[:-500], "不是 Word 文档"),
        (scrambled(zipped({"a.xml": bytes(range(99))})), "不是 Word 文档"),
        (at_offset(2**64 - 1), "不是 Word 文档"),
        (zipped({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA), "不是 Word 文档"),
        (zipped({"a.xml": b"<a>" + b"<b/>" * LIMITS.tags}), "解压后过大"),
    ],
)
def test_what_is_no_sound_word_file_is_said_in_one_sentence(file: bytes, finding: str) -> None:
    (said,) = check_template(RECEIPT, file)
    assert finding in said


def test_a_macro_document_under_another_name_is_refused() -> None:
    old = "wordprocessingml.document.main+xml"
    macro = altered({"[Content_Types].xml": (old, "template.main+xml")})
    assert "须为 .docx 文档" in _said(RECEIPT, macro)


def test_a_text_under_a_strange_name_is_read_like_any_other() -> None:
    head = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>{{藏着的}}</w:t></w:r></w:p></w:hdr>"
    )
    assert "藏着的" in _said(RECEIPT, with_part("word/strange.xml", head.encode()))


def test_a_main_part_elsewhere_or_a_part_under_a_false_name_is_refused() -> None:
    moved = altered({"_rels/.rels": ('Target="word/document.xml"', 'Target="word/other.xml"')})
    assert "正文部件不明" in _said(RECEIPT, moved)
    added = '<Override PartName="/word/a.jpg" ContentType="application/x+xml"/></Types>'
    disguised = altered({"[Content_Types].xml": ("</Types>", added)})
    assert "部件类型与名称不符" in _said(RECEIPT, disguised)


def test_a_template_saved_by_another_office_program_is_accepted() -> None:
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    added = f'<Override PartName="/_rels/.rels" ContentType="{relations}"/></Types>'
    saved = altered({"[Content_Types].xml": ("</Types>", added)})
    assert check_template(RECEIPT, saved) == []


@pytest.mark.parametrize("target", ["http://a.invalid/b", "\\\\a\\b", "//a/b", "file:///c"])
def test_a_link_out_that_does_not_say_so_is_refused_too(target: str) -> None:
    assert "指向外部的链接" in _said(RECEIPT, _with_relation("image", target, "Internal"))


def test_a_picture_by_address_in_the_text_is_refused() -> None:
    picture = '<w:r><w:pict><a src="http://a.invalid/b.png"/></w:pict></w:r>'
    assert "链接的图片" in _said(RECEIPT, _with_field(picture))


def test_braces_and_blanks_without_end_are_read_in_no_time() -> None:
    begun = time.monotonic()
    sly = ("{{" + " " * 100_000, "{" * 100_000, "{{a" * 50_000)
    assert "占位符书写有误" in _said(RECEIPT, template_of(*FRAME, *sly))
    assert time.monotonic() - begun < 5


def test_a_template_that_would_become_endless_is_refused() -> None:
    assert _said(RECEIPT, template_of(*FRAME * 50)) == "占位符超过 200 处"


def test_words_behind_a_comment_are_read_as_they_are_printed() -> None:
    hidden = "<w:r><w:t>公开<!-- 注 -->{{藏着的}}</w:t></w:r>"
    assert "藏着的" in _said(RECEIPT, _with_field(hidden))


def test_each_fault_of_an_archive_has_its_finding() -> None:
    assert FINDINGS.keys() == set(Fault)


def test_broken_xml_inside_is_a_finding() -> None:
    parts = unpack(standard_template(RECEIPT))
    assert "XML 已损坏" in _said(RECEIPT, zipped({**parts, DOCUMENT: b"<w:document>"}))


def test_an_encrypted_member_is_a_finding() -> None:
    made = bytearray(zipped(unpack(standard_template(RECEIPT))))
    first = zipfile.ZipFile(io.BytesIO(made)).infolist()[0]
    made[first.header_offset + 6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    assert "不是 Word 文档" in _said(RECEIPT, bytes(made))


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_list_of_placeholders_is_the_one_the_check_knows(kind: DocumentKind) -> None:
    every = [f"{{{{{name}}}}}" for name in placeholders_of(kind)]
    assert check_template(kind, template_of(*every)) == []


def test_the_list_leaves_out_what_a_letter_must_not_say() -> None:
    assert "申请人" not in placeholders_of(DocumentKind.THIRD_PARTY_CONSULTATION)
    assert "救济途径" not in placeholders_of(RECEIPT)
