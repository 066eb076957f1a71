"""Enrolling members outside a sale, and finding them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from members.people.errors import MobileTaken
from members.people.finding import finds
from members.people.models import Member
from members.profiles.models import Profile
from members.quota.errors import quota_refusals
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.text.cards import random_member_number


async def enrol(
    uow: UnitOfWork,
    mobile: str,
    *,
    name: str | None = None,
    birthday: date | None = None,
    neighbourhood: str | None = None,
    source: str = "mall",
    merchant_id: UUID | None = None,
    actor_id: UUID | None = None,
) -> Member:
    """A new member with a number of their own. `mobile` is normalised. Raises MobileTaken,
    MemberQuotaReached."""
    taken = await uow.session.scalar(
        select(Member.id).where(Member.mall_id == uow.scope.mall_id, Member.mobile == mobile)
    )
    if taken is not None:
        raise MobileTaken
    member = Member(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        number=random_member_number(),
        mobile=mobile,
        name=name,
        birthday=birthday,
        state="active",
        source=source,
        enrolled_merchant_id=merchant_id,
        enrolled_branch_id=None,
        enrolled_actor_id=actor_id,
        referrer_id=None,
        created_at=uow.now,
    )
    uow.session.add(member)
    with quota_refusals():
        await uow.session.flush()
    if neighbourhood is not None:
        profile = Profile(
            mall_id=member.mall_id,
            member_id=member.id,
            neighbourhood=neighbourhood,
            updated_at=uow.now,
        )
        uow.session.add(profile)
        await uow.session.flush()
    return member


async def find_member(
    uow: UnitOfWork,
    *,
    id: UUID | None = None,
    mobile: str | None = None,
    number: str | None = None,
) -> Member:
    """The member with that id, mobile or number, whichever is given. Raises NotFound."""
    query = select(Member).where(Member.mall_id == uow.scope.mall_id)
    if id is not None:
        query = query.where(Member.id == id)
    elif mobile is not None:
        query = query.where(Member.mobile == mobile)
    else:
        query = query.where(Member.number == number)
    member = await uow.session.scalar(query)
    if member is None:
        raise NotFound
    return member


async def introduce(
    uow: UnitOfWork, member_id: UUID, name: str | None, birthday: date | None
) -> None:
    """Takes a member's word for who they are. In their own scope."""
    await uow.session.execute(
        update(Member)
        .where(Member.mall_id == uow.scope.mall_id, Member.id == member_id)
        .values(name=name, birthday=birthday)
        .execution_options(synchronize_session=False)
    )


async def list_members(
    uow: UnitOfWork, after: UUID | None, fetch: int, typed: str = ""
) -> list[Member]:
    """Members of the mall, newest first; those in whom `typed` is found."""
    query = select(Member).where(Member.mall_id == uow.scope.mall_id)
    if typed:
        query = query.where(finds(typed, Member.name, Member.mobile, Member.number))
    if after is not None:
        query = query.where(Member.id < after)
    return list(await uow.session.scalars(query.order_by(Member.id.desc()).limit(fetch)))


async def mobiles_of(uow: UnitOfWork, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Members' mobiles, by id (mall scope); ids that are nobody's are left out."""
    rows = await uow.session.execute(
        select(Member.id, Member.mobile).where(
            Member.mall_id == uow.scope.mall_id, Member.id.in_(member_ids)
        )
    )
    return dict(rows.all())
