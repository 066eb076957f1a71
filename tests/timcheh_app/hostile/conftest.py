"""The product as it is started, at its most talkative, with a mall and two shops."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.folders import of_folder
from tests.timcheh_app.tree import COMMAND, Prepared, Serving, environment
from timcheh.ids import new_id

TALKATIVE = {
    "TIMCHEH_LOG_LEVEL": "debug",
    "TIMCHEH_LOG_FORMAT": "json",
    "TIMCHEH_WEBHOOK_PRIVATE_TARGETS": "true",
}


class Talkative(Serving):
    """It says all that it can say."""

    def environment(self) -> dict[str, str]:
        return super().environment() | TALKATIVE


@dataclass
class Target:
    """A running product and the keys to a mall on it."""

    tree: Serving
    mall_key: str
    shop_key: str
    slug: str = "bazaar"

    @property
    def port(self) -> int:
        return self.tree.port

    def call(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """A request of the shop's, or of whoever `key` belongs to."""
        given = {
            "Authorization": f"Bearer {key or self.shop_key}",
            "Idempotency-Key": str(new_id()),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        url = f"http://127.0.0.1:{self.port}{path}"
        return httpx.request(method, url, json=body, headers=given, timeout=30)

    def log(self) -> bytes:
        """What all its processes have said, and its servers' log files."""
        said = (self.tree.data_dir.parent / "stderr").read_bytes()
        kept = (path for path in (self.tree.data_dir / "log").rglob("*") if path.is_file())
        return said + b"".join(path.read_bytes() for path in kept)


@pytest.fixture
def target(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Target:
    return of_folder(request, lambda: _running(prepared, tmp_path_factory))


@contextmanager
def _running(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    tree = Talkative(prepared.copy(tmp_path_factory.mktemp("hostile") / "data"))
    tree.start()
    try:
        command = ["mall", "create", "--name", "تیمچه", "--slug", "bazaar", "--json"]
        made = subprocess.run(
            [*COMMAND, *command, "--data-dir", str(tree.data_dir)],
            capture_output=True,
            check=True,
            env=environment(),
        )
        found = Target(tree, json.loads(made.stdout)["api_key"], "")
        shop = found.call(
            "POST", "/api/v1/merchants", {"name": "گل‌آرا", "slug": "gol"}, key=found.mall_key
        )
        found.shop_key = shop.json()["api_key"]
        yield found
    finally:
        assert tree.stop() == 0
