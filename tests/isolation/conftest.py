"""Two malls with two shops and two members each, made through the public path, and the sight of
all of it that the tests compare with what each role sees.
"""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from timcheh.settings import Settings


@pytest.fixture
async def superuser(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Sees past every policy; the product itself never connects like this."""
    connection = await asyncpg.connect(settings.superuser_dsn)
    await connection.execute("SET lock_timeout = '10s'")
    yield connection
    await connection.close()
