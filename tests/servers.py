"""One PostgreSQL and one Valkey in a directory of their own, with a migrated template database."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from timcheh.settings import Settings, load_settings

# Names the directory of servers that run already: whoever sets it owns them.
VARIABLE = "PYTEST_TIMCHEH_SERVERS"


class Servers:
    """The servers and the migrated template, in a directory of their own."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="timcheh-tests-"))
        self._stack = ExitStack()

    def start(self) -> None:
        from timcheh_app.database import prepare
        from timcheh_app.services import embedded
        from timcheh_app.services.supervisor import Supervisor

        settings = isolated_settings(self.directory)
        supervisor = self._stack.enter_context(Supervisor())
        supervisor.start(*embedded.services(settings, durable=False))
        supervisor.release_signals()
        prepare(settings)

    @property
    def template_dsn(self) -> str:
        """The superuser's way into the template, which can be cloned while nobody is connected."""
        return isolated_settings(self.directory).superuser_dsn

    def stop(self) -> None:
        self._stack.close()
        shutil.rmtree(self.directory, ignore_errors=True)


def isolated_settings(directory: Path, **overrides: object) -> Settings:
    """Settings that nothing in the developer's environment can bend."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TIMCHEH_")]:
            patch.delenv(name)
        return load_settings(data_dir=directory, **overrides)
