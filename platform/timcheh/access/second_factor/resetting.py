"""Taking a colleague's second factor away: their phone is lost, and so are their recovery codes."""

from typing import Final

from sqlalchemy import delete

from timcheh.access.models import Staff
from timcheh.access.passkeys.owner import Owner
from timcheh.access.second_factor.models import HalfSignIn
from timcheh.access.second_factor.service import factors_of, turn_off
from timcheh.access.sessions import end_sessions_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.notify.service import queue_message
from timcheh.text.locale import Locale

RESET: Final = "staff.second_factor_reset"
"""What the log calls it."""


async def reset_second_factor(
    uow: UnitOfWork, staff: Staff, *, by: str, mall_name: str, door: str, locale: Locale
) -> None:
    """Turns it off, signs the person out everywhere and tells them by text message who did it. The
    caller logs it, and lets nobody do it for themselves. In the mall's scope; `by` is a name,
    `door` where they sign in. Where there is none there is nothing to do: NotFound."""
    if not (await factors_of(uow, staff.id)).on:
        raise NotFound
    mall_id = uow.scope.mall_id
    await turn_off(uow, Owner(mall_id, staff_id=staff.id))
    await uow.session.execute(
        delete(HalfSignIn).where(HalfSignIn.mall_id == mall_id, HalfSignIn.staff_id == staff.id)
    )
    await end_sessions_of(uow, staff_id=staff.id)
    said = {"mall": mall_name, "by": by, "link": door}
    await queue_message(uow, staff.mobile, "second-factor-reset", said, locale=locale)
