"""The audit log: complete with the act, unchangeable, and each shop sees its own."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text

from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.audit.models import AuditEntry
from timcheh.audit.queries import list_entries
from timcheh.audit.service import SYSTEM
from timcheh.db import Database, Role, Scope
from timcheh.malls import MallInfo

pytestmark = pytest.mark.feature("plat.audit")


def caller(mall: MallInfo, *, person: bool = False) -> Caller:
    return Caller(mall.mall_id, "mall", uuid4(), "نرگس", frozenset(), person=person)


async def test_an_act_is_recorded_with_before_and_after(database: Database, mall: MallInfo) -> None:
    who, what = caller(mall, person=True), uuid4()
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await record(
            uow,
            who,
            "merchant.suspended",
            "merchant",
            what,
            before={"state": "active"},
            after={"state": "suspended"},
        )
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        entries = await list_entries(uow, object_id=what)
    entry = entries[0]
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("staff", who.id, "نرگس")
    assert (entry.before, entry.after) == ({"state": "active"}, {"state": "suspended"})


async def test_what_is_rolled_back_is_not_recorded(database: Database, mall: MallInfo) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await record(uow, SYSTEM, "x.done", "x")
            raise RuntimeError
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        assert await list_entries(uow) == []


@pytest.mark.parametrize("verb", ["UPDATE kernel.audit_entry SET action = 'y'",
                                  "DELETE FROM kernel.audit_entry"])  # fmt: skip
async def test_nobody_changes_it(database: Database, mall: MallInfo, verb: str) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await record(uow, SYSTEM, "x.done", "x")
    with pytest.raises(Exception, match="permission denied"):
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await uow.session.execute(text(verb))
    with pytest.raises(Exception, match="append-only"):
        async with database.engine(Role.OWNER).begin() as connection:
            await connection.execute(text(verb))


async def test_a_shop_sees_its_own_log_and_writes_no_others(
    database: Database, mall: MallInfo
) -> None:
    mine, other = uuid4(), uuid4()
    for shop in (mine, other):
        async with database.unit_of_work(Scope.merchant(mall.mall_id, shop)) as uow:
            await record(uow, SYSTEM, "product.added", "product")
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await record(uow, SYSTEM, "mall.changed", "mall")
    async with database.unit_of_work(Scope.merchant(mall.mall_id, mine)) as uow:
        rows = (await uow.session.scalars(select(AuditEntry))).all()
    assert [row.merchant_id for row in rows] == [mine]
    with pytest.raises(Exception, match="row-level security"):
        async with database.unit_of_work(Scope.merchant(mall.mall_id, mine)) as uow:
            await record(uow, SYSTEM, "x.done", "x", merchant_id=other)
