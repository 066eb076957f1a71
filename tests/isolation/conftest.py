"""The world of two malls, and the sight of all of it with which every role's is compared.

In a database of its own: every row there is gets tried in every role, so that other tests' malls
would only cost time.
"""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from tests.api.conftest import client, new_mobile
from tests.isolation.insiders import insiders
from tests.isolation.world import Town, make_town
from tests.servers import clone
from tests.web_support.portal import web
from timcheh.db import Database, Role
from timcheh.settings import Settings

__all__ = ["client", "insiders", "web"]


@pytest.fixture(scope="session")
def settings(
    servers: Settings, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return clone(servers, worker_id, tmp_path_factory.mktemp("isolation"), "isolation")


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database({role: settings.dsn(role) for role in Role})
    yield database
    await database.stop()


@pytest.fixture(scope="session")
async def world(client: httpx.AsyncClient, database: Database) -> tuple[Town, Town]:
    """Two malls; the same two people are members of both."""
    mobiles = [new_mobile(), new_mobile()]
    here = await make_town(client, database, mobiles)
    return here, await make_town(client, database, mobiles)


@pytest.fixture
async def superuser(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Sees past every policy, in a transaction that leaves nothing behind.

    The product itself never connects like this.
    """
    connection = await asyncpg.connect(settings.superuser_dsn)
    await connection.execute("SET lock_timeout = '10s'")
    transaction = connection.transaction()
    await transaction.start()
    yield connection
    await transaction.rollback()
    await connection.close()
