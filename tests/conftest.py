"""One PostgreSQL and one Valkey for the whole run; a clone of a migrated database per worker.

The process that pytest was started as owns the servers (with pytest-xdist: the controller, which
starts them before the workers; else at first use). A test gets a new mall, not an emptied database:
nothing is truncated, so whatever one mall can see of another shows up.
"""

import gc
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import redis.asyncio
import structlog

import tests.hypotheses  # noqa: F401  its profile holds for all tests
from tests.folders import leave_folder
from tests.order import dealt
from tests.servers import VARIABLE, Servers, clone, isolated_settings
from tests.web_support.portal import mall_api, mobile, people, shop_floor, web
from tests.web_support.visitors import administrators, members
from timcheh.db import Database, Role, Scope
from timcheh.ids import new_id
from timcheh.malls import Mall, MallInfo, read_mall
from timcheh.settings import Settings

# The application in process and who is signed in to it. Here, so that a worker makes it once: a
# fixture that folders import each for themselves is each folder's own, however wide its scope.
__all__ = ["administrators", "mall_api", "members", "mobile", "people", "shop_floor", "web"]

ROOT = Path(__file__).parents[1]
_SERVERS = pytest.StashKey[Servers]()


def pytest_configure(config: pytest.Config) -> None:
    _keep_what_is_compiled()
    _log_plainly()
    controller = bool(getattr(config.option, "numprocesses", None))
    if hasattr(config, "workerinput") or config.option.collectonly or not controller:
        return
    _start(config)


def _keep_what_is_compiled() -> None:
    """Where the environment forbids it, each process that a test starts compiles all of the product
    anew: four seconds of CPU, six times for each tree.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def _log_plainly() -> None:
    """The pretty traces, with every frame's variables, take seconds each."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark_browser_tests(items)
    if hasattr(config, "workerinput"):
        items[:] = dealt(items, config.workerinput["workercount"])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    leave_folder(item, nextitem)


def pytest_collection_finish() -> None:
    """As the product does at its start: the collector needn't look through what stays anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def mark_browser_tests(items: list[pytest.Item]) -> None:
    """Tests in a browser are marked, and left out where there is none; never so under CI=true."""
    in_browser = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    for item in in_browser:
        item.add_marker(pytest.mark.browser)
    if not in_browser or os.environ.get("CI") == "true":
        return
    from infra.shots import CHROMIUM

    if not Path(CHROMIUM).exists():
        missing = pytest.mark.skip(reason=f"no {CHROMIUM} here. Mend: apt install chromium")
        for item in in_browser:
            item.add_marker(missing)


def _start(config: pytest.Config) -> Path:
    """The directory of the servers, which are started by the first that asks."""
    if VARIABLE in os.environ:
        return Path(os.environ[VARIABLE])
    servers = Servers()
    config.stash[_SERVERS] = servers
    try:
        servers.start()
    except BaseException:
        servers.stop()
        del config.stash[_SERVERS]
        raise
    os.environ[VARIABLE] = str(servers.directory)
    return servers.directory


def pytest_unconfigure(config: pytest.Config) -> None:
    servers = config.stash.get(_SERVERS, None)
    if servers is not None:
        os.environ.pop(VARIABLE, None)
        servers.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows what tests counted (`record_property("counted", text)`), in whichever process."""
    for report in [each for reports in terminalreporter.stats.values() for each in reports]:
        counted = dict(getattr(report, "user_properties", ())).get("counted")
        if counted and report.when == "teardown":
            terminalreporter.section(report.nodeid.rpartition("::")[2])
            terminalreporter.write_line(counted)


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Settings:
    """The settings of the shared servers. Their database is the template: never write to it."""
    return isolated_settings(_start(pytestconfig))


@pytest.fixture(scope="session")
def settings(
    servers: Settings, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings for this worker: a database of its own, a queue of its own, an own directory."""
    return clone(servers, worker_id, tmp_path_factory.mktemp("data"))


@pytest.fixture
def fresh_settings(servers: Settings, worker_id: str, tmp_path: Path) -> Settings:
    """As `settings`, on a database that no other test of this worker has left a mall in."""
    return clone(servers, worker_id, tmp_path / "fresh", "fresh")


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The database kernel on this worker's clone."""
    database = Database({role: settings.dsn(role) for role in Role})
    yield database
    await database.stop()


@pytest.fixture(scope="session")
async def redis_client(settings: Settings) -> AsyncIterator["redis.asyncio.Redis"]:
    """A client of this worker's queue."""
    client = redis.asyncio.from_url(settings.redis_url)
    await client.flushdb()
    yield client
    await client.aclose()


@pytest.fixture
async def mall(database: Database) -> MallInfo:
    """A new mall, empty, that this test has for itself (`mall.mall_id`, `mall.slug`)."""
    mall_id = new_id()
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        uow.session.add(
            Mall(mall_id=mall_id, slug=f"m-{mall_id.hex}", name="تیمچه", created_at=uow.now)
        )
        await uow.session.flush()
        return await read_mall(uow)
