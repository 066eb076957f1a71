"""The process tree survives the death of any of its processes, and leaves nothing behind."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import asyncpg
import pytest

from tests.timcheh_app.tree import Prepared, Serving, alive, run, wait_until
from timcheh.data_dir import DataDirectory
from timcheh.settings import Settings
from timcheh_app.services import postgres, unprivileged
from timcheh_app.services.leftovers import users_of
from timcheh_app.services.supervisor import Supervisor

SERVICES = ("postgres", "valkey-server", "granian", "timcheh_app.worker", "timcheh_app.scheduler")


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(serving: Serving) -> None:
    serving.start()
    created = run(serving, "mall", "create", "--name", "تیمچه", "--slug", "bazaar", "--json")
    assert created.returncode == 0, created.stderr
    assert set(json.loads(created.stdout)) == {"mall_id", "api_key"}
    processes = serving.processes()
    assert len(processes) > len(SERVICES)
    serving.kill()
    wait_until(lambda: not any(alive(pid) for pid in processes), seconds=15)
    assert list(users_of(serving.data_dir)) == []
    serving.start()
    again = run(serving, "mall", "create", "--name", "تیمچه", "--slug", "bazaar", "--json")
    assert again.returncode == 1  # it is there
    assert "mall_slug_taken" in again.stderr
    assert serving.stop(signal.SIGINT) == 0


def test_everything_killed_at_once_recovers(serving: Serving) -> None:
    """As after a power cut: stale sockets, a stale postmaster.pid whose number is now ours."""
    serving.start()
    processes = serving.processes()
    for pid in (serving.pid, *processes):
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    serving.stop()
    wait_until(lambda: not any(alive(pid) for pid in processes))
    record = serving.data_dir / "postgres" / "postmaster.pid"
    lines = record.read_text().splitlines()
    record.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    serving.start()
    assert '"ok"' in serving.health()


def test_a_second_supervisor_is_refused(shared_tree: Serving) -> None:
    second = run(shared_tree, "serve", "--port", "0")
    assert second.returncode == 1
    assert f"in use by process {shared_tree.pid}" in second.stderr
    assert "Mend:" in second.stderr


def test_a_taken_port_is_named(shared_tree: Serving, tmp_path: Path) -> None:
    other = Serving(tmp_path / "other")
    refused = run(other, "serve", "--port", str(shared_tree.port))
    assert refused.returncode == 1
    assert f"127.0.0.1:{shared_tree.port}" in refused.stderr
    assert "--port" in refused.stderr
    assert list(users_of(other.data_dir)) == []


def test_directories_are_private(shared_tree: Serving) -> None:
    folders = [
        shared_tree.data_dir,
        *(path for path in shared_tree.data_dir.iterdir() if path.is_dir()),
    ]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}
    assert (shared_tree.data_dir / "secrets" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_mall_create_starts_the_database_when_nothing_serves(serving: Serving) -> None:
    created = run(serving, "mall", "create", "--name", "پاساژ", "--slug", "alone", "--json")
    assert created.returncode == 0, created.stderr
    assert created.stdout.count("\n") == 1
    assert list(users_of(serving.data_dir)) == []


def test_a_long_data_directory_gets_short_sockets(prepared: Prepared, tmp_path: Path) -> None:
    parent = tmp_path / ("long" * 20)
    parent.mkdir()
    serving = Serving(prepared.copy(parent / ("longer" * 10)))
    serving.start()
    assert '"ok"' in serving.health()
    assert serving.stop() == 0
    shutil.rmtree(DataDirectory(serving.data_dir).run)


def test_serves_as_an_ordinary_user(tmp_path: Path) -> None:
    """Root becomes `nobody` in a user namespace, where it has no rights and can become no other."""
    if os.geteuid() != 0:
        pytest.skip("this whole run is an ordinary user's already")
    serving = Serving(tmp_path / "data", in_child=unprivileged.enter_user_namespace)
    try:
        serving.start()
    except subprocess.SubprocessError:
        pytest.skip("no user namespaces here")
    status = Path(f"/proc/{serving.service('postgres')}/status").read_text()
    assert "CapEff:\t0000000000000000" in status
    assert '"ok"' in serving.health()
    processes = serving.processes()
    serving.kill()
    wait_until(lambda: not any(alive(pid) for pid in processes), seconds=15)


def test_root_without_user_namespaces_starts_postgresql_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a chroot, or where a container's profile refuses unshare(2)."""
    if os.geteuid() != 0:
        pytest.skip("only root has to step down")
    monkeypatch.setattr(unprivileged, "_possible", lambda _: False)
    settings = Settings(data_dir=tmp_path / "closed" / "data")
    settings.directory.create()
    with Supervisor() as supervisor:
        service = postgres.service(settings)
        supervisor.start(service)
        pid = supervisor.pids()["postgresql"]
        assert Path(f"/proc/{pid}").stat().st_uid == unprivileged.NOBODY
        assert settings.directory.postgres.stat().st_uid == unprivileged.NOBODY
        supervisor.release_signals()
        assert asyncio.run(_version(settings)).startswith("18")
    assert not alive(pid)
    assert (tmp_path / "closed").stat().st_uid == 0  # nothing else was handed over


async def _version(settings: Settings) -> str:
    connection = await asyncpg.connect(settings.superuser_dsn.replace("/timcheh?", "/postgres?"))
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()
