"""A backup restores to what was there, and nothing is overwritten by accident."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.timcheh_app.tree import Prepared
from timcheh.settings import Settings, load_settings
from timcheh_app.errors import ServiceError
from timcheh_app.services import embedded
from timcheh_app.services.backup import backup, restore


def query(settings: Settings, sql: str) -> list[str]:
    async def fetch() -> list[str]:
        connection = await asyncpg.connect(settings.superuser_dsn)
        try:
            return [str(row[0]) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    return asyncio.run(fetch())


@pytest.fixture(scope="module")
def original(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with a mall in it, not running."""
    data_dir = prepared.copy(tmp_path_factory.mktemp("original") / "data")
    options = ["--name", "تیمچه", "--slug", "kept", "--json", "--data-dir", str(data_dir)]
    made = subprocess.run(
        [sys.executable, "-m", "timcheh_app.cli", "mall", "create", *options],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(made.stdout)["api_key"].startswith("tmk_")
    settings = load_settings(data_dir=data_dir)
    (settings.directory.files / "logo.svg").write_text("<svg/>")
    return settings


def test_a_restored_backup_has_the_same_mall_secret_and_files(
    original: Settings, tmp_path: Path
) -> None:
    with embedded.running(original):
        backup(original, tmp_path / "backup")
        query(original, "DELETE FROM kernel.mall RETURNING slug")  # comes too late for the backup
        assert query(original, "SELECT slug FROM kernel.mall") == []
    restored = load_settings(data_dir=tmp_path / "restored")
    restore(restored, tmp_path / "backup")
    again = load_settings(data_dir=tmp_path / "restored")
    assert again.secret_key == original.secret_key
    assert (again.directory.files / "logo.svg").read_text() == "<svg/>"
    with embedded.prepared(again):
        assert query(again, "SELECT slug FROM kernel.mall") == ["kept"]


def test_nothing_is_overwritten(original: Settings, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ServiceError, match="exists"):
        backup(original, tmp_path / "there")
    (tmp_path / "there" / "postgres").mkdir()
    with pytest.raises(ServiceError, match="is not a backup"):
        restore(load_settings(data_dir=tmp_path / "new"), tmp_path / "there")
    (tmp_path / "there" / "postgres" / "backup_manifest").write_text("{}")
    with pytest.raises(ServiceError, match="already holds a database"):
        restore(original, tmp_path / "there")


def test_a_damaged_backup_is_refused(original: Settings, tmp_path: Path) -> None:
    with embedded.running(original):
        backup(original, tmp_path / "backup")
    (tmp_path / "backup" / "postgres" / "PG_VERSION").write_text("17\n")
    target = load_settings(data_dir=tmp_path / "new")
    with pytest.raises(ServiceError, match="pg_verifybackup failed"):
        restore(target, tmp_path / "backup")
    assert not target.directory.postgres.exists()
