"""Keys as text, permissions by role and branch, passwords."""

import asyncio
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timcheh.access.caller import Caller
from timcheh.access.errors import MissingPermission, MobileTaken, RoleHeld
from timcheh.access.passwords import Passwords, password_faults
from timcheh.access.permissions import KERNEL_PERMISSIONS, Permissions
from timcheh.access.sessions import Sessions
from timcheh.access.staff import create_staff, grant_role, staff_of, withdraw_role
from timcheh.access.tokens import mall_of_key, mall_of_session, new_key, new_session_token
from timcheh.db import Database, Scope
from timcheh.errors import NotFound
from timcheh.malls import MallInfo
from timcheh.module import Permission
from timcheh_app.modules import modules


@given(st.uuids())
def test_a_secret_names_its_mall(mall_id: UUID) -> None:
    assert mall_of_key(new_key(mall_id)) == mall_id
    assert mall_of_session(new_session_token(mall_id)) == mall_id


@given(st.text())
def test_any_other_text_is_no_secret(text: str) -> None:
    assert mall_of_key(text) is None
    mall_of_key("tmk_" + text)
    mall_of_session(text)


def test_roles_hold_what_is_declared() -> None:
    table = Permissions([*KERNEL_PERMISSIONS, Permission("till.use", "merchant", ["cashier"])])
    assert "till.use" in table.of_role("merchant", "cashier")
    assert "till.use" in table.of_role("merchant", "owner")
    assert "till.use" not in table.of_role("merchant", "accountant")
    assert "till.use" in table.of_key("terminal")
    assert not table.of_role("merchant", "owner") & table.of_role("mall", "administrator")
    with pytest.raises(ValueError, match="declared twice"):
        Permissions([*KERNEL_PERMISSIONS, KERNEL_PERMISSIONS[0]])
    with pytest.raises(ValueError, match="no role"):
        Permissions([Permission("x", "mall", ["cashier"])])


def test_the_products_own_permissions_are_sound() -> None:
    Permissions(permission for module in modules() for permission in module.permissions)


def test_a_permission_of_a_branch_counts_there_only() -> None:
    here, there = uuid4(), uuid4()
    caller = Caller(
        uuid4(), "merchant", uuid4(), "x", frozenset({"a"}), merchant_id=uuid4(),
        branch_permissions={here: frozenset({"b"})},
    )  # fmt: skip
    caller.require("a")
    caller.require("b", here)
    for branch in (there, None):
        with pytest.raises(MissingPermission):
            caller.require("b", branch)


async def test_passwords() -> None:
    passwords = Passwords()
    stored = await passwords.hash("correct horse")
    assert "argon2id" in stored
    assert await passwords.verify(stored, "correct horse")
    assert not await passwords.verify(stored, "wrong horse")
    assert not await passwords.verify(None, "nobody has this password")
    assert not await passwords.verify("not a hash", "x")
    verified = await asyncio.gather(*(passwords.verify(stored, "correct horse") for _ in range(8)))
    assert all(verified)
    assert [fault.code for fault in password_faults("short")] == ["password_short"]
    assert password_faults("long enough, this one") == []


async def test_staff_and_their_roles(database: Database, mall: MallInfo) -> None:
    shop, branch = uuid4(), uuid4()
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        staff = await create_staff(uow, "09121234567", "رضا", None)
        with pytest.raises(MobileTaken):
            await create_staff(uow, "09121234567", "دیگری", None)
        await grant_role(uow, staff, "manager", merchant_id=shop)
        till = await grant_role(uow, staff, "cashier", merchant_id=shop, branch_id=branch)
        with pytest.raises(RoleHeld):
            await grant_role(uow, staff, "manager", merchant_id=shop)
        people = await staff_of(uow, shop)
        assert [(p.name, r.role) for p, r in people] == [("رضا", "manager"), ("رضا", "cashier")]
        assert await staff_of(uow, None) == []
        await withdraw_role(uow, till)
        assert len(await staff_of(uow, shop)) == 1


async def test_a_session_acts_for_one_shop_with_the_roles_there(
    database: Database, mall: MallInfo
) -> None:
    first, second, branch = uuid4(), uuid4(), uuid4()
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        staff = await create_staff(uow, "09121234567", "رضا", None)
        await grant_role(uow, staff, "cashier", merchant_id=first, branch_id=branch)
        await grant_role(uow, staff, "manager", merchant_id=second)
    table = Permissions([*KERNEL_PERMISSIONS, Permission("till.use", "merchant", ["cashier"])])
    sessions = Sessions(database, table)
    begun = await sessions.start(
        mall.mall_id, "merchant", "رضا", staff_id=staff, merchant_id=first, place="گل‌آرا"
    )
    session = await sessions.load(begun.token, "merchant")
    assert session is not None
    assert (session.role, session.place) == ("cashier", "گل‌آرا")
    caller = session.caller
    assert caller.scope == Scope.merchant(mall.mall_id, first)
    assert caller.branch_id == branch
    assert caller.may("till.use", branch)
    assert not caller.may("till.use")
    assert await sessions.load(begun.token, "mall") is None

    moved = await sessions.switch_shop(begun.token, second, "نان داغ")
    assert await sessions.load(begun.token, "merchant") is None
    session = await sessions.load(moved.token, "merchant")
    assert session is not None
    assert session.caller.may("shop_staff.manage")
    with pytest.raises(NotFound):
        await sessions.switch_shop(moved.token, uuid4(), "")
