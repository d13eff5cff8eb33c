"""What a template of a letter must not hold: what can act or fetch, or slips out with it.

Macros, controls, embedded objects, links out and fields that fetch have no place in a letter.
Revisions and comments would go to the applicant.
"""

import re
from collections.abc import Iterator

from lxml import etree

from documents.word_package import Parts, Texts, W, parse

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE_PART = re.compile(
    r"vba|macro|/embeddings/|/activex/|/ctrlprops/|\.bin$|\.ole", re.IGNORECASE
)
_ACTIVE_RELATIONS = frozenset(
    {
        "aFChunk",
        "control",
        "frame",
        "oleObject",
        "package",
        "subDocument",
        "vbaProject",
        "wordVbaData",
        "attachedTemplate",
        "keyMapCustomizations",
        "attachedToolbars",
    }
)
_HARMLESS_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
_MAIN = "word/document.xml"


def dangers(parts: Parts, texts: Texts) -> Iterator[str]:
    """Yield what a template must not contain, one Chinese sentence each.

    Args:
        parts: of the package.
        texts: those of them that `text_parts` finds.
    """
    if "[Content_Types].xml" not in parts or _MAIN not in parts:
        yield "不是 Word 文档（.docx）"
        return
    declared = list(parse(parts["[Content_Types].xml"]).iter(f"{_TYPES}Override"))
    types = {str(each.get("PartName")): str(each.get("ContentType")) for each in declared}
    if types.get(f"/{_MAIN}") != _DOCUMENT:
        yield "须为 .docx 文档，不能是 .dotx、.docm 等其他类型"
    xml = [name for name, kind in types.items() if kind.endswith("+xml")]
    if not all(name.endswith((".xml", ".rels")) for name in xml):
        yield "文件内部结构异常（部件类型与名称不符）"
    if any(map(_ACTIVE_PART.search, [*parts, *types.values()])):
        yield "含有宏、控件或者嵌入对象，请删除后再上传"
    yield from _relations(parts)
    if any("comments" in name.lower() for name in parts):
        yield "含有批注，请删除后再上传"
    yield from _contents(texts)


def _relations(parts: Parts) -> Iterator[str]:
    relations = [
        relation
        for name in sorted(parts)
        if name.endswith(".rels")
        for relation in parse(parts[name]).iter(_RELATION)
    ]
    if any(
        str(each.get("TargetMode", "")).lower() == "external"
        or _ELSEWHERE.match(str(each.get("Target", "")))
        for each in relations
    ):
        yield "含有指向外部的链接（超链接、链接图片或者附加模板），请删除后再上传"
    kinds = {str(each.get("Type", "")).rpartition("/")[2] for each in relations}
    if kinds & _ACTIVE_RELATIONS:
        yield "含有嵌入对象、子文档或者附加模板，请删除后再上传"
    starts = [
        str(each.get("Target")).lstrip("/")
        for each in parse(parts.get("_rels/.rels", b"<none/>")).iter(_RELATION)
        if str(each.get("Type", "")).endswith("/officeDocument")
    ]
    if starts != [_MAIN]:
        yield "文件内部结构异常（正文部件不明）"


def _contents(texts: Texts) -> Iterator[str]:
    elements = [each for root in texts.values() for each in root.iter("*")]
    tags = {str(each.tag) for each in elements}
    if tags & {f"{W}object", f"{W}control", f"{W}altChunk", f"{W}subDoc"}:
        yield "正文中含有嵌入对象或者控件，请删除后再上传"
    if tags & {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"}:
        yield "含有修订记录，请接受或者拒绝全部修订后再上传"
    if any(each.get("src") or each.get("href") for each in elements):
        yield "正文中含有链接的图片，请改为直接插入的图片"
    others = {code for root in texts.values() for code in _fields(root)}
    if others - _HARMLESS_FIELDS:
        shown = "、".join(sorted(others - _HARMLESS_FIELDS))
        yield f"含有域代码（{shown}），模板中只能使用页码域"


def _fields(root: etree._Element) -> Iterator[str]:
    """Yield the first word of each field; the code of one may be split over many runs."""
    for simple in root.iter(f"{W}fldSimple"):
        yield _code(str(simple.get(f"{W}instr", "")))
    open_codes: list[list[str]] = []
    for each in root.iter(f"{W}fldChar", f"{W}instrText"):
        if each.tag == f"{W}instrText":
            if not open_codes:
                yield _code(each.text or "")
            else:
                open_codes[-1].append(each.text or "")
        elif each.get(f"{W}fldCharType") == "begin":
            open_codes.append([])
        elif each.get(f"{W}fldCharType") == "end" and open_codes:
            yield _code("".join(open_codes.pop()))
    for code in open_codes:
        yield _code("".join(code))


def _code(words: str) -> str:
    first = words.split()[:1]
    return first[0].upper()[:20] if first else "空域"
