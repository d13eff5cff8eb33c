"""The files a form sent, read whole: the frame has refused what is larger than may be."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from web.attachment_checks import (
    MOST_FILES,
    AttachmentRefusedError,
    CheckedFile,
    Upload,
    checked,
)
from web.forms import FormRefusedError


async def uploaded(request: Request) -> list[Upload]:
    """Return the files that were chosen; an empty field sends one without name and content."""
    form = await request.form()
    files = [
        Upload(each.filename or "", await each.read())
        for _, each in form.multi_items()
        if isinstance(each, UploadFile) and (each.filename or each.size)
    ]
    await form.close()  # nothing of them stays in the machine's temporary folder
    return files


def chosen(uploads: list[Upload]) -> list[CheckedFile]:
    """Check every file of a form.

    Raises:
        FormRefusedError: one is not taken, or there are too many.
    """
    if len(uploads) > MOST_FILES:
        raise FormRefusedError({"files": f"一次最多添加 {MOST_FILES} 个附件"})
    files = []
    for n, upload in enumerate(uploads, 1):
        try:
            files.append(checked(upload))
        except AttachmentRefusedError as refused:
            raise FormRefusedError({"files": f"第 {n} 个附件：{refused}"}) from None
    return files


def form_id(given: Mapping[str, str]) -> UUID:
    """Return the id a form was shown with; one that was tampered with is a new form."""
    try:
        return UUID(given.get("command_id", ""))
    except ValueError:
        return uuid4()


TheFiles = Annotated[list[Upload], Depends(uploaded)]
"""The files of the form that was sent."""
