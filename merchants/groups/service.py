"""Groups of customers: making them, and who is in them, by hand or by condition."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select

from merchants.audience import audience_of
from merchants.customers.models import Customer
from merchants.customers.queries import CustomerKey, newest_first
from merchants.customers.sorting import put, read_word, take
from merchants.groups.models import CustomerGroup
from merchants.listing import Window
from timcheh.db import UnitOfWork
from timcheh.errors import Conflict, Invalid, NotFound
from timcheh.ids import new_id
from timcheh.rules import FACTS, Condition, Place, facts_in, parse_condition, write_condition
from timcheh.rules.facts import NEARNESS
from timcheh.text.digits import digits_to_latin
from timcheh.text.normalise import normalise, sort_key

MOST: Final = 1_000
_NOT_HERE: Final = frozenset({"customer.groups"}) | NEARNESS
"""What a group can't follow: groups, and what members allowed to be known for a while only."""


async def list_groups(uow: UnitOfWork, merchant_id: UUID) -> list[CustomerGroup]:
    """All of a shop's groups, by name."""
    rows: Any = await uow.session.scalars(_own(uow, merchant_id).limit(MOST))
    return sorted(rows, key=lambda row: sort_key(row.name))


async def group_sizes(uow: UnitOfWork, merchant_id: UUID) -> dict[str, int]:
    """How many customers are in each group, by name."""
    words = (
        select(func.unnest(Customer.groups).label("name"))
        .where(Customer.mall_id == uow.scope.mall_id, Customer.merchant_id == merchant_id)
        .subquery()
    )
    rows = await uow.session.execute(select(words.c.name, func.count()).group_by(words.c.name))
    return {row[0]: row[1] for row in rows}


async def find_group(uow: UnitOfWork, merchant_id: UUID, group_id: UUID) -> CustomerGroup:
    """Raises NotFound for another shop's, as for none."""
    row = await uow.session.get(CustomerGroup, (uow.scope.mall_id, group_id))
    if row is None or row.merchant_id != merchant_id:
        raise NotFound
    return row


async def add_group(
    uow: UnitOfWork, merchant_id: UUID, name: str, condition: Condition | None
) -> CustomerGroup:
    """A group that follows `condition`, or one that is kept by hand.

    Raises Invalid for a name that is empty, too long or taken, and for a condition that asks for
    groups: two that follow each other would never come to rest.
    """
    name = read_word(name, "/name")
    check_condition(condition)
    taken = [row.name for row in await list_groups(uow, merchant_id)]
    if name in taken:
        raise Invalid.field("/name", "duplicate")
    if len(taken) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    row = CustomerGroup(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        name=name,
        condition=None if condition is None else write_condition(condition),
        created_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def change_condition(
    uow: UnitOfWork, merchant_id: UUID, group_id: UUID, condition: Condition | None
) -> CustomerGroup:
    """Has a group follow another condition; without one it is kept by hand, with whom it has.

    Raises NotFound, and Invalid as `add_group` does. `follow` brings it up to its condition.
    """
    check_condition(condition)
    row = await find_group(uow, merchant_id, group_id)
    row.condition = None if condition is None else write_condition(condition)
    await uow.session.flush()
    return row


def check_condition(condition: Condition | None) -> None:
    """Raises Invalid for one that a group can't follow."""
    asked = facts_in(condition) if condition is not None else frozenset[str]()
    stray = [name for name in sorted(asked) if name in _NOT_HERE or not _is_of_customers(name)]
    if stray:
        raise Invalid.field("/when", "fact_not_here", facts=", ".join(stray))


def _is_of_customers(fact: str) -> bool:
    return Place.CUSTOMER in FACTS[fact].places


def condition_of(group: CustomerGroup) -> Condition | None:
    """What an automatic group follows; none for one that is kept by hand."""
    written = group.condition
    return None if written is None else parse_condition(written, "/when", Place.CUSTOMER)


async def follow(
    uow: UnitOfWork, group: CustomerGroup, among: Collection[UUID] | None = None
) -> int:
    """Brings an automatic group up to its condition, for all or for some; answers how many moved.

    In the scope that the condition needs.
    """
    condition = condition_of(group)
    if condition is None:
        return 0
    audience = await audience_of(uow, group.merchant_id, condition)
    belong = set(await audience.members(uow, among))
    present = set(await group_members(uow, group, among))
    came = await put(uow, group.merchant_id, belong - present, Customer.groups, group.name)
    went = await take(uow, group.merchant_id, present - belong, Customer.groups, group.name)
    return came + went


async def group_members(
    uow: UnitOfWork, group: CustomerGroup, among: Collection[UUID] | None = None
) -> Sequence[UUID]:
    """The ids of those in a group."""
    query = select(Customer.member_id).where(
        Customer.mall_id == group.mall_id,
        Customer.merchant_id == group.merchant_id,
        Customer.groups.contains([group.name]),
    )
    if among is not None:
        query = query.where(Customer.member_id.in_(among))
    return list(await uow.session.scalars(query))


async def drop_group(uow: UnitOfWork, merchant_id: UUID, group_id: UUID) -> str:
    """Forgets a group, takes everybody out of it, and answers its name. Raises NotFound."""
    row = await find_group(uow, merchant_id, group_id)
    members = await group_members(uow, row)
    await take(uow, merchant_id, members, Customer.groups, row.name)
    await uow.session.execute(
        delete(CustomerGroup).where(
            CustomerGroup.mall_id == row.mall_id, CustomerGroup.id == row.id
        )
    )
    return row.name


async def automatic_groups(uow: UnitOfWork, merchant_id: UUID) -> Sequence[CustomerGroup]:
    """The groups of a shop that follow a condition."""
    query = _own(uow, merchant_id).where(CustomerGroup.condition.is_not(None))
    return list(await uow.session.scalars(query))


def _own(uow: UnitOfWork, merchant_id: UUID) -> Select[Any]:
    return select(CustomerGroup).where(
        CustomerGroup.mall_id == uow.scope.mall_id, CustomerGroup.merchant_id == merchant_id
    )


async def group_page(
    uow: UnitOfWork, group: CustomerGroup, window: Window[CustomerKey]
) -> tuple[list[Customer], int]:
    """A stretch of the people in a group, the latest to buy first, and how many there are."""
    within = (
        Customer.mall_id == group.mall_id,
        Customer.merchant_id == group.merchant_id,
        Customer.groups.contains([group.name]),
    )
    rows = await uow.session.scalars(newest_first(select(Customer).where(*within), window))
    total = await uow.session.scalar(select(func.count()).select_from(Customer).where(*within))
    return list(rows), total or 0


async def move(uow: UnitOfWork, group: CustomerGroup, who: str, *, into: bool) -> UUID:
    """Puts a customer into a group that is kept by hand, or takes them out.

    `who` is a mobile or a member number. Raises Conflict for an automatic group, Invalid for
    somebody who isn't the shop's customer.
    """
    if group.condition is not None:
        raise Conflict("group_is_automatic")
    digits = digits_to_latin(normalise(who)).replace(" ", "").replace("-", "")
    member_id = await uow.session.scalar(
        select(Customer.member_id).where(
            Customer.mall_id == group.mall_id,
            Customer.merchant_id == group.merchant_id,
            or_(Customer.mobile == digits, Customer.number == digits),
        )
    )
    if member_id is None:
        raise Invalid.field("/who", "not_your_customer")
    change = put if into else take
    await change(uow, group.merchant_id, [member_id], Customer.groups, group.name)
    return member_id
