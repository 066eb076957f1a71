"""Taking a person out of what shops keep. In the mall's scope.

Purchases, invoices and what was given stay with the id of nobody; what a shop knew of the person,
wrote of them or had of them in a file goes.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork
from timcheh.forgetting import Person, run_each
from timcheh.ledger import postings

_FORGET: Final = (
    # Without a mobile a customer is shown as an erased member. What purchases tell stays: it is
    # always what the history tells.
    """
    UPDATE merchants.customer
    SET number = '', mobile = '', name = NULL, birthday = NULL, groups = '{}', tags = '{}',
        tier = NULL, tier_since = NULL, tier_progress = NULL
    WHERE mall_id = :mall AND member_id = :member
    """,
    "DELETE FROM merchants.customer_profile WHERE mall_id = :mall AND member_id = :member",
    """
    UPDATE merchants.customer_profile SET referrer_id = NULL
    WHERE mall_id = :mall AND referrer_id = :member
    """,
    "DELETE FROM merchants.nearness WHERE mall_id = :mall AND member_id = :member",
    """
    UPDATE merchants.gift_card SET to_name = NULL, words = NULL, giver_id = NULL, giver_bps = 0
    WHERE mall_id = :mall AND giver_id = :member
    """,
    "DELETE FROM merchants.offer_wish WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM merchants.offer_activation WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM merchants.kept_gift_card WHERE mall_id = :mall AND member_id = :member",
    # Choices and grades are counted on; what was said in words is the person's.
    """
    UPDATE merchants.survey_invitation
    SET answers = coalesce((
        SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(answers) e
        WHERE jsonb_typeof(e.value) <> 'string'
    ), '{}')
    WHERE mall_id = :mall AND member_id = :member AND answers IS NOT NULL
    """,
    """
    UPDATE merchants.activity_report SET proof = '', why_not = NULL
    WHERE mall_id = :mall AND member_id = :member
    """,
    """
    UPDATE merchants.reward_claim SET reason = NULL
    WHERE mall_id = :mall AND member_id = :member AND kernel.mentions(reason, :words)
    """,
    """
    UPDATE merchants.alert
    SET purchases = merchants.without_person(purchases, :words),
        closing_note = CASE
            WHEN kernel.mentions(closing_note, :words) THEN '—' ELSE closing_note END
    WHERE mall_id = :mall AND subject = :member
    """,
    """
    UPDATE merchants.import_change SET before = '{}', after = '{}'
    WHERE mall_id = :mall AND member_id = :member
    """,
    """
    DELETE FROM merchants.import_fault
    WHERE mall_id = :mall AND merchants.writes_mobile(cells, :mobile)
    """,
    """
    UPDATE merchants.import_batch
    SET sample = coalesce((
        SELECT jsonb_agg(e.value ORDER BY e.n)
        FROM jsonb_array_elements(sample) WITH ORDINALITY AS e (value, n)
        WHERE NOT merchants.writes_mobile(e.value, :mobile)
    ), '[]')
    WHERE mall_id = :mall AND merchants.writes_mobile(sample, :mobile)
    """,
    "SELECT merchants.forget_in_sales(:mall, :member, :words)",
)
_COMMISSIONS: Final = text(
    """
    SELECT b.owner_id, -sum(b.amount)::bigint FROM ledger.balances(:mall) b
    WHERE b.account = 'commission_due' AND b.counterparty_id = :member
    GROUP BY b.owner_id HAVING sum(b.amount) <> 0 ORDER BY b.owner_id
    """
)


async def forget_customer(uow: UnitOfWork, person: Person) -> None:
    """Leaves each shop a customer without a name, and the books."""
    await run_each(uow, _FORGET, person)


async def commissions_of(uow: UnitOfWork, member_id: UUID) -> dict[UUID, int]:
    """What each shop owes a member in commission, rial; negative: the member owes it."""
    asked = {"mall": uow.scope.mall_id, "member": member_id}
    return {row[0]: row[1] for row in await uow.session.execute(_COMMISSIONS, asked)}


async def waive_commissions(uow: UnitOfWork, member_id: UUID) -> None:
    """Ends what shops and a member owe each other in commission: nobody is left to be paid."""
    for merchant_id, amount in (await commissions_of(uow, member_id)).items():
        head = postings.transfer(uow, "commission_waived", reference_id=member_id)
        await postings.commission(uow, head, merchant_id, member_id, -amount)
