"""Pages are compressed, and tell nothing by their length."""

import httpx

from tests.web_support.portal import Floor, People, Web
from timcheh.web.csrf import masked, matches


def test_a_token_is_shown_otherwise_each_time_and_still_known() -> None:
    token = "Zx8-_token-of-a-session"
    first, second = masked(token), masked(token)
    assert first != second
    assert token not in first
    assert matches(first, token)
    assert matches(second, token)
    assert matches(token, token)  # a program's, from its session


def test_no_other_token_passes() -> None:
    token = "Zx8-_token-of-a-session"
    other = "Zx8-_token-of-a-sessiom"
    for given in ("", "=", "é", other, masked(other), masked(token)[:-4], masked(token + "x")):
        assert not matches(given, token)


async def test_pages_are_packed_for_whoever_asks(
    web: Web, shop_floor: Floor, people: People
) -> None:
    owner = await people(shop_floor.shop)
    plain = await _sent(owner.client, owner.root, "identity")
    packed = [await _sent(owner.client, owner.root, "br, gzip") for _ in range(5)]
    assert "content-encoding" not in plain.headers
    for answer in packed:
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        length = int(answer.headers["content-length"])
        assert length < len(plain.content) / 3
    assert len({answer.headers["content-length"] for answer in packed}) > 1
    head = await owner.client.head(owner.root, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in head.headers


async def _sent(client: httpx.AsyncClient, path: str, encoding: str) -> httpx.Response:
    return await client.get(path, headers={"accept-encoding": encoding})
