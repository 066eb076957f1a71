"""Administrators and members, signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import UUID

import pytest

from tests.api.conftest import MallApi, new_mobile
from tests.web_support.portal import Person, Web
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.web.cookies import SESSION_COOKIES

Administrators = Callable[..., Awaitable[Person]]
Members = Callable[[str], Awaitable[Person]]


@pytest.fixture
async def administrators(
    web: Web, mall_api: MallApi, database: Database
) -> AsyncIterator[Administrators]:
    """Signs an administrator in: `await administrators("accountant")`."""
    mall_id = UUID(str(mall_api.id))
    async with AsyncExitStack() as clients:

        async def sign_in(role: str = "manager", name: str = "کاوه بهرامی") -> Person:
            async with database.unit_of_work(Scope.mall(mall_id)) as uow:
                staff = await create_staff(uow, new_mobile(), name, None)
                await grant_role(uow, staff, role)
            session = await web.services.sessions.start(mall_id, "mall", name, staff_id=staff)
            cookies = {SESSION_COOKIES["mall"]: session.token}
            client = web.client(cookies=cookies, headers={"accept": "text/html"})
            await clients.enter_async_context(client)
            return Person(client, f"/{mall_api.slug}/mall", session.csrf_token)

        yield sign_in


@pytest.fixture
async def members(web: Web, mall_api: MallApi) -> AsyncIterator[Members]:
    """Signs a member in by mobile, enrolling whoever is new."""
    mall_id = UUID(str(mall_api.id))
    async with AsyncExitStack() as clients:

        async def sign_in(mobile: str) -> Person:
            member_id, name = await web.services.admit_member(mall_id, mobile)
            session = await web.services.sessions.start(
                mall_id, "member", name, member_id=member_id
            )
            cookies = {SESSION_COOKIES["member"]: session.token}
            client = web.client(cookies=cookies, headers={"accept": "text/html"})
            await clients.enter_async_context(client)
            return Person(client, f"/{mall_api.slug}/club", session.csrf_token)

        yield sign_in
