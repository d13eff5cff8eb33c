"""A process that begins with many threads at once reads events in all of them."""

import subprocess
import sys


def test_threads_that_read_their_first_events_at_once_do_not_end_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.disclosure.many_threads"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
