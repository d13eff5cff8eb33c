"""The files a form sent, read whole: the frame has refused what is larger than may be."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from web.attachment_checks import Upload


async def uploaded(request: Request) -> list[Upload]:
    """Return the files that were chosen; a field left empty sends a file without name or content."""
    form = await request.form()
    return [
        Upload(each.filename or "", await each.read())
        for _, each in form.multi_items()
        if isinstance(each, UploadFile) and (each.filename or each.size)
    ]


TheFiles = Annotated[list[Upload], Depends(uploaded)]
"""The files of the form that was sent."""
