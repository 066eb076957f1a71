"""Personal data goes where it belongs and nowhere else, whatever goes wrong with it."""

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
import redis

from tests.timcheh_app.hostile.canaries import Canaries
from tests.timcheh_app.hostile.conftest import Target
from timcheh.settings import load_settings

# What PostgreSQL says when a row is refused quotes the row; these quote it in every way there is.
TRAPS = """
CREATE FUNCTION public.quote_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'it was %', row_to_json(NEW) USING DETAIL = row_to_json(NEW)::text,
        HINT = row_to_json(NEW)::text, ERRCODE = 'TM999';
END $$;
"""


def statement(target: Target, *sql: str) -> list[list[asyncpg.Record]]:
    """Runs statements as the superuser."""
    settings = load_settings(data_dir=target.tree.data_dir)

    async def run() -> list[list[asyncpg.Record]]:
        connection = await asyncpg.connect(settings.superuser_dsn)
        try:
            return [await connection.fetch(one) for one in sql]
        finally:
            await connection.close()

    return asyncio.run(run())


def trap(target: Target, table: str, verb: str) -> None:
    statement(
        target,
        f"CREATE TRIGGER trap BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION quote_it()",
    )


def untrap(target: Target, table: str) -> None:
    statement(target, f"DROP TRIGGER trap ON {table}")


def valkey(target: Target) -> Iterator[tuple[str, bytes]]:
    """Every key and value there is, and what the server has written down."""
    settings = load_settings(data_dir=target.tree.data_dir)
    client = redis.Redis.from_url(settings.redis_url)
    for key in client.scan_iter():
        kind = client.type(key)
        if kind == b"none":  # it has ended since it was found
            continue
        values = {
            b"string": client.get,
            b"hash": client.hgetall,
            b"list": lambda key: client.lrange(key, 0, -1),
            b"zset": lambda key: client.zrange(key, 0, -1, withscores=True),
            b"set": client.smembers,
        }
        yield f"Valkey's {key!r}", key + repr(values[kind](key)).encode()
    client.close()
    for path in (target.tree.data_dir / "valkey").rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def code_of(target: Target, mobile: str) -> str:
    """The code of the newest message, as the member reads it."""
    query = f"SELECT text FROM kernel.message WHERE recipient = '{mobile}' ORDER BY id DESC LIMIT 1"
    found = re.search(r"\d{6}", statement(target, query)[0][0]["text"])
    assert found
    return found[0]


class Visit:
    """One person's dealings with the product, of which everything goes wrong."""

    def __init__(self, target: Target) -> None:
        self.target, self.person = target, Canaries()
        self.refusals: list[bytes] = []
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{target.port}", timeout=30)

    def ask(
        self, method: str, path: str, body: object = None, expect: int = 0, **headers: str
    ) -> None:
        answer = self.target.call(method, path, body, **headers)
        assert not expect or answer.status_code == expect, answer.text
        if answer.status_code >= 400:
            self.refusals.append(answer.content)

    def sign_in(self) -> None:
        """As a member, with a wrong code first; as staff, with a password that is none."""
        door, mobile = f"/{self.target.slug}/club/sign-in", self.person.mobile
        assert self.browser.post(door, data={"mobile": mobile}).status_code == 303
        code = code_of(self.target, mobile)
        self.person.found["code"] = code
        wrong = str(int(code) ^ 1).zfill(6)
        self.browser.post(f"{door}/code", data={"mobile": mobile, "code": wrong})
        right = self.browser.post(f"{door}/code", data={"mobile": mobile, "code": code})
        assert right.status_code == 303
        self.person.found["session"] = self.browser.cookies["timcheh_club"]
        for audience in ("mall", "shop"):
            form = {"mobile": mobile, "password": self.person.password}
            answer = self.browser.post(f"/{self.target.slug}/{audience}/sign-in", data=form)
            assert answer.status_code == 401

    def buy(self) -> None:
        person = self.person
        line = {"name": person.persian_name, "quantity": 1, "unit_price": 1000}
        sale = {"member": {"mobile": person.mobile}, "enrol": True, "lines": [line]}
        path = "/api/v1/purchases"
        self.ask("POST", path, sale, 201, Idempotency_Key=person.mobile)
        self.ask("POST", path, {**sale, "dry_run": True}, 201)
        again = {**sale, "lines": [line, line]}
        self.ask("POST", path, again, 422, Idempotency_Key=person.mobile)
        for member in ({"card": person.pan}, {"mobile": person.pan}, {"mobile": person.name}):
            self.ask("POST", path, {**sale, "member": member}, 422)
        self.ask("POST", path, {**sale, "capture": person.name}, 422)
        self.ask("POST", path, {**sale, "branch_id": person.mobile}, 422)
        self.ask("POST", path, {**sale, "spend": {"gift_card": person.pan}}, 422)
        rule = {"name": person.name, "when": {"fact": person.name, "op": "==", "value": person.pan}}
        self.ask("PUT", "/api/v1/rules", {"rules": [{**rule, "then": [person.mobile]}]}, 422)

    def ask_oddly(self) -> None:
        """The person's data in addresses, headers and methods."""
        person = self.person
        for text in (person.mobile, person.name, person.pan, "+98" + person.mobile[1:]):
            for path in (
                f"/{text}",
                f"/api/v1/customers/{text}",
                f"/api/v1/purchases?cursor={text}",
            ):
                self.ask("GET", path)
            self.ask("GET", f"/api/v1/purchases?member_id={text}&limit={text}")
            self.ask(
                "GET", "/health", Accept_Language=text, User_Agent=text, Referer=f"https://x/{text}"
            )
            self.ask(
                "GET", "/nothing", Authorization=f"Bearer {text}", Cookie=f"timcheh_club={text}"
            )
        self.ask("GET", "/nothing", X_Request_Id=person.mobile)
        self.ask("X" + person.mobile, "/health")
        self.ask("GET", "/metrics", X_Forwarded_For=person.mobile)

    def crash(self) -> None:
        """Errors inside handlers, whose messages hold the row that was to be written."""
        person = self.person
        line = {"name": "x", "quantity": 1, "unit_price": 1000}
        sale = {"member": {"mobile": person.mobile}, "lines": [line]}
        trap(self.target, "merchants.purchase_line", "INSERT")
        line["name"] = person.persian_name
        self.ask("POST", "/api/v1/purchases", {**sale}, 500)
        untrap(self.target, "merchants.purchase_line")
        trap(self.target, "kernel.message", "INSERT")
        door = f"/{self.target.slug}/club/sign-in"
        answer = self.browser.post(door, data={"mobile": person.mobile})
        assert answer.status_code == 500
        self.refusals.append(answer.content)
        untrap(self.target, "kernel.message")
        statement(
            self.target,
            f"ALTER TABLE merchants.product ADD CONSTRAINT c CHECK (name <> '{person.name}')",
        )
        self.ask(
            "POST", "/api/v1/products", {"sku": person.mobile, "name": person.name, "price": 1}, 500
        )

    def fail_in_the_background(self) -> None:
        """A job whose rows are refused, and a webhook that can't be delivered."""
        person = self.person
        token = f"https://127.0.0.1:9/?token={person.password}&m={person.mobile}"
        self.ask("POST", "/api/v1/webhooks", {"url": token.replace("https", "http")}, 201)
        trap(self.target, "kernel.message", "UPDATE")
        self.browser.post(f"/{self.target.slug}/club/sign-in", data={"mobile": person.mobile})
        line = {"name": "x", "quantity": 1, "unit_price": 1000}
        self.ask(
            "POST", "/api/v1/purchases", {"member": {"mobile": person.mobile}, "lines": [line]}, 201
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            # Again and again: a job may just have come round before there was anything to do.
            statement(self.target, "UPDATE kernel.recurring_run SET due_at = now()")
            said = self.target.log()
            if b"recurring job failed" in said and b"webhook not delivered" in said:
                break
            time.sleep(0.3)
        else:
            raise AssertionError("the job and the webhook should have failed by now")
        untrap(self.target, "kernel.message")


@pytest.mark.feature("plat.security")
def test_nobodys_data_is_where_it_does_not_belong(target: Target) -> None:
    visit = Visit(target)
    statement(target, TRAPS)
    visit.sign_in()
    visit.buy()
    visit.ask_oddly()
    visit.crash()
    visit.fail_in_the_background()
    said = target.log()
    assert said.count(b'"unexpected error"') >= 3
    places = [
        ("the log", said),
        ("/metrics", target.call("GET", "/metrics").content),
        *((f"refusal {number}", body) for number, body in enumerate(visit.refusals)),
        *valkey(target),
    ]
    assert any(place.startswith("Valkey") for place, _ in places)
    assert len(visit.refusals) > 20
    keys = {"shop's key": target.shop_key, "mall's key": target.mall_key}
    visit.person.found |= keys
    assert visit.person.in_(places) == []
    assert b"TM999" in said, "errors are told by their SQLSTATE"


def test_the_search_finds_what_is_hidden() -> None:
    """Or the test above could not fail."""
    import base64
    import hashlib
    from urllib.parse import quote

    from timcheh.text.digits import persian_digits

    person = Canaries()
    mobile = person.mobile
    hidden = [
        mobile,
        mobile[1:],
        "+98" + mobile[1:],
        persian_digits(mobile),
        quote(persian_digits(mobile)),
        quote(person.persian_name),
        person.persian_name.encode("ascii", "backslashreplace").decode(),
        hashlib.sha256(mobile.encode()).hexdigest(),
        hashlib.blake2b(mobile[1:].encode()).hexdigest(),
        *(base64.b64encode(("x" * n + mobile + "yz").encode()).decode() for n in range(3)),
        *(base64.b64encode(("x" * n + person.name + "y").encode()).decode() for n in range(3)),
    ]
    for text in hidden:
        assert person.in_([("here", f"a {text} b".encode())]), text
    assert person.in_([("here", b"nothing of the kind")]) == []


def test_logs_lie_where_only_their_owner_reads(target: Target) -> None:
    folder: Path = target.tree.data_dir / "log"
    assert folder.stat().st_mode & 0o077 == 0
