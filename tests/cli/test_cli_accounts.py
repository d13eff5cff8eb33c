"""`gongkai account`: the way back when locked out; and the pages of a running `serve`."""

import json
import re
import urllib.request
from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, agency, write
from tests.cli.stranger import Gongkai


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder with one agency."""
    gongkai.done("import", write(tmp_path / "agency.jsonl", agency()))
    return gongkai


def test_an_account_is_made_with_its_roles_listed_unlocked_and_reset(desk: Gongkai) -> None:
    role = ("--role", "case_worker", "--role", "reviewer", "--agency", AGENCY)
    made = desk.asked("account", "add", "zhang", "--display-name", "张三", *role)
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", made["first_password"])
    (row,) = desk.asked("account", "list")
    assert row["name"] == "zhang"
    assert {one["role"] for one in row["roles"]} == {"case_worker", "reviewer"}
    assert row["must_change_password"]
    desk.done("account", "unlock", "zhang")
    desk.done("account", "revoke", "zhang", "--role", "reviewer", "--agency", AGENCY)
    assert "经办人" in desk.done("account", "list")
    assert "审核人" not in desk.done("account", "list")
    again = desk.asked("account", "reset", "zhang", "--second-factor")
    assert again["first_password"] != made["first_password"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "zhang", "--display-name", "张三", "--role", "reviewer"), "须用 --agency"),
        (("add", "Zhang", "--display-name", "张三"), "用户名由小写字母"),
        (
            ("add", "zhang", "--display-name", "张三", "--role", "reviewer", "--agency", "none"),
            "没有登记机关",
        ),
        (
            (
                *("add", "zhang", "--display-name", "张三", "--agency", AGENCY),
                *("--role", "reviewer", "--role", "audit_administrator"),
            ),
            "相互分离",
        ),
        (("reset", "nobody"), "没有这个账号"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_makes_nothing(
    desk: Gongkai, arguments: tuple[str, ...], why: str
) -> None:
    finished = desk("account", *arguments)
    assert finished.code == 1
    assert why in finished.err
    assert "Traceback" not in finished.err
    assert desk.asked("account", "list") == []


def test_serve_shows_how_to_sign_in_once_and_serves_its_pages(gongkai: Gongkai) -> None:
    with gongkai.serving() as served:
        words = served.words.read_text("utf-8")
        assert len(re.findall(r"用户名 (admin|security|auditor)　首次密码", words)) == 3
        found = re.search(r"网页：(http://127\.0\.0\.1:\d+)", words)
        assert found
        with urllib.request.urlopen(f"{found[1]}/readyz", timeout=10) as answer:  # noqa: S310 - on loopback
            assert json.load(answer) == {"database": "ok", "schema": "ok", "engine": "ok"}
        taken = gongkai("web", GONGKAI_WEB_PORT=found[1].rpartition(":")[2])
        assert taken.code == 1
        assert "已被其他程序占用" in taken.err
        assert served.stop() == 0
    with gongkai.serving() as served:
        assert "首次密码" not in served.words.read_text("utf-8")
        passwords = gongkai.data / "first-passwords.json"
        assert passwords.stat().st_mode & 0o777 == 0o600


def test_web_without_an_engine_says_what_to_start(gongkai: Gongkai) -> None:
    finished = gongkai("web", GONGKAI_WEB_PORT="0")
    assert finished.code == 1
    assert "gongkai serve" in finished.err
