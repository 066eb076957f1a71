"""The second factor of staff: codes of an app, recovery codes, passkeys, and who tries without."""

import json
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import redis.asyncio

from tests.web_support.authenticator import Device
from timcheh.access.errors import PasskeyLate, PasskeyRefused, TooManySignIns
from timcheh.access.limits import RateLimiter
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.service import Passkeys
from timcheh.access.second_factor import halves
from timcheh.access.second_factor.codes import hash_recovery_code, step_of_code
from timcheh.access.second_factor.halves import HalfSignIns
from timcheh.access.second_factor.models import RecoveryCode, StaffTotp
from timcheh.access.second_factor.sealing import Seal, Unreadable
from timcheh.access.second_factor.service import (
    TRIES,
    SecondFactors,
    factors_of,
    remove_app,
    turn_off,
)
from timcheh.access.staff import create_staff
from timcheh.db import Database, Scope
from timcheh.errors import ChangedMeanwhile, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.malls import MallInfo

pytestmark = pytest.mark.feature("member.two_factor", page="/{mall}/shop/account")

SECRET = "an installation's own secret key"
ORIGIN = "https://club.example.ir"


class Desk:
    """Somebody of the staff, and what the door asks them."""

    def __init__(self, database: Database, limiter: RateLimiter, owner: Owner) -> None:
        self.database, self.owner = database, owner
        self.factors = SecondFactors(database, limiter, SECRET)
        self.keys = Passkeys(database, limiter, ORIGIN)
        assert owner.staff_id is not None
        self.staff_id = owner.staff_id

    async def needed(self) -> bool:
        return await self.factors.needed(self.owner.mall_id, self.staff_id)

    async def begin(self) -> pyotp.TOTP:
        async with self.database.unit_of_work(Scope.mall(self.owner.mall_id)) as uow:
            await self.factors.begin_app(uow, self.owner)
            begun = await self.factors.app_begun(uow, self.owner, "0912", "تیمچه")
        assert begun is not None
        assert begun.address.startswith("otpauth://totp/")
        return pyotp.TOTP(begun.secret)

    async def with_app(self) -> pyotp.TOTP:
        """An app that counts. It was proved by the code of now; the next one is still to come."""
        app = await self.begin()
        await self.factors.confirm_app(self.owner, app.now())
        return app

    async def codes(self) -> list[str]:
        async with self.database.unit_of_work(Scope.mall(self.owner.mall_id)) as uow:
            return await self.factors.new_codes(uow, self.owner)

    async def refuses(self, typed: str) -> bool:
        try:
            await self.factors.check(self.owner, typed)
        except Invalid as error:
            return [each.pointer for each in error.errors] == ["/second_factor"]
        return False


def following(app: pyotp.TOTP) -> str:
    """The code of the next thirty seconds: it counts already, as clocks differ."""
    return app.at(datetime.now(UTC), counter_offset=1)


@pytest.fixture
async def desk(database: Database, redis_client: "redis.asyncio.Redis", mall: MallInfo) -> Desk:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        staff_id = await create_staff(uow, "09121234567", "سامان", None)
    owner = Owner(mall.mall_id, staff_id=staff_id)
    return Desk(database, RateLimiter(redis_client, new_id().hex), owner)


async def test_an_app_counts_from_its_first_right_code(desk: Desk) -> None:
    app = await desk.begin()
    assert not await desk.needed()
    assert await desk.refuses(app.now())
    with pytest.raises(Invalid):
        await desk.factors.confirm_app(desk.owner, "000000")
    await desk.factors.confirm_app(desk.owner, app.now())
    assert await desk.needed()
    assert not await desk.refuses(following(app))
    with pytest.raises(ChangedMeanwhile):  # a running app isn't replaced behind its owner's back
        await desk.begin()


async def test_a_code_is_taken_once(desk: Desk) -> None:
    app = await desk.with_app()
    now, code = app.now(), following(app)
    assert await desk.refuses(now), "the code that turned it on"
    assert not await desk.refuses(code)
    assert await desk.refuses(code), "the same step again"
    assert await desk.refuses(now), "an earlier step after a later one"


def test_codes_of_an_app_and_the_clock() -> None:
    secret = pyotp.random_base32()
    app, now = pyotp.TOTP(secret), datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    here = int(now.timestamp()) // 30
    for off in (-1, 0, 1):
        assert step_of_code(secret, app.at(now, counter_offset=off), now, after=0) == here + off
    for off in (-2, 2):
        assert step_of_code(secret, app.at(now, counter_offset=off), now, after=0) is None
    persian = app.at(now).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert step_of_code(secret, f" {persian[:3]} {persian[3:]} ", now, after=0) == here
    for typed in ("", "12345", "1234567", "abcdef", "¹²³⁴⁵⁶x"):
        assert step_of_code(secret, typed, now, after=0) is None


async def test_a_recovery_code_is_good_once_and_only_its_owners(
    desk: Desk, database: Database
) -> None:
    await desk.with_app()
    first, second, *_ = await desk.codes()
    assert not await desk.refuses(f" {first.upper().replace('-', ' ')} ")
    assert await desk.refuses(first), "used"
    assert await desk.refuses("aaaaa-aaaaa")
    async with database.unit_of_work(Scope.mall(desk.owner.mall_id)) as uow:
        another = Owner(
            desk.owner.mall_id, staff_id=await create_staff(uow, "09120000001", "x", None)
        )
        kept = (await factors_of(uow, desk.staff_id)).codes
    assert kept == 9
    with pytest.raises(Invalid):
        await desk.factors.check(another, second)
    await desk.codes()
    assert await desk.refuses(second), "new ones make the old ones void"


async def test_nothing_that_is_kept_can_be_typed(desk: Desk, database: Database) -> None:
    app = await desk.with_app()
    (code, *_) = await desk.codes()
    async with database.unit_of_work(Scope.mall(desk.owner.mall_id)) as uow:
        row = await uow.session.get_one(StaffTotp, (desk.owner.mall_id, desk.staff_id))
        assert app.secret.encode() not in row.sealed
        hashed = hash_recovery_code(SECRET, desk.owner.handle, code)
        assert await uow.session.get(RecoveryCode, (desk.owner.mall_id, desk.staff_id, hashed))
        assert hashed != hash_recovery_code("another secret", desk.owner.handle, code)
        # Put in another person's place it is no secret of theirs.
        row.sealed = Seal(SECRET, "totp").close(app.secret.encode(), b"somebody else")
    assert await desk.refuses(app.now())
    with pytest.raises(Unreadable):
        Seal(SECRET, "x").open(Seal(SECRET, "totp").close(b"x", b"y"), b"y")
    with pytest.raises(Unreadable):
        Seal(SECRET, "x").open(b"", b"")


async def test_codes_are_not_found_by_trying(desk: Desk) -> None:
    app = await desk.with_app()
    for _ in range(TRIES[0].count - 1):
        assert await desk.refuses("000000")
    with pytest.raises(TooManySignIns):
        await desk.factors.check(desk.owner, following(app))


async def test_a_passkey_of_their_own_is_a_second_factor(desk: Desk) -> None:
    device, badge = Device(ORIGIN), Device(ORIGIN)
    asked = await desk.keys.ask_new(desk.owner, "x", mall_name="x", account="x", person="x")
    await desk.keys.add(desk.owner, asked.token, device.make(asked.options), "رایانه صندوق")
    assert await desk.needed()
    asked = await desk.keys.ask_own(desk.owner, "x")
    answer = device.show(asked.options)
    await desk.keys.check_own(desk.owner, asked.token, answer, "x")
    with pytest.raises(PasskeyLate):
        await desk.keys.check_own(desk.owner, asked.token, answer, "x")
    asked = await desk.keys.ask_own(desk.owner, "x")
    with pytest.raises(PasskeyRefused):
        await desk.keys.check_own(desk.owner, asked.token, badge.show(asked.options), "x")
    asked = await desk.keys.ask_new(desk.owner, "x", mall_name="x", account="x", person="x")
    challenge = {"rpId": "club.example.ir", "challenge": json.loads(asked.options)["challenge"]}
    answer = device.show(json.dumps(challenge))
    with pytest.raises(PasskeyLate):  # asked to make a key, one doesn't prove another
        await desk.keys.check_own(desk.owner, asked.token, answer, "x")
    stranger = Owner(desk.owner.mall_id, staff_id=new_id())
    asked = await desk.keys.ask_own(desk.owner, "x")
    with pytest.raises(PasskeyLate):  # what one is asked another doesn't answer
        await desk.keys.check_own(stranger, asked.token, device.show(asked.options), "x")
    with pytest.raises(NotFound):
        await desk.keys.ask_own(stranger, "x")


async def test_with_the_last_factor_the_codes_go(desk: Desk, database: Database) -> None:
    for off in (remove_app, turn_off):
        await desk.with_app()
        (code, *_) = await desk.codes()
        async with database.unit_of_work(Scope.mall(desk.owner.mall_id)) as uow:
            await off(uow, desk.owner)
            assert (await factors_of(uow, desk.staff_id)).codes == 0
        assert not await desk.needed()
        assert await desk.refuses(code)


async def test_a_sign_in_half_done_is_its_own_doors_and_ends(
    desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, mall_id = HalfSignIns(database), desk.owner.mall_id
    token = await half.begin(mall_id, "merchant", desk.staff_id)
    assert await half.whose(mall_id, "merchant", token) == desk.staff_id
    assert await half.whose(mall_id, "mall", token) is None
    assert await half.whose(new_id(), "merchant", token) is None
    assert await half.finish(mall_id, "merchant", token)
    assert not await half.finish(mall_id, "merchant", token)
    monkeypatch.setattr(halves, "LIFETIME", timedelta(seconds=-1))
    late = await half.begin(mall_id, "merchant", desk.staff_id)
    assert await half.whose(mall_id, "merchant", late) is None
    assert not await half.finish(mall_id, "merchant", late)
