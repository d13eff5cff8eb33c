"""The second factor (动态口令): time-based one-time codes, RFC 6238, six digits, thirty seconds.

The secret lies in the database sealed under a key of the ring, bound to the account: whoever copies
the table cannot make codes, and a row cannot be moved to another account.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

import pyotp
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from eventstore import writing
from people.acts import Act
from people.doer import Doer
from people.errors import PeopleError
from people.schema import accounts
from people.trail import record
from vault import KeyRing, UnknownKey

ISSUER: Final = "公开"
_STEP_SECONDS: Final = 30
_DRIFT: Final = 1
_NONCE_BYTES: Final = 12
_PURPOSE: Final = "second-factor"
_SECRET: Final = re.compile("[A-Z2-7]{32}")


class SecondFactor:
    """Enrolment and checking of codes."""

    def __init__(self, engine: sa.Engine, keyring: KeyRing, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._keyring = keyring
        self._clock = clock

    @staticmethod
    def new_secret() -> str:
        """Return a new secret in base32, 160 bits (RFC 4226, 4)."""
        return pyotp.random_base32()

    @staticmethod
    def is_secret(text: str) -> bool:
        """Tell whether a text could be a secret of `new_secret`."""
        return _SECRET.fullmatch(text) is not None

    @staticmethod
    def address_of(account: str, secret: str) -> str:
        """Return the `otpauth://` address that a QR code carries to the telephone."""
        return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)

    def enrol(self, doer: Doer, secret: str, code: str) -> None:
        """Take a secret into use once a code shows that the telephone has it.

        Raises:
            PeopleError: the code is not the secret's, or a factor is in use already.
        """
        step = self._step_of(secret, code, after=None)
        if step is None:
            raise PeopleError("code", "动态口令不正确，请核对手机的时间后重新输入")
        with writing(self._engine) as connection:
            changed = connection.execute(
                sa.update(accounts)
                .where(accounts.c.name == doer.account, accounts.c.totp_secret.is_(None))
                .values(totp_secret=self._seal(doer.account, secret), totp_step=step)
            )
            if changed.rowcount == 0:
                raise PeopleError("code", "已经启用动态口令，请先停用")
            record(connection, doer, Act.SECOND_FACTOR_ENROLLED, f"account/{doer.account}")

    def remove(self, doer: Doer, account: str) -> None:
        """Take a factor out of use: by its owner, or because the telephone is lost."""
        with writing(self._engine) as connection:
            connection.execute(
                sa.update(accounts)
                .where(accounts.c.name == account)
                .values(totp_secret=None, totp_step=None)
            )
            record(connection, doer, Act.SECOND_FACTOR_REMOVED, f"account/{account}")

    def accepts(self, connection: sa.Connection, account: str, code: str) -> bool:
        """Tell whether a code is right now and has not been used; it is used up by this.

        Args:
            connection: of a transaction that writes.
            account: its name.
            code: what was typed; blanks in it do not count.
        """
        row = connection.execute(
            sa.select(accounts.c.totp_secret, accounts.c.totp_step).where(
                accounts.c.name == account
            )
        ).first()
        if row is None or row.totp_secret is None:
            return False
        step = self._step_of(self._open(account, row.totp_secret), code, after=row.totp_step)
        if step is None:
            return False
        used = connection.execute(
            sa.update(accounts)
            .where(accounts.c.name == account, accounts.c.totp_step == row.totp_step)
            .values(totp_step=step)
        )
        return used.rowcount == 1

    def _step_of(self, secret: str, code: str, after: int | None) -> int | None:
        """Return the time step a code belongs to, one step of drift allowed either way."""
        digits = "".join(code.split())
        now = int(self._clock().timestamp()) // _STEP_SECONDS
        totp = pyotp.TOTP(secret)
        for step in range(now - _DRIFT, now + _DRIFT + 1):
            right = secrets.compare_digest(
                totp.generate_otp(step).encode(), digits.encode("utf-8", "replace")
            )
            if right and (after is None or step > after):
                return step
        return None

    def _seal(self, account: str, secret: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        kid = self._keyring.current
        key = self._keyring.derive(_PURPOSE, kid)
        sealed = AESGCM(key).encrypt(nonce, secret.encode(), _bound_to(kid, account))
        return kid.encode() + b"\0" + nonce + sealed

    def _open(self, account: str, kept: bytes) -> str:
        kid, _, rest = kept.partition(b"\0")
        nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            key = self._keyring.derive(_PURPOSE, kid.decode())
            secret = AESGCM(key).decrypt(nonce, sealed, _bound_to(kid.decode(), account))
        except (InvalidTag, UnknownKey) as error:
            raise PeopleError(
                "code", "动态口令的密钥无法读出（主密钥不符），请联系安全管理员停用后重新启用"
            ) from error
        return secret.decode()


def _bound_to(kid: str, account: str) -> bytes:
    return f"{kid}\0{account}".encode()
