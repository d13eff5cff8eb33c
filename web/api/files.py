"""Published files as answers: by the hash they were published under, never changed."""

from collections.abc import Iterable
from typing import Annotated, Any, Final

from fastapi import Path
from fastapi.responses import Response
from pydantic import BaseModel, Field

from disclosure.report_events import PublishedFile
from engine.parts import Parts
from web.api.problems import not_found

MEDIA_TYPES: Final = {
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

FileName = Annotated[
    str, Path(description="文件名，如 report.pdf", pattern="^[a-z]+\\.(json|docx|pdf|html|xlsx)$")
]
Version = Annotated[int, Path(description="第几版", ge=1, le=9999)]

DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "文件；ETag 为其 SHA-256",
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for name, kind in MEDIA_TYPES.items()
            if name != "json"
        }
        | {"application/json": {"schema": {"type": "object"}}},
    }
}


class FileRow(BaseModel):
    """公布的文件."""

    name: str = Field(description="文件名")
    sha256: str = Field(description="内容的 SHA-256")
    size: int = Field(description="字节数")


def file_answer(parts: Parts, files: Iterable[PublishedFile], name: str) -> Response:
    """Answer with one of some published files.

    Raises:
        ProblemError: it is not among them, or the store has lost it.
    """
    for file in files:
        if file.name == name:
            try:
                content = parts.files.get(file.sha256)
            except (FileNotFoundError, ValueError):
                raise not_found(f"文件 {name} 已经缺失或者损坏，请从备份恢复") from None
            return Response(
                content,
                media_type=MEDIA_TYPES[name.rpartition(".")[2]],
                headers={
                    "ETag": f'"{file.sha256}"',
                    "Content-Disposition": f'attachment; filename="{name}"',
                },
            )
    raise not_found(f"该版没有文件 {name}")
