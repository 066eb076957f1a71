"""Value added tax on a sale. Pure; rial, rounded down."""

from dataclasses import dataclass

from timcheh.money import BPS_WHOLE, percent


@dataclass(frozen=True, slots=True)
class Vat:
    """A shop's rate in basis points, and whether its prices hold the tax already."""

    bps: int
    included: bool

    def added_to(self, net: int) -> int:
        """What is paid on top of `net`."""
        return 0 if self.included else percent(net, self.bps)


def vat_within(gross: int, bps: int) -> int:
    """The tax that a price holds."""
    return gross * bps // (BPS_WHOLE + bps)
