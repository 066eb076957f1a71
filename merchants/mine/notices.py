"""What shops have for a member beside their value: what they ask, and codes to be used."""

from typing import Any

from merchants.approving.club import shown as shown_approval
from merchants.approving.service import waiting_for as approvals_for
from merchants.doors.gifts import codes_held
from merchants.places.service import anyone_placed
from merchants.shops.service import shop_names
from merchants.surveys.answering import waiting_for
from merchants.surveys.club import shown_waiting
from timcheh.db import Scope
from timcheh.web.pages import PageContext


async def notices(page: PageContext) -> dict[str, Any]:
    """For the home of the member who is signed in: `approvals` of spending that wait, `surveys`,
    `codes`, and whether anything can be `near`."""
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        asked = await approvals_for(uow, caller.id)
        waiting = await waiting_for(uow, caller.id)
        held = await codes_held(uow, caller.id)
        placed = await anyone_placed(uow)
        names = await shop_names(uow) if asked or waiting or held else {}
    return {
        "near": placed,
        "approvals": [
            shown_approval(each, names.get(each.merchant_id, ""), page) for each in asked
        ],
        "surveys": [shown_waiting(page, each, names) for each in waiting],
        "codes": [
            {"shop": names.get(each.merchant_id, ""), "code": each.code, "until": each.ends_at}
            for each in held
        ],
    }
