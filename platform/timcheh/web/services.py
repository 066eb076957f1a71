"""The services of one process, made once at its start."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final
from uuid import UUID

from redis.asyncio import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from timcheh.access.keys import KeyAuthenticator
from timcheh.access.limits import LeasedLimiter, Limit, RateLimiter
from timcheh.access.otp import OneTimePasswords
from timcheh.access.passwords import Passwords
from timcheh.access.permissions import Permissions
from timcheh.access.sessions import Sessions
from timcheh.access.staff import StaffSignIn
from timcheh.db import Database, Role, Scope
from timcheh.errors import NotFound
from timcheh.malls import MallDirectory
from timcheh.module import MenuItem, Module
from timcheh.settings import Settings
from timcheh.web.render import Renderer

API_LIMIT_WINDOW: Final = 60


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that requests share. Handlers get it as the dependency `services`."""

    settings: Settings
    version: str
    database: Database
    redis: "Redis"
    limiter: RateLimiter
    api_limiter: LeasedLimiter
    permissions: Permissions
    keys: KeyAuthenticator
    passwords: Passwords
    sessions: Sessions
    staff_sign_in: StaffSignIn
    one_time_passwords: OneTimePasswords
    malls: MallDirectory
    renderer: Renderer
    menu: Sequence[MenuItem]
    modules: Sequence[Module]

    async def admit_member(self, mall_id: UUID, mobile: str) -> tuple[UUID, str]:
        """The id and name of the member with a proved mobile. NotFound if no module admits."""
        hook = next((m.admit_member for m in self.modules if m.admit_member), None)
        if hook is None:
            raise NotFound
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            return await hook(uow, mobile)

    async def shop_name(self, mall_id: UUID, merchant_id: UUID) -> str:
        """What a shop is called; empty if no module knows."""
        hook = next((m.shop_name for m in self.modules if m.shop_name), None)
        if hook is None:
            return ""
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            return await hook(uow, merchant_id)

    async def close(self) -> None:
        """Lets go of every connection."""
        await self.keys.close()
        await self.database.stop()
        await self.redis.aclose()


def open_redis(settings: Settings) -> "Redis":
    """A client that gives up quickly: nothing here may wait for Valkey."""
    return Redis.from_url(
        settings.redis_url,
        socket_timeout=0.5,
        socket_connect_timeout=0.5,
        retry=Retry(NoBackoff(), 1),
    )


def open_database(settings: Settings) -> Database:
    """The engines of every role."""
    dsns = {role: settings.dsn(role) for role in Role}
    return Database(dsns, pool_size=settings.database_pool_size)


def build_services(settings: Settings, modules: Sequence[Module]) -> Services:
    """The services for these modules. Opens nothing yet: connections are made at first use."""
    database, redis = open_database(settings), open_redis(settings)
    limiter = RateLimiter(redis)
    permissions = Permissions(p for module in modules for p in module.permissions)
    passwords = Passwords()
    api_limit = Limit("api", settings.api_requests_per_minute, API_LIMIT_WINDOW)
    return Services(
        settings=settings,
        version=version("timcheh"),
        database=database,
        redis=redis,
        limiter=limiter,
        api_limiter=LeasedLimiter(limiter, api_limit),
        permissions=permissions,
        keys=KeyAuthenticator(database, permissions),
        passwords=passwords,
        sessions=Sessions(database, permissions),
        staff_sign_in=StaffSignIn(database, passwords, limiter),
        one_time_passwords=OneTimePasswords(
            database, limiter, settings.secret_key.get_secret_value()
        ),
        malls=MallDirectory(database),
        renderer=Renderer([module.package for module in modules]),
        modules=tuple(modules),
        menu=tuple(item for module in modules for item in module.menu),
    )
