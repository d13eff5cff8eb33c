"""`gongkai client`: programs at the interface from the command line."""

from pathlib import Path

import pytest

from tests.cli.entries import AGENCY, agency, write
from tests.cli.stranger import Gongkai


@pytest.fixture
def desk(gongkai: Gongkai, tmp_path: Path) -> Gongkai:
    """Give the command on a folder with one agency."""
    gongkai.done("import", write(tmp_path / "agency.jsonl", agency()))
    return gongkai


def test_a_program_is_added_listed_and_revoked(desk: Gongkai) -> None:
    given = (
        "--display-name",
        "门户网站",
        "--scope",
        "read",
        "--scope",
        "write",
        "--agency",
        AGENCY,
    )
    made = desk.asked("client", "add", "portal", *given)
    assert made["token"].startswith("gk_")
    (row,) = desk.asked("client", "list")
    assert (row["name"], row["scopes"], row["agencies"]) == ("portal", ["read", "write"], [AGENCY])
    assert row["revoked_at"] is None
    assert made["token"] not in desk.done("client", "list")
    desk.done("client", "revoke", "portal")
    assert desk.asked("client", "list")[0]["revoked_at"] is not None
    assert "已撤销" in desk.done("client", "list")


def test_an_agency_that_is_not_on_record_is_refused(desk: Gongkai) -> None:
    given = ("--display-name", "门户网站", "--scope", "read", "--agency", "nowhere")
    refused = desk("client", "add", "portal", *given)
    assert refused.code == 1
    assert "没有登记机关" in refused.err
