"""Where a browser may be sent after sign-in: to a page of ours, never elsewhere."""

from urllib.parse import quote, urlsplit

from fastapi import Request


def safe_path(wanted: str) -> str:
    r"""Return a path of this site as it stands, and the front page for anything else.

    `//host`, `/\host` and control characters, which browsers read as another site, are not paths
    of ours.
    """
    parts = urlsplit(wanted)
    is_ours = (
        wanted.startswith("/")
        and not wanted.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
        and wanted.isprintable()
        and "\\" not in wanted
        and not parts.path.startswith("/sign-")
    )
    return wanted if is_ours else "/"


def sign_in_path(request: Request, *, expired: bool) -> str:
    """Return the sign-in page's address, which leads back to what was asked for by GET."""
    wanted = request.url.path if request.method == "GET" else "/"
    query = [f"next={quote(wanted)}"] if wanted != "/" else []
    query += ["expired=1"] if expired else []
    return "/sign-in" + (f"?{'&'.join(query)}" if query else "")
