"""Rows of what shops try and what is found at their tills: margins, back-tests, alerts."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from merchants.alerts.models import BURST, Alert
from merchants.backtests.models import Backtest
from merchants.margins.models import GroupMargin
from merchants.purchases.models import VainGuess
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


def trial_rows(uow: UnitOfWork, shop: UUID, member: UUID) -> Iterator[Any]:
    """One row of each such table, for a shop and a customer of it."""
    now = uow.now
    own: dict[str, Any] = {"mall_id": uow.scope.mall_id, "merchant_id": shop}
    yield GroupMargin(**own, product_group="", margin_bps=3_000, updated_at=now)
    yield VainGuess(**own, id=new_id(), kind="gift_card", at=now)
    yield Backtest(
        **own,
        id=new_id(),
        rule="credit",
        fingerprint="x",
        rules=[{"name": "credit", "then": [{"effect": "discount_amount", "amount": 1}]}],
        base=[],
        base_version=1,
        assumptions={},
        state="cancelled",
        done=0,
        whole=0,
        created_at=now,
    )
    yield Alert(
        **own,
        id=new_id(),
        kind=BURST,
        subject=member,
        number=1,
        first_at=now,
        last_at=now,
        purchases=[],
        figures={},
        crosses=True,
        state="open",
        created_at=now,
    )
