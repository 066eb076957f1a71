"""Rewards and claims as templates take them."""

from collections import Counter
from datetime import timedelta
from typing import Any, Final

from merchants.rewards.models import Reward, RewardClaim
from merchants.rewards.paying import Draw
from merchants.rewards.queries import Chance, ClaimRow
from timcheh.errors.texts import error_detail
from timcheh.web.pages import PageContext

INSTANT: Final = timedelta(microseconds=1)
SIGNS: Final = {
    "discount": "ticket-percent",
    "product": "package",
    "service": "sparkles",
    "event": "ticket",
}
"""The icon of each kind."""
_STATES: Final = {
    "open": "claimed",
    "handed": "delivered",
    "cancelled": "cancelled",
    "lapsed": "expired",
}


def shown_reward(
    page: PageContext, reward: Reward, counts: Counter[str], *, picture: bool = False
) -> dict[str, Any]:
    """As the shop sees it."""
    return {
        "id": reward.id,
        "name": reward.name,
        "words": reward.words,
        "kind": reward.kind,
        "sign": SIGNS[reward.kind],
        "points": reward.points,
        "amount": reward.amount,
        "sku": reward.sku,
        "place": reward.place,
        "event_at": reward.event_at,
        "starts": reward.starts_at,
        "until": reward.ends_at - INSTANT if reward.ends_at else None,
        "claim_days": reward.claim_days,
        "per_member": reward.per_member,
        "stock": reward.stock,
        "left": None if reward.stock is None else reward.stock - reward.taken,
        "taken": reward.taken,
        "handed": counts["handed"],
        "waiting": counts["open"],
        "back": counts["cancelled"] + counts["lapsed"],
        "published": reward.state == "published",
        "state": _state(page, reward),
        "picture": page.url(f"rewards/{reward.id}/picture") if picture else "",
    }


def shown_chance(page: PageContext, chance: Chance, *, picture: bool = False) -> dict[str, Any]:
    """As a member finds it, or the till for them."""
    reward, stands = chance.reward, chance.obstacle
    return {
        "id": reward.id,
        "name": reward.name,
        "words": reward.words,
        "kind": reward.kind,
        "sign": SIGNS[reward.kind],
        "points": reward.points,
        "held": chance.held,
        "amount": reward.amount,
        "place": reward.place,
        "event_at": reward.event_at,
        "until": reward.ends_at - INSTANT if reward.ends_at else None,
        "claim_days": reward.claim_days,
        "left": None if reward.stock is None else reward.stock - reward.taken,
        "open": stands is None,
        "short": stands is not None and stands.code == "points_short",
        "why_not": "" if stands is None else error_detail(stands, page.locale),
        "picture": page.url(f"rewards/{reward.id}/picture") if picture else "",
    }


def shown_claim(page: PageContext, claim: RewardClaim) -> dict[str, Any]:
    """A claim; `state` is one that `ui.state` knows."""
    over = claim.state == "open" and claim.deadline <= page.now
    return {
        "id": claim.id,
        "name": claim.name,
        "code": claim.code,
        "points": claim.points,
        "reason": claim.reason or "",
        "state": "expired" if over else _STATES[claim.state],
        "open": claim.state == "open" and not over,
        "until": claim.deadline - INSTANT,
        "at": claim.created_at,
        "handed_at": claim.handed_at,
        "at_till": claim.at_till,
        "is_credit": claim.lot_id is not None,
        "value": sum(Draw.read(each).value for each in claim.spent),
    }


def shown_row(page: PageContext, row: ClaimRow) -> dict[str, Any]:
    """A claim with its taker, as far as the shop knows them."""
    mobile = page.digits(row.mobile)
    return shown_claim(page, row.claim) | {
        "who": row.name or mobile or page.text("rewards-stranger"),
        "reward_id": row.claim.reward_id,
    }


def _state(page: PageContext, reward: Reward) -> str:
    if reward.state == "draft":
        return "draft"
    ends = [end for end in (reward.ends_at, reward.event_at) if end is not None]
    return "ended" if any(end <= page.now for end in ends) else "active"
