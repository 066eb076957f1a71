"""Whatever a request is made of, it is read or refused: never an error of ours, never for long."""

import contextlib
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import texts, within
from tests.hypotheses import sized
from timcheh.access.invitations import invitation
from timcheh.access.models import Staff
from timcheh.access.staff import create_staff
from timcheh.access.tokens import mall_of_key, mall_of_session
from timcheh.calendar.local_day import EARLIEST, LATEST
from timcheh.db import Database, Scope
from timcheh.errors import BadRequest, Invalid
from timcheh.malls import MallInfo
from timcheh.text.locale import Locale
from timcheh.web import reception
from timcheh.web.bodies import LONGEST_FIELD, Body, BodyDecoder
from timcheh.web.context import _negotiate
from timcheh.web.errors import BodyIncomplete, BodyTooSlow
from timcheh.web.pagination import make_cursor, read_cursor
from timcheh.web.reception import Reception
from timcheh.web.services import Services
from timcheh.web.shell import _request_id

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
KINDS = (UUID, str, int, tuple[Moment | None, UUID])
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Anything(Body, frozen=True):
    """A body with one of each kind of field."""

    number: int | None = None
    text: Annotated[str, msgspec.Meta(max_length=10)] | None = None
    quantity: int | float = 1
    moment: Moment | None = None
    inner: "Anything | None" = None
    free: list[Any] = msgspec.field(default_factory=list)


DECODER = BodyDecoder(Anything)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts(20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(Anything.__struct_fields__), inner),
    ),
    max_leaves=8,
)


def _as_cursor(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@sized(ci=500, nightly=200_000)
@given(st.one_of(st.binary(max_size=60), json_values.map(lambda v: json.dumps(v).encode())))
def test_a_body_is_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(BadRequest, Invalid):
        read = DECODER.decode(body)
        assert read.moment is None or EARLIEST <= read.moment < LATEST
        assert "\0" not in json.dumps(msgspec.to_builtins(read))
        assert DECODER.decode(msgspec.json.encode(read)) == read


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000,
        b'{"inner":' * 100_000,
        b'{"free":' + b"[" * 100_000,
        b'{"number":' + b"9" * 900_000 + b"}",
        b'{"quantity":1e' + b"9" * 900_000 + b"}",
        b'{"number":1,' * 60_000,
        b'{"text":"\\ud800"}',
        b'{"text":"\xed\xa0\x80"}',
        b'{"text":"\\u0000"}',
        b'{"moment":"0001-01-01T00:00:00+23:59"}',
        b'{"moment":"9999-12-31T23:59:59-23:59"}',
        b'{"moment":"2026-01-01T00:00:00"}',
        b'{"quantity":NaN}',
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_an_absurd_body_is_refused_at_once(body: bytes) -> None:
    with within(0.5), pytest.raises((BadRequest, Invalid)):
        DECODER.decode(body)


def test_a_backslash_before_u0000_is_text_like_any() -> None:
    assert DECODER.decode(rb'{"text":"\\u0000"}').text == r"\u0000"


@pytest.mark.parametrize("kind", KINDS, ids=str)
@sized(ci=200, nightly=50_000)
@given(
    cursor=st.one_of(
        texts(40),
        json_values.map(_as_cursor),
        st.binary(max_size=40).map(lambda b: urlsafe_b64encode(b).decode()),
        st.sampled_from(["0001-01-01T00:00:00+23:59", "a\0b"]).map(_as_cursor),
    )
)
def test_a_cursor_is_ours_or_refused(kind: Any, cursor: str) -> None:
    with contextlib.suppress(Invalid):
        key = read_cursor(cursor, kind)
        assert make_cursor(key) == cursor
        assert "\0" not in str(key)


@pytest.mark.parametrize(
    "key",
    [
        "کالا" * 50,
        "\U0001f469" * 200,
        3,
        UUID(int=7),
        (datetime(2026, 1, 1, tzinfo=UTC), UUID(int=7)),
    ],
)
def test_a_cursor_leads_back_to_its_key(key: Any) -> None:
    kind = tuple[Moment | None, UUID] if isinstance(key, tuple) else type(key)
    assert read_cursor(make_cursor(key), kind) == key


@pytest.mark.parametrize(
    "key",
    [
        "a\0b",
        ("0001-01-01T00:00:00+23:59", str(UUID(int=7))),
        ("2026-01-01T00:00:00", str(UUID(int=7))),
    ],
)
def test_a_cursor_that_the_database_could_not_compare_with_is_refused(key: Any) -> None:
    kind = tuple[datetime, UUID] if isinstance(key, tuple) else str
    with pytest.raises(Invalid):
        read_cursor(make_cursor(key), kind)


@sized(ci=200, nightly=50_000)
@given(st.one_of(st.binary(max_size=60), texts().map(lambda t: t.encode("utf-8", "replace"))))
def test_headers_of_any_bytes_are_read(value: bytes) -> None:
    assert _negotiate(value) in Locale
    assert _negotiate(b"fa;q=0." + value + b",en;q=" + value) in Locale
    kept = _request_id(value)
    assert kept.isascii()
    assert 8 <= len(kept) <= 64
    assert any(letter.isalpha() for letter in kept)
    text = value.decode("latin-1")
    mall_of_key("tmk_" + text)
    mall_of_session(text)


def test_a_request_id_without_a_letter_may_be_a_mobile_and_is_not_kept() -> None:
    assert _request_id(b"09121234567") != "09121234567"
    assert _request_id(b"6104-3312-3456-7890") != "6104-3312-3456-7890"
    assert _request_id(b"order-0912") == "order-0912"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (FORM["content-type"], b"\xff\xfe=\xff", 422),
        (FORM["content-type"], b"mobile=%ED%A0%80", 422),
        (FORM["content-type"], b"mobile=%00", 400),
        (FORM["content-type"], b"mo%00bile=1", 400),
        (FORM["content-type"], b"&" * 100_000, 413),
        (FORM["content-type"], b"a=1&" * 50_000, 413),
        (FORM["content-type"], b"mobile=" + b"9" * (LONGEST_FIELD + 1), 422),
        (FORM["content-type"], b"mobile=1&mobile=2", 422),
        (FORM["content-type"], b"x" * (reception.MAXIMUM_FORM + 1), 413),
        ("application/json", b"[" * 100_000, 422),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data", 422),
        ("multipart/form-data", b"--b", 422),
        ("\xff\xfe", b"x", 422),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
async def test_a_form_of_any_bytes_is_answered(
    client: httpx.AsyncClient, mall: MallInfo, content_type: str, body: bytes, status: int
) -> None:
    headers = {"content-type": content_type.encode("latin-1")}
    answer = await client.post(f"/{mall.slug}/club/sign-in", content=body, headers=headers)
    assert answer.status_code == status, answer.text


async def test_what_is_compressed_is_refused_unopened(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/things", "/x/club/sign-in"):
        answer = await client.post(
            path,
            content=b"\x1f\x8b",
            headers={"content-encoding": "gzip", "content-type": "application/json"},
        )
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "path", ["/static/" + "a" * 5000, "/static" + "/a" * 900, "/static/a%5c..%5cb"]
)
async def test_no_name_of_a_file_is_too_odd(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_method_that_somebody_made_up_is_no_label(client: httpx.AsyncClient) -> None:
    assert (await client.request("X09121234567", "/api/v1/things")).status_code == 405
    figures = (await client.get("/metrics")).text
    assert "09121234567" not in figures
    assert 'method="other"' in figures


async def test_a_forged_invitation_is_absent_whatever_moment_it_names(
    client: httpx.AsyncClient, database: Database, services: Services, mall: MallInfo
) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        staff_id = await create_staff(uow, "09121234567", "x", None)
        staff = await uow.session.get(Staff, (mall.mall_id, staff_id))
        assert staff is not None
        secret = services.settings.secret_key.get_secret_value()
        old = invitation(secret, staff, uow.now - timedelta(days=8))
    forged = urlsafe_b64encode(staff_id.bytes + b"\xff" * 6 + b"x" * 16).decode()
    for token in (forged, old, "A", "سلام", "=" * 50, "A" * 4000):
        answer = await client.get(f"/{mall.slug}/shop/join/{token}")
        assert answer.status_code == 404, token


async def test_an_address_of_persian_letters_is_gone_back_to(
    client: httpx.AsyncClient, services: Services, mall: MallInfo
) -> None:
    """Header values are Latin: the letters, and any line end, go there encoded."""
    from timcheh.web.onward import _leads_home

    home = f"/{mall.slug}/shop"
    assert _leads_home(f"{home}/سلام", home)
    for wanted in (
        f"{home}\\@evil",
        f"{home}/x\r\nX: y",
        "//evil",
        f"{home}-evil",
        f"{home}/sign-in",
    ):
        assert not _leads_home(wanted, home)


class Parts:
    """An ASGI `receive` that gives these messages, then waits forever."""

    def __init__(self, *messages: dict[str, Any]) -> None:
        self.left = list(messages)

    async def __call__(self) -> dict[str, Any]:
        import asyncio

        if not self.left:
            await asyncio.Event().wait()
        return self.left.pop(0)


def part(body: bytes, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "BODY_SECONDS", 0.05)
    body = Reception(Parts(part(b"a")))
    assert (await body())["body"] == b"a"
    with pytest.raises(BodyTooSlow):
        await body()


async def test_a_body_that_breaks_off_is_the_clients_fault() -> None:
    body = Reception(Parts(part(b"a"), {"type": "http.disconnect"}))
    await body()
    with pytest.raises(BodyIncomplete):
        await body()


async def test_what_is_not_wanted_is_dropped_up_to_a_bound() -> None:
    megabyte = b" " * 1024 * 1024
    small = Parts(*(part(megabyte) for _ in range(9)), part(b"", more=False))
    await Reception(small).drain()
    assert small.left == []
    endless = Parts(*(part(megabyte) for _ in range(40)))
    await Reception(endless).drain()
    assert len(endless.left) == 40 - reception.DRAINED // len(megabyte)
    await Reception(Parts({"type": "http.disconnect"})).drain()
