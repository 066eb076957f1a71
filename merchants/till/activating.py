"""An offer is activated at the till at the member's word, or put away again."""

from collections.abc import Mapping
from typing import Final

from merchants.activating.service import activate, deactivate
from merchants.purchases.command import Till
from merchants.purchases.decision import NewMember
from merchants.till.entry import Entry
from merchants.till.preview import active_of, decide_entry, waiting_of
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.web.pages import PageContext

ON: Final = "activate"
OFF: Final = "deactivate"
"""Fields of the till's form: the offer that a button activates, or puts away."""


async def change_activation(
    page: PageContext, entry: Entry, till: Till, fields: Mapping[str, str]
) -> None:
    """Does what the pressed button says, once, and notes who did it.

    Nothing where there is nothing to change (any more): the preview that follows tells what is.
    """
    if entry.member is None:
        return
    try:
        decision = await decide_entry(page, entry, till, entry.member)
    except TimchehError:
        return  # the preview says why
    member, shop = decision.member, till.merchant_id
    if isinstance(member, NewMember):
        return
    on, off = fields.get(ON, ""), fields.get(OFF, "")
    async with page.database.unit_of_work(Scope.mall(till.mall_id)) as uow:
        if on in waiting_of(decision):
            done = await activate(uow, member.id, shop, on, by=page.caller.id)
        elif off in active_of(decision):
            done = await deactivate(uow, member.id, shop, off)
        else:
            return
        if done:
            act, noted = "activated" if on else "deactivated", {"offer": on or off}
            await record(
                uow,
                page.caller,
                f"offer.{act}",
                "member",
                member.id,
                merchant_id=shop,
                after=noted,
            )
