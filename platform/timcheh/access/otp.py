"""One-time passwords by text message: how members sign in, and confirm what is grave."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from timcheh.access.errors import CodeWrong, TooManySignIns
from timcheh.access.limits import Limit, RateLimiter
from timcheh.access.models import OtpChallenge
from timcheh.db import Database, Scope
from timcheh.errors import RateLimited
from timcheh.ids import new_id
from timcheh.notify import queue_message
from timcheh.text.locale import Locale

SIGN_IN: Final = "sign-in"
CODE_DIGITS: Final = 6
LIFETIME: Final = timedelta(minutes=2)
ATTEMPTS: Final = 5
ASK_PER_MOBILE: Final = Limit("otp-ask-mobile", count=5, window=600)
ASK_PER_ADDRESS: Final = Limit("otp-ask-address", count=40, window=600)
TRY_PER_MOBILE: Final = Limit("otp-try-mobile", count=20, window=600)
TRY_PER_ADDRESS: Final = Limit("otp-try-address", count=100, window=600)


class OneTimePasswords:
    """Sends codes and checks them. One code is live for a mobile: a new one replaces it."""

    def __init__(
        self, database: Database, limiter: RateLimiter, secret_key: str, public_url: str
    ) -> None:
        """`public_url` is where the code is typed: with https, a phone may fill it in itself."""
        self._database = database
        self._limiter = limiter
        self._secret = secret_key.encode()
        address = urlsplit(public_url)
        self._host = address.hostname if address.scheme == "https" else None

    async def send(
        self,
        mall_id: UUID,
        mobile: str,
        address: str,
        locale: Locale = Locale.FA,
        *,
        purpose: str = SIGN_IN,
    ) -> datetime:
        """Queues a message with a fresh code and says until when it works.

        The code is good for its `purpose` only, which the text `message-<purpose>-code` tells. It
        answers alike whether or not the mobile is a member's. Raises TooManySignIns.
        """
        await self._count(ASK_PER_MOBILE, ASK_PER_ADDRESS, mall_id, mobile, address)
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            challenge = {
                "id": new_id(),
                "attempts": 0,
                "created_at": uow.now,
                "expires_at": uow.now + LIFETIME,
            }
            challenge["code_hash"] = self._hash(challenge["id"], mobile, code, purpose)
            await uow.session.execute(
                insert(OtpChallenge)
                .values(mall_id=mall_id, mobile=mobile, **challenge)
                .on_conflict_do_update(index_elements=["mall_id", "mobile"], set_=challenge)
            )
            await queue_message(
                uow,
                mobile,
                f"{purpose}-code",
                {"code": code},
                locale=locale,
                secret=True,
                ending=self._bound(code),
            )
        expires_at: datetime = uow.now + LIFETIME
        return expires_at

    async def verify(
        self, mall_id: UUID, mobile: str, code: str, address: str, *, purpose: str = SIGN_IN
    ) -> None:
        """Uses up the code. Raises CodeWrong, which counts against it, or TooManySignIns."""
        await self._count(TRY_PER_MOBILE, TRY_PER_ADDRESS, mall_id, mobile, address)
        # The attempt is counted in a transaction that commits whatever the outcome.
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            found = await uow.session.execute(
                update(OtpChallenge)
                .where(
                    OtpChallenge.mall_id == mall_id,
                    OtpChallenge.mobile == mobile,
                    OtpChallenge.attempts < ATTEMPTS,
                    OtpChallenge.expires_at > uow.now,
                )
                .values(attempts=OtpChallenge.attempts + 1)
                .returning(OtpChallenge.id, OtpChallenge.code_hash)
            )
            challenge = found.one_or_none()
            right = challenge is not None and hmac.compare_digest(
                challenge.code_hash, self._hash(challenge.id, mobile, code, purpose)
            )
            if right:
                await uow.session.execute(
                    delete(OtpChallenge).where(
                        OtpChallenge.mall_id == mall_id, OtpChallenge.mobile == mobile
                    )
                )
        if not right:
            raise CodeWrong

    def _bound(self, code: str) -> str:
        # The last line binds the code to our host: https://wicg.github.io/sms-one-time-codes/
        return f"@{self._host} #{code}" if self._host else ""

    def _hash(self, challenge_id: object, mobile: str, code: str, purpose: str) -> bytes:
        # Keyed: a plain hash of six digits would be undone in an instant.
        text = f"otp {purpose} {challenge_id} {mobile} {code}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).digest()

    async def _count(
        self, per_mobile: Limit, per_address: Limit, mall_id: UUID, mobile: str, address: str
    ) -> None:
        try:
            await self._limiter.hit(per_address, address)
            await self._limiter.hit(per_mobile, f"{mall_id} {mobile}")
        except RateLimited as error:
            raise TooManySignIns(retry_after=error.retry_after) from None
