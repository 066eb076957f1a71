"""The services of one process, made once at its start."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Final
from uuid import UUID

from redis.asyncio import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from timcheh.access.keys import KeyAuthenticator
from timcheh.access.limits import LeasedLimiter, Limit, RateLimiter
from timcheh.access.otp import OneTimePasswords
from timcheh.access.passkeys.service import Passkeys
from timcheh.access.passwords import Passwords
from timcheh.access.permissions import Permissions
from timcheh.access.second_factor.halves import HalfSignIns
from timcheh.access.second_factor.service import SecondFactors
from timcheh.access.sessions import Sessions
from timcheh.access.staff import StaffSignIn
from timcheh.db import Database, Role, Scope, UnitOfWork
from timcheh.errors import NotFound
from timcheh.malls import MallDirectory
from timcheh.module import Module, Waiting
from timcheh.settings import Settings
from timcheh.web.render import Renderer

API_LIMIT_WINDOW: Final = 60


class Services:
    """Everything that requests share. Handlers get it as the dependency `services`.

    A plain class: the framework would take a dataclass for something to be decoded.
    """

    def __init__(self, settings: Settings, modules: Sequence[Module]) -> None:
        """Opens nothing yet: connections are made at first use."""
        self.settings = settings
        self.version = version("timcheh")
        self.modules = tuple(modules)
        self.menu = tuple(item for module in modules for item in module.menu)
        self.finders = tuple(each for module in modules for each in module.finders)
        self.actions = tuple(each for module in modules for each in module.actions)
        self.database = open_database(settings)
        self.redis = open_redis(settings)
        self.limiter = RateLimiter(self.redis, settings.secret_key.get_secret_value())
        self.api_limiter = LeasedLimiter(
            self.limiter, Limit("api", settings.api_requests_per_minute, API_LIMIT_WINDOW)
        )
        self.permissions = Permissions(p for module in modules for p in module.permissions)
        self.keys = KeyAuthenticator(self.database, self.permissions)
        self.passwords = Passwords()
        self.sessions = Sessions(self.database, self.permissions)
        self.staff_sign_in = StaffSignIn(self.database, self.passwords, self.limiter)
        self.one_time_passwords = OneTimePasswords(
            self.database,
            self.limiter,
            settings.secret_key.get_secret_value(),
            settings.public_url,
        )
        self.passkeys = Passkeys(self.database, self.limiter, settings.public_url)
        self.second_factors = SecondFactors(
            self.database, self.limiter, settings.secret_key.get_secret_value()
        )
        self.half_sign_ins = HalfSignIns(self.database)
        self.malls = MallDirectory(self.database)
        self.renderer = Renderer([module.package for module in modules])

    async def admit_member(self, mall_id: UUID, mobile: str) -> tuple[UUID, str]:
        """The id and name of the member with a proved mobile. NotFound if no module admits."""
        hook = next((m.admit_member for m in self.modules if m.admit_member), None)
        if hook is None:
            raise NotFound
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            return await hook(uow, mobile)

    async def member_name(self, mall_id: UUID, member_id: UUID) -> str:
        """What a member is called; empty if they have not said. NotFound if there is none."""
        hook = next((m.member_name for m in self.modules if m.member_name), None)
        if hook is None:
            raise NotFound
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            return await hook(uow, member_id)

    async def note_device(self, mall_id: UUID, member_id: UUID, device: bytes) -> None:
        """A member has just signed in from this browser; nothing if no module keeps that."""
        hook = next((m.note_device for m in self.modules if m.note_device), None)
        if hook is not None:
            async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
                await hook(uow, member_id, device)

    async def shop_name(self, mall_id: UUID, merchant_id: UUID) -> str:
        """What a shop is called; empty if no module knows."""
        hook = next((m.shop_name for m in self.modules if m.shop_name), None)
        if hook is None:
            return ""
        async with self.database.unit_of_work(Scope.mall(mall_id)) as uow:
            return await hook(uow, merchant_id)

    async def waiting_for_shop(self, uow: UnitOfWork, merchant_id: UUID) -> list[Waiting]:
        """What waits for a shop's answer, as the modules tell it; without what is nothing."""
        hooks = [m.waiting_for_shop for m in self.modules if m.waiting_for_shop]
        found = [each for hook in hooks for each in await hook(uow, merchant_id)]
        return [each for each in found if each.count]

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
    """The services for these modules."""
    return Services(settings, modules)
