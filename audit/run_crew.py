"""A crew of workers: tasks given out, answers gathered in the order of the tasks.

A worker that takes too long is ended, one that dies is replaced; the task it had is refused with
the reason, and the others go on. A pool of the standard library breaks as a whole in that case.
"""

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self

from audit.run_tasks import Answer, Refused, Task

SECONDS = 60.0
"""For one file: the slowest real report takes 3 s on a busy machine."""
TASKS_OF_ONE = 250
"""After so many tasks a worker is replaced, so that nothing a parser leaks adds up."""
ENDED = "文件读取中断：处理该文件时内存用尽或者解析程序异常退出。请另存为 docx 或者 pdf 后重试。"


def too_slow(seconds: float) -> Refused:
    """Return the refusal of a file that took longer than its limit."""
    return Refused(
        f"文件处理超过 {seconds:g} 秒，已停止，不像一份年度报告。"
        "请只提交年度报告本身，或者用办公软件另存后重试。"
    )


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection
    task: int | None = None
    due: float = 0.0
    left: int = TASKS_OF_ONE


class Crew:
    """Some workers for as long as the ``with`` block lasts.

    Attributes:
        size: how many work at a time; two cores gain nothing from more than two.
        seconds: wall-clock limit of one task.
    """

    def __init__(self, size: int, seconds: float = SECONDS) -> None:
        self.size = size
        self.seconds = seconds
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        """Workers are started when the first tasks come."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every worker, busy or not."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def carry_out(self, tasks: Sequence[Task], tell: Callable[[int], object]) -> list[Answer]:
        """Return an answer for each task, in their order; ``tell`` hears how many are done."""
        waiting = deque(range(len(tasks)))
        answers: dict[int, Answer] = {}
        while len(answers) < len(tasks):
            self._give_out(tasks, waiting)
            for place, answer in self._gather():
                answers[place] = answer
                tell(len(answers))
        return [answers[place] for place in range(len(tasks))]

    def _give_out(self, tasks: Sequence[Task], waiting: deque[int]) -> None:
        while len(self._workers) < min(self.size, len(waiting)):
            self._workers.append(_started(self.seconds))
        for worker in self._workers:
            if worker.task is None and waiting:
                worker.task = waiting.popleft()
                worker.due = time.monotonic() + self.seconds
                try:
                    worker.pipe.send(tasks[worker.task])
                except OSError:
                    # It died before its work came; the pipe's end says so when it is gathered.
                    continue

    def _gather(self) -> list[tuple[int, Answer]]:
        """Wait for an answer, a death or the next limit, and return what came."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        patience = min(worker.due for worker in busy.values()) - time.monotonic()
        ready = set(wait(list(busy), max(patience, 0)))
        now = time.monotonic()
        found: list[tuple[int, Answer]] = []
        for pipe, worker in busy.items():
            if worker.task is None:
                continue
            if pipe in ready:
                found.append((worker.task, self._answer_of(worker)))
            elif worker.due <= now:
                found.append((worker.task, too_slow(self.seconds)))
                self._dismiss(worker)
        return found

    def _answer_of(self, worker: _Worker) -> Answer:
        try:
            answer: Answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._dismiss(worker)
            return Refused(ENDED)
        worker.task = None
        worker.left -= 1
        if worker.left == 0:
            self._dismiss(worker)
        return answer

    def _dismiss(self, worker: _Worker) -> None:
        _end(worker)
        self._workers.remove(worker)


def _started(seconds: float) -> _Worker:
    """Start a worker that has the same modules as this process, and its own end of a pipe."""
    ours, its = Pipe()
    with its:
        number = its.fileno()
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, "-P", "-m", "audit.run_worker", str(number), str(seconds)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(number,),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.wait()
