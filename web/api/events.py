"""Events for other systems: the log from a position on, clear parts only, as it grows.

A reader keeps the position of the last answer and asks from there. Nothing is ever missing or out
of order: positions have no gaps and are given when the fact is committed.
"""

import threading
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from disclosure.addresses import CALENDAR_STREAM, agency_of
from disclosure.events import EVENTS
from records.record_log import entry_of
from web.api.callers import Caller, Reading

router = APIRouter(tags=["事件"])

_LOOKED_AT: Final = 5_000
"""Events looked at for one answer: a program of one agency reads past all others'."""

_WAITING: Final = threading.BoundedSemaphore(8)
"""Calls that may wait at once: each holds a thread, and on PostgreSQL a connection."""

_TYPES: Final = frozenset(EVENTS)


class ClearEvent(BaseModel):
    """一项登记的事实，不含个人信息."""

    position: int = Field(description="日志位置，全系统连续")
    stream: str = Field(description="所属，如 case/机关/编号")
    version: int = Field(description="在所属中的次序，连续")
    type: str = Field(description="事件种类")
    on: date = Field(description="事实发生日期")
    recorded_at: datetime = Field(description="登记时刻")
    by: str = Field(description="经办人；到期等由系统登记的为空")
    data: dict[str, Any] = Field(description="内容，不含个人信息；为缺省值的不列")


class EventPage(BaseModel):
    """从一个位置起的事件."""

    events: list[ClearEvent]
    position: int = Field(description="已读到的日志位置，下次从这里起")
    more: bool = Field(description="是否还有，可以立即再读")


@router.get(
    "/events",
    summary="读取事件",
    description="按登记次序列出一个位置以后的事件，只限令牌适用的机关，不含个人信息。",
)
def read_events(
    caller: Reading,
    after: Annotated[int, Query(ge=0, le=2**62, description="上次答复的 position，第一次为 0")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="至多几项")] = 200,
    wait: Annotated[
        int, Query(ge=0, le=30, description="没有新事件时至多等待几秒；等待的程序过多时立即答复")
    ] = 0,
) -> EventPage:
    """Return what was recorded after a position, waiting for it if asked to."""
    store = caller.office.parts.store
    if wait and _WAITING.acquire(blocking=False):
        try:
            store.wait_for(after, wait)
        finally:
            _WAITING.release()
    events: list[ClearEvent] = []
    position, head = after, store.head()
    last = min(head, after + _LOOKED_AT)
    for recorded in store.read_log(after, through_position=last, batch=limit):
        position = recorded.position
        if recorded.type in _TYPES and _may_see(caller, recorded.stream):
            entry = entry_of(recorded)
            events.append(
                ClearEvent(
                    position=entry.position,
                    stream=entry.stream,
                    version=entry.version,
                    type=entry.event.type,
                    on=entry.event.on,
                    recorded_at=entry.recorded_at,
                    by=entry.actor,
                    data=entry.event.parts()[0],
                )
            )
        if len(events) == limit:
            break
    return EventPage(events=events, position=position, more=position < head)


def _may_see(caller: Caller, stream: str) -> bool:
    return stream == CALENDAR_STREAM or caller.client.reaches(agency_of(stream))
