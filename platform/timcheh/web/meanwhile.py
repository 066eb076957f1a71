"""What somebody else wrote while a form was open: nobody's words are overwritten unseen.

A form that changes something carries what it was shown (`PageContext.form`). When it comes back,
`reconciled` compares that, in the transaction that writes, with what was typed and with what is
there now. A field that only one side has changed is that side's; where both have, and differently,
the form comes back with both (BothWrote), and sent once more it is kept as it was typed.
"""

from collections.abc import Awaitable, Collection, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from timcheh.audit.queries import list_entries
from timcheh.calendar import DateStyle, format_date
from timcheh.calendar.relative import format_relative
from timcheh.db import UnitOfWork
from timcheh.web.errors import BothWrote
from timcheh.web.pages import PageContext
from timcheh.web.seen import SEEN, Seen, merged, read_seen, write_seen

_MOST: Final = 20
"""Entries of the log that are looked through."""


class Written(NamedTuple):
    """How the log calls what a form does, and to what: it tells who was faster."""

    action: str
    kind: str
    id: UUID


async def reconciled(
    uow: UnitOfWork,
    page: PageContext,
    data: Mapping[str, str],
    now: Awaitable[Mapping[str, str]],
    written: Written,
    *,
    whole: Collection[str] = (),
    afresh: str = "",
) -> dict[str, str]:
    """The form as it is to be kept: what was typed, and what others wrote at the other fields.

    `now` reads what the form would show now; it is awaited when nobody else can be writing, so
    nothing of it may have been read before in this unit of work. `whole`: see `merged`. `afresh`
    is where the form is shown, if not at the address that it is sent to.
    Raises BothWrote. A form that doesn't say what it was shown is kept as it is.
    """
    await uow.alone(written.kind, written.id)
    there = dict(await now)
    seen = read_seen(data.get(SEEN, ""))
    if seen is None:
        return dict(data)
    found = merged(seen.marks, data, there, whole)
    values = found.values | {SEEN: write_seen(there, page.now)}
    if found.both:
        raise BothWrote(
            values,
            found.both,
            afresh or page.request.url.path,
            **await _told(uow, page, written, seen),
        )
    return values


async def _told(uow: UnitOfWork, page: PageContext, written: Written, seen: Seen) -> dict[str, str]:
    """Who it was and when, if the log tells; a member may not read it."""
    if uow.scope.member_id is not None:
        return {"who": "nobody"}
    log = await list_entries(
        uow, object_type=written.kind, object_id=written.id, action=written.action, limit=_MOST
    )
    since = [entry for entry in log if entry.at >= seen.at]
    if not since:
        return {"who": "nobody"}
    # Whoever was in another tab, too, wants to hear of the others.
    last = next((entry for entry in since if entry.actor_id != page.caller.id), since[0])
    day = format_relative(last.at, page.now, page.locale)
    clock = format_date(last.at, page.locale, DateStyle.SHORT_WITH_TIME).rpartition(" ")[2]
    when = page.text("ui-met-when", day=day, clock=clock)
    if last.actor_id == page.caller.id:
        return {"who": "you", "when": when}
    return {"who": "other", "name": last.actor_name, "when": when}
