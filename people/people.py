"""The parts of this room, put together once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from eventstore import utc_now
from people.accounts import Accounts
from people.attempts import Attempts
from people.database import migrate_people, open_people
from people.doer import Doer
from people.first_start import FirstPasswords, make_first_accounts
from people.grants import Grants
from people.passwords import Hasher
from people.policy import Policy
from people.second_factor import SecondFactor
from people.sessions import Sessions
from people.sign_in import SignIn
from people.trail import Trail
from vault import KeyRing


@dataclass(frozen=True, slots=True)
class People:
    """Accounts, roles, sign-in and trail of one installation."""

    engine: sa.Engine
    policy: Policy
    accounts: Accounts
    grants: Grants
    sessions: Sessions
    sign_in: SignIn
    second_factor: SecondFactor
    trail: Trail
    first_passwords: FirstPasswords
    _hasher: Hasher
    _clock: Callable[[], datetime]

    @classmethod
    @contextmanager
    def opened(
        cls,
        folder: Path,
        log_url: str | None,
        keyring: KeyRing,
        policy: Policy | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> Iterator["People"]:
        """Open and migrate the database while the block runs.

        Args:
            folder: the data folder.
            log_url: the event log's database where a setting names one.
            keyring: seals the secrets of second factors.
            policy: the numbers of sign-in.
            clock: what time it is, with its zone.
        """
        policy = policy or Policy()
        engine = open_people(folder, log_url)
        try:
            migrate_people(engine)
            hasher = Hasher(policy)
            second_factor = SecondFactor(engine, keyring, clock)
            attempts = Attempts(engine, policy, clock)
            yield cls(
                engine=engine,
                policy=policy,
                accounts=Accounts(engine, hasher, attempts, policy, clock),
                grants=Grants(engine, clock),
                sessions=Sessions(engine, policy, clock),
                sign_in=SignIn(engine, hasher, second_factor, attempts, clock),
                second_factor=second_factor,
                trail=Trail(engine),
                first_passwords=FirstPasswords(folder / "first-passwords.json"),
                _hasher=hasher,
                _clock=clock,
            )
        finally:
            engine.dispose()

    def now(self) -> datetime:
        """Return the instant by this room's clock."""
        return self._clock()

    def make_first_accounts(self, doer: Doer) -> dict[str, str]:
        """Make the three administrators at the first start; return names and passwords."""
        return make_first_accounts(
            self.engine, self._hasher, doer, self.first_passwords, self._clock
        )
