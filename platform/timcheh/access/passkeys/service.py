"""Adding passkeys, signing in with them, listing and removing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from timcheh.access.errors import PasskeyRefused, PasskeysFull, TooManySignIns
from timcheh.access.limits import Limit, RateLimiter
from timcheh.access.passkeys import ceremony
from timcheh.access.passkeys.challenges import Challenges, Purpose
from timcheh.access.passkeys.models import Passkey
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.party import RelyingParty
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import NotFound, RateLimited
from timcheh.ids import new_id

MOST: Final = 10
"""Passkeys of one person: a device has one."""
LONGEST_NAME: Final = 60
ASK_PER_ADDRESS: Final = Limit("passkey-ask-address", count=300, window=600)
TRY_PER_ADDRESS: Final = Limit("passkey-try-address", count=100, window=600)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser gets: `options` (JSON) for its device, `token` for a cookie."""

    options: str
    token: str


class Passkeys:
    """The passkeys of an installation. Where `party` is None there are none, and every call but
    those on a unit of work raises NotFound."""

    def __init__(self, database: Database, limiter: RateLimiter, public_url: str) -> None:
        self._database = database
        self._limiter = limiter
        self._challenges = Challenges(database)
        self.party = RelyingParty.of(public_url)

    async def ask_new(
        self, owner: Owner, address: str, *, mall_name: str, account: str, person: str
    ) -> Asked:
        """A device is to make a key for somebody; `account` and `person` are what it shows.
        Raises PasskeysFull, TooManySignIns."""
        party = self._party()
        await self._count(ASK_PER_ADDRESS, address)
        async with self._database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
            known = [each.credential_id for each in await passkeys_of(uow, owner)]
        if len(known) >= MOST:
            raise PasskeysFull(most=MOST)
        challenge, token = await self._challenges.make(owner.mall_id, "add", owner)
        options = ceremony.ask_for_new(
            party,
            challenge,
            mall_name=mall_name,
            handle=owner.handle,
            account=account,
            person=person,
            known=known,
            by_itself=owner.member_id is not None,
        )
        return Asked(options, token)

    async def add(self, owner: Owner, token: str, answer: str, name: str) -> UUID:
        """Keeps the key that the device has made. Raises PasskeyRefused, PasskeyLate."""
        party = self._party()
        challenge = await self._challenges.take(owner.mall_id, "add", owner, token)
        made = ceremony.read_new(party, challenge, answer)
        async with self._database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
            row = Passkey(
                mall_id=owner.mall_id,
                id=new_id(),
                member_id=owner.member_id,
                staff_id=owner.staff_id,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                name=name[:LONGEST_NAME],
                created_at=uow.now,
            )
            try:
                async with uow.session.begin_nested():
                    uow.session.add(row)
            except IntegrityError as error:  # somebody's already: a device never makes one twice
                raise PasskeyRefused from error
        return row.id

    async def ask_any(self, mall_id: UUID, address: str) -> Asked:
        """A device is to show any key of a member, at the club's door. Raises TooManySignIns."""
        party = self._party()
        await self._count(ASK_PER_ADDRESS, address)
        challenge, token = await self._challenges.make(mall_id, "sign-in", None)
        return Asked(ceremony.ask_for_known(party, challenge), token)

    async def member(self, mall_id: UUID, token: str, answer: str, address: str) -> UUID:
        """The member whose key signed the challenge: the key alone says who they are.

        Raises PasskeyRefused (a removed key, another mall's, one of the staff, a forged answer:
        told apart by nobody), PasskeyLate, TooManySignIns.
        """
        found = await self._proved(mall_id, "sign-in", None, token, answer, address)
        assert found.member_id is not None
        return found.member_id

    async def ask_own(self, owner: Owner, address: str) -> Asked:
        """A device is to show a key of somebody who is known already. NotFound if they have none,
        TooManySignIns."""
        party = self._party()
        await self._count(ASK_PER_ADDRESS, address)
        async with self._database.unit_of_work(Scope.mall(owner.mall_id)) as uow:
            known = [each.credential_id for each in await passkeys_of(uow, owner)]
        if not known:
            raise NotFound
        challenge, token = await self._challenges.make(owner.mall_id, "second", owner)
        return Asked(ceremony.ask_for_known(party, challenge, known), token)

    async def check_own(self, owner: Owner, token: str, answer: str, address: str) -> None:
        """The challenge is signed by a key of theirs. Raises as `member` does."""
        await self._proved(owner.mall_id, "second", owner, token, answer, address)

    async def _proved(
        self,
        mall_id: UUID,
        purpose: Purpose,
        owner: Owner | None,
        token: str,
        answer: str,
        address: str,
    ) -> Owner:
        party = self._party()
        await self._count(TRY_PER_ADDRESS, address)
        challenge = await self._challenges.take(mall_id, purpose, owner, token)
        shown = ceremony.read_known(answer)
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            theirs = owner.of(Passkey) if owner else Passkey.member_id.is_not(None)
            key = await uow.session.scalar(
                select(Passkey)
                .where(Passkey.mall_id == mall_id, Passkey.credential_id == shown.raw_id, theirs)
                .with_for_update()  # of two answers at once the second sees the first's count
            )
            if key is None:
                raise PasskeyRefused
            found = Owner(mall_id, member_id=key.member_id, staff_id=key.staff_id)
            handle = shown.response.user_handle
            # A key that says by itself whose it is must say so; asked for by name it may.
            if handle != found.handle and (handle or owner is None):
                raise PasskeyRefused
            try:
                key.sign_count = ceremony.check(
                    party, challenge, shown, key.public_key, key.sign_count
                )
            except PasskeyRefused as error:
                _log.warning("passkey refused", passkey=str(key.id), why=str(error.__cause__))
                raise
            key.last_used_at = uow.now
        return found

    def _party(self) -> RelyingParty:
        if self.party is None:
            raise NotFound
        return self.party

    async def _count(self, limit: Limit, address: str) -> None:
        try:
            await self._limiter.hit(limit, address)
        except RateLimited as error:
            raise TooManySignIns(retry_after=error.retry_after) from None


async def passkeys_of(uow: UnitOfWork, owner: Owner) -> Sequence[Passkey]:
    """A person's keys, the oldest first."""
    found = await uow.session.scalars(select(Passkey).where(owner.of(Passkey)).order_by(Passkey.id))
    return found.all()


async def has_passkeys(uow: UnitOfWork, owner: Owner) -> bool:
    """Whether a person has any."""
    found = await uow.session.scalar(select(Passkey.id).where(owner.of(Passkey)).limit(1))
    return found is not None


async def remove_passkey(uow: UnitOfWork, owner: Owner, passkey_id: UUID) -> str:
    """Ends a key and says what it was called. Raises NotFound for another person's as for none."""
    name = await uow.session.scalar(
        delete(Passkey).where(owner.of(Passkey), Passkey.id == passkey_id).returning(Passkey.name)
    )
    if name is None:
        raise NotFound
    return str(name)
