"""The help speaks Chinese and names every command; wrong usage is exit code 2."""

import re
import shlex

import pytest

from cli.verb_commands import chinese_part
from disclosure.commands import PROCEEDING_VERBS, REQUEST_VERBS
from tests.cli.stranger import Gongkai

COMMANDS = [
    "serve",
    "worker",
    "import",
    "stats",
    "report",
    "show",
    "deadline",
    "fee",
    "verify",
    "rebuild",
    "request",
    "proceeding",
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]")


def test_the_help_names_every_command_with_a_chinese_sentence(gongkai: Gongkai) -> None:
    lines = gongkai.done("--help").splitlines()
    for command in COMMANDS:
        (line,) = [line for line in lines if line.split()[:1] == [command]]
        assert CHINESE.search(line), command


@pytest.mark.parametrize(
    ("group", "verbs"), [("request", REQUEST_VERBS), ("proceeding", PROCEEDING_VERBS)]
)
def test_the_help_of_a_kind_of_case_names_every_verb(
    gongkai: Gongkai, group: str, verbs: dict[str, type]
) -> None:
    lines = gongkai.done(group, "--help").splitlines()
    for verb in ("list", *(verb.replace("_", "-") for verb in verbs)):
        (line,) = [line for line in lines if line.split()[:1] == [verb]]
        short = line.split(maxsplit=1)[1]
        assert CHINESE.search(short), verb
        assert not ENGLISH.search(short), verb


@pytest.mark.parametrize(
    "docstring",
    [
        "缴费: the fee is paid.",
        "缴费, in whole or in part.",
        "缴费 (国办函〔2020〕109号): the fee is paid.",
        "缴费 by the applicant.",
        "缴费.",
    ],
)
def test_of_what_a_verb_says_of_itself_the_help_shows_the_chinese_alone(docstring: str) -> None:
    assert chinese_part(docstring) == "缴费"


def test_every_option_is_explained_in_chinese(gongkai: Gongkai) -> None:
    text = gongkai.done("request", "register", "--help", COLUMNS="400")
    options = [line for line in text.splitlines() if line.lstrip().startswith("--")]
    assert options
    assert [
        o for o in options if not CHINESE.search(o) and not o.strip().startswith("--help")
    ] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "approve",
        "stats --agency baoding-commerce --year 二〇二四",
        "import x.jsonl --format xml",
        "request register --agency baoding-commerce --case 1 --pigeon",
    ],
)
def test_wrong_usage_exits_2_and_makes_no_folder(gongkai: Gongkai, arguments: str) -> None:
    finished = gongkai(*shlex.split(arguments))
    assert finished.code == 2
    assert "Traceback" not in finished.said
    assert not gongkai.data.exists()
