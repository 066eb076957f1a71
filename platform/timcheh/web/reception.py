"""How a request's body is let in: no larger, no slower and in no other wrapping than said here.

Headers are bounded by the web server (`timcheh_app.services.applications.web`).
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from litestar.enums import RequestEncodingType

from timcheh.errors import PayloadTooLarge
from timcheh.web.context import AnyRequest
from timcheh.web.errors import BodyIncomplete, BodyTooSlow

MAXIMUM_BODY: Final = 1024 * 1024
"""Bytes of a body of the API, unless a route says otherwise (`request_max_body_size`)."""
MAXIMUM_FORM: Final = 256 * 1024
"""Bytes of a page's form: a till's with 200 lines takes a quarter of it."""
MOST_FIELDS: Final = 1_000
"""Fields of a page's form: a till's with 200 lines has some 600. The framework takes a while for
each, so they are counted before it sees them."""
BODY_SECONDS: Final = 20.0
"""For the whole body, from the first time it is waited for."""
UPLOAD_SECONDS: Final = 300.0
"""For the body of a route that takes files (`opt={TAKES_FILES: True}`), over a slow line."""
TAKES_FILES: Final = "timcheh_takes_files"
DRAINED: Final = 32 * 1024 * 1024
"""Bytes that are read and dropped so that a refusal arrives: a client that is still sending when
the connection closes sees a broken pipe in place of the answer."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]


async def refuse_crowded_form(request: AnyRequest) -> None:
    """Raises PayloadTooLarge for a form with more fields than any of ours has.

    A form with files is another encoding, whose parts the framework counts itself.
    """
    if request.content_type[0] == RequestEncodingType.MULTI_PART:
        return
    if (await request.body()).count(b"&") >= MOST_FIELDS:
        raise PayloadTooLarge


class Reception:
    """The body of one request on its way in, as an ASGI `receive`."""

    __slots__ = ("_deadline", "_receive", "_whole", "seconds")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.seconds = BODY_SECONDS
        self._deadline: float | None = None
        self._whole = False

    async def __call__(self) -> Message:
        """The next part. Raises BodyTooSlow, or BodyIncomplete when the client has gone."""
        if self._whole:
            return await self._next()
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self.seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._next()
        except TimeoutError:
            self._whole = True
            raise BodyTooSlow from None
        if message["type"] == "http.disconnect":
            self._whole = True
            raise BodyIncomplete
        self._whole = not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Reads and drops what nobody asked for, within the same time."""
        left = DRAINED
        try:
            while not self._whole and left > 0:
                left -= len((await self()).get("body", b""))
        except (BodyTooSlow, BodyIncomplete):
            pass  # the answer goes out all the same, if there is still someone to take it

    async def _next(self) -> Message:
        message: Message = await self._receive()
        return message
