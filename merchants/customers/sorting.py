"""Tags and groups on customers: words in arrays on their rows, where rules look."""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import InstrumentedAttribute

from merchants.customers.models import Customer
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid
from timcheh.text.normalise import normalise

LONGEST: Final = 60
MOST: Final = 50
_CHUNK: Final = 20_000  # members a statement


async def tag_customers(
    uow: UnitOfWork, merchant_id: UUID, members: Collection[UUID], tag: str
) -> int:
    """Puts a tag on customers who haven't got it, and answers how many. Raises Invalid."""
    return await put(uow, merchant_id, members, Customer.tags, read_word(tag, "/tag"))


async def untag_customers(
    uow: UnitOfWork, merchant_id: UUID, members: Collection[UUID], tag: str
) -> int:
    """Takes a tag off, and answers from how many."""
    return await take(uow, merchant_id, members, Customer.tags, normalise(tag))


def read_word(text: str, where: str) -> str:
    """A tag's or a group's name as it is stored. Raises Invalid."""
    word = normalise(text)
    if not word:
        raise Invalid.field(where, "required")
    if len(word) > LONGEST:
        raise Invalid.field(where, "too_long", maximum=LONGEST)
    return word


def read_words(texts: Iterable[str], where: str) -> list[str]:
    """The tags of one customer, each once, as they are stored. Raises Invalid."""
    words = list(dict.fromkeys(read_word(text, where) for text in texts))
    if len(words) > MOST:
        raise Invalid.field(where, "too_many", maximum=MOST)
    return words


async def put(
    uow: UnitOfWork,
    merchant_id: UUID,
    members: Collection[UUID],
    words: InstrumentedAttribute[list[str]],
    word: str,
) -> int:
    """Adds a word to those who haven't got it and have room for one more."""
    lacking = (~words.contains([word]), func.cardinality(words) < MOST)
    return await _change(
        uow, merchant_id, members, lacking, {words: func.array_append(words, word)}
    )


async def take(
    uow: UnitOfWork,
    merchant_id: UUID,
    members: Collection[UUID],
    words: InstrumentedAttribute[list[str]],
    word: str,
) -> int:
    """Takes a word from those who have it."""
    return await _change(
        uow,
        merchant_id,
        members,
        (words.contains([word]),),
        {words: func.array_remove(words, word)},
    )


async def _change(
    uow: UnitOfWork,
    merchant_id: UUID,
    members: Collection[UUID],
    where: Collection[Any],
    values: dict[Any, Any],
) -> int:
    count = 0
    ordered = sorted(members)
    for start in range(0, len(ordered), _CHUNK):
        changed: Any = await uow.session.execute(
            update(Customer)
            .where(
                Customer.mall_id == uow.scope.mall_id,
                Customer.merchant_id == merchant_id,
                Customer.member_id.in_(ordered[start : start + _CHUNK]),
                *where,
            )
            .values(values)
            .execution_options(synchronize_session=False)
        )
        count += changed.rowcount
    return count
