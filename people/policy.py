"""The numbers of sign-in: how long, how often, how many (等保 2.0, GB/T 22239-2019, 8.1.4.1)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """What a sign-in must keep to.

    Attributes:
        idle: a session ends after this long without a request.
        absolute: a session ends this long after the sign-in, whatever is done in it.
        halfway: how long a sign-in waits for its second factor.
        failures: so many wrong passwords or codes in a row lock the account.
        locked_for: how long.
        address_failures: so many failures of one address within `locked_for` and it must wait;
            several people may sit behind one address.
        remembered_passwords: a new password is none of the last so many.
        second_factor: whether everybody must enrol one.
        hashing_memory: of argon2id, in KiB (RFC 9106, second recommended option).
        hashing_time: passes of argon2id.
    """

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=10)
    halfway: timedelta = timedelta(minutes=5)
    failures: int = 5
    locked_for: timedelta = timedelta(minutes=15)
    address_failures: int = 30
    remembered_passwords: int = 5
    second_factor: Literal["optional", "required"] = "optional"
    hashing_memory: int = 65_536
    hashing_time: int = 3
