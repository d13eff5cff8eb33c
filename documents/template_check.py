"""An agency's own template, checked before it is kept: what it may hold and what it must name."""

from collections.abc import Iterator

from disclosure.numbering import DocumentKind
from documents.content import FRAME
from documents.errors import TemplateRefused
from documents.placeholders import PLACEHOLDER, named_in
from documents.template_text import paragraphs, words_of
from documents.values import always_filled
from documents.word_dangers import dangers
from documents.word_package import Texts, text_parts, unpack
from documents.wording import wordings_of

_FILLED = ("机关名称", "文号", "标题", "称谓", "正文", "日期")
"""Placeholders that are never empty."""
MOST_PLACEHOLDERS = 200
"""So that a small template does not become an endless letter."""


def placeholders_of(kind: DocumentKind) -> tuple[str, ...]:
    """Return the placeholders a template of this kind may name, the frame's first."""
    own = {name for wording in wordings_of(kind) for name in wording.names}
    if "来件" in own:
        own.add("收到日期")
    absent = set()
    if not any(wording.remedy for wording in wordings_of(kind)):
        absent.add("救济途径")
    if not any(wording.attachment for wording in wordings_of(kind)):
        absent |= {"附件标题", "附件正文"}
    frame = [name for name in FRAME if name not in absent]
    return (*frame, *sorted(own.difference(FRAME)))


def check_template(kind: DocumentKind, file: bytes, *, kept: bool = False) -> list[str]:
    """Return what is wrong with a Word template, one Chinese sentence each; empty where nothing is.

    Nothing of the file is carried out or fetched.

    Args:
        kind: of document.
        file: the template.
        kept: it is in use already. Which of its paragraphs may fall away was for its upload to
            find: an agency's letters do not stop going out over a rule that came later.
    """
    try:
        parts = unpack(file)
        texts = text_parts(parts)
        return list(dangers(parts, texts)) or list(_findings(kind, texts, kept=kept))
    except TemplateRefused as refused:
        return list(refused.findings)


def _findings(kind: DocumentKind, texts: Texts, *, kept: bool) -> Iterator[str]:
    lines = [words_of(paragraph) for root in texts.values() for paragraph in paragraphs(root)]
    all_named = [each.name for line in lines for each in named_in(line)]
    if len(all_named) > MOST_PLACEHOLDERS:
        yield f"占位符超过 {MOST_PLACEHOLDERS} 处"
        return
    named = list(dict.fromkeys(all_named))
    known = placeholders_of(kind)
    for name in named:
        if name not in known:
            yield _unknown(kind, name)
    for line in lines:
        unfilled = PLACEHOLDER.sub("", line)
        if any(mark in unfilled for mark in ("{{", "}}", "{%", "%}", "{#", "#}")):
            yield "占位符书写有误：须写作 {{名称}}，并在同一段落之内，不支持其他语法"
            break
    if not kept:
        yield from _falling_away(kind, lines)
    yield from _lacking(kind, frozenset(named))


def _unknown(kind: DocumentKind, name: str) -> str:
    shown = f"{{{{{name[:30]}}}}}"
    if name == "救济途径":
        return f"{kind.label}是程序性文书，不写救济途径，请删除{shown}"
    if name in {"申请人", "来件"}:
        return f"{kind.label}不发给申请人，不得写明申请人，请删除{shown}"
    return f"{kind.label}没有占位符{shown}"


def _lacking(kind: DocumentKind, named: frozenset[str]) -> Iterator[str]:
    """Yield what the document must say and the template has no place for."""
    for name in ("机关名称", "文号", "称谓", "日期"):
        if name not in named:
            yield f"缺少必备的占位符{{{{{name}}}}}"
    texts = wordings_of(kind)
    if any(wording.remedy for wording in texts) and "救济途径" not in named:
        yield "缺少必备的占位符{{救济途径}}：该文书应当告知救济途径"
    if any(wording.attachment for wording in texts) and "附件正文" not in named:
        yield "缺少必备的占位符{{附件正文}}：该文书应当附答复表"
    if "正文" in named:
        return
    if len(texts) > 1:
        yield "缺少必备的占位符{{正文}}：该文书的正文因办理结果而不同"
        return
    for name in _demanded(kind):
        told = named if name != "收到日期" or "来件" not in named else {name}
        if name not in told:
            yield f"缺少{{{{正文}}}}；自行拟写正文的，还缺少占位符{{{{{name}}}}}"


def _falling_away(kind: DocumentKind, lines: list[str]) -> Iterator[str]:
    """Yield what must be said and would go unsaid: a paragraph falls away with what is empty."""
    always, needed = _never_empty(kind), _needed(kind)
    at_times = frozenset(placeholders_of(kind)) - always
    for line in lines:
        names = [each.name for each in named_in(line)]
        empty = [name for name in names if name in at_times]
        lost = [name for name in names if name in always & needed]
        if empty and lost:
            yield (
                f"占位符{{{{{empty[0]}}}}}可能没有内容，没有时整段不写，"
                f"不能与必备的占位符{{{{{lost[0]}}}}}写在同一段落"
            )


def _never_empty(kind: DocumentKind) -> frozenset[str]:
    """Return the placeholders that every document of a kind fills."""
    texts = wordings_of(kind)
    required = set.intersection(*(set(each.required) for each in texts))
    filled = {*_FILLED, *required, *always_filled(kind)}
    if all(wording.remedy for wording in texts):
        filled.add("救济途径")
    if all(wording.attachment for wording in texts):
        filled |= {"附件标题", "附件正文"}
    return frozenset({*filled, "收到日期"} if "来件" in filled else filled)


def _needed(kind: DocumentKind) -> frozenset[str]:
    """Return the placeholders without which a document of a kind may not go out."""
    own = _demanded(kind) if len(wordings_of(kind)) == 1 else ()
    return frozenset({*FRAME, *own} - {"标题", "附件标题"})


def _demanded(kind: DocumentKind) -> Iterator[str]:
    """Yield what a text of the agency's own must name: the wording's own, its turns of phrase not.

    The received day stands for the sentence that tells of the arrival.
    """
    (wording,) = wordings_of(kind)
    body = {each.name for line in wording.lines for each in named_in(line)}
    for name in wording.required:
        if name in body and name != "你":
            yield "收到日期" if name == "来件" else name
