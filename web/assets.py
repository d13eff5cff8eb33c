"""Our own scripts and styles, under names that hold their content's hash and never go stale."""

import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

PREFIX: Final = "/static"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it was when the process started."""

    content: bytes
    media_type: str
    url: str


class Assets:
    """The files of `web/static`, read once."""

    def __init__(self) -> None:
        self._by_name = {
            entry.name: _asset(entry.name, entry.read_bytes())
            for entry in files("web").joinpath("static").iterdir()
            if entry.is_file()
        }

    def url(self, name: str) -> str:
        """Return the address of a file; a template that names none there is a KeyError."""
        return self._by_name[name].url

    def router(self) -> APIRouter:
        """Return the route that serves them."""
        router = APIRouter()

        @router.get(PREFIX + "/{digest}/{name}", summary="静态文件")
        def static_file(digest: str, name: str) -> Response:
            found = self._by_name.get(name)
            if found is None or found.url != f"{PREFIX}/{digest}/{name}":
                raise HTTPException(404)
            headers = {"Cache-Control": _FOR_EVER}
            return Response(found.content, media_type=found.media_type, headers=headers)

        return router


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    media_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return Asset(content, media_type, f"{PREFIX}/{digest}/{name}")
