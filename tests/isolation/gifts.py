"""Rows of what shops give away, for the world of the isolation tests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from members.cards.models import Card, CardOrder
from merchants.codes.models import CodeBatch, ProductCode
from merchants.giftcards.models import GiftCard, KeptGiftCard
from merchants.referral.models import ReferralProgramme, Thanks
from timcheh.ids import new_id
from timcheh.printing.models import PrintPart
from timcheh.text.cards import random_member_number


def gift_rows(
    ids: dict[str, str], mall: UUID, shop: UUID, member: UUID, now: datetime
) -> list[Any]:
    """One of each table that a shop owns; the first shop's ids are noted for whoever asks."""
    batch = new_id()
    card, order, number = new_id(), new_id(), random_member_number()
    for name, id in {"code_batch_id": batch, "card_id": card, "order_id": order}.items():
        ids.setdefault(name, str(id))
    return [
        GiftCard(
            mall_id=mall, id=card, merchant_id=shop, number=random_member_number(), created_at=now
        ),
        KeptGiftCard(mall_id=mall, member_id=member, card_id=card, kept_at=now),
        CardOrder(
            mall_id=mall,
            id=order,
            merchant_id=shop,
            name="x",
            kind="credit",
            count=1,
            title="x",
            words="",
            colour="#000000",
            actor_id=shop,
            created_at=now,
        ),
        Card(
            mall_id=mall,
            number=number,
            order_id=order,
            merchant_id=shop,
            serial=1,
            state="lost",
            member_id=member,
        ),
        ReferralProgramme(
            mall_id=mall, merchant_id=shop, first_reward=1, levels=[100], updated_at=now
        ),
        Thanks(
            mall_id=mall,
            id=new_id(),
            merchant_id=shop,
            purchase_id=new_id(),
            kind="commission",
            level=1,
            person_id=member,
            cause_id=new_id(),
            base=100,
            amount=1,
            created_at=now,
        ),
        CodeBatch(
            mall_id=mall,
            id=batch,
            merchant_id=shop,
            name="x",
            points=1,
            scope_id=new_id(),
            count=1,
            starts_at=now,
            link="x",
            actor_id=shop,
            created_at=now,
        ),
        ProductCode(
            mall_id=mall,
            digest=new_id().bytes,
            merchant_id=shop,
            batch_id=batch,
            serial=1,
            redeemed_at=now,
            member_id=member,
            at_till=True,
            lot_id=new_id(),
        ),
        PrintPart(
            mall_id=mall,
            subject_id=batch,
            number=1,
            kind="x",
            merchant_id=shop,
            first=1,
            last=1,
            made_at=now,
            content=b"x",
        ),
    ]
