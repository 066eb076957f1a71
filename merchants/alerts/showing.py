"""Alerts in words, for the shop and for the mall."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from merchants.alerts.models import (
    GUESSING,
    REFUND_LOOP,
    REFUSED_SPEND,
    RING,
    SELF_GIFT,
    Alert,
)
from merchants.purchases.showing import money
from timcheh.web.pages import PageContext

_WORTH: Final = {
    REFUND_LOOP: "alerts-paid-back",
    RING: "alerts-withheld",
    SELF_GIFT: "alerts-worth",
    REFUSED_SPEND: "alerts-refused",
}
"""What the money of a piece of evidence is, where it is not what was earned."""
_NO_PURCHASES: Final = {SELF_GIFT: "alerts-gift", REFUSED_SPEND: "alerts-request"}
"""Kinds whose evidence can't be opened as purchases, and what it is."""


def hands_of(rows: Sequence[Alert]) -> set[UUID]:
    """By whose hand it was done, and everyone else who had a hand in it."""
    return {row.actor_id for row in rows if row.actor_id} | {
        UUID(each["actor_id"]) for row in rows for each in row.purchases if each["actor_id"]
    }


def shown_alert(
    page: PageContext, row: Alert, who: str, names: Mapping[UUID, str]
) -> dict[str, Any]:
    """An alert for a template. `who`: whom it is about, as the reader may know it."""
    hand = names.get(row.actor_id, "") if row.actor_id else ""
    figures, kind = row.figures, row.kind.replace("_", "-")
    return {
        "id": row.id,
        "kind": row.kind,
        "title": page.text(f"alert-{kind}"),
        "text": page.text(
            f"alert-{kind}.text",
            count=figures.get("count", 0),
            total=money(page, figures.get("total", 0)),
            earned=money(page, figures.get("earned", 0)),
            who=who or page.text("alerts-somebody"),
            hand=hand or page.text("alerts-no-hand"),
        ),
        "who": who,
        "hand": hand,
        "at": row.last_at,
        "first_at": row.first_at,
        "state": row.state,
        "closer": row.closer,
        "closed_at": row.closed_at,
        "note": row.closing_note,
        "what": page.text(_NO_PURCHASES.get(row.kind, "alerts-purchase")),
        "worth": page.text(_WORTH.get(row.kind, "alerts-earned")),
        "is_guessing": row.kind == GUESSING,
        "is_ring": row.kind == RING,
        "of_purchases": row.kind not in _NO_PURCHASES,
    }


def shown_evidence(
    page: PageContext, row: Alert, names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """The purchases that it rests on, newest first."""
    return [_piece(page, each, names) for each in reversed(row.purchases)]


def _piece(page: PageContext, each: Mapping[str, Any], names: Mapping[UUID, str]) -> dict[str, Any]:
    actor, ground = each["actor_id"], each.get("ground")
    return {
        "id": each["id"],
        "at": datetime.fromisoformat(each["at"]),
        "total": each["total"],
        "earned": each["earned"],
        "hand": names.get(UUID(actor), "") if actor else "",
        "ground": page.text(f"alerts-ground-{ground}") if ground else each.get("reason", ""),
    }
