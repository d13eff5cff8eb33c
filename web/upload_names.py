"""The name of an uploaded file: looked at, never used as a path."""

from collections.abc import Collection

_LONGEST = 200


class BadNameError(ValueError):
    """The name is none a browser's file field would send; the message is for the person."""


def upload_name(name: str | None, endings: Collection[str]) -> str:
    """Return the name a file was uploaded under.

    A browser sends the last part of a path. Whoever sends more is trying something.

    Raises:
        BadNameError: it holds a path, is empty or overlong, or ends otherwise.
    """
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise BadNameError("文件名为空、过长，或者含有不可见字符")
    if any(mark in name for mark in ("/", "\\", ":")) or name.startswith("."):
        raise BadNameError("文件名中不能有路径，请只传文件本身")
    if not name.lower().endswith(tuple(endings)):
        raise BadNameError(f"文件须为 {'、'.join(endings)} 格式")
    return name
