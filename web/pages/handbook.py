"""The handbook (操作手册): Markdown of ours, shown as a page, its pictures under their hashes."""

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from web.area import Area
from web.assets import Assets
from web.rendering import render

router = APIRouter()
AREA = Area(router)  # no entry in the menu: it stands at the foot of every page


@router.get("/handbook", summary="操作手册")
def handbook(request: Request) -> Response:
    """Show the handbook."""
    assets: Assets = request.app.state.assets
    chapters, text = _page(assets.url)
    return render(request, "pages/handbook.html", chapters=chapters, text=text)


@lru_cache(maxsize=1)
def _page(asset: Callable[[str], str]) -> tuple[tuple[str, ...], Markup]:
    return handbook_page(handbook_text(), asset)


def handbook_text() -> str:
    """Return the handbook as it is written."""
    return files("web").joinpath("wordings", "handbook.md").read_text(encoding="utf-8")


def handbook_page(text: str, asset: Callable[[str], str]) -> tuple[tuple[str, ...], Markup]:
    """Return the chapters of a text and its HTML.

    Args:
        text: Markdown; HTML in it is shown and not obeyed.
        asset: gives the address of a picture from its file's name.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    chapters = []
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrSet("id", inside.content)
            chapters.append(inside.content)
        for child in token.children or ():
            if child.type == "image":
                child.attrSet("src", asset(PurePosixPath(str(child.attrGet("src"))).name))
                child.attrSet("loading", "lazy")
    html = markdown.renderer.render(tokens, markdown.options, {})
    return tuple(chapters), Markup(html)  # noqa: S704 - our own text, its HTML escaped
