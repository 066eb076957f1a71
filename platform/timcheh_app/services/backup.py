"""Backup and restore of an embedded installation.

A backup is a directory: `postgres` (pg_basebackup with its manifest and the WAL it needs, checked
by pg_verifybackup), `secrets` and `files`. Valkey is left out: it holds nothing that can't be lost.
"""

import shutil
from pathlib import Path

from timcheh.settings import SUPERUSER, Settings
from timcheh_app.errors import ServiceError
from timcheh_app.services.applications import PreparedMark
from timcheh_app.services.lock import DataDirectoryLock
from timcheh_app.services.postgres import run_tool


def backup(settings: Settings, target: Path) -> None:
    """Copies the running database to `target`, which must not exist. Raises ServiceError."""
    _only_embedded(settings)
    if target.exists():
        raise ServiceError(f"{target} exists.\nMend: name a directory that is not there yet.")
    target.mkdir(mode=0o700, parents=True)
    try:
        copy = target / "postgres"
        copy.mkdir(mode=0o700)
        connection = ["-h", str(settings.directory.run), "-U", SUPERUSER]
        options = ["--wal-method=stream", "--checkpoint=fast", "--no-password"]
        run_tool("pg_basebackup", "-D", str(copy), *connection, *options, cluster=copy)
        run_tool("pg_verifybackup", str(copy), cluster=copy)
        for folder in (settings.directory.secrets, settings.directory.files):
            shutil.copytree(folder, target / folder.name)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)  # half a backup must not look like one
        raise


def restore(settings: Settings, source: Path) -> None:
    """Fills an empty data directory from a backup that verifies. Raises ServiceError."""
    _only_embedded(settings)
    copy = source / "postgres"
    if not (copy / "backup_manifest").is_file():
        raise ServiceError(f"{source} is not a backup.\nMend: name what `timcheh backup` wrote.")
    directory = settings.directory
    with DataDirectoryLock(directory.lock):
        if directory.postgres.exists():
            raise ServiceError(
                f"{settings.data_dir} already holds a database.\n"
                "Mend: restore into another --data-dir, or move that one away."
            )
        run_tool("pg_verifybackup", str(copy), cluster=copy)
        PreparedMark(settings).clear()
        for folder in (directory.secrets, directory.files):
            shutil.copytree(source / folder.name, folder, dirs_exist_ok=True)
        draft = directory.postgres.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(copy, draft)
        draft.rename(directory.postgres)


def _only_embedded(settings: Settings) -> None:
    if not settings.embedded_database:
        raise ServiceError(
            "This installation uses the server in TIMCHEH_DATABASE_URL.\n"
            "Mend: back that server up with its own tools (pg_basebackup, or its operator's)."
        )
