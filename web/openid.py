"""The other side of OpenID Connect: discovery, the way there, and the check of what comes back.

Only what is needed of OpenID Connect Core 1.0, section 3.1: code flow, PKCE with S256, an id token
signed with the provider's published key. Signatures by joserfc, which the authors of Authlib keep.
"""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

_PATIENCE: Final = 10.0
_CLOCKS_DIFFER: Final = 60
_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key pair. None and HMAC are not among them: with those, who knows our own secret
could name anybody."""


class IdentityError(Exception):
    """The provider's answer cannot be relied on; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: what the answer must match."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def anew(cls) -> "Begun":
        """Begin one, with three times 256 random bits."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @classmethod
    def read(cls, text: str) -> "Begun | None":
        """Read what `text` wrote."""
        parts = text.split(".")
        return cls(*parts) if len(parts) == 3 and all(parts) else None  # noqa: PLR2004 - its fields

    @property
    def text(self) -> str:
        """How a cookie keeps it."""
        return f"{self.state}.{self.nonce}.{self.verifier}"

    @property
    def challenge(self) -> str:
        """The verifier's hash, which goes ahead of it (RFC 7636, 4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def named_by(claims: dict[str, Any], claim: str) -> str:
    """Return what a claim calls somebody.

    Raises:
        IdentityError: there is no such claim in the token.
    """
    name = claims.get(claim)
    if not isinstance(name, str | int) or not str(name):
        raise IdentityError("the claim that names the account is missing")
    return str(name)


class Provider:
    """An identity provider, found by its issuer."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret

    def address(self, begun: Begun, callback: str) -> str:
        """Return where the browser is sent to sign in there."""
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": callback,
            "scope": "openid profile",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": begun.challenge,
            "code_challenge_method": "S256",
        }
        start = self._metadata("authorization_endpoint")
        return f"{start}{'&' if '?' in start else '?'}{urlencode(query)}"

    def claims(self, begun: Begun, code: str, callback: str) -> dict[str, Any]:
        """Exchange a code for the id token and return its claims, checked.

        Raises:
            IdentityError: the provider refuses, does not answer, or its token is not for us now.
        """
        answer = self._asked(
            "POST",
            self._metadata("token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": callback,
                "code_verifier": begun.verifier,
                "client_id": self._client_id,
                "client_secret": self._client_secret,
            },
        )
        keys: Any = self._asked("GET", self._metadata("jwks_uri"))
        try:
            token = jwt.decode(
                answer["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS
            )
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise IdentityError(f"id token not signed by it ({type(error).__name__})") from None
        claims: dict[str, Any] = dict(token.claims)
        self._check(claims, begun)
        return claims

    def _check(self, claims: dict[str, Any], begun: Begun) -> None:
        """Check issuer, audience, time and nonce (OpenID Connect Core 1.0, 3.1.3.7)."""
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        now = time.time()
        expires = claims.get("exp")
        issued = claims.get("iat", now)
        if claims.get("iss") != self._issuer:
            raise IdentityError("id token of another issuer")
        if self._client_id not in named or (
            len(named) > 1 and claims.get("azp") != self._client_id
        ):
            raise IdentityError("id token for somebody else")
        if not isinstance(expires, int | float) or expires < now - _CLOCKS_DIFFER:
            raise IdentityError("id token expired")
        if not isinstance(issued, int | float) or issued > now + _CLOCKS_DIFFER:
            raise IdentityError("id token from the future")
        if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), begun.nonce.encode()):
            raise IdentityError("id token of another sign-in")

    def _metadata(self, name: str) -> str:
        """Return an address the provider publishes (OpenID Connect Discovery 1.0, 4)."""
        published = self._asked(
            "GET", f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        )
        if published.get("issuer") != self._issuer:
            raise IdentityError("discovery names another issuer")
        address = published.get(name)
        if not isinstance(address, str):
            raise IdentityError(f"discovery names no {name}")
        return address

    @staticmethod
    def _asked(method: str, address: str, data: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            answer = httpx.request(method, address, data=data, timeout=_PATIENCE)
            answer.raise_for_status()
            document = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise IdentityError(f"no answer ({type(error).__name__})") from None
        if not isinstance(document, dict):
            raise IdentityError("an answer that is no object")
        return document
