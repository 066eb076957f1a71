"""How something is said to somebody: in their language, and in the mall's money unit."""

from dataclasses import dataclass
from decimal import Decimal

from timcheh.money import MoneyUnit, format_money
from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale


@dataclass(frozen=True, slots=True)
class Voice:
    """What tells sentences builds on this."""

    locale: Locale = Locale.FA
    unit: MoneyUnit = MoneyUnit.TOMAN

    def text(self, message_id: str, /, **params: object) -> str:
        """A message of the catalogue."""
        return translate(self.locale, message_id, **params)

    def money(self, amount: int) -> str:
        """An amount of rial, with the unit's name."""
        return format_money(amount, self.unit, self.locale)

    def number(self, count: int | Decimal) -> str:
        """A count, in the language's digits."""
        return format_number(count, self.locale)

    def percent(self, bps: int) -> str:
        """A share in basis points."""
        return self.text("percent", number=format_number(Decimal(bps) / 100, self.locale))
