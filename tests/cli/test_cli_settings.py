"""Settings come from the environment; a wrong one is said, never shown."""

from pathlib import Path

import pytest

from tests.cli.stranger import SAMPLE, Gongkai
from tests.databases import NewDatabase

KEY = {"GONGKAI_MASTER_KEY": "test:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="}
"""Where several hosts share a log, each is given the key; none makes one."""

STATS = ("stats", "--agency", "baoding-commerce", "--year", 2024)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_TEMPORAL_PORT", "abc"),
        ("GONGKAI_DATABASE_URL", "postgresql+asyncpg://root:geheim@db/gongkai"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(
    gongkai: Gongkai, name: str, value: str
) -> None:
    finished = gongkai(*STATS, **{name: value})
    assert finished.code == 1
    assert f"设置有误：{name}" in finished.err
    assert "Traceback" not in finished.err
    assert value not in finished.err
    assert "geheim" not in finished.err


def test_a_broken_master_key_is_said_and_not_shown(gongkai: Gongkai) -> None:
    finished = gongkai("import", SAMPLE, GONGKAI_MASTER_KEY="k1:not-base64!")
    assert finished.code == 1
    assert "主密钥" in finished.err
    assert "not-base64" not in finished.said


def test_a_database_that_is_away_is_said_without_its_password(gongkai: Gongkai) -> None:
    finished = gongkai(
        *STATS, GONGKAI_DATABASE_URL="postgresql+psycopg://root:geheim@127.0.0.1:1/gongkai"
    )
    assert finished.code == 1
    assert "数据库不可用" in finished.err
    assert "geheim" not in finished.said


def test_a_cluster_that_is_away_is_said(gongkai: Gongkai) -> None:
    finished = gongkai(
        *("request", "withdraw", "--agency", "baoding-commerce", "--case", "2024-001"),
        GONGKAI_ENGINE="cluster",
        TEMPORAL_ADDRESS="127.0.0.1:1",
        **KEY,
    )
    assert finished.code == 1
    assert "不能连接 Temporal 集群" in finished.err
    assert "Traceback" not in finished.err


def test_a_data_folder_that_is_a_file_is_said(gongkai: Gongkai, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    finished = gongkai(*STATS, "--data", file)
    assert finished.code == 1
    assert f"不能使用数据目录 {file}" in finished.err


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_the_log_may_live_in_postgresql(gongkai: Gongkai, new_database: NewDatabase) -> None:
    url = new_database(empty=True)
    report = gongkai.asked("import", SAMPLE, GONGKAI_DATABASE_URL=url, **KEY)
    assert report["events"] == 10
    stats = gongkai.asked(*STATS, GONGKAI_DATABASE_URL=url, **KEY)
    assert stats["table3"]["unable.not_held"]["natural_person"] == 1
    assert not (gongkai.data / "gongkai.db").exists()
