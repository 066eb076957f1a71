"""What the supervisor does beside a whole tree's life: see also test_tree and the crash tests."""

import sys
from pathlib import Path

import pytest

from tests.timcheh_app.tree import wait_until
from timcheh_app.errors import ServiceError
from timcheh_app.services.process import Service, rotate_log
from timcheh_app.services.supervisor import Supervisor


def python(name: str, code: str, **more: object) -> Service:
    return Service(name, [sys.executable, "-c", code], **more)  # type: ignore[arg-type]


def test_what_fails_beside_a_death_is_run_again_when_all_are_back(tmp_path: Path) -> None:
    """As the loader of the demo does, whose PostgreSQL was killed."""
    pid, tries = tmp_path / "pid", tmp_path / "tries"
    server = python(
        "server",
        f"import os,time; open({str(pid)!r},'w').write(str(os.getpid())); time.sleep(60)",
        ready=lambda number: pid.exists() and pid.read_text() == str(number),
    )
    loader = python(
        "loader",
        f"""
import os, signal, sys
tries = open({str(tries)!r}, "a+")
tries.write("x")
tries.seek(0)
if len(tries.read()) == 1:
    os.kill(int(open({str(pid)!r}).read()), signal.SIGKILL)
    sys.exit(1)
""",
    )
    with Supervisor() as supervisor:
        supervisor.start(server)
        before = supervisor.pids()["server"]
        supervisor.run_to_end(loader)
        assert supervisor.pids()["server"] != before
    assert tries.read_text() == "xx"


def test_what_fails_by_itself_is_not_run_again(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    failing = python("loader", f"open({str(tries)!r}, 'a').write('x'); raise SystemExit(3)")
    with Supervisor() as supervisor, pytest.raises(ServiceError, match="exit code 3"):
        supervisor.run_to_end(failing)
    assert tries.read_text() == "x"


def test_a_long_log_is_cut_while_it_is_written(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    writer = python(
        "server",
        "import itertools,time\nfor n in itertools.count(): print(n, flush=True); time.sleep(.001)",
        log_file=log,
    )
    with Supervisor() as supervisor:
        supervisor.start(writer)
        wait_until(lambda: log.stat().st_size > 500)
        rotate_log(writer, limit_bytes=500)
        wait_until(lambda: 0 < log.stat().st_size < 500)
    older, newer = (tmp_path / "server.log.1").read_text(), log.read_text()
    assert older.startswith("0\n1\n2\n")
    assert "\0" not in newer, "it writes on at the new end, not behind a hole"
    assert int(newer.split()[0]) - int(older.split()[-1]) <= 3
