import pytest

from reporting.section_text import Block, BlockKind, Span, blocks


def plain(markdown: str) -> list[tuple[str, str, str]]:
    return [
        (block.kind.value, block.marker, "".join(span.words for span in block.spans))
        for block in blocks(markdown)
    ]


def test_heads_paragraphs_and_lists_are_told_apart() -> None:
    assert plain("## （一）主动公开\n\n正文。\n\n### 1.渠道\n\n- 网站\n- 公报\n\n1. 甲\n2. 乙") == [
        ("head", "", "（一）主动公开"),
        ("paragraph", "", "正文。"),
        ("subhead", "", "1.渠道"),
        ("item", "•", "网站"),
        ("item", "•", "公报"),
        ("item", "1.", "甲"),
        ("item", "2.", "乙"),
    ]


def test_a_list_in_a_list_lies_deeper_and_counts_by_itself() -> None:
    read = blocks("3. 甲\n   1. 子\n   2. 丑\n4. 乙")
    assert [(block.marker, block.depth) for block in read] == [
        ("3.", 0),
        ("（1）", 1),
        ("（2）", 1),
        ("4.", 0),
    ]


def test_every_line_is_a_paragraph_as_officials_type_it() -> None:
    assert plain("　　第一段。\n　　第二段。") == [
        ("paragraph", "", "第一段。"),
        ("paragraph", "", "第二段。"),
    ]


@pytest.mark.parametrize(
    ("markdown", "spans"),
    [
        ("做到**“重点”**公开", (Span("做到"), Span("“重点”", bold=True), Span("公开"))),
        (
            "**一是**推进，**二是**落实",
            (
                Span("一是", bold=True),
                Span("推进，"),
                Span("二是", bold=True),
                Span("落实"),
            ),
        ),
        ("2 ** 3 ** 4", (Span("2 ** 3 ** 4"),)),
        ("没有结束的**加粗", (Span("没有结束的**加粗"),)),
    ],
)
def test_bold_is_found_beside_chinese_punctuation(markdown: str, spans: tuple[Span, ...]) -> None:
    assert blocks(markdown) == (Block(BlockKind.PARAGRAPH, spans),)


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<b>不是粗体</b>",
        "[链接](https://example.com)",
        "![图](x.png)",
        "&lt;尖括号&gt;",
        "`代码`",
        "> 引用",
        "| 甲 | 乙 |",
        "---",
    ],
)
def test_everything_else_is_plain_text(markdown: str) -> None:
    assert plain(markdown) == [("paragraph", "", markdown)]


def test_no_text_makes_no_block() -> None:
    assert blocks(" \n\n ") == ()


def test_control_characters_of_a_word_processor_do_not_reach_the_report() -> None:
    assert plain("第一\x07段。\x0b第二段。\x00") == [
        ("paragraph", "", "第一段。"),
        ("paragraph", "", "第二段。"),
    ]
