"""Taking a member's own words and numbers out of the club's tables. In the mall's scope.

What is left is a row without anybody: it keeps the id that purchases and entries name.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import select

from members.cards.models import Card
from members.people.models import ERASED, Member
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.forgetting import Person, run_each
from timcheh.notify.service import NOBODY
from timcheh.text.cards import random_member_number

_FORGET: Final = (
    "DELETE FROM members.profile WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM members.consent WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM members.invitation WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM members.member_device WHERE mall_id = :mall AND member_id = :member",
    # A printed card is still about: its number must go on being refused. Nobody knows whose it was.
    """
    UPDATE members.card
    SET member_id = NULL, successor = NULL,
        ended_at = CASE WHEN state = 'active' THEN :at ELSE ended_at END,
        state = CASE WHEN state = 'active' THEN 'lost' ELSE state END
    WHERE mall_id = :mall AND member_id = :member AND order_id IS NOT NULL
    """,
    "DELETE FROM members.card WHERE mall_id = :mall AND member_id = :member",
    # Nobody is thanked for bringing anyone any more.
    "UPDATE members.member SET referrer_id = NULL WHERE mall_id = :mall AND referrer_id = :member",
    """
    UPDATE members.member
    SET state = 'erased', mobile = :nobody, number = :number, name = NULL, birthday = NULL,
        referrer_id = NULL, card_kind = 'credit', card_merchant_id = NULL
    WHERE mall_id = :mall AND id = :member
    """,
    "UPDATE members.quota SET members = greatest(members - 1, 0) WHERE mall_id = :mall",
    "SELECT members.forget_in_log(:mall, :member, :words)",
)


async def lock_person(uow: UnitOfWork, member_id: UUID) -> Person:
    """The member, whose row nobody else changes until the end. Raises NotFound for one who is
    erased already, as for none."""
    mall = uow.scope.mall_id
    member = await uow.session.scalar(
        select(Member).where(Member.mall_id == mall, Member.id == member_id).with_for_update()
    )
    if member is None or member.state == ERASED:
        raise NotFound
    cards = await uow.session.scalars(
        select(Card.number).where(Card.mall_id == mall, Card.member_id == member_id)
    )
    numbers = dict.fromkeys((member.number, *sorted(cards)))
    return Person(member.id, member.mobile, tuple(numbers), member.name)


async def forget_member(uow: UnitOfWork, person: Person) -> None:
    """Leaves the row without anybody: its number was never anyone's, its mobile is none."""
    new = {
        "nobody": f"{NOBODY}{person.id}",
        "number": random_member_number(),
        "at": uow.now,
    }
    await run_each(uow, _FORGET, person, new)
    uow.session.expire_all()
