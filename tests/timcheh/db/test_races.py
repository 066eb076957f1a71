"""A race that was lost may be run again, and the log tells over what."""

import pytest
from structlog.testing import capture_logs

from timcheh.db import Database, Scope
from timcheh.errors import TryAgain
from timcheh.ids import new_id
from timcheh.malls import Mall, MallInfo


async def test_a_taken_key_is_told_by_its_constraint_and_not_by_its_value(
    database: Database, mall: MallInfo
) -> None:
    mall_id = new_id()
    with capture_logs() as logs, pytest.raises(TryAgain):
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            uow.session.add(Mall(mall_id=mall_id, slug=mall.slug, name="x", created_at=uow.now))
    [line] = logs
    assert (line["event"], line["log_level"]) == ("lost a race", "info")
    assert line["error"].startswith("asyncpg.exceptions.UniqueViolationError 23505 ")
    assert line["error"].endswith(" mall_slug_uq")
    assert mall.slug not in str(line)
