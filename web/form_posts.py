"""What a form sent, for routes whose fields are known only when they are asked."""

from typing import Annotated

from fastapi import Depends, Request


async def posted(request: Request) -> dict[str, str]:
    """Return the text fields of a form; of several of a name, the last."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


TheForm = Annotated[dict[str, str], Depends(posted)]
"""The text fields of the form that was sent."""
