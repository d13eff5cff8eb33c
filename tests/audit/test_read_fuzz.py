"""Whatever the bytes, a reader gives a source or the one refusal."""

from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audit.reading import UnreadableFile, read_source
from audit.source import Line, Source, SourceTable
from reporting.render_docx import render_docx
from reporting.render_html import render_html
from reporting.render_xlsx import render_xlsx
from tests.archives.makers import zipped
from tests.audit.read_makers import cell, docx_of, paragraph, pdf_of, row, table, xlsx_of
from tests.reporting.report_makers import a_report, one_request

ENDINGS = ("docx", "xlsx", "pdf", "html", "md", "txt", "doc", "json", "")
FUZZED = settings(
    max_examples=150, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)

PIECES = (
    *("<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan='99'>", "</td>", "<th>"),
    *("<p hidden>", "<caption>", "<pre>", "</pre>", "<!--", "-->", "<![CDATA[", "<tbody>", "<br>"),
    *("|", "---", "\n", "\n\n", "# ", "**", "`", "\\", "\t", " ", "0", "12", "规章", "第二十条"),
    *("&nbsp;", "&#xD800;", "&#0;", "\ud7ff", "\U0001f600", "\u200b", "\x00", "\x85", "\u2028"),
)


@cache
def seeds() -> dict[str, bytes]:
    report = a_report(one_request())
    return {
        "docx": docx_of(paragraph("年报") + table(row(cell("规章"), cell("1")))),
        "docx of ours": render_docx(report),
        "xlsx": render_xlsx(report),
        "html": render_html(report),
        "pdf": pdf_of("年报\n#table(columns: 2, [规章], [1], [文件], [2])"),
        "md": "# 年报\n|规章|1|\n|-|-|\n<table><tr><td>1</table>\n".encode(),
        "txt": "年报\n规章\t1\n".encode("gb18030"),
    }


def outcome(name: str, content: bytes) -> Source | UnreadableFile:
    try:
        return read_source(name, content)
    except UnreadableFile as refused:
        return refused


def check(name: str, content: bytes) -> None:
    source = outcome(name, content)
    if isinstance(source, UnreadableFile):
        assert str(source).endswith("。")
        return
    assert [block.number for block in source.blocks] == list(range(1, len(source.blocks) + 1))
    for block in source.blocks:
        if isinstance(block, Line):
            assert block.text == block.text.strip() != ""
            assert "\n" not in block.text
            block.text.encode()
        else:
            check_table(block)


def check_table(found: SourceTable) -> None:
    places = [(cell.row, cell.column) for cell in found.cells]
    assert places == sorted(set(places))
    for one in found.cells:
        assert one.text == one.text.strip()
        assert one.rowspan >= 1
        assert one.colspan >= 1
        one.text.encode()


@FUZZED
@given(st.sampled_from(ENDINGS), st.binary(max_size=400))
@example("docx", b"PK\x05\x06" + bytes(18))
@example("pdf", b"%PDF-1.4 " * 9)
@example("txt", b"\xff\xfe\x00\xd8")
def test_any_bytes(ending: str, content: bytes) -> None:
    check(f"a.{ending}", content)


@FUZZED
@given(
    st.sampled_from(sorted(seeds())),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 12)), max_size=6),
    st.floats(0.2, 1),
)
def test_valid_files_with_bytes_put_in_taken_out_and_cut(
    kind: str, edits: list[tuple[float, bytes, int]], kept: float
) -> None:
    content = seeds()[kind]
    for place, put_in, taken_out in edits:
        at = int(place * len(content))
        content = content[:at] + put_in + content[at + taken_out :]
    if kept < 0.9:
        content = content[: int(kept * len(content))]
    check(f"a.{kind.split(maxsplit=1)[0]}", content)


@FUZZED
@given(st.sampled_from(["html", "md", "txt"]), st.lists(st.sampled_from(PIECES), max_size=60))
def test_texts_of_markup_in_any_order(ending: str, pieces: list[str]) -> None:
    check(f"a.{ending}", "".join(pieces).encode("utf-8", "surrogatepass"))


MARKUP = st.recursive(
    st.sampled_from(
        [
            "<t>规章</t>",
            "<br/>",
            "<gridSpan val='3'/>",
            "<gridSpan val='-1'/>",
            "<vMerge/>",
            "<vMerge val='restart'/>",
            "<outlineLvl val='x'/>",
            "<gridBefore val='99999999999'/>",
        ]
    ),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(
            [
                *("tbl", "tr", "tc", "p", "r", "pPr", "tcPr", "trPr"),
                *("sdt", "sdtContent", "ins", "del", "txbxContent", "Choice"),
            ]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@FUZZED
@given(st.lists(MARKUP, max_size=5))
def test_word_markup_in_any_order(parts: list[str]) -> None:
    document = f"<document><body>{''.join(parts)}</body></document>"
    check("a.docx", zipped({"word/document.xml": document}))


PLACES = st.sampled_from(["A1", "B1", "A2", "C7", "XFD1048576", "A0", "ZZZ9", "", "1", "AB12"])


@FUZZED
@given(
    st.lists(
        st.tuples(
            PLACES, st.sampled_from(["n", "s", "b", "e", "str", "inlineStr", "d"]), st.text()
        ),
        max_size=8,
    ),
    st.lists(st.tuples(PLACES, PLACES), max_size=4),
)
def test_sheets_with_any_places_and_values(
    saved: list[tuple[str, str, str]], merged: list[tuple[str, str]]
) -> None:
    found = "".join(
        f'<row><c r="{place}" t="{kind}" s="1"><v>{shown}</v></c></row>'
        for place, kind, text in saved
        for shown in ["0" if kind == "s" else "".join(filter(str.isalnum, text))]
    )
    ranges = "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in merged)
    sheet = f"<sheetData>{found}</sheetData><mergeCells>{ranges}</mergeCells>"
    check("a.xlsx", xlsx_of(sheet, strings=["<t>规章</t>"]))
