"""Messages: counted, priced, sent once after the commit, retried, kept apart by line."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from timcheh.db import Database, Scope
from timcheh.jobs.relay import Relay
from timcheh.malls import Mall, MallInfo
from timcheh.notify import queue_message
from timcheh.notify.channels import ChannelError, FileChannel, Outgoing, PermanentError, Receipt
from timcheh.notify.delivery import ATTEMPTS, Delivery
from timcheh.notify.models import Message
from timcheh.notify.segments import segments
from timcheh.outbox.models import OutboxEvent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("س" * 70, 1),
        ("س" * 71, 2),
        ("س" * 134, 2),
        ("س" * 135, 3),
        ("س" * 69 + "🙂", 2),
        ("🙂" * 35, 1),
    ],
)
@pytest.mark.feature("msg.report")
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


class Recorder:
    """A channel that remembers, and can be told to fail."""

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.sent = list(errors), list[Outgoing]()

    async def send(self, message: Outgoing) -> Receipt:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(message)
        return Receipt("recorder", "42")


async def queue(database: Database, mall: MallInfo, **more: Any) -> Any:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        return await queue_message(uow, "09121234567", "sign-in-code", {"code": "123456"}, **more)


async def read(database: Database, mall: MallInfo) -> Message:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        found = await uow.session.scalar(select(Message).where(Message.mall_id == mall.mall_id))
    assert found is not None
    return found


async def make_due(database: Database, mall: MallInfo) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        await uow.session.execute(
            update(Message).where(Message.mall_id == mall.mall_id).values(due_at=uow.now)
        )


async def test_a_message_is_counted_and_priced(database: Database, mall: MallInfo) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        row = await uow.session.get(Mall, mall.mall_id)
        assert row is not None
        row.sms_segment_price = 1500
    await queue(database, mall)
    message = await read(database, mall)
    assert message.segments == segments(message.text)
    assert message.price == 1500 * message.segments
    assert (message.line, message.state) == ("service", "queued")
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        event = await uow.session.scalar(
            select(OutboxEvent).where(OutboxEvent.mall_id == mall.mall_id)
        )
    assert event is not None
    assert event.payload == {"message_id": str(message.id)}
    assert await Relay(database, []).drain(mall.mall_id) == 1


async def test_it_is_sent_once(database: Database, mall: MallInfo) -> None:
    await queue(database, mall)
    channel = Recorder()
    delivery = Delivery(database, {"sms": channel})
    assert await delivery.send_batch(mall.mall_id) == 1
    assert await delivery.send_batch(mall.mall_id) == 0
    message = await read(database, mall)
    assert (message.state, message.provider, message.provider_id) == ("sent", "recorder", "42")
    assert [sent.recipient for sent in channel.sent] == ["09121234567"]


async def test_what_is_due_later_waits(database: Database, mall: MallInfo) -> None:
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        later = uow.now + timedelta(hours=1)
    await queue(database, mall, due_at=later)
    assert await Delivery(database, {"sms": Recorder()}).send_batch(mall.mall_id) == 0


async def test_a_failure_is_tried_again(database: Database, mall: MallInfo) -> None:
    await queue(database, mall)
    channel = Recorder(ChannelError("busy"))
    delivery = Delivery(database, {"sms": channel})
    await delivery.send_batch(mall.mall_id)
    message = await read(database, mall)
    assert (message.state, message.attempts) == ("queued", 1)
    assert "busy" in (message.last_error or "")
    await make_due(database, mall)
    await delivery.send_batch(mall.mall_id)
    assert (await read(database, mall)).state == "sent"


@pytest.mark.parametrize(
    "errors", [[PermanentError("bad number")], [ChannelError("busy")] * ATTEMPTS]
)
async def test_it_gives_up(database: Database, mall: MallInfo, errors: list[Exception]) -> None:
    await queue(database, mall)
    delivery = Delivery(database, {"sms": Recorder(*errors)})
    for _ in errors:
        await make_due(database, mall)
        await delivery.send_batch(mall.mall_id)
    assert (await read(database, mall)).state == "failed"


@pytest.mark.parametrize(("line", "state"), [("service", "sent"), ("promotional", "failed")])
@pytest.mark.feature("msg.lines")
async def test_what_a_dead_sender_had_in_hand(
    database: Database, mall: MallInfo, line: Any, state: str
) -> None:
    await queue(database, mall, line=line)

    class Dies(Recorder):
        async def send(self, message: Outgoing) -> Receipt:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await Delivery(database, {"sms": Dies()}).send_batch(mall.mall_id)
    assert (await read(database, mall)).state == "sending"
    delivery = Delivery(database, {"sms": Recorder()})
    assert await delivery.send_batch(mall.mall_id) == 0, "its time isn't over"
    await make_due(database, mall)
    await delivery.send_batch(mall.mall_id)
    assert (await read(database, mall)).state == state


async def test_the_file_channel_keeps_what_it_writes_to_its_owner(tmp_path: Any) -> None:
    from uuid import uuid4

    path = tmp_path / "messages.jsonl"
    channel = FileChannel(path)
    for text in ("سلام", "دوباره"):
        await channel.send(Outgoing(uuid4(), "09121234567", text, "service", "x"))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["text"] for line in lines] == ["سلام", "دوباره"]
    assert path.stat().st_mode & 0o777 == 0o600
