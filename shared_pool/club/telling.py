"""What happened to a member's value, and where it can be spent, in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from merchants.facade import shop_names
from shared_pool.club.queries import Acceptor, MemberLot, Movement
from timcheh.calendar import DateStyle, format_date, local_date
from timcheh.db import UnitOfWork
from timcheh.money import MoneyUnit, format_money
from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale
from timcheh.web.pages import PageContext

EVERYWHERE: Final = ("network", "wallet")
"""Scopes that every shop of the mall accepts."""
_NAMED: Final = 3
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells in one language; `names` are the shops' by id, and the mall's, which also issues."""

    locale: Locale
    unit: MoneyUnit
    zone: ZoneInfo
    names: Mapping[UUID, str]

    def source(self, of: MemberLot | Movement) -> str:
        """Who gave it: a pool or the wallet by its own name, else the issuer."""
        if of.scope_kind == "wallet":
            return self._text("club-wallet")
        return of.pool or self.name(of.issuer_id)

    def name(self, shop_id: UUID | None) -> str:
        """A shop's name, or the mall's."""
        return self.names.get(shop_id, "") if shop_id else ""

    def amount(self, amount: int, unit: str) -> str:
        """Points with their word, all else as money."""
        if unit == "point":
            return self._text("club-points-n", count=amount)
        return format_money(amount, self.unit, self.locale)

    def both(self, parts: Sequence[str]) -> str:
        """One text, or two with an `and` between."""
        if len(parts) < 2:
            return "".join(parts)
        return self._text("list-and", first=parts[0], last=parts[1])

    def last_day(self, expires_at: datetime) -> date:
        """The day at whose end it expires."""
        return local_date(expires_at - _INSTANT, self.zone)

    def where(self, lot: MemberLot, acceptors: Sequence[Acceptor]) -> str:
        """Where a lot is accepted, short enough for a line."""
        if lot.scope_kind in EVERYWHERE:
            return self._text("club-where-everywhere")
        if len(acceptors) > _NAMED and lot.pool:
            return self._text("club-where-n", count=len(acceptors))
        names = [shop.name for shop in acceptors]
        if len(names) > _NAMED:
            own = self.name(lot.issuer_id)
            first = own if own in names else names[0]
            return self._text("club-where-more", shop=first, count=len(names) - 1)
        return self._text("ui-comma").strip().join(f" {name}" for name in names).strip()

    def terms(self, shop: Acceptor) -> str:
        """The bound on how much of a basket it pays, if there is one."""
        if shop.max_share_bps is None or shop.max_share_bps >= 10_000:
            return ""
        return self._text(
            "club-share", percent=format_number(Decimal(shop.max_share_bps) / 100, self.locale)
        )

    def why(self, lot: MemberLot) -> str:
        """What a lot was given for."""
        if lot.bought_at is None or lot.bought_for is None:
            gift = self._text("club-why-gift", shop=self.source(lot))
            return (
                self._text("club-why-gift-for", gift=gift, reason=lot.reason)
                if lot.reason
                else gift
            )
        return self._text(
            "club-why-bought",
            amount=self.amount(lot.bought_for, "rial"),
            day=self._day(local_date(lot.bought_at, self.zone)),
            shop=self.name(lot.issuer_id),
        )

    def title(self, movement: Movement) -> str:
        """A movement in a few words."""
        kind = movement.kind
        if kind in ("earned", "expired"):
            kind = f"{kind}-{'points' if movement.unit == 'point' else 'credit'}"
        return self._text(
            f"club-move-{kind}", shop=self.name(movement.shop_id), source=self.source(movement)
        )

    def note(self, movement: Movement) -> str:
        """Why it happened, in one sentence."""
        return self._text(
            f"club-note-{self._reason(movement)}",
            shop=self.name(movement.shop_id),
            source=self.source(movement),
            amount=self.amount(abs(movement.amount), movement.unit),
            value=self.amount(abs(movement.amount) * movement.redeem_price, "rial"),
            paid=self.amount(movement.paid or 0, "rial"),
            rule=movement.reason,
            until=self._until(movement),
        )

    def _reason(self, movement: Movement) -> str:
        if movement.kind == "spent":
            if movement.unit == "point":
                return "spent-points"
            if movement.scope_kind == "wallet":
                return "spent-wallet"
            return "spent-own" if movement.issuer_id == movement.shop_id else "spent-partner"
        if movement.kind == "returned":
            return "restored" if movement.amount > 0 else "taken-back"
        if movement.kind == "gift" and not movement.reason:
            return "gift-plain"
        return movement.kind

    def _until(self, movement: Movement) -> str:
        if movement.expires_at is None:
            return self._text("club-no-end")
        day = self._day(self.last_day(movement.expires_at))
        return self._text("club-until", day=day)

    def _day(self, day: date) -> str:
        return format_date(day, self.locale, DateStyle.DAY)

    def _text(self, message_id: str, **params: object) -> str:
        return translate(self.locale, message_id, **params)


async def teller_for(page: PageContext, uow: UnitOfWork) -> Teller:
    """Tells in the page's language and the mall's unit, of the shops of this mall."""
    names = await shop_names(uow)
    return Teller(
        page.locale,
        page.unit,
        page.zone,
        names | {page.mall.mall_id: page.mall.name},
    )
