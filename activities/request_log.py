"""The log as workflows reach it: append a command's events, read what a stream holds beyond."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.reply_numbers import ReplyNumbers
from disclosure.event import Event
from disclosure.refusals import Refused
from eventstore import ContentMismatch, LogBehind, StreamConflict
from records import RecordLog, Write
from vault import KeyErased
from workflows.messages import AppendEvents, EventMessage, ReadSince, StreamEnd
from workflows.names import APPEND_EVENTS, EVENTS_SINCE, FAULT, LOG_BEHIND
from workflows.refusals import refusal


class RequestLogActivities:
    """Append and read for request workflows; may run again at any time to the same effect."""

    def __init__(self, log: RecordLog, numbers: ReplyNumbers) -> None:
        self._log = log
        self._numbers = numbers

    @activity.defn(name=APPEND_EVENTS)
    def append_events(self, asked: AppendEvents) -> StreamEnd:
        """Append one command's events and return what the stream then holds beyond.

        In a conflict nothing is written, and the answer holds the events of others alone: the
        workflow folds them and decides again. A database that is away fails the attempt, and the
        engine repeats it without limit; only what no repetition mends is final.
        """
        events = self._numbered(asked)
        write = Write(
            stream=asked.stream,
            expected_version=asked.expected_version,
            command_id=asked.command_id,
            actor=asked.actor,
            events=events,
        )
        try:
            self._log.write(write)
        except StreamConflict:
            self._numbers.void_unused(asked, events)
            activity.logger.info("stream has moved on, the workflow decides again")
        except (LogBehind, ContentMismatch, KeyErased) as error:
            self._numbers.void_unused(asked, events)
            raise _final(error) from None
        return self._beyond(asked.stream, asked.expected_version)

    @activity.defn(name=EVENTS_SINCE)
    def events_since(self, asked: ReadSince) -> StreamEnd:
        """Return what a stream holds beyond a version."""
        return self._beyond(asked.stream, asked.version)

    def _numbered(self, asked: AppendEvents) -> list[Event]:
        try:
            return self._numbers.numbered(asked, [message.event() for message in asked.events])
        except Refused as refused:
            if refused.code == "busy":
                raise  # the engine asks again
            raise refusal(refused) from None

    def _beyond(self, stream: str, version: int) -> StreamEnd:
        entries = self._log.read(stream, version)
        return StreamEnd(
            events=[
                EventMessage(
                    type=entry.event.type,
                    on=entry.event.on,
                    data=entry.event.parts()[0],
                    version=entry.version,
                    command_id=entry.command_id,
                )
                for entry in entries
            ],
            position=entries[-1].position if entries else 0,
        )


def _final(error: LogBehind | ContentMismatch | KeyErased) -> ApplicationError:
    """Return what no repetition mends as the engine carries it."""
    match error:
        case LogBehind():
            return ApplicationError(
                "事件日志早于该申请的办理进程（日志可能由旧备份恢复），该操作未执行",
                type=LOG_BEHIND,
                non_retryable=True,
            )
        case ContentMismatch():
            return ApplicationError(
                f"同一操作编号已有内容不同的记录（{', '.join(error.differing)}）",
                type=FAULT,
                non_retryable=True,
            )
        case KeyErased():
            return refusal(Refused("erased", "case", "该申请的个人信息已依法删除，不能再写入"))
