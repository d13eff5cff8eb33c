"""One worker of the audit: a process of its own, so that no file can take the others with it.

Its memory is limited by the system, and an alarm ends it should its master be gone. It is started
as ``python -m audit.run_worker FD SECONDS`` with one end of a pipe.
"""

import resource
import signal
import sys
from multiprocessing.connection import Connection

from audit.run_tasks import carried_out

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space: a worker that has read everything of ours takes 350 MB, a PDF of the
largest permitted pages 700 MB."""
GRACE = 5.0
"""Seconds after its limit at which a worker nobody has stopped stops itself."""


def serve(master: Connection, seconds: float) -> None:
    """Carry out one task after the other until the master closes the pipe."""
    while True:
        try:
            task = master.recv()
        except EOFError:
            return
        # No handler: the alarm must end the process even inside a parser written in C.
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        answer = carried_out(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        master.send(answer)


def main() -> None:
    """Set the limits, then serve the pipe named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(int(sys.argv[1])) as master:
        serve(master, float(sys.argv[2]))


if __name__ == "__main__":
    main()
