"""Wrong usage is said in Chinese: what is wrong, with which option, and where the help is."""

import re
import shlex

import pytest

from tests.cli.stranger import Gongkai

SAID = {
    "frobnicate": "没有命令“frobnicate”",
    "request frobnicate": "没有命令“frobnicate”",
    "stats --year 2024": "缺少选项 --agency",
    "import": "缺少参数 files",
    "rebuild --format=": "选项 --format：须为 text、json 之一",
    "verify --no-such 1": "没有选项 --no-such",
    "verify --formt json": "没有选项 --formt，是否为 --format",
    "fee --items 3 extra words": "多余的参数：extra words",
    "fee --pages 0": "选项 --pages：须不小于 1",
    "stats --agency a --year 99999": "选项 --year：须不大于 9998",
    "stats --agency a --year 今年": "选项 --year：须为整数",
    "audit --time-limit 快 a.pdf": "选项 --time-limit：须为数",
    "fee": "--pages 和 --items 须且只须给出一个",
    "deadline --received 昨天": "选项 --received：须为日期，写作 YYYY-MM-DD",
}


@pytest.mark.parametrize("line", SAID)
def test_wrong_usage_says_in_chinese_what_is_wrong_and_where_the_help_is(
    gongkai: Gongkai, line: str
) -> None:
    finished = gongkai(*shlex.split(line))
    assert (finished.code, finished.out) == (2, "")
    usage, help_, error = finished.err.splitlines()
    assert usage.startswith("用法：gongkai")
    command = re.fullmatch(r"详见：(gongkai[a-z -]*) --help", help_)
    assert command
    assert gongkai.done(*command[1].split()[1:], "--help")
    assert error == f"错误：{SAID[line]}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("stats --agency a --year", "选项 --year 缺少取值"),
        ("report --publish=yes", "选项 --publish 不带取值"),
    ],
)
def test_an_option_used_wrongly_is_named(gongkai: Gongkai, line: str, said: str) -> None:
    finished = gongkai(*shlex.split(line))
    assert (finished.code, finished.out, finished.err) == (2, "", f"错误：{said}\n")


def test_no_command_at_all_gets_the_help(gongkai: Gongkai) -> None:
    finished = gongkai()
    assert finished.code == 2
    assert "由备份恢复" in finished.said
