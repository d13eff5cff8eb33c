"""The first start: three administrators, and a file that says how to sign in.

The passwords are shown once on the terminal. They also lie in a file that only the operator of the
machine can read, for a service that has no terminal; each leaves the file when it is changed.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from eventstore import changing_structure
from people.account_rows import insert_account
from people.acts import Act
from people.doer import Doer
from people.passwords import Hasher, first_password
from people.roles import Role
from people.schema import accounts, grants
from people.trail import record

FIRST_ACCOUNTS: Mapping[str, tuple[str, Role]] = {
    "admin": ("系统管理员", Role.SYSTEM_ADMINISTRATOR),
    "security": ("安全管理员", Role.SECURITY_ADMINISTRATOR),
    "auditor": ("审计管理员", Role.AUDIT_ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class FirstPasswords:
    """The file of passwords nobody has changed yet."""

    path: Path

    def read(self) -> dict[str, str]:
        """Return name and password of each account that still has its first one."""
        try:
            passwords: dict[str, str] = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return passwords

    def write(self, passwords: Mapping[str, str]) -> None:
        """Keep these and no others; without any, keep no file."""
        if not passwords:
            self.path.unlink(missing_ok=True)
            return
        draft = self.path.with_suffix(".part")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(dict(passwords), file, indent=1)
        draft.replace(self.path)

    def forget(self, account: str) -> None:
        """Take the password of an account out of the file."""
        left = self.read()
        if left.pop(account, None) is not None:
            self.write(left)


def make_first_accounts(
    engine: sa.Engine,
    hasher: Hasher,
    doer: Doer,
    keep: FirstPasswords,
    clock: Callable[[], datetime],
) -> dict[str, str]:
    """Make the three administrators where there is no account yet; return their passwords.

    Safe when several processes start at once: one makes them, the others find them.
    """
    passwords = {name: first_password() for name in FIRST_ACCOUNTS}
    now = clock()
    with changing_structure(engine) as connection:
        if connection.execute(sa.select(accounts.c.name).limit(1)).first() is not None:
            return {}
        # Before the commit: an account nobody has the password of would be of no use.
        keep.write(passwords)
        for name, (shown, role) in FIRST_ACCOUNTS.items():
            kept = hasher.hash(passwords[name])
            insert_account(connection, name, shown, "", kept=kept, now=now)
            connection.execute(
                sa.insert(grants).values(
                    account=name,
                    role=role.value,
                    agency="",
                    granted_by=doer.account,
                    granted_at=now,
                )
            )
        record(connection, doer, Act.FIRST_ACCOUNTS_MADE, " ".join(FIRST_ACCOUNTS))
    return passwords
