"""The mall as the demo writes it down: shops, rules, agreements, people."""

import re
from collections import Counter

import pytest

from timcheh.rules.schema import parse_rules
from timcheh_app.demo import network, rulebook
from timcheh_app.demo.shops import BY_SLUG, SHOPS, shop_for

SEED = 1404
UUID_TEXT = "018f0000-0000-7000-8000-{:012d}"
NAMES = rulebook.Names(
    pool_scope=UUID_TEXT.format(999),
    shops={shop.slug: UUID_TEXT.format(n) for n, shop in enumerate(SHOPS)},
)


def test_shops_are_distinct() -> None:
    assert 12 <= len(SHOPS) <= 25
    assert len(BY_SLUG) == len(SHOPS)
    assert len({shop.name for shop in SHOPS}) == len(SHOPS)
    assert len({shop.sheba(SEED) for shop in SHOPS}) == len(SHOPS)
    assert len({shop.legal_id(SEED) for shop in SHOPS}) == len(SHOPS)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", shop.slug) for shop in SHOPS)
    shares: Counter[str] = Counter()
    for shop in SHOPS:
        shares[shop.kind] += round(shop.share * 100)
    assert set(shares.values()) == {100}


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_rules_are_valid(slug: str) -> None:
    rules = rulebook.rules_of(slug, NAMES)
    assert rules
    assert len(parse_rules(rules)) == len(rules)


def test_rules_are_varied() -> None:
    everything = [rule for shop in SHOPS for rule in rulebook.rules_of(shop.slug, NAMES)]
    effects = {effect["effect"] for rule in everything for effect in rule["then"]}
    facts = set(re.findall(r"'fact': '([\w.]+)'", str(everything)))
    assert effects == {"credit_percent", "credit_amount", "points_per", "discount_percent"}
    assert facts >= {
        "basket.total",
        "basket.groups",
        "time.weekday",
        "time.hour",
        "member.birthday_in_days",
        "customer.days_since_last",
        "customer.is_new",
        "partner.is_customer_of",
    }


def test_whoever_gives_partner_credit_has_partners() -> None:
    issuers = {terms.issuer for terms in network.AGREEMENTS}
    for shop in SHOPS:
        if "'scope': 'partners'" in str(rulebook.rules_of(shop.slug, NAMES)):
            assert shop.slug in issuers


def test_agreements_are_between_two_known_shops_once() -> None:
    every = [*network.AGREEMENTS, network.PROPOSED, network.DECLINED]
    pairs = [(terms.issuer, terms.acceptor) for terms in every]
    assert len(set(pairs)) == len(pairs)
    assert all(a in BY_SLUG and b in BY_SLUG and a != b for a, b in pairs)
    assert all(0 < t.fee_bps <= 500 and 0 < t.max_share_bps <= 10_000 for t in every)


def test_points_cost_their_issuers_what_they_are_worth() -> None:
    assert network.POOL_ISSUE_PRICE >= network.POOL_REDEEM_PRICE > 0
    assert sum(rulebook.in_pool(shop.slug) for shop in SHOPS) >= 10


def test_everybody_at_work_has_a_mobile_of_their_own() -> None:
    taken: set[str] = set()
    staff = network.administrators(SEED, taken)
    for shop in SHOPS:
        staff += network.crew(shop, SEED, taken)
    assert len(taken) == len(staff) == 2 + 4 * len(SHOPS)
    assert Counter(person.role for person in staff if person.shop) == {
        role: len(SHOPS) for role in ("owner", "manager", "cashier", "accountant")
    }


def test_households_have_a_favourite_and_sometimes_stray() -> None:
    visits = Counter(shop_for("hyper", 42, basket, SEED).slug for basket in range(1000))
    favourite = visits.most_common(1)[0][1]
    assert 700 < favourite < 900
    first = Counter(shop_for("hyper", home, 1, SEED).slug for home in range(2000))
    assert abs(first["sepidar"] / 2000 - (0.58 * 0.8 + 0.42 * 0.2)) < 0.05
