"""Reading and changing what a mall is called, how it looks, and on what terms it begins."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import select, update

from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.malls import Mall

_MARK: Final = 12  # hexadecimal digits that tell one logo from another


@dataclass(frozen=True, slots=True)
class MallTerms:
    """What a mall decides of itself. Money in rial; `primary_colour` is `#rrggbb` or none, the
    product's own. The fee and the limit are those that new shops begin with."""

    name: str
    primary_colour: str | None
    display_unit: str
    locale: str
    network_fee_bps: int
    default_credit_limit: int
    return_grace_days: int
    sms_segment_price: int


async def read_terms(uow: UnitOfWork, *, lock: bool = False) -> MallTerms:
    """As they are now; with `lock` until the end of the transaction."""
    found = select(Mall).where(Mall.mall_id == uow.scope.mall_id)
    mall = await uow.session.scalar(found.with_for_update() if lock else found)
    return MallTerms(**{name: getattr(mall, name) for name in MallTerms.__slots__})


async def keep_terms(uow: UnitOfWork, caller: Caller, terms: MallTerms) -> None:
    """Changes them from now on, and writes down what was different."""
    before, after = asdict(await read_terms(uow)), asdict(terms)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return
    await _change(uow, **{name: after[name] for name in changed})
    await record(
        uow,
        caller,
        "mall.changed",
        "mall",
        uow.scope.mall_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


async def put_logo(uow: UnitOfWork, caller: Caller, content: bytes | None) -> None:
    """The mall's logo (PNG), or none any longer."""
    mark = hashlib.sha256(content).hexdigest()[:_MARK] if content else None
    await _change(uow, logo=content, logo_mark=mark)
    what = "mall.logo_changed" if content else "mall.logo_removed"
    await record(uow, caller, what, "mall", uow.scope.mall_id)


async def _change(uow: UnitOfWork, **values: Any) -> None:
    await uow.session.execute(
        update(Mall).where(Mall.mall_id == uow.scope.mall_id).values(**values)
    )
