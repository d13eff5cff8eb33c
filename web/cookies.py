"""The cookies: session, secret of the forms, and one message after a change.

All are HttpOnly and, over TLS, Secure under the prefix `__Host-` (RFC 6265bis, 4.1.3.2), which no
other host can set. On plain loopback browsers would refuse that prefix, so there it is left away.
"""

import base64
import hashlib
import hmac
import secrets
from binascii import Error as NotBase64

from fastapi import Request, Response

_LONGEST_MESSAGE = 200


class Cookies:
    """The cookies of one request."""

    def __init__(self, request: Request, *, https: bool) -> None:
        self._request = request
        self._https = https

    @property
    def session(self) -> str:
        """The session's token, empty where there is none."""
        return self._read("session")

    @property
    def form_secret(self) -> str:
        """The secret behind the tokens in forms, empty until the first form was shown."""
        return self._read("form")

    @property
    def message(self) -> str:
        """What the last change has to say, to be shown once."""
        try:
            return base64.urlsafe_b64decode(self._read("message")).decode()[:_LONGEST_MESSAGE]
        except (NotBase64, UnicodeDecodeError, ValueError):
            return ""

    def set_session(self, response: Response, token: str) -> None:
        """Hand the session's token to the browser, until it is closed."""
        self._set(response, "session", token)

    def set_form_secret(self, response: Response) -> str:
        """Give the browser a new secret for its forms; a new session gets a new one."""
        secret = secrets.token_urlsafe(32)
        self._set(response, "form", secret)
        return secret

    def set_message(self, response: Response, words: str) -> None:
        """Let the next page say something."""
        text = base64.urlsafe_b64encode(words[:_LONGEST_MESSAGE].encode()).decode()
        self._set(response, "message", text, lives=60)

    def forget(self, response: Response, what: str) -> None:
        """Take `session`, `form`, `message` or `oidc` away."""
        response.delete_cookie(self._name(what), path="/", secure=self._https, httponly=True)

    def form_token(self, secret: str) -> str:
        """Return the token of this browser's forms: it ends with the secret and the session."""
        return hmac.digest(secret.encode(), self.session.encode(), hashlib.sha256).hex()

    def keep(self, response: Response, what: str, value: str, lives: int) -> None:
        """Keep something of a sign-in on its way, for so many seconds."""
        self._set(response, what, value, lives=lives)

    def read(self, what: str) -> str:
        """Return what was kept under a name, empty where nothing was."""
        return self._read(what)

    def _read(self, what: str) -> str:
        return self._request.cookies.get(self._name(what), "")

    def _name(self, what: str) -> str:
        return f"__Host-gongkai-{what}" if self._https else f"gongkai-{what}"

    def _set(self, response: Response, what: str, value: str, lives: int | None = None) -> None:
        response.set_cookie(
            self._name(what),
            value,
            max_age=lives,
            path="/",
            secure=self._https,
            httponly=True,
            # Lax: a link in an office message leads in without signing in again, and an identity
            # provider sends the browser back. What changes anything is guarded by `web.forgery`.
            samesite="lax",
        )
