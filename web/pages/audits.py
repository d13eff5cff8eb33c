"""Checking anybody's published reports (年度报告核验): files given, findings shown or taken away.

Nothing that is given is kept: the files lie in a folder of their own while processes of their own
read them, each with limits (`audit.run`), and are gone with the answer. A published report is
public, so there is no personal data to write down.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from threading import BoundedSemaphore
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.responses import Response

from audit.run import Audit, audit
from audit.summary import SEVERITY_LABELS, as_document, place_in_words, rule_label, summary_of
from audit.summary_html import render_html
from audit.summary_xlsx import render_xlsx
from people import BUSINESS
from web import errors
from web.access import may_read
from web.area import Area, MenuItem
from web.pages.annual_report_versions import download
from web.rendering import render

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router, menu=(MenuItem("/audits", "报告核验", BUSINESS),))

MOST_FILES: Final = 20
_SECONDS = 30.0
"""For reading one file; somebody waits for the page."""

AT_ONCE: Final = BoundedSemaphore(2)
"""Audits at a time: each takes processes and memory."""

_PATIENCE = 2.0
"""Seconds to wait for one that is about to end; who waits holds a thread that serves pages."""

_BUSY = "正在核验其他文件，您的文件没有核验，也没有留存。请过一两分钟重新提交"
_RETRY_AFTER = "60"

Answer = Literal["page", "json", "html", "xlsx"]


@router.get("/audits", summary="年度报告核验")
def form(request: Request) -> Response:
    """Ask for files."""
    return render(request, "pages/audits/form.html", most=MOST_FILES)


@router.post("/audits", summary="核验年度报告文件")
def check(
    request: Request,
    reports: Annotated[list[UploadFile], File()],
    previous: Annotated[UploadFile | None, File()] = None,
    answer: Annotated[Answer, Form()] = "page",
) -> Response:
    """Check the files and answer with the findings."""
    given = [each for each in reports if each.filename]
    if not given or len(given) > MOST_FILES:
        words = f"一次最多核验 {MOST_FILES} 份" if given else "请选择年度报告文件"
        at_field = {"reports": words}
        return render(request, "pages/audits/form.html", 422, most=MOST_FILES, errors=at_field)
    if not AT_ONCE.acquire(timeout=_PATIENCE):
        busy = errors.answer(request, 503, "请稍后再试", _BUSY)
        busy.headers["Retry-After"] = _RETRY_AFTER
        return busy
    try:
        with _laid_down(given, previous) as (paths, last):
            made = audit(paths, previous=last, workers=1, seconds=_SECONDS)
            found = _named(made)
    finally:
        AT_ONCE.release()
    return _answer(request, found, answer)


def _answer(request: Request, found: Audit, answer: Answer) -> Response:
    match answer:
        case "json":
            text = json.dumps(as_document(found), ensure_ascii=False, indent=1)
            return download(text.encode(), "findings.json")
        case "html":
            return download(render_html(found), "findings.html")
        case "xlsx":
            return download(render_xlsx(found), "findings.xlsx")
    return render(
        request,
        "pages/audits/found.html",
        found=found,
        summary=summary_of(found),
        label=rule_label,
        place=place_in_words,
        severities=SEVERITY_LABELS,
    )


def _named(made: Audit) -> Audit:
    """Call each file what it was called when it was given, instead of where it lay."""

    def name(path: str | None) -> str | None:
        return PurePath(path).name if path is not None else None

    return Audit(
        tuple(
            replace(
                each,
                file=name(each.file) or "",
                previous=name(each.previous),
                findings=tuple(
                    replace(finding, file=name(finding.file)) for finding in each.findings
                ),
            )
            for each in made.files
        )
    )


@contextmanager
def _laid_down(
    given: Sequence[UploadFile], previous: UploadFile | None
) -> Iterator[tuple[list[Path], Path | None]]:
    """Write the files into a folder that is gone afterwards, under names nobody else chose.

    Each lies in a folder of its own: two files may have the same name.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-audit-") as folder:
        paths = [_written(Path(folder), n, each) for n, each in enumerate(given, 1)]
        last = None
        if previous is not None and previous.filename:
            last = _written(Path(folder), 0, previous)
        yield paths, last


def _written(folder: Path, number: int, given: UploadFile) -> Path:
    place = folder / str(number)
    place.mkdir()
    name = PurePath((given.filename or "").replace("\\", "/")).name
    path = place / (name[-100:] if name.strip(". ") and name.isprintable() else "report")
    path.write_bytes(given.file.read())
    return path
