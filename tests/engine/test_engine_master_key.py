"""Whose master key it is: one machine may make its own, several may not."""

from pathlib import Path

import pytest

from engine.parts import open_parts
from engine.settings import Settings
from tests.databases import NewDatabase
from vault import KeyRing, KeyRingBroken

KEY = "1:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="


def settings(data: Path, **given: str) -> Settings:
    return Settings.model_validate({"data": data, "database_synchronous": "NORMAL", **given})


def test_the_first_start_on_one_machine_makes_a_key(tmp_path: Path) -> None:
    with open_parts(settings(tmp_path / "data")) as parts:
        assert parts.keyring.current.startswith("1-")


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_over_a_shared_log_no_machine_makes_a_key_of_its_own(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    shared = settings(tmp_path / "data", database_url=new_database(empty=True))
    with (
        pytest.raises(KeyRingBroken, match="每台机器设置同一 GONGKAI_MASTER_KEY"),
        open_parts(shared),
    ):
        pytest.fail("opened with a key of its own")
    assert not (tmp_path / "data" / "keys").exists()


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_over_a_shared_log_the_given_key_serves(tmp_path: Path, new_database: NewDatabase) -> None:
    shared = settings(tmp_path / "data", database_url=new_database(empty=True), master_key=KEY)
    with open_parts(shared) as parts:
        assert parts.keyring.current == "1"


@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_over_a_shared_log_keys_laid_into_the_folder_serve(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    ring = KeyRing.in_folder(tmp_path / "data" / "keys")
    with open_parts(settings(tmp_path / "data", database_url=new_database(empty=True))) as parts:
        assert parts.keyring.ids == ring.ids


def test_for_a_shared_engine_no_machine_makes_a_key_of_its_own(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyRingBroken, match="GONGKAI_MASTER_KEY"),
        open_parts(settings(tmp_path / "data", engine="cluster")),
    ):
        pytest.fail("opened with a key of its own")
    assert not (tmp_path / "data" / "keys").exists()
