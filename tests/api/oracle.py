"""What the contract says must come out, in plain Python: no database, no product code.

Written from the public contract's page. Everything is kept in dicts and recomputed slowly. Time is
`now`, a text that sorts; while it is empty nothing expires.
"""

from collections import defaultdict
from typing import Any

from tests.api.notebook import (
    NEVER,
    Earned,
    Json,
    Lot,
    Pool,
    Purchase,
    Refused,
    Shop,
    Sold,
    Spent,
    bps,
    share,
)

UNITS = ("credit", "points", "wallet")


class Oracle:
    """The whole mall. Amounts in rial, points in points."""

    def __init__(self, network_fee: int = 0) -> None:
        self.shops: dict[str, Shop] = {}
        self.pools: dict[str, Pool] = {}
        self.lots: list[Lot] = []
        self.clearing: dict[str, int] = defaultdict(int)
        self.fund: dict[str, int] = dict.fromkeys(
            ("fee", "reserve", "gateway", "cash", "wallet"), 0
        )
        self.visits: dict[tuple[str, str], int] = defaultdict(int)
        self.debts: dict[tuple[str, str], int] = defaultdict(int)
        self.network_fee = network_fee
        self.now = ""

    # What time does

    def alive(self, lot: Lot) -> bool:
        return lot.ends > self.now

    def time_out(self, open_: list[Purchase]) -> None:
        """Authorisations whose time is up let go of what they held."""
        for purchase in open_:
            if purchase.state == "authorized" and purchase.until <= self.now:
                self.cancel(purchase)

    def expire(self) -> None:
        """The sweep: an open hold keeps all of its lot waiting."""
        for lot in self.lots:
            if not self.alive(lot) and not lot.held:
                self.lapse(lot)

    def lapse(self, lot: Lot) -> None:
        lot.expired += lot.left - lot.held
        lot.left = lot.held

    # Who accepts what

    def acceptors(self, lot_scope: str) -> dict[str, Json]:
        """The shops of a scope with their terms."""
        free = {"fee_bps": 0, "max_share_bps": None}
        kind, _, owner = lot_scope.partition(":")
        if kind == "own":
            return {owner: free}
        if kind == "partners":
            return {owner: free} | self.shops[owner].partners
        if kind == "pool":
            return self.pools[owner].shops
        return {shop: free | {"fee_bps": self.network_fee} for shop in self.shops}

    def takes(self, shop: str, lot_scope: str) -> bool:
        return shop in self.acceptors(lot_scope)

    def exposure(self, shop: str) -> int:
        """What a shop has promised beyond its own counter, and what it owes."""
        promised = sum(
            lot.left
            for lot in self.lots
            if lot.issuer == shop and lot.unit == "rial" and not lot.scope.startswith("own:")
        )
        return promised + max(0, -self.clearing[shop])

    # Deciding

    def rules_that_hold(self, shop: Shop, member: str, lines: list[Sold]) -> list[Json]:
        facts = {
            "basket.total": sum(line.total for line in lines),
            "customer.purchases": self.visits[shop.id, member],
        }
        held = []
        for rule in sorted(shop.rules, key=lambda rule: -rule["priority"]):
            when = rule.get("when")
            if when and not facts[when["fact"]] >= when["value"]:
                continue
            held.append(rule)
            if rule.get("exclusive"):
                break
        return held

    def discount(self, rules: list[Json], lines: list[Sold]) -> None:
        for rule in rules:
            for effect in rule["then"]:
                base = [x.total if effect.get("group") in (None, x.group) else 0 for x in lines]
                if effect["effect"] == "discount_percent":
                    amount = bps(sum(base), effect["bps"])
                elif effect["effect"] == "discount_amount":
                    amount = min(effect["amount"], sum(base))
                else:
                    continue
                for line, part in zip(lines, share(amount, base), strict=True):
                    line.discount += min(part, line.net)

    def pay(self, shop: str, member: str, lines: list[Sold], asked: Json) -> list[Spent]:
        """The draws, or `insufficient_value`."""
        net = sum(line.net for line in lines)
        left, draws = net, []
        by_scope: dict[str, int] = defaultdict(int)
        for unit, kind in zip(UNITS, ("rial", "point", "wallet"), strict=True):
            ask = asked.get(unit, 0)
            lots = [
                x
                for x in self.lots
                if (x.member, x.unit) == (member, kind)
                and x.price
                and self.takes(shop, x.scope)
                and self.alive(x)
            ]
            lots.sort(key=lambda x: (x.ends, len(self.acceptors(x.scope)), x.made))
            got = 0
            for lot in lots:
                terms = self.acceptors(lot.scope)[shop]
                own = kind == "rial" and lot.issuer == shop
                room = left
                if not own and terms["max_share_bps"] is not None:
                    room = min(left, bps(net, terms["max_share_bps"]) - by_scope[lot.scope])
                amount = min(lot.left - lot.held, room // lot.price)
                if ask != "max":
                    amount = min(amount, ask - got)
                if amount <= 0:
                    continue
                value = amount * lot.price
                fee = 0 if own else bps(value, terms["fee_bps"])
                draws.append(Spent(lot, amount, value, fee, []))
                left, got = left - value, got + amount
                by_scope[lot.scope] += value
            if ask != "max" and got < ask:
                raise Refused("insufficient_value")
        self.share_draws(draws, lines)
        return draws

    def share_draws(self, draws: list[Spent], lines: list[Sold]) -> None:
        """Spent value over the lines, then each draw over what those before it left of them."""
        for line, part in zip(
            lines, share(sum(d.value for d in draws), [x.net for x in lines]), strict=True
        ):
            line.spent = part
        rest = [line.spent for line in lines]
        for draw in draws:
            values = share(draw.value, rest)
            rest = [a - b for a, b in zip(rest, values, strict=True)]
            draw.shares = values if draw.lot.price == 1 else share(draw.amount, values)

    def earn(
        self, shop: Shop, member: str, rules: list[Json], lines: list[Sold], ends: Any
    ) -> tuple[list[Earned], int]:
        """What is granted, and what of it pays a debt first."""
        debt, earned, paid_off = self.debts[shop.id, member], [], 0
        paid = [line.paid for line in lines]
        for rule in rules:
            for effect in rule["then"]:
                kind, base = effect["effect"], paid
                if kind == "credit_percent":
                    fits = [effect.get("group") in (None, x.group) for x in lines]
                    base = [p if fit else 0 for p, fit in zip(paid, fits, strict=True)]
                    amount = bps(sum(base), effect["bps"])
                elif kind == "credit_amount":
                    amount = effect["amount"]
                    base = paid if sum(paid) else [x.total for x in lines]
                elif kind == "points_per":
                    amount = sum(paid) // effect["amount"] * effect["points"]
                else:
                    continue
                shares = share(amount, base)
                unit = "point" if kind == "points_per" else "rial"
                if unit == "rial" and debt:
                    to_debt = min(debt, amount)
                    debt, paid_off, amount = debt - to_debt, paid_off + to_debt, amount - to_debt
                    shares = share(amount, shares)
                if amount:
                    scope = effect["scope"]
                    scope = f"{scope}:{shop.id}" if scope in ("own", "partners") else scope
                    until = ends(effect.get("expires_in_days"))
                    earned.append(Earned(rule["name"], unit, scope, amount, until, shares))
        return earned, paid_off

    def decide(
        self, shop_id: str, member: str, lines: list[Sold], asked: Json, ends: Any
    ) -> Purchase:
        """`ends(days)` is when a lot that lives so many days expires, as text."""
        shop = self.shops[shop_id]
        rules = self.rules_that_hold(shop, member, lines)
        self.discount(rules, lines)
        draws = self.pay(shop_id, member, lines, asked)
        earned, debt_paid = self.earn(shop, member, rules, lines, ends)
        return Purchase(shop_id, member, lines, draws, earned, debt_paid)

    # Making it so

    def authorise(self, purchase: Purchase) -> None:
        for draw in purchase.spent:
            draw.lot.held += draw.amount

    def cancel(self, purchase: Purchase) -> None:
        for draw in purchase.spent:
            draw.lot.held -= draw.amount
        purchase.state = "cancelled"

    def confirm(self, purchase: Purchase) -> None:
        """Or `limit_exceeded`, and nothing of it happened. What was held must be freed before."""
        for draw in purchase.spent:
            self.move(draw.lot, purchase.shop, draw.amount, draw.value, draw.fee)
        for earned in purchase.earned:
            self.grant(earned, purchase)
        promised = any(not e.scope.startswith("own:") for e in purchase.earned)
        shop = self.shops[purchase.shop]
        if promised and self.exposure(shop.id) > shop.limit + shop.deposit:
            for earned in purchase.earned:
                self.take(earned, earned.amount, purchase.shop)
                self.lots.pop()
                earned.lot = None
            for draw in purchase.spent:
                self.move(draw.lot, purchase.shop, -draw.amount, -draw.value, -draw.fee)
            raise Refused("limit_exceeded")
        self.visits[purchase.shop, purchase.member] += 1
        self.debts[purchase.shop, purchase.member] -= purchase.debt_paid
        purchase.state = "confirmed"

    def move(self, lot: Lot, shop: str, amount: int, value: int, fee: int) -> None:
        """A spend at a shop; negative: undone."""
        lot.left -= amount
        if lot.unit == "point":
            self.fund["reserve"] -= value
        elif lot.unit == "wallet":
            self.fund["wallet"] -= value
        elif lot.issuer == shop:
            return
        else:
            self.clearing[lot.issuer] -= value
        self.clearing[shop] += value - fee
        self.fund["fee"] += fee

    def grant(self, earned: Earned, purchase: Purchase) -> None:
        price = 1
        if earned.unit == "point":
            pool = self.pools.get(earned.scope.partition(":")[2])
            price = pool.redeem if pool else 0
            paid = earned.amount * (pool.issue if pool else 0)
            self.clearing[purchase.shop] -= paid
            self.fund["reserve"] += paid
        earned.lot = Lot(
            "", earned.unit, earned.scope, purchase.shop, purchase.member, earned.amount,
            earned.ends, len(self.lots), price,
        )  # fmt: skip
        self.lots.append(earned.lot)

    def take(self, earned: Earned, amount: int, shop: str) -> None:
        assert earned.lot is not None
        earned.lot.left -= amount
        pool = self.pools.get(earned.scope.partition(":")[2])
        if pool and earned.unit == "point":
            self.clearing[shop] += amount * pool.issue
            self.fund["reserve"] -= amount * pool.issue

    # Undoing

    def give_back(self, purchase: Purchase, back: dict[int, int], grace: str = NEVER) -> Json:
        """Returns thousandths of lines. What goes back to a lot whose time is up lives till
        `grace`, and what had expired of what is taken away costs the member nothing more.
        """
        was = [line.back for line in purchase.lines]
        for index, quantity in back.items():
            purchase.lines[index].back += quantity

        def part(wholes: list[int]) -> int:
            now = sum(x.part(whole) for x, whole in zip(purchase.lines, wholes, strict=True))
            then = sum(
                whole * before // x.quantity
                for x, whole, before in zip(purchase.lines, wholes, was, strict=True)
            )
            return now - then

        money = part([line.paid for line in purchase.lines])
        restored, taken, owed = [], [], 0
        for draw in purchase.spent:
            amount = part(draw.shares)
            if amount:
                if not self.alive(draw.lot):
                    self.lapse(draw.lot)
                    draw.lot.ends = grace
                fee = self.fee_back(draw, amount)
                value = amount * draw.lot.price
                self.move(draw.lot, purchase.shop, -amount, -value, -fee)
                restored.append({"lot_id": draw.lot.id, "amount": amount})
        for earned in purchase.earned:
            amount = part(earned.shares)
            lot = earned.lot
            assert lot is not None
            there = min(amount, lot.left - lot.held)
            if there:
                self.take(earned, there, purchase.shop)
                taken.append({"unit": earned.unit, "amount": there})
            gone = min(amount - there, lot.expired - earned.absorbed)
            earned.absorbed += gone
            owed += (amount - there - gone) * lot.price
        policy = self.shops[purchase.shop].policy
        deducted = min(owed, money) if policy == "deduct" else 0
        carried = 0 if policy == "write_off" else owed - deducted
        key = (purchase.shop, purchase.member)
        carried += self.debt_back(purchase, was)
        self.debts[key] += carried
        if all(line.back == line.quantity for line in purchase.lines):
            self.visits[key] -= 1
        return {
            "refund": money - deducted,
            "deducted": deducted,
            "carried": carried,
            "written_off": owed if policy == "write_off" else 0,
            "restored": restored,
            "taken_back": taken,
        }

    def fee_back(self, draw: Spent, amount: int) -> int:
        so_far = draw.fee * draw.restored // draw.amount
        draw.restored += amount
        return draw.fee * draw.restored // draw.amount - so_far

    def debt_back(self, purchase: Purchase, was: list[int]) -> int:
        """What a debt had been paid with is earned no more: so much is owed again."""
        whole = purchase.to_pay
        if not whole:
            return 0
        then = sum(
            x.paid * before // x.quantity for x, before in zip(purchase.lines, was, strict=True)
        )
        now = sum(x.part(x.paid) for x in purchase.lines)
        return purchase.debt_paid * now // whole - purchase.debt_paid * then // whole
