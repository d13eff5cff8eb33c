"""The same words again: a repetition right after themselves, another fact otherwise."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, Line, agency, days_ago, fact, register, write
from tests.cli.stranger import Gongkai, until

CASE = "公开-1"
THIS = ("--agency", AGENCY, "--case", CASE)
REPEATED = (
    "与该案最后一次登记的内容相同，视为重复提交，没有变化；如确系又一次相同的事实，请加 --again"
)


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Iterator[Gongkai]:
    """Give the command on a folder that is served, with one open request."""
    gongkai.done("import", write(tmp_path / "open.jsonl", agency(), register(CASE, days_ago(9))))
    with gongkai.serving():
        yield gongkai


def say(desk: Gongkai, line: Line, *options: str) -> bool:
    """Say live what an entry line says; return whether it was taken for a repetition."""
    words = {name: value for name, value in line.items() if name != "do"}
    verb = str(line["do"]).replace("_", "-")
    given = [(f"--{name.replace('_', '-')}", value) for name, value in words.items()]
    group = "proceeding" if "lawsuit" in verb else "request"
    spoken = desk.asked(group, verb, *(word for pair in given for word in pair), *options)
    return bool(spoken["already_recorded"])


def imported_again(desk: Gongkai, folder: Path, *lines: Line) -> tuple[int, int]:
    """Import the same lines; return how many events that made, and how many were there."""
    report = desk.asked("import", write(folder / "again.jsonl", *lines))
    return report["events"], report["already_there"]


def test_the_same_words_right_again_are_a_repetition_until_it_is_said_that_they_are_not(
    desk: Gongkai, tmp_path: Path
) -> None:
    notice = days_ago(5)
    charge = fact("charge_fee", CASE, mode="pages", quantity=40, notice_received_on=notice)
    pay = fact("pay_fee", CASE, days_ago(2), amount="50")
    assert not say(desk, charge)
    assert not say(desk, pay)
    recorded = desk.log()

    repeated = desk("request", "pay-fee", *THIS, "--on", days_ago(2), "--amount", "50")
    assert (repeated.code, repeated.out.splitlines()[0]) == (0, REPEATED)
    assert say(desk, pay)
    assert desk.log() == recorded

    assert not say(desk, pay, "--again")
    assert [kind for kind, _ in desk.events(CASE)][-2:] == ["fee_paid", "fee_paid"]
    assert imported_again(desk, tmp_path, charge, pay, pay) == (0, 3)


def test_the_same_words_after_others_are_another_fact(desk: Gongkai, tmp_path: Path) -> None:
    decide = fact("decide", CASE, days_ago(0), outcome="granted")
    reopen = fact("reopen", CASE, days_ago(0), reason="（虚构）漏答", approved_by="负责人")
    for line in (decide, reopen, decide):
        assert not say(desk, line)
    assert [kind for kind, _ in desk.events(CASE)] == [
        "request_registered",
        "request_decided",
        "request_reopened",
        "request_decided",
    ]
    assert imported_again(desk, tmp_path, decide, reopen, decide) == (0, 3)


def test_a_field_may_be_corrected_there_and_back_and_there_again(desk: Gongkai) -> None:
    def corrected(value: str) -> Line:
        words = {"field": "applicant.type", "reason": "（虚构）误录", "approved_by": "负责人"}
        return fact("correct_record", CASE, days_ago(1), value=value, **words)

    types = ["business", "research", "business"]
    assert [say(desk, corrected(value)) for value in types] == [False, False, False]
    assert desk.asked("show", *THIS)["applicant_type"] == "business"
    assert len(desk.events(CASE)) == 4


def test_a_proceeding_knows_a_repetition_too(desk: Gongkai) -> None:
    filed = (
        "proceeding",
        "file-lawsuit",
        "--agency",
        AGENCY,
        "--case",
        "诉-1",
        "--on",
        days_ago(3),
    )
    desk.done(*filed, "--no-after-reconsideration")
    assert REPEATED in desk.done(*filed, "--no-after-reconsideration")
    assert len(desk.events("诉-1")) == 1


def test_what_the_system_recorded_since_is_nobodys_words(desk: Gongkai, tmp_path: Path) -> None:
    who = write(tmp_path / "who.json", {"type": "natural_person"})
    old = ("--agency", AGENCY, "--case", "公开-2", "--on", days_ago(90), "--channel", "oral")
    words = ("request", "register", *old, "--applicant", who, "--description", "（虚构）预算")
    desk.done(*words)
    until(lambda: "overdue" in [kind for kind, _ in desk.events("公开-2")])
    recorded = desk.events("公开-2")
    assert REPEATED in desk.done(*words)
    assert desk.events("公开-2") == recorded


def test_a_repetition_needs_no_engine(gongkai: Gongkai, tmp_path: Path) -> None:
    line = register(CASE)
    gongkai.done("import", write(tmp_path / "one.jsonl", agency(), line))
    who = tmp_path / "who.json"
    who.write_text(json.dumps(line["applicant"]), "utf-8")
    words = ("--on", line["on"], "--channel", "in_person", "--description", line["description"])
    nobody = {"GONGKAI_ENGINE": "cluster", "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    said = gongkai.asked("request", "register", *THIS, *words, "--applicant", who, **nobody)
    assert (said["already_recorded"], said["version"]) == (True, 1)
