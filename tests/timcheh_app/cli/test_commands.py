"""The commands on an existing server: nothing embedded is started."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from timcheh.settings import Settings


@pytest.fixture
def command(fresh_settings: Settings, tmp_path: Path) -> "Command":
    return Command(fresh_settings, tmp_path / "data")


class Command:
    """`timcheh …` with the servers of this test run named in the environment."""

    def __init__(self, settings: Settings, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._environment = os.environ | {
            "TIMCHEH_DATABASE_URL": settings.database_url or "",
            "TIMCHEH_REDIS_URL": settings.redis_url,
            "TIMCHEH_SECRET_KEY": settings.secret_key.get_secret_value(),
            "TIMCHEH_DATA_DIR": str(data_dir),
        }

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "timcheh_app.cli", *arguments],
            env=self._environment | more,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def test_a_mall_is_made_and_proved_on_an_existing_server(command: Command) -> None:
    made = command("mall", "create", "--name", "مجتمع نو", "--slug", "outside", "--json")
    assert made.returncode == 0, made.stderr
    assert set(json.loads(made.stdout)) == {"mall_id", "api_key"}
    proved = command("proof", "--json")
    assert proved.returncode == 0, proved.stderr
    outcome = json.loads(proved.stdout)
    assert outcome["ok"] is True
    assert outcome["checks"]
    assert all(set(check) == {"name", "ok", "detail"} for check in outcome["checks"])
    assert not (command.data_dir / "postgres").exists()
    assert not (command.data_dir / "valkey").exists()


@pytest.mark.parametrize("slug", ["Big", "-x", "a b", "فارسی", "x" * 64])
def test_a_slug_that_no_address_can_have_is_refused(command: Command, slug: str) -> None:
    refused = command("mall", "create", "--name", "x", f"--slug={slug}")
    assert refused.returncode == 2
    assert "a-z, 0-9 and -" in refused.stderr


def test_a_wrong_setting_stops_every_command_with_its_mend(command: Command) -> None:
    refused = command("proof", TIMCHEH_WEB_WORKERS="many")
    assert refused.returncode == 2
    assert "TIMCHEH_WEB_WORKERS=many" in refused.stderr
    assert "Mend:" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unreachable_server_is_said_without_a_trace(command: Command) -> None:
    refused = command("proof", TIMCHEH_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert refused.returncode == 1
    assert "TIMCHEH_DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr
