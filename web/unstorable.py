"""Refusing U+0000 (空字符), which is no text and which PostgreSQL cannot keep.

Nobody types it. In an address it is refused before anything is looked up or written down, in a
query or a form before any page reads it.
"""

from typing import Final

from fastapi import Request
from starlette.datastructures import UploadFile

NUL: Final = "\0"
WORDS: Final = "地址或者填写的内容含有空字符（U+0000），没有办理。请删除该字符后重新提交"


class UnstorableError(Exception):
    """What was sent holds U+0000."""


async def storable(request: Request) -> None:
    """Let a request through whose query and form can be kept.

    Raises:
        UnstorableError: a name, a value or the name of a file in it cannot.
    """
    given = [*request.query_params.multi_items(), *(await request.form()).multi_items()]
    for name, value in given:
        text = value.filename or "" if isinstance(value, UploadFile) else value
        if NUL in name or NUL in text:
            raise UnstorableError
