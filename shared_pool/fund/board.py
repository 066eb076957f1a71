"""The fund's board: who issued, where it was spent, and where every shop stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from timcheh.ledger.contracts import Fund, Position
from timcheh.text.normalise import sort_key

_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Value of an issuer spent at an acceptor, rial; `level` 0-5 is its share of the largest."""

    amount: int
    level: int
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """An issuer: what was spent of its credit at each acceptor, None at itself."""

    name: str
    href: str
    cells: list[Cell | None]
    total: int


@dataclass(frozen=True, slots=True)
class Column:
    """An acceptor."""

    name: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Issuer x acceptor."""

    rows: list[Row]
    columns: list[Column]
    column_totals: list[int]
    total: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A shop's position, rial."""

    merchant_id: UUID
    name: str
    accepted: int
    issued_spent: int
    clearing: int
    deposit: int
    credit_limit: int
    used: int
    """Of deposit and limit: what it has promised at partners', and owes."""


@dataclass(frozen=True, slots=True)
class FundView:
    """The fund's accounts as people read them: money that is there counts positive."""

    cash: int
    fee: int
    reserve: int
    wallet: int
    deposits: int
    due: int
    owed: int


def grid_of(
    spent: Mapping[tuple[UUID, UUID], int],
    names: Mapping[UUID, str],
    root: str,
    query: str = "",
) -> Grid:
    """The matrix of the shops that issued or accepted anything; `query` goes along in links."""
    taking_part = {shop for pair in spent for shop in pair if shop in names}
    shops = sorted(taking_part, key=lambda shop: sort_key(names[shop]))
    largest = max(spent.values(), default=0)

    def cell(issuer: UUID, acceptor: UUID) -> Cell | None:
        if issuer == acceptor:
            return None
        amount = spent.get((issuer, acceptor), 0)
        level = -(-amount * _LEVELS // largest) if largest else 0
        return Cell(amount, level, f"{root}/fund/{issuer}/{acceptor}{query}")

    rows = [
        Row(
            names[issuer],
            f"{root}/shops/{issuer}",
            [cell(issuer, acceptor) for acceptor in shops],
            sum(spent.get((issuer, acceptor), 0) for acceptor in shops),
        )
        for issuer in shops
    ]
    totals = [sum(spent.get((issuer, acceptor), 0) for issuer in shops) for acceptor in shops]
    return Grid(rows, [Column(names[shop]) for shop in shops], totals, sum(totals))


def standings(
    positions: Mapping[UUID, Position],
    spent: Mapping[tuple[UUID, UUID], int],
    names: Mapping[UUID, str],
    exposures: Mapping[UUID, int],
) -> list[Standing]:
    """Every shop, the largest debtor first."""
    found = [
        Standing(
            shop,
            names[shop],
            sum(amount for (_, acceptor), amount in spent.items() if acceptor == shop),
            sum(amount for (issuer, _), amount in spent.items() if issuer == shop),
            position.clearing,
            position.deposit,
            position.credit_limit or 0,
            max(exposures.get(shop, 0), 0),
        )
        for shop, position in positions.items()
        if shop in names
    ]
    return sorted(found, key=lambda row: (row.clearing, sort_key(row.name)))


def fund_view(fund: Fund, positions: Mapping[UUID, Position]) -> FundView:
    """The fund's cash is a debit account: money in the bank stands there as a negative."""
    clearing = [position.clearing for position in positions.values()]
    return FundView(
        cash=-fund.cash,
        fee=fund.fee,
        reserve=fund.reserve,
        wallet=fund.wallet,
        deposits=sum(position.deposit for position in positions.values()),
        due=sum(net for net in clearing if net > 0),
        owed=-sum(net for net in clearing if net < 0),
    )
