"""The first round trip of a purchase: who it is, what is known of them, what they can spend."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from merchants.caps.room import Cap, CreditRoom, room_of
from merchants.catalogue.terms import SoldGood
from merchants.colleagues.terms import Rate, Terms
from merchants.concessions.room import ConcessionRoom
from merchants.concessions.room import room_of as concession_room_of
from merchants.programme.book import Wants
from merchants.purchases.command import PurchaseCommand
from merchants.purchases.spending import SpendableLot
from merchants.purchases.vat import Vat
from timcheh.calendar import local_date
from timcheh.rules import NOTHING_USED, CustomerFacts, Entitlement, Usage
from timcheh.rules.basket import match_key
from timcheh.rules.rfm import RfmScale

_CALL = "SELECT * FROM merchants.quote_many($1, $2)"


class QuoteIn(NamedTuple):
    """A row of `merchants.quote_in`."""

    item: int
    merchant_id: UUID
    branch_id: UUID | None
    mobile: str | None
    number: str | None
    member_id: UUID | None
    gift_number: str | None
    principal_id: UUID
    key: str | None
    wants_lots: bool
    wants_network: bool
    wants_usage: bool
    wants_entitlements: bool
    wants_activations: bool
    wants_history: bool
    wants_holdings: bool
    wants_nearness: bool
    skus: list[str]
    wants_goods: bool
    colleagues: list[UUID]
    concession_by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """What an idempotency key was answered the first time."""

    fingerprint: bytes
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member; `is_customer` says whether this shop knows them, `card_kind` what their card lets
    them do here."""

    id: UUID
    number: str
    mobile: str
    blocked: bool
    birthday: date | None
    is_customer: bool
    debt: int
    facts: CustomerFacts
    customer_of: Sequence[UUID]
    card_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Everything that a decision needs. `branch_state` is open, closed, or None for an unknown one;
    open too where none is named. `goods` by SKU, `colleagues` (active ones) by id; `activated` are
    rules by name."""

    stored: StoredOutcome | None
    merchant_active: bool
    branch_state: str | None
    rules_version: int
    own_max_share_bps: int | None
    member: KnownMember | None
    usage: Usage
    entitlements: Mapping[str, Entitlement]
    goods: Mapping[str, SoldGood]
    lots: tuple[SpendableLot, ...]
    colleagues: Mapping[UUID, Terms] = field(default_factory=dict)
    credit_room: CreditRoom | None = None
    concession_room: ConcessionRoom | None = None
    vat: Vat | None = None
    approve_above: int | None = None
    activated: frozenset[str] = frozenset()


def quote_in(command: PurchaseCommand, at: datetime, wants: Wants) -> QuoteIn:
    """The question; the item's number is set when it joins a batch."""
    till, member = command.till, command.member
    return QuoteIn(
        0,
        till.merchant_id,
        till.branch_id,
        member.mobile,
        member.card,
        member.id,
        command.spend.gift_card,
        till.principal_id,
        command.key,
        command.spend.anything or command.dry_run,
        wants.network,
        wants.usage,
        wants.entitlements,
        wants.activations,
        wants.history,
        wants.holdings,
        wants.nearness,
        [line.sku for line in command.lines if line.sku],
        any(line.wants_good for line in command.lines),
        [line.colleague_id for line in command.lines if line.colleague_id],
        command.concession_by,
        at,
    )


async def ask(connection: Any, mall_id: UUID, items: Sequence[QuoteIn]) -> list[Quote]:
    """A batch of quotes in one call."""
    numbered = [item._replace(item=number) for number, item in enumerate(items)]
    rows = await connection.fetch(_CALL, mall_id, numbered)
    return [
        _read(list(group), items[number].at)
        for number, group in groupby(rows, key=lambda row: row["item"])
    ]


def _read(rows: list[Any], at: datetime) -> Quote:
    first = rows[0]
    return Quote(
        stored=_stored(first),
        merchant_active=first["merchant_state"] == "active",
        branch_state=first["branch_state"],
        rules_version=first["rules_version"] or 0,
        own_max_share_bps=first["own_max_share_bps"],
        member=_member(first) if first["member_id"] else None,
        usage=_usage(first["usage"], at),
        entitlements=_entitlements(first["entitlements"]),
        activated=frozenset(first["activated"] or ()),
        goods={each["sku"]: SoldGood(**each) for each in json.loads(first["products"] or "[]")},
        lots=tuple(_lots(rows)),
        colleagues=_colleagues(first["colleagues"]),
        credit_room=_room(first["caps"], first["credit_today"]),
        concession_room=concession_room_of(json.loads(first["concession"]))
        if first["concession"]
        else None,
        vat=Vat(first["vat_bps"], first["vat_included"]) if first["vat_bps"] else None,
        approve_above=first["approve_above"],
    )


def _colleagues(written: str | None) -> dict[UUID, Terms]:
    found: dict[UUID, dict[str, Rate]] = {}
    for id, group, bps, amount in json.loads(written or "[]"):
        terms = found.setdefault(UUID(id), {})
        if group is not None:  # a colleague without any terms has one row all the same
            terms[match_key(group)] = Rate(bps, amount)
    return dict(found)


def _room(written: str | None, used_today: int | None) -> CreditRoom | None:
    if written is None:
        return None
    return room_of([Cap(*row) for row in json.loads(written)], used_today or 0)


def _stored(row: Any) -> StoredOutcome | None:
    if row["stored_fingerprint"] is None or row["stored_status"] is None:
        return None
    return StoredOutcome(row["stored_fingerprint"], row["stored_status"], row["stored_body"])


def _member(row: Any) -> KnownMember:
    return KnownMember(
        id=row["member_id"],
        number=row["number"],
        mobile=row["mobile"],
        blocked=row["member_state"] != "active",
        birthday=row["birthday"],
        is_customer=row["is_customer"],
        debt=row["debt"] or 0,
        facts=CustomerFacts(
            purchases=row["purchases"] or 0,
            spend=row["spend"] or 0,
            last_at=row["last_at"],
            groups=row["groups"] or (),
            tier=row["tier"],
            **_history(row["history"]),
            **json.loads(row["holdings"] or "{}"),
            **_nearness(row["nearness"]),
        ),
        customer_of=row["customer_of"] or (),
        card_kind=row["card_kind"],
    )


def _nearness(written: str | None) -> dict[str, Any]:
    """How far from a branch the member said they were, and when."""
    if written is None:
        return {}
    metres, seen_at = json.loads(written)
    return {"near_metres": metres, "near_at": datetime.fromisoformat(seen_at)}


def _history(written: str | None) -> dict[str, Any]:
    """The facts of `merchants.known_history`, where they were asked for."""
    if written is None:
        return {}
    known: dict[str, Any] = json.loads(written)
    if known["first_at"] is not None:
        known["first_at"] = datetime.fromisoformat(known["first_at"])
    if known["wedding"] is not None:
        known["wedding"] = date.fromisoformat(known["wedding"])
    if known["scale"] is not None:
        known["scale"] = RfmScale(*map(tuple, known["scale"]))
    return known


def _usage(written: str | None, at: datetime) -> Usage:
    if written is None:
        return NOTHING_USED
    rows = json.loads(written)
    today = local_date(at).isoformat()
    return Usage(
        member={rule: used for rule, own, used, *_ in rows if own},
        total={rule: used for rule, own, used, *_ in rows if not own},
        # Also what a day has that this process's clock has not reached yet.
        today={rule: used for rule, own, _, _, day, used in rows if not own and day >= today},
        times={rule: times for rule, own, _, times, *_ in rows if own},
    )


def _entitlements(written: str | None) -> Mapping[str, Entitlement]:
    if written is None:
        return {}
    return {
        rule: Entitlement(
            datetime.fromisoformat(opened),
            datetime.fromisoformat(expires),
            datetime.fromisoformat(used) if used else None,
        )
        for rule, opened, expires, used in json.loads(written)
    }


def _lots(rows: list[Any]) -> Iterator[SpendableLot]:
    for row in rows:
        if row["lot_id"] is not None:
            yield SpendableLot(
                id=row["lot_id"],
                unit=row["unit"],
                is_gift=row["holder_kind"] == "gift_card",
                issuer_id=row["issuer_id"],
                scope_id=row["scope_id"],
                scope_kind=row["scope_kind"],
                available=row["available"],
                expires_at=row["expires_at"],
                created_at=row["created_at"],
                price=row["redeem_price"] if row["unit"] == "point" else 1,
                fee_bps=row["fee_bps"],
                max_share_bps=row["max_share_bps"],
                width=row["width"],
            )
