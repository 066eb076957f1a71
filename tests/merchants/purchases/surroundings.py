"""What a quote looks up beside the purchases, alike at several shops so that only the shop differs.

The same colleague, branch, article and group of customers are known at each; what is told of them
is not the same anywhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from merchants.activating.models import OfferActivation
from merchants.audience.models import ScaleOfScores
from merchants.caps.models import CreditCap
from merchants.catalogue.models import PriceList, PriceListGroup, PriceListItem, Product
from merchants.colleagues.models import Colleague, ColleagueTerms
from merchants.concessions.models import ConcessionLimit
from merchants.customers.models import Customer
from merchants.places.models import Nearness
from merchants.profiles.models import CustomerProfile
from merchants.shops.models import Branch
from tests.api.conftest import new_mobile
from tests.merchants.purchases.rush import Rush
from timcheh.access.models import Staff, StaffRole
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings

SKUS = ("tea", "rug", "old")


class Surroundings:
    """The ids that the shops share, and of one person of the first shop's staff."""

    def __init__(self) -> None:
        self.colleagues = [new_id() for _ in range(3)]
        self.branches = [new_id() for _ in range(2)]
        self.person = new_id()


async def surround(rush: Rush) -> Surroundings:
    """Lays it all out at the rush's shops."""
    around = Surroundings()
    async with rush.act() as uow:
        person = Staff(
            mall_id=rush.mall, id=around.person, mobile=new_mobile(), name="x", created_at=rush.at
        )
        uow.session.add(person)
        await uow.session.flush()
        for number, shop in enumerate(map(UUID, rush.shops)):
            uow.session.add_all(rows(rush, around, shop, number))
            await uow.session.flush()
            await know(uow, rush, shop, number)
        await accept_here_and_there(uow, rush, around)
    return around


def rows(rush: Rush, around: Surroundings, shop: UUID, number: int) -> Sequence[Any]:
    """One shop's; `number` makes them differ."""
    here: dict[str, Any] = {"mall_id": rush.mall, "merchant_id": shop}
    made = here | {"created_at": rush.at}
    lists = [new_id() for _ in range(3)]
    prices = (1_000 + number, 900 - number, 500)
    return [
        *(Branch(id=id, name="x", closed_at=rush.at if n == number else None, **made)
          for n, id in enumerate(around.branches)),
        *(Colleague(id=id, name=f"c{n}", active=n != number, **made)
          for n, id in enumerate(around.colleagues)),
        *(ColleagueTerms(colleague_id=id, group=group, bps=100 * number + n, **here)
          for n, id in enumerate(around.colleagues[:2]) for group in ("", "چای")),
        *(Product(sku=sku, id=new_id(), name=sku, price=5_000 + number, active=sku != "old", **made)
          for sku in SKUS[number % 2 :]),
        # Of the two lists of a group the cheaper counts, of equal ones the first by name.
        *(PriceList(id=id, name=f"{'بجا'[n]}{number}", discount_bps=0, active=n < 2, **made)
          for n, id in enumerate(lists)),
        *(PriceListGroup(group=group, list_id=lists[n], **here)
          for n, group in enumerate(("یک", "دو", "سه"))),
        *(PriceListItem(list_id=lists[n], sku="tea", price=prices[n], **here) for n in range(3)),
        *(CreditCap(group=group, per_invoice=7_000 + number, **here) for group in ("یک", "دو")),
        *(ConcessionLimit(role=role, per_invoice=100 * number + n + 1, **here)
          for n, role in enumerate(("cashier", "manager"))),
        ConcessionLimit(role="", staff_id=around.person, per_invoice=9_000 + number, **here),
        ScaleOfScores(recency=[number], frequency=[number, 2], monetary=[7], customers=4,
                    made_at=rush.at, **here),
        *(StaffRole(mall_id=rush.mall, id=new_id(), staff_id=around.person, merchant_id=shop,
                    branch_id=branch, role=role, created_at=rush.at)
          for branch, role in _roles(around, number)),
    ]  # fmt: skip


def _roles(around: Surroundings, number: int) -> list[tuple[UUID | None, str]]:
    """A cashier of one branch; a manager of another shop; an owner of the third's branch."""
    first, second = around.branches
    return [[(first, "cashier")], [(None, "manager")], [(second, "owner")]][number]


async def know(uow: UnitOfWork, rush: Rush, shop: UUID, number: int) -> None:
    """What the shop knows of some of its customers, by itself."""
    for n, member in enumerate(map(UUID, rush.members)):
        here: dict[str, Any] = {"mall_id": rush.mall, "merchant_id": shop, "member_id": member}
        customer = await uow.session.get(Customer, tuple(here.values()))
        if customer is None:
            continue
        customer.groups = [["یک", "دو"], ["سه"], []][(n + number) % 3]
        customer.tags, customer.tier = [f"t{n}{number}"], f"tier{n}{number}"
        customer.tier_progress = 10 * n + number
        if (n + number) % 2:
            uow.session.add(
                CustomerProfile(
                    wedding_date=date(2000, 1, 1 + n), city=f"c{n}{number}", job=f"j{n}",
                    updated_at=rush.at, **here,
                )
            )  # fmt: skip
            uow.session.add_all(
                OfferActivation(rule=f"r{n}{number}{over}", activated_at=rush.at,
                                ended_at=rush.at if over else None, **here)
                for over in (0, 1)
            )  # fmt: skip
            uow.session.add(
                Nearness(branch_id=new_id(), metres=10 * n + number, seen_at=rush.at, **here)
            )
    await uow.session.flush()


async def accept_here_and_there(uow: UnitOfWork, rush: Rush, around: Surroundings) -> None:
    """Terms that hold at one branch only, and others that end."""
    a, b, c = rush.shops
    for scope, shop, branch, until in (
        (a, c, around.branches[0], None),
        (b, c, None, rush.at + timedelta(days=1)),
    ):
        await postings.accept_scope(
            uow, rush.scopes[f"partners:{scope}"], UUID(shop), branch_id=branch, until=until
        )
