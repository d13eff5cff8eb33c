"""A data folder is files: copied elsewhere it goes on, and without its keys it says so."""

import shutil
from pathlib import Path

import pytest

from disclosure.addresses import case_stream
from disclosure.request_events import RequestRegistered
from engine.settings import Settings
from tests.recovery.lives import AGENCY, days_ago, decide, put_on_record, register
from vault import KeyRingBroken, UnknownKey
from worker import Parts, open_parts

STREAM = case_stream(AGENCY, "请求-1")


@pytest.fixture
def copy(parts: Parts, tmp_path: Path) -> Path:
    """Give a copy of a folder with one open request, made while it is open."""
    put_on_record(parts, register("请求-1", days_ago(3)))
    parts.projector.catch_up()
    return Path(shutil.copytree(parts.folder.path, tmp_path / "elsewhere" / "data"))


def test_a_copied_folder_works_on_with_its_keys(copy: Path) -> None:
    with open_parts(Settings(data=copy)) as parts:
        put_on_record(parts, decide("请求-1", days_ago(1)))
        registered, decided = parts.log.read(STREAM)
        revealed = parts.log.reveal(registered)
        assert isinstance(revealed, RequestRegistered)
        assert revealed.applicant is not None
        assert revealed.applicant.name == "虚构研究院"
        assert decided.version == 2
        assert list(parts.store.verify()) == []
        parts.projector.catch_up()
        assert parts.projector.verify() == []


def test_a_copied_folder_without_its_keys_says_so_and_makes_no_new_ones(copy: Path) -> None:
    shutil.rmtree(copy / "keys")
    before = {path.name for path in copy.iterdir()}
    with (
        pytest.raises(KeyRingBroken, match=r"密钥文件夹 .* 不存在"),
        open_parts(Settings(data=copy)),
    ):
        pytest.fail("opened without its keys")
    assert {path.name for path in copy.iterdir()} - before <= {"gongkai.db-wal", "gongkai.db-shm"}


def test_an_emptied_key_folder_is_not_filled_with_a_fresh_key(copy: Path) -> None:
    (copy / "keys" / "master-1.key").unlink()
    with pytest.raises(KeyRingBroken, match="没有主密钥"), open_parts(Settings(data=copy)):
        pytest.fail("opened without its keys")
    assert list((copy / "keys").iterdir()) == []


def test_another_folders_key_opens_nothing_and_writes_nothing(copy: Path, tmp_path: Path) -> None:
    with open_parts(Settings(data=tmp_path / "other")):
        pass
    shutil.rmtree(copy / "keys")
    shutil.copytree(tmp_path / "other" / "keys", copy / "keys")
    with open_parts(Settings(data=copy)) as parts:
        (registered,) = parts.log.read(STREAM)
        with pytest.raises(UnknownKey):
            parts.log.reveal(registered)
        with pytest.raises(UnknownKey):
            put_on_record(parts, decide("请求-1", days_ago(1)).model_copy(update={"note": "备注"}))
        assert len(parts.log.read(STREAM)) == 1
