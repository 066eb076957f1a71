"""The only place where the demo touches the product: its facades, in simulated time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import text

from exchange.facade import accept, decline, propose
from mall_portal.facade import create_mall, deposit, onboard
from members.facade import enrol, find_member
from merchants.facade import (
    Gift,
    LineAsked,
    MemberRef,
    NewShop,
    PurchaseCommand,
    Replayed,
    RewardTerms,
    SpendAsked,
    Till,
    activate_offer,
    add_reward,
    counter_for,
    grant_credit,
    open_branch,
    open_terminal,
    publish_reward,
    publish_rules,
    put_product,
    return_lines,
)
from shared_pool.facade import approve, complete, draft, join, open_pool
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Role, Scope
from timcheh.errors import Conflict
from timcheh.ledger import postings
from timcheh.ledger.errors import LimitExceeded
from timcheh_app.demo.goods import SoldLine
from timcheh_app.demo.network import Employee, Terms
from timcheh_app.demo.purchases import Visit
from timcheh_app.demo.shops import Shop

_EXPIRIES_AT_ONCE = 1000
_LINKS_AT_ONCE = 10_000
_THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class Counterfoil:
    """A branch's terminal, its API key and the key's id."""

    branch_id: UUID
    terminal_id: UUID
    key_id: UUID
    key: str


@dataclass(frozen=True, slots=True)
class OpenShop:
    """A shop that was opened; `tills` has one for each of its branches, in their order."""

    id: UUID
    key: str
    tills: tuple[Counterfoil, ...]


@dataclass(frozen=True, slots=True)
class Purchased:
    """A purchase that was made: what it cost and what credit and points paid of it, rial."""

    id: UUID
    total: int
    spent: int


async def mall_id_of(database: Database, slug: str) -> UUID | None:
    """The mall with that slug, or None."""
    async with database.engine(Role.APP).begin() as connection:
        found = await connection.execute(
            text("SELECT mall_id FROM kernel.mall_by_slug(:slug)"), {"slug": slug}
        )
        mall_id: UUID | None = found.scalar_one_or_none()
    return mall_id


async def has_shops(database: Database, mall_id: UUID) -> bool:
    """Whether anybody trades there yet."""
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        return bool(
            await uow.session.scalar(
                text("SELECT EXISTS (SELECT 1 FROM merchants.merchant WHERE mall_id = :mall)"),
                {"mall": mall_id},
            )
        )


class DemoMall:
    """One mall. Every method is one act of somebody, at the moment `at`."""

    def __init__(self, database: Database, mall_id: UUID, key: str | None = None) -> None:
        self._database = database
        self._scope = Scope.mall(mall_id)
        self._desk = counter_for(database).desk
        self._enrolled: set[str] = set()
        self.shops: dict[str, OpenShop] = {}
        self.administrators: list[UUID] = []
        self.pool_scopes: list[UUID] = []
        self.mall_id = mall_id
        self.key = key

    @classmethod
    async def create(cls, database: Database, name: str, slug: str) -> "DemoMall":
        new = await create_mall(database, name, slug)
        return cls(database, new.mall_id, new.api_key)

    async def rename(self, slug: str) -> None:
        """Gives the mall its address; a mall that is still being made isn't found under it."""
        async with self._database.unit_of_work(self._scope) as uow:
            await uow.session.execute(
                text("UPDATE kernel.mall SET slug = :slug WHERE mall_id = :mall"),
                {"slug": slug, "mall": self.mall_id},
            )

    # -- bringing the mall about

    async def employ(
        self, employee: Employee, password_hash: str, at: datetime, branch: int | None = None
    ) -> None:
        """An account with its role in the mall, the shop, or one branch of the shop."""
        shop = self.shops[employee.shop] if employee.shop else None
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            staff_id = await create_staff(uow, employee.mobile, employee.name, password_hash)
            await grant_role(
                uow,
                staff_id,
                employee.role,
                merchant_id=shop.id if shop else None,
                branch_id=shop.tills[branch].branch_id if shop and branch is not None else None,
            )
        if shop is None:
            self.administrators.append(staff_id)

    async def open_shop(self, shop: Shop, owner_mobile: str, seed: int, at: datetime) -> None:
        """Onboards a shop with its collateral, branches and tills."""
        new = NewShop(
            shop.name,
            shop.slug,
            shop.category,
            shop.legal_id(seed),
            shop.sheba(seed),
            owner_mobile,
        )
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            opened = await onboard(uow, new, shop.credit_limit)
            merchant_id = opened.merchant.id
            await deposit(uow, merchant_id, shop.deposit, self.administrators[0])
            tills = []
            for name in shop.branches:
                branch = await open_branch(uow, merchant_id, name)
                terminal, key = await open_terminal(uow, merchant_id, branch.id, f"صندوق {name}")
                tills.append(Counterfoil(branch.id, terminal.id, key.id, key.secret))
        self.shops[shop.slug] = OpenShop(merchant_id, opened.api_key, tuple(tills))

    async def stock(self, shop: Shop, goods: Iterable[SoldLine], at: datetime) -> None:
        """The shop's price list."""
        merchant_id = self.shops[shop.slug].id
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            for each in goods:
                await put_product(
                    uow, merchant_id, each.sku, each.name, each.unit_price, each.group
                )

    async def open_pool(
        self,
        name: str,
        prices: tuple[int, int],
        months: int,
        terms: dict[str, tuple[int, int]],
        at: datetime,
    ) -> UUID:
        """A pool with (issue, redeem) prices and each shop's (fee, share); answers its scope."""
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            pool = await open_pool(uow, name, *prices, months)
            for slug, (fee_bps, max_share_bps) in terms.items():
                await join(uow, pool.id, self.shops[slug].id, fee_bps, max_share_bps)
            self.pool_scopes.append(pool.scope_id)
            return pool.scope_id

    async def agree(self, terms: Terms, answer: bool | None, at: datetime) -> None:
        """A proposal and its answer: accepted, declined, or (None) not answered yet."""
        issuer, acceptor = self.shops[terms.issuer].id, self.shops[terms.acceptor].id
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            agreement = await propose(
                uow,
                issuer,
                acceptor,
                fee_bps=terms.fee_bps,
                max_share_bps=terms.max_share_bps,
                notice_days=terms.notice_days,
            )
            if answer is not None:
                await (accept if answer else decline)(uow, acceptor, agreement.id)

    async def publish(self, slug: str, rules: list[dict[str, Any]], at: datetime) -> None:
        """The shop's rules from now on."""
        shop = self.shops[slug]
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await publish_rules(uow, shop.id, rules, shop.tills[0].key_id)

    # -- trade

    async def enrol(self, visits: Sequence[Visit]) -> None:
        """Who comes for the first time joins the club at that till, telling what a newcomer is
        asked. One transaction for all of them, at the time of the first."""
        newcomers = {
            visit.person.mobile: visit
            for visit in reversed(visits)
            if visit.person.mobile not in self._enrolled
        }
        if not newcomers:
            return
        at = min(visit.occurred_at for visit in newcomers.values())
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            for mobile, visit in newcomers.items():
                shop = self.shops[visit.shop.slug]
                await enrol(
                    uow,
                    mobile,
                    name=visit.person.name,
                    birthday=visit.person.birth_date,
                    neighbourhood=visit.person.neighbourhood,
                    source="till",
                    merchant_id=shop.id,
                    actor_id=shop.tills[visit.branch].key_id,
                )
        self._enrolled.update(newcomers)

    async def activate(self, slug: str, rule: str, visits: Sequence[Visit]) -> None:
        """These people activate an offer, just before the first of their visits."""
        at = min(visit.occurred_at for visit in visits)
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            for visit in visits:
                member = await find_member(uow, mobile=visit.person.mobile)
                await activate_offer(uow, member.id, self.shops[slug].id, rule)

    async def purchase(self, visit: Visit) -> Purchased | str:
        """Makes the purchase at its own time, or answers the code of what refused it."""
        try:
            done = await self._desk.purchase(self._command(visit), now=visit.occurred_at)
        except LimitExceeded as error:
            return error.code
        except Conflict as error:
            if error.code != "try_again":
                raise
            return error.code
        if isinstance(done, Replayed):
            return "replayed"
        return Purchased(done.answer.id, done.answer.total, done.answer.spent_value)

    async def authorise(self, visit: Visit, at: datetime) -> None:
        """A purchase that waits for its confirmation, as a till leaves it."""
        await self._desk.purchase(self._command(visit, manual=True), now=at)

    def _command(self, visit: Visit, *, manual: bool = False) -> PurchaseCommand:
        shop = self.shops[visit.shop.slug]
        till = shop.tills[visit.branch]
        key = f"{visit.key}-manual" if manual else visit.key
        return PurchaseCommand(
            till=Till(self.mall_id, shop.id, till.key_id, till.branch_id, till.terminal_id),
            member=MemberRef(mobile=visit.person.mobile),
            lines=tuple(
                LineAsked(
                    line.quantity * _THOUSANDTHS, line.unit_price, line.sku, line.name, line.group
                )
                for line in visit.lines
            ),
            spend=SpendAsked(
                credit="max" if visit.credit else None, points="max" if visit.points else None
            ),
            manual=manual,
            key=key,
            fingerprint=sha256(key.encode()).digest(),
        )

    async def give_back(self, visit: Visit, purchase_id: UUID, at: datetime) -> None:
        """The first line comes back whole."""
        shop = self.shops[visit.shop.slug]
        back = [(0, visit.lines[0].quantity * _THOUSANDTHS)]
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await return_lines(uow, shop.id, purchase_id, back, shop.tills[visit.branch].key_id)

    async def give(self, slug: str, mobile: str, gift: Gift, at: datetime) -> None:
        """Credit outside a purchase."""
        shop = self.shops[slug]
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await grant_credit(uow, shop.id, MemberRef(mobile=mobile), gift, shop.tills[0].key_id)

    async def offer(self, slug: str, terms: RewardTerms, at: datetime) -> None:
        """A reward for points that members see from now on."""
        shop = self.shops[slug].id
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            made = await add_reward(uow, shop, terms)
            await publish_reward(uow, shop, made.id, published=True)

    # -- the fund

    async def end_day(self, at: datetime) -> None:
        """What the scheduler does: expiry, sums of balances, the chain."""
        while await self._job(at, postings.expire_due, _EXPIRIES_AT_ONCE) == _EXPIRIES_AT_ONCE:
            pass
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await postings.roll_up(uow)
        while await self._job(at, postings.seal, _LINKS_AT_ONCE) == _LINKS_AT_ONCE:
            pass

    async def _job(self, at: datetime, work: Any, limit: int) -> int:
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            count: int = await work(uow, limit)
        return count

    async def settle(self, at: datetime) -> None:
        """Drafted by the first administrator, approved by the second, completed."""
        first, second = self.administrators[:2]
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            settlement_id = (await draft(uow, first)).head.id
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await approve(uow, settlement_id, second)
        async with self._database.unit_of_work(self._scope, now=at) as uow:
            await complete(uow, settlement_id, first)

    async def close(self) -> None:
        """Lets the connections of the purchase path go."""
        await counter_for(self._database).close()
