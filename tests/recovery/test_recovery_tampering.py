"""What was changed behind the program's back is found; projections are folded again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.stranger import SAMPLE, Gongkai


def behind_its_back(gongkai: Gongkai, *statements: str) -> None:
    with closing(sqlite3.connect(gongkai.data / "gongkai.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def projections(gongkai: Gongkai) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table that is folded from the log."""
    with closing(sqlite3.connect(gongkai.data / "gongkai.db")) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT projection || '_v' || version FROM projection_checkpoints"
            )
        ]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608 - a name of ours
            for name in names
        }


def test_lost_and_changed_projections_are_found_and_folded_again(tmp_path: Path) -> None:
    gongkai = Gongkai(tmp_path / "data")
    gongkai.done("import", SAMPLE)
    before = projections(gongkai)
    assert {name.rpartition("_v")[0] for name in before} >= {"case_register", "timeline"}
    behind_its_back(
        gongkai,
        *(f"DELETE FROM {name}" for name in before if name.startswith(("timeline", "agencies"))),  # noqa: S608 - as above
        *(
            f"UPDATE {name} SET outcome = 'granted'"  # noqa: S608 - as above
            for name in before
            if name.startswith("case_register")
        ),
    )

    damaged = gongkai("verify", "--format", "json")
    assert damaged.code == 1
    assert len(damaged.document["faults"]) >= 3
    assert "Traceback" not in damaged.err
    assert projections(gongkai) != before

    gongkai.done("rebuild")
    assert projections(gongkai) == before
    assert gongkai.asked("verify") == {"events": 10, "faults": []}


def test_a_changed_event_is_found_with_its_place_and_exit_code_1(tmp_path: Path) -> None:
    gongkai = Gongkai(tmp_path / "data")
    gongkai.done("import", SAMPLE)
    behind_its_back(
        gongkai,
        "DROP TRIGGER events_refuse_update",
        "UPDATE events SET data = replace(data, 'unable.not_held', 'granted')"
        " WHERE type = 'request_decided'",
    )
    finished = gongkai("verify", "--format", "json")
    assert finished.code == 1
    assert finished.document["events"] == 10
    with closing(sqlite3.connect(gongkai.data / "gongkai.db")) as connection:
        (place,) = connection.execute(
            "SELECT position FROM events WHERE type = 'request_decided'"
        ).fetchone()
    assert any(f"第 {place} 条" in fault for fault in finished.document["faults"])
