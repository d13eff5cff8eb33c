"""Who sits at the command line, as the trail names them."""

import os
import pwd

from people import Doer


def operator() -> Doer:
    """Return the user of the operating system as the one who does it."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user without an entry, as in a container
        name = str(os.getuid())
    return Doer(f"os:{name}")
