"""A backup goes elsewhere and everything goes on from there; a broken one changes nothing."""

import tarfile
from pathlib import Path

import pytest

from tests.cli.stranger import SAMPLE, Gongkai

PARTS = ["--agency", "baoding-commerce", "--year", "2024"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gongkai, Path]:
    """Give a data folder with a published report, and its backup."""
    folder = tmp_path_factory.mktemp("kept")
    gongkai = Gongkai(folder / "data")
    gongkai.done("import", SAMPLE)
    gongkai.done("report", *PARTS, "--out", folder / "out", "--publish")
    gongkai.done("backup", folder / "kept.tar")
    return gongkai, folder / "kept.tar"


def elsewhere(folder: Path) -> Gongkai:
    return Gongkai(folder / "elsewhere")


def test_a_restored_folder_has_the_same_log_and_verifies(
    kept: tuple[Gongkai, Path], tmp_path: Path
) -> None:
    original, file = kept
    restored = elsewhere(tmp_path)
    assert restored.asked("restore", file)["events"] == original.log().events
    assert restored.log() == original.log()
    assert restored.asked("verify")["faults"] == []


def test_figures_personal_data_and_reports_are_there_as_before(
    kept: tuple[Gongkai, Path], tmp_path: Path
) -> None:
    original, file = kept
    restored = elsewhere(tmp_path)
    restored.done("restore", file)
    assert restored.asked("stats", *PARTS) == original.asked("stats", *PARTS)
    shown = ["show", "--agency", "baoding-commerce", "--case"]
    (case,) = original.asked("request", "list", "--agency", "baoding-commerce", "--all")
    assert restored.asked(*shown, case["case"]) == original.asked(*shown, case["case"])
    again = restored.asked("report", *PARTS, "--out", tmp_path / "out", "--publish")
    assert again["version"] == 1


def test_importing_the_same_file_after_a_restore_adds_nothing(
    kept: tuple[Gongkai, Path], tmp_path: Path
) -> None:
    restored = elsewhere(tmp_path)
    restored.done("restore", kept[1])
    before = restored.log()
    assert restored.asked("import", SAMPLE)["events"] == 0
    assert restored.log() == before


def test_a_backup_is_its_owners_alone_and_never_overwrites(kept: tuple[Gongkai, Path]) -> None:
    original, file = kept
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    refused = original("backup", file)
    assert refused.code == 1
    assert "已经存在" in refused.err
    assert file.read_bytes() == before


def test_nothing_is_left_beside_a_backup(kept: tuple[Gongkai, Path]) -> None:
    assert {path.name for path in kept[1].parent.iterdir()} == {"data", "out", "kept.tar"}


def test_a_folder_with_a_log_is_not_restored_over(kept: tuple[Gongkai, Path]) -> None:
    original, file = kept
    before = original.log()
    refused = original("restore", file)
    assert refused.code == 1
    assert "已有事件日志" in refused.err
    assert original.log() == before


def test_without_its_keys_a_backup_says_what_is_missing(
    kept: tuple[Gongkai, Path], tmp_path: Path
) -> None:
    original, _ = kept
    bare = tmp_path / "bare.tar"
    assert "不含主密钥" in original("backup", bare, "--without-keys").err
    restored = elsewhere(tmp_path)
    assert "keys 目录" in restored("restore", bare).err
    assert restored("stats", *PARTS).code == 1
    (restored.data / "keys").mkdir(mode=0o700)
    key = restored.data / "keys" / "master-1.key"
    key.touch(mode=0o600)
    key.write_bytes((original.data / "keys" / "master-1.key").read_bytes())
    assert restored.asked("stats", *PARTS) == original.asked("stats", *PARTS)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda _: b"", "不是本系统的备份"),
        (lambda _: b"nothing of ours", "不是本系统的备份"),
        (lambda content: content[: len(content) // 2], "不完整"),
        (lambda content: content.replace(b"baoding", b"Baoding"), "与清单不符"),
        (lambda content: content.replace(b'"format": 1', b'"format": 9'), "第 9 版"),
    ],
    ids=["empty", "another file", "torn", "tampered", "newer"],
)
def test_a_broken_backup_is_refused_and_nothing_is_half_restored(
    kept: tuple[Gongkai, Path], tmp_path: Path, spoil: object, words: str
) -> None:
    assert callable(spoil)
    broken = tmp_path / "broken.tar"
    broken.write_bytes(spoil(kept[1].read_bytes()))
    restored = elsewhere(tmp_path)
    refused = restored("restore", broken)
    assert refused.code == 1
    assert words in refused.err
    assert not (restored.data / "gongkai.db").exists()
    assert not (restored.data / "keys").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(
    kept: tuple[Gongkai, Path], tmp_path: Path
) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(kept[1]) as source, tarfile.open(hostile, "w") as target:
        for member in source:
            if member.name.startswith("files/"):
                member.name = "../outside"
            target.addfile(member, source.extractfile(member))
    refused = elsewhere(tmp_path)("restore", hostile)
    assert refused.code == 1
    assert "与清单不符" in refused.err
    assert not (tmp_path / "outside").exists()


def test_a_backup_while_the_system_runs_is_whole(tmp_path: Path) -> None:
    running = Gongkai(tmp_path / "running")
    running.done("import", SAMPLE)
    with running.serving():
        running.done("backup", tmp_path / "live.tar")
        refused = Gongkai(tmp_path / "running")("restore", tmp_path / "live.tar")
        assert refused.code == 1
    restored = elsewhere(tmp_path)
    restored.done("restore", tmp_path / "live.tar")
    assert restored.asked("verify")["faults"] == []


def test_the_file_for_a_backup_must_be_named(tmp_path: Path) -> None:
    assert elsewhere(tmp_path)("backup").code == 2


def test_a_backup_that_is_not_there_is_said(tmp_path: Path) -> None:
    refused = elsewhere(tmp_path)("restore", tmp_path / "missing.tar")
    assert refused.code == 1
    assert "missing.tar" in refused.err
