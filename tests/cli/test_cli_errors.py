"""Every error a person may meet is one Chinese sentence, without the English of the rooms below."""

import errno
import os
import re
from pathlib import Path
from uuid import UUID

import pytest

from cli.errors import explain
from cli.system_words import system_words
from disclosure.refusals import Refused
from eventstore import (
    ContentMismatch,
    EventStoreError,
    LogBehind,
    LogNotEmpty,
    ProjectionStopped,
    ProjectionSuperseded,
    ProjectionTableMismatch,
    SchemaOutdated,
    StreamConflict,
    UnknownEventSchema,
)
from tests.cli.stranger import SAMPLE, Gongkai

ID = UUID(int=1)
STREAM = "case/baoding-commerce/甲-1"
ERRORS: list[EventStoreError] = [
    StreamConflict(STREAM, 3, 4),
    LogBehind(STREAM, 4, 3),
    ContentMismatch(STREAM, ID, ("data",)),
    SchemaOutdated(None, "0002"),
    UnknownEventSchema("request_decided", 3, 2),
    ProjectionStopped("timeline", 12, ID, "request_decided", "KeyError at timeline.py:3"),
    ProjectionSuperseded("timeline", 1, 2),
    ProjectionTableMismatch("timeline_1", ("sentence",)),
    LogNotEmpty(),
    EventStoreError("a new kind"),
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+")


def test_there_is_an_example_of_every_error_of_the_log() -> None:
    assert {type(error) for error in ERRORS} == {EventStoreError, *EventStoreError.__subclasses__()}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_the_log_is_said_in_chinese(error: EventStoreError) -> None:
    sentence = explain(error)
    assert sentence
    assert CHINESE.search(sentence)
    assert not ENGLISH.search(sentence.replace(getattr(error, "cause", "…"), ""))


def test_a_refusal_names_its_field_but_never_the_verb_of_a_command_nobody_typed_as_a_field() -> (
    None
):
    assert explain(Refused("busy", "outcome", "该申请已办结")) == "字段 outcome：该申请已办结"
    assert explain(Refused("busy", "do", "该申请已办结")) == "该申请已办结"


def test_no_english_word_of_the_system_is_said() -> None:
    for number in errno.errorcode:
        error = OSError(number, os.strerror(number), "/某处/文件")
        words = system_words(error)
        assert explain(error) == f"不能读写“/某处/文件”：{words}"
        assert CHINESE.search(words) or words == type(error).__name__


def test_the_usual_refusals_of_the_system_have_words() -> None:
    for number, words in {
        errno.EACCES: "没有权限",
        errno.ENOSPC: "磁盘已满",
        errno.ENOENT: "不存在",
        errno.ENOTDIR: "不是目录",
    }.items():
        assert system_words(OSError(number, os.strerror(number))) == words


def test_what_the_system_refused_the_rooms_below_is_said_in_chinese_too(
    gongkai: Gongkai, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    under_a_file = gongkai("import", SAMPLE, "--data", file / "data")
    assert under_a_file.code == 1
    assert under_a_file.err.strip().endswith("：不是目录")

    gongkai.done("import", SAMPLE)
    (key,) = (gongkai.data / "keys").iterdir()
    key.rename(tmp_path / "key")
    key.symlink_to(tmp_path / "key")
    looped = gongkai("verify")
    assert looped.code == 1
    assert looped.err.strip().endswith("无法读取：符号链接成环")
