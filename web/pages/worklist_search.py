"""Searching cases by their words (检索): numbers, what was asked for, notes.

By POST, because what is looked for may name somebody: an address would stand in the browser's
history and in the logs of proxies. The trail says that there was a search, not for what; the result
says where a word was found, not the text. Who only supervises an agency finds its cases by their
numbers: personal texts are not theirs to read, nor to find out.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from web.access import Signed, may_read
from web.area import Area
from web.finding import FindingNotReadyError, Found, finding_of
from web.pages.worklist_desk import Desk, listing
from web.pages.worklist_desk import words as list_words
from web.rendering import render

router = APIRouter(dependencies=[Depends(may_read)])
AREA = Area(router)

_MOST: Final = 100

_PLACES: Final = {"case": "案号", "number": "文号", "description": "申请内容", "note": "备注"}


@router.get("/worklist/search", summary="检索")
def search_page(request: Request, visit: Signed) -> Response:
    """Show the form, or that the texts are still being read."""
    return _page(request, Desk(visit), "", [])


@router.post("/worklist/search", summary="检索")
def search(
    request: Request, visit: Signed, words: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Show the cases in which every word stands, the latest first."""
    desk = Desk(visit)
    if not words.strip():
        return _page(request, desk, "", [], {"words": "请输入要找的案号、文号或者内容"})
    try:
        found = finding_of(request).search(
            desk.agencies, words, _MOST + 1, sealed_to=desk.only_supervised
        )
    except FindingNotReadyError:
        found = []
    return _page(request, desk, words, found)


def _page(
    request: Request,
    desk: Desk,
    looked_for: str,
    found: list[Found],
    errors: dict[str, str] | None = None,
) -> Response:
    places = {each.stream: "、".join(_PLACES[place] for place in each.places) for each in found}
    cases = desk.reader.of(desk.reach, [each.stream for each in found[:_MOST]])
    cases.sort(key=lambda case: (case.row["came_on"], case.row["stream"]), reverse=True)
    return render(
        request,
        "pages/worklist_search.html",
        422 if errors else 200,
        list_words=list_words(),
        shown=listing(desk, cases),
        places=places,
        values={"words": looked_for},
        errors=errors or {},
        ready=finding_of(request).ready,
        more=len(found) > _MOST,
        most=_MOST,
    )
