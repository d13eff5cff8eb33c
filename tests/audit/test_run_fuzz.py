"""Whatever the bytes: reading, checking and summing up give findings, and never anything else."""

import json
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.loading import load_report
from audit.published import PublishedReport
from audit.reading import UnreadableFile
from audit.rules import check
from audit.run import Audit, AuditedFile, unreadable
from audit.summary import as_document
from audit.summary_html import render_html
from audit.summary_xlsx import render_xlsx
from disclosure.outcomes import COLUMNS, ROWS
from reporting.labels import COLUMN_LABELS, PROCEEDING_LABELS, ROW_LABELS, STATE_LABELS
from reporting.render import render
from tests.audit.published_makers import bureau_report
from tests.audit.recognition_makers import in_pipes, in_rows, run_together
from tests.audit.run_makers import FORMATS
from tests.reporting.report_makers import a_report, city

FUZZED = settings(
    max_examples=100, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)
NAMES = (
    *("table2", "table3", "table4", "agency", "year", "sections", "digest", "title", "content"),
    *(*ROWS, *COLUMNS, *ROW_LABELS.values(), *COLUMN_LABELS.values()),
    *(*PROCEEDING_LABELS.values(), *STATE_LABELS.values(), "results", "legalPerson"),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["\ud800", "0", "/", "1e99", "三、收到和处理政府信息公开申请情\ufffd"]),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=60,
)
WORDS = (*ROW_LABELS.values(), *COLUMN_LABELS.values(), *STATE_LABELS.values())
PIECES = st.sampled_from(
    (*WORDS, "|", "\t", "\n", "0", "12", "/", "2024年", "件", "。", "<td>", "三、", "（七）总计")
)


@cache
def seeds() -> tuple[tuple[str, bytes], ...]:
    figures = city().figures()
    texts = (in_rows(figures), in_pipes(figures), run_together(figures))
    return (
        *render(a_report(city())).items(),
        *(("a.txt", text.encode()) for text in texts),
    )


def read(name: str, content: bytes) -> PublishedReport | UnreadableFile:
    try:
        return load_report(name, content)
    except UnreadableFile as refused:
        return refused


def audited(name: str, content: bytes) -> None:
    """Do with a file what a worker does, and with what comes of it what the command does."""
    report = read(name, content)
    if isinstance(report, PublishedReport):
        found = (*check(report), *check(report, bureau_report()), *check(bureau_report(), report))
        made = Audit((AuditedFile(name, report, None, found),))
    else:
        assert str(report).endswith("。")
        made = Audit((AuditedFile(name, None, None, (unreadable(name, str(report)),)),))
    json.dumps(as_document(made), ensure_ascii=False).encode()
    assert render_html(made)
    assert render_xlsx(made)


@FUZZED
@given(st.integers(0, len(FORMATS) + 2), st.data())
def test_a_report_with_bytes_spoilt_anywhere(which: int, data: st.DataObject) -> None:
    name, content = seeds()[which]
    spoilt = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    audited(name, bytes(spoilt))


@FUZZED
@given(st.integers(0, len(FORMATS) + 2), st.integers(0, 1000))
def test_a_report_cut_off_anywhere(which: int, share: int) -> None:
    name, content = seeds()[which]
    audited(name, content[: len(content) * share // 1000])


@FUZZED
@given(DATA)
def test_data_of_any_shape(data: object) -> None:
    audited("a.json", json.dumps(data).encode())


@FUZZED
@given(st.lists(PIECES, max_size=120).map("".join), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_words_of_the_form_in_any_order(text: str, name: str) -> None:
    audited(name, text.encode())


@FUZZED
@given(st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_text(content: bytes) -> None:
    audited("a.txt", content)
