"""Undoing a batch: what nobody has used since goes, the rest stays and is counted."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from members.facade import forget_listed, forget_noted
from merchants.customers.models import Customer
from merchants.importing import merging
from merchants.importing.models import ImportBatch, ImportChange
from merchants.importing.queries import ImportStore
from merchants.purchases.models import Purchase
from timcheh.db import UnitOfWork
from timcheh.ledger import postings
from timcheh.ledger.contracts import LotState
from timcheh.ledger.queries import grants_of

STRETCH: Final = 500


async def undo_some(uow: UnitOfWork, batch: ImportBatch) -> Counter[str] | None:
    """Undoes some customers' changes and counts: `removed`, `restored`, `kept`. None at the end.

    Kept is a customer who has bought since, whose opening balance was touched, or of whom
    something else was written since. In the mall's scope.
    """
    changes = await _next_changes(uow, batch)
    if not changes:
        return None
    ids = [change.member_id for change in changes]
    used = await _bought(uow, batch, ids)
    store = ImportStore(await uow.driver(), uow, batch)
    now_known = await store.customers(ids)
    lots = await postings.lock_lots(uow, [lot for change in changes for lot in change.lots])
    counts: Counter[str] = Counter()
    removed: list[ImportChange] = []
    restored: list[tuple[ImportChange, dict[str, Any]]] = []
    takes: list[UUID] = []
    for change in changes:
        free = [lot for lot in change.lots if lot in lots and _untouched(lots[lot])]
        told = merging.known(now_known.get(change.member_id, {}))
        as_left = all(told.get(name) == value for name, value in change.after.items())
        takes += free
        if change.made_customer:
            whole = change.member_id not in used and len(free) == len(change.lots)
            only = set(told) <= set(change.after)
            if whole and as_left and only:
                removed.append(change)
                counts["removed"] += 1
            else:
                counts["kept"] += 1
            continue
        back = {
            name: change.before.get(name)
            for name, value in change.after.items()
            if told.get(name) == value
        }
        if back:
            restored.append((change, back))
        if len(back) == len(change.after) and len(free) == len(change.lots):
            counts["restored"] += 1
        else:
            counts["kept"] += 1
    await _take_back(uow, batch, takes, lots)
    await _restore(store, now_known, restored, uow)
    await _remove(uow, batch, removed)
    await uow.session.execute(_rows(delete(ImportChange), batch, ids))
    return counts


def _untouched(lot: LotState) -> bool:
    return lot.free == lot.granted


async def _next_changes(uow: UnitOfWork, batch: ImportBatch) -> Sequence[ImportChange]:
    rows = await uow.session.scalars(
        select(ImportChange)
        .where(
            ImportChange.mall_id == batch.mall_id,
            ImportChange.merchant_id == batch.merchant_id,
            ImportChange.batch_id == batch.id,
        )
        .order_by(ImportChange.member_id)
        .limit(STRETCH)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def _bought(uow: UnitOfWork, batch: ImportBatch, ids: Sequence[UUID]) -> set[UUID]:
    rows = await uow.session.scalars(
        select(Purchase.member_id)
        .where(
            Purchase.mall_id == batch.mall_id,
            Purchase.merchant_id == batch.merchant_id,
            Purchase.member_id.in_(ids),
        )
        .distinct()
    )
    return set(rows)


async def _take_back(
    uow: UnitOfWork, batch: ImportBatch, lot_ids: Sequence[UUID], lots: dict[UUID, LotState]
) -> None:
    if not lot_ids:
        return
    head = postings.transfer(uow, "return", reference_id=batch.id, actor_id=batch.created_by)
    takes = [
        grant._replace(transfer_id=head.id, amount=-lots[grant.lot_id].free)
        for grant in await grants_of(uow, lot_ids)
    ]
    await postings.unwind(uow, head, (), takes, uow.now)


async def _restore(
    store: ImportStore,
    now_known: dict[UUID, Any],
    restored: Sequence[tuple[ImportChange, dict[str, Any]]],
    uow: UnitOfWork,
) -> None:
    profiles = []
    for change, back in restored:
        row = now_known[change.member_id]
        shared = set(row.get("shared") or ())
        profile = {name: value for name, value in row.items() if name not in ("name", "birthday")}
        profiles.append(
            {
                **merging.applied(profile, back, shared),
                "mall_id": change.mall_id,
                "merchant_id": change.merchant_id,
                "member_id": change.member_id,
                "updated_at": uow.now.isoformat(),
            }
        )
        customer = await uow.session.get(
            Customer, (change.mall_id, change.merchant_id, change.member_id)
        )
        assert customer is not None
        for name in back.keys() & {"name", "birthday"}:
            setattr(customer, name, merging.typed(name, back[name]))
    if profiles:
        await store.put_profiles(profiles)


async def _remove(uow: UnitOfWork, batch: ImportBatch, removed: Sequence[ImportChange]) -> None:
    if not removed:
        return
    ids = [change.member_id for change in removed]
    await forget_noted(uow, batch.merchant_id, ids)
    await uow.session.execute(
        delete(Customer).where(
            Customer.mall_id == batch.mall_id,
            Customer.merchant_id == batch.merchant_id,
            Customer.member_id.in_(ids),
        )
    )
    made = {change.member_id for change in removed if change.made_member}
    elsewhere = await uow.session.scalars(
        select(Customer.member_id).where(
            Customer.mall_id == batch.mall_id, Customer.member_id.in_(made)
        )
    )
    await forget_listed(uow, sorted(made - set(elsewhere)))


def _rows(statement: Any, batch: ImportBatch, ids: Sequence[UUID]) -> Any:
    return statement.where(
        ImportChange.mall_id == batch.mall_id,
        ImportChange.merchant_id == batch.merchant_id,
        ImportChange.batch_id == batch.id,
        ImportChange.member_id.in_(ids),
    )
