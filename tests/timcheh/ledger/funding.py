"""The machine's rules of the fund, of limits, and of the jobs that must change nothing."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.timcheh.ledger.stage import Stage
from tests.timcheh.ledger.trading import amounts, picks, shops
from tests.timcheh.ledger.twin import Shop
from timcheh.ids import new_id
from timcheh.ledger import postings


class Funding(Stage):
    """Collateral, settlement, the provider, commissions, limits; roll-up and seals."""

    def with_deposit(self) -> list[Shop]:
        return [s for s in self.shops if self.model.accounts["deposit", s.id, "rial"]]

    def move_deposit(self, name: str, shop: Shop, amount: int) -> None:
        id = new_id()
        self.both(
            name,
            lambda: self.model.deposit(id, shop.id, amount),
            lambda twin: twin.do(postings.deposit, self.head("deposit", id), shop.id, amount),
        )

    @rule(shop=shops, amount=amounts)
    def deposit(self, shop: int, amount: int) -> None:
        self.move_deposit("deposit", self.shops[shop], amount)

    @precondition(lambda self: self.with_deposit())
    @rule(pick=picks, part=st.sampled_from([1, 5, 10, 20, 50, 100, 101]))
    def withdraw(self, pick: int, part: int) -> None:
        shops = self.with_deposit()
        within = [shop for shop in shops if not self.model.over(shop.id)]
        shops = within if part <= 100 and within else shops
        shop = shops[pick % len(shops)]
        there = self.model.accounts["deposit", shop.id, "rial"]
        self.move_deposit("withdraw", shop, -max(1, there * part // 100))

    @precondition(lambda self: any(self.model.clearing(shop.id) for shop in self.shops))
    @rule(share=st.sampled_from([1, 2]))
    def settle(self, share: int) -> None:
        nets = [(shop.id, self.model.clearing(shop.id) // share) for shop in self.shops]
        fees, id = self.model.accounts["fee", self.mall, "rial"], new_id()
        self.both(
            "settle",
            lambda: self.model.settle(id, nets, fees),
            lambda twin: twin.do(postings.settle, self.head("settlement", id), nets, fees),
        )

    @precondition(lambda self: self.model.accounts["gateway", self.mall, "rial"])
    @rule(share=st.sampled_from([1, 2]))
    def settle_gateway(self, share: int) -> None:
        amount, id = -self.model.accounts["gateway", self.mall, "rial"] // share or 1, new_id()
        head = self.head("gateway_settlement", id)
        self.both(
            "settle_gateway",
            lambda: self.model.settle_gateway(id, amount),
            lambda twin: twin.do(postings.settle_gateway, head, amount),
        )

    @rule(shop=shops, amount=st.integers(-200, 400).filter(bool))
    def commission(self, shop: int, amount: int) -> None:
        id, party, person = new_id(), self.shops[shop].id, self.holders[0][1]
        head = self.head("commission", id)
        self.both(
            "commission",
            lambda: self.model.commission(id, party, person, amount),
            lambda twin: twin.do(postings.commission, head, party, person, amount),
        )

    # Limits

    def limit(self, name: str, shop: int, limit: int | None) -> None:
        party = self.shops[shop].id
        self.model.limits[party] = limit
        self.really(lambda twin: twin.do(postings.set_credit_limit, party, limit))
        self.tally.add(name)

    @rule(shop=shops, limit=st.sampled_from([None, 500, 5_000]))
    def set_limit(self, shop: int, limit: int | None) -> None:
        self.limit("set_limit", shop, limit)

    @rule(shop=shops)
    def suspend(self, shop: int) -> None:
        """As the ledger knows it: a shop promises nothing more, what it promised is honoured."""
        self.limit("suspend", shop, 0)

    # What must change nothing

    @rule(job=st.sampled_from(["roll_up", "seal", "seal_one"]))
    def keep_house(self, job: str) -> None:
        """Balances are summed up and links are added: nothing that the model knows of."""
        if job == "roll_up":
            self.really(lambda twin: twin.do(postings.roll_up))
        else:
            limit = 1 if job == "seal_one" else 1_000
            self.really(lambda twin: twin.do(postings.seal, limit))
        self.tally.add("keep_house")
