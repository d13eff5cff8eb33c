"""What was changed behind the program's back is found; projections are folded again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.stranger import SAMPLE, Gongkai

REMEDY_OF_PROJECTIONS = "事件日志完整，统计表可以重新计算：请执行 gongkai rebuild"
REMEDY_OF_THE_LOG = (
    "事件日志不完整，重新计算不能修复：请暂停办理，查明原因，由完整的备份恢复（gongkai restore）"
)


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
    assert damaged.err.splitlines()[-1] == REMEDY_OF_PROJECTIONS

    gongkai.done("rebuild")
    assert projections(gongkai) == before
    assert gongkai.asked("verify") == {"events": 10, "faults": []}


def test_a_projection_whose_table_is_gone_is_named_and_folded_again(tmp_path: Path) -> None:
    gongkai = Gongkai(tmp_path / "data")
    gongkai.done("import", SAMPLE)
    before = projections(gongkai)
    (timeline,) = (name for name in before if name.startswith("timeline"))
    behind_its_back(gongkai, f"DROP TABLE {timeline}")

    damaged = gongkai("verify", "--format", "json")
    assert damaged.code == 1
    assert damaged.document["faults"] == [
        f"统计表 {timeline} 不存在，请执行 gongkai rebuild 重新计算"
    ]
    shown = gongkai("show", "--agency", "baoding-commerce", "--case", "2024-1")
    assert (shown.code, shown.err.strip()) == (1, damaged.document["faults"][0])

    gongkai.done("rebuild")
    assert projections(gongkai) == before


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
    faults = finished.document["faults"]
    (found,) = (fault for fault in faults if fault.startswith(f"事件日志第 {place} 条"))
    assert finished.err.splitlines()[-1] == REMEDY_OF_THE_LOG
    assert found.endswith("摘要不符，该条或同一案件的上一条被改动过（该案第 2 个事件）")


def test_an_event_that_was_cut_off_the_end_is_missed_in_chinese(tmp_path: Path) -> None:
    gongkai = Gongkai(tmp_path / "data")
    gongkai.done("import", SAMPLE)
    behind_its_back(
        gongkai, "DROP TRIGGER events_refuse_delete", "DELETE FROM events WHERE position = 10"
    )
    finished = gongkai("verify")
    assert finished.code == 1
    assert "事件日志第 9 条：末条编号与计数不符（计数为 10）" in finished.err
