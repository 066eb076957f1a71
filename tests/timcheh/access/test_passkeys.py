"""Passkeys against a device in software: what signs in, and everything that must not."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
import redis.asyncio
from hypothesis import given
from hypothesis import strategies as st

from tests.web_support.authenticator import Device
from timcheh.access.errors import PasskeyLate, PasskeyRefused, PasskeysFull, TooManySignIns
from timcheh.access.limits import RateLimiter
from timcheh.access.passkeys import ceremony, challenges, service
from timcheh.access.passkeys.models import PasskeyChallenge
from timcheh.access.passkeys.owner import Owner
from timcheh.access.passkeys.party import RelyingParty
from timcheh.access.passkeys.service import Asked, Passkeys, passkeys_of, remove_passkey
from timcheh.access.staff import create_staff
from timcheh.access.tokens import digest
from timcheh.builtin.tidy import tidy_access
from timcheh.db import Database, Scope
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.malls import MallInfo
from timcheh.module import JobContext
from timcheh.settings import Settings

pytestmark = pytest.mark.feature("member.two_factor")

ORIGIN = "https://club.example.ir"
HERE = "192.0.2.7"


class Desk:
    """A mall with a member who adds a key and shows it."""

    def __init__(self, keys: Passkeys, mall_id: UUID) -> None:
        self.keys, self.mall_id = keys, mall_id
        self.owner = Owner(mall_id, member_id=new_id())

    async def ask_new(self) -> Asked:
        return await self.keys.ask_new(
            self.owner, HERE, mall_name="تیمچه", account="0912", person="نرگس"
        )

    async def add(self, device: Device) -> UUID:
        asked = await self.ask_new()
        return await self.keys.add(self.owner, asked.token, device.make(asked.options), "گوشی")

    async def ask(self) -> Asked:
        return await self.keys.ask_any(self.mall_id, HERE)

    async def show(self, asked: Asked, answer: str) -> UUID:
        return await self.keys.member(self.mall_id, asked.token, answer, HERE)

    async def sign_in(self, device: Device) -> UUID:
        asked = await self.ask()
        return await self.show(asked, device.show(asked.options))


@pytest.fixture
def keys(database: Database, redis_client: "redis.asyncio.Redis") -> Passkeys:
    return Passkeys(database, RateLimiter(redis_client, new_id().hex), ORIGIN + "/")


@pytest.fixture
def desk(keys: Passkeys, mall: MallInfo) -> Desk:
    return Desk(keys, mall.mall_id)


@pytest.fixture
def device() -> Device:
    return Device(ORIGIN)


async def test_a_key_signs_its_member_in(desk: Desk, device: Device, database: Database) -> None:
    await desk.add(device)
    assert await desk.sign_in(device) == desk.owner.member_id
    assert await desk.sign_in(device) == desk.owner.member_id
    async with database.unit_of_work(Scope.mall(desk.mall_id)) as uow:
        (kept,) = await passkeys_of(uow, desk.owner)
    assert (kept.name, kept.sign_count) == ("گوشی", 2)
    assert kept.last_used_at is not None
    asked = json.loads((await desk.ask_new()).options)
    wanted = asked["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert wanted["authenticatorAttachment"] == "platform"
    assert len(asked["excludeCredentials"]) == 1, "a device makes no second key for one member"
    assert desk.mall_id.bytes in device.handle, "malls share a host; a key says whose it is"


async def test_a_challenge_is_answered_once(desk: Desk, device: Device) -> None:
    await desk.add(device)
    asked = await desk.ask()
    answer = device.show(asked.options)
    await desk.show(asked, answer)
    with pytest.raises(PasskeyLate):
        await desk.show(asked, answer)
    asked = await desk.ask()
    with pytest.raises(PasskeyRefused):
        await desk.show(asked, device.show(asked.options, origin="https://evil.test"))
    with pytest.raises(PasskeyLate):  # a wrong answer uses it up, too
        await desk.show(asked, device.show(asked.options))


async def test_an_answer_to_another_challenge_is_none(desk: Desk, device: Device) -> None:
    await desk.add(device)
    mine, another = await desk.ask(), await desk.ask()
    with pytest.raises(PasskeyRefused):
        await desk.show(mine, device.show(another.options))
    made = await desk.ask_new()
    with pytest.raises(PasskeyLate):  # a challenge for adding signs nobody in
        await desk.show(made, device.show(another.options))
    with pytest.raises(PasskeyLate):  # nor does another member's add a key to this one
        await desk.keys.add(
            Owner(desk.mall_id, member_id=new_id()), made.token, device.make(made.options), "x"
        )


async def test_a_challenge_grows_old(
    desk: Desk, device: Device, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.add(device)
    monkeypatch.setattr(challenges, "LIFETIME", timedelta(seconds=-1))
    asked = await desk.ask()
    with pytest.raises(PasskeyLate):
        await desk.show(asked, device.show(asked.options))
    async with database.unit_of_work(Scope.mall(desk.mall_id)) as uow:
        row = (desk.mall_id, digest(asked.token))
        assert await uow.session.get(PasskeyChallenge, row)
        now = uow.now
    await tidy_access(JobContext(database, Settings(), desk.mall_id, now))
    async with database.unit_of_work(Scope.mall(desk.mall_id)) as uow:
        assert await uow.session.get(PasskeyChallenge, row) is None


async def test_what_a_device_may_not_say(desk: Desk, device: Device) -> None:
    await desk.add(device)
    for lie in (
        {"origin": "https://club.example.ir.evil.test"},
        {"origin": "http://club.example.ir"},
        {"type": "webauthn.create"},
        {"challenge": "AAAA"},
    ):
        asked = await desk.ask()
        with pytest.raises(PasskeyRefused):
            await desk.show(asked, device.show(asked.options, **lie))
    asked = await desk.ask()
    elsewhere = json.loads(asked.options) | {"rpId": "evil.test"}
    with pytest.raises(PasskeyRefused):
        await desk.show(asked, device.show(json.dumps(elsewhere)))
    asked = await desk.ask()
    device.verifies = False  # nobody touched the sensor
    with pytest.raises(PasskeyRefused):
        await desk.show(asked, device.show(asked.options))
    for lie in ({"origin": "https://evil.test"}, {"type": "webauthn.get"}):
        made = await desk.ask_new()
        with pytest.raises(PasskeyRefused):
            await desk.keys.add(
                desk.owner, made.token, Device(ORIGIN).make(made.options, **lie), "x"
            )


async def test_another_devices_signature_is_not_ours(desk: Desk, device: Device) -> None:
    await desk.add(device)
    thief = Device(ORIGIN, credential_id=device.credential_id, handle=device.handle)
    with pytest.raises(PasskeyRefused):
        await desk.sign_in(thief)
    device.handle = Owner(desk.mall_id, member_id=new_id()).handle
    with pytest.raises(PasskeyRefused):
        await desk.sign_in(device)
    with pytest.raises(PasskeyRefused):  # an id that is somebody's key already
        await desk.add(Device(ORIGIN, credential_id=device.credential_id))


async def test_a_count_that_goes_back_is_a_copy(desk: Desk, device: Device) -> None:
    device.count = 7
    await desk.add(device)
    await desk.sign_in(device)
    for count in (7, 3):  # it is one more when it signs
        device.count = count
        with pytest.raises(PasskeyRefused):
            await desk.sign_in(device)
    device.count = 8
    assert await desk.sign_in(device) == desk.owner.member_id


async def test_a_removed_key_opens_nothing(desk: Desk, device: Device, database: Database) -> None:
    id = await desk.add(device)
    another = Owner(desk.mall_id, member_id=new_id())
    async with database.unit_of_work(Scope.mall(desk.mall_id)) as uow:
        with pytest.raises(NotFound):
            await remove_passkey(uow, another, id)
    assert await desk.sign_in(device) == desk.owner.member_id
    async with database.unit_of_work(Scope.member(desk.mall_id, id)) as uow:  # not their rows
        assert await passkeys_of(uow, desk.owner) == []
    assert desk.owner.member_id is not None
    async with database.unit_of_work(Scope.member(desk.mall_id, desk.owner.member_id)) as uow:
        assert await remove_passkey(uow, desk.owner, id) == "گوشی"
    with pytest.raises(PasskeyRefused):
        await desk.sign_in(device)


async def test_keys_of_another_mall_or_of_the_staff_open_no_club(
    desk: Desk, device: Device, keys: Passkeys, database: Database
) -> None:
    await desk.add(device)
    there = Desk(keys, new_id())
    with pytest.raises(PasskeyRefused):
        await there.sign_in(device)
    asked = await desk.ask()
    with pytest.raises(PasskeyLate):  # a challenge counts in its own mall
        await there.show(asked, device.show(asked.options))
    async with database.unit_of_work(Scope.mall(desk.mall_id)) as uow:
        desk.owner = Owner(
            desk.mall_id, staff_id=await create_staff(uow, "09121234567", "سامان", None)
        )
    badge = Device(ORIGIN)
    await desk.add(badge)
    with pytest.raises(PasskeyRefused):
        await desk.sign_in(badge)


async def test_there_is_an_end_to_keys_and_to_trying(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    await desk.add(Device(ORIGIN))
    with pytest.raises(PasskeysFull):
        await desk.ask_new()
    for _ in range(service.TRY_PER_ADDRESS.count):
        with pytest.raises(PasskeyLate):
            await desk.keys.member(desk.mall_id, "x", "{}", HERE)
    with pytest.raises(TooManySignIns):
        await desk.keys.member(desk.mall_id, "x", "{}", HERE)


@given(st.data())
def test_no_broken_answer_is_read_as_more_than_refused(data: st.DataObject) -> None:
    party, device, challenge = RelyingParty.of(ORIGIN), Device(ORIGIN), bytes(32)
    assert party
    options = ceremony.ask_for_new(
        party, challenge, mall_name="x", handle=bytes(32), account="x", person="x",
        known=[], by_itself=True,
    )  # fmt: skip
    kept = ceremony.read_new(party, challenge, device.make(options))

    def read_known(answer: str) -> None:
        shown = ceremony.read_known(answer)
        ceremony.check(party, challenge, shown, kept.public_key, 0)

    def read_new(answer: str) -> None:
        ceremony.read_new(party, challenge, answer)

    shown = device.show(ceremony.ask_for_known(party, challenge))
    read_known(shown)
    read, answer = data.draw(
        st.sampled_from([(read_known, shown), (read_new, device.make(options))])
    )
    whole = json.loads(answer)
    parts = [part for part in whole["response"] if part != "userHandle"]
    where = data.draw(st.sampled_from(["id", "rawId", "type", "response", *parts]))
    part = whole if where in whole else whole["response"]
    part[where] = data.draw(
        st.one_of(
            st.none(), st.integers(), st.text(max_size=40), st.dictionaries(st.text(), st.text())
        )
    )
    with pytest.raises(PasskeyRefused):
        read(json.dumps(whole))
    with pytest.raises(PasskeyRefused):
        read(data.draw(st.text(max_size=30)))


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://club.example.ir", RelyingParty("club.example.ir", "https://club.example.ir")),
        ("https://Club.Example.ir:443", RelyingParty("club.example.ir", "https://club.example.ir")),
        ("https://a.ir:8443", RelyingParty("a.ir", "https://a.ir:8443")),
        ("https://تیمچه.ir", RelyingParty("xn--pgb8cg5wmm.ir", "https://xn--pgb8cg5wmm.ir")),
        ("http://127.0.0.1:8000", RelyingParty("localhost", "http://localhost:8000")),
        ("http://[::1]", RelyingParty("localhost", "http://localhost")),
        ("http://club.example.ir", None),
        ("https://192.0.2.1", None),
    ],
)
def test_whom_a_key_is_made_for(address: str, party: RelyingParty | None) -> None:
    assert RelyingParty.of(address) == party


async def test_without_a_party_there_are_no_passkeys(desk: Desk, database: Database) -> None:
    bare = Passkeys(database, RateLimiter(None, "x"), "http://club.example.ir")
    with pytest.raises(NotFound):
        await bare.ask_any(desk.mall_id, HERE)
