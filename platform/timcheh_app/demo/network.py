"""How the demo's shops hang together: agreements, the pool of points, the mall's people."""

from dataclasses import dataclass

from timcheh_app.demo import identity
from timcheh_app.demo.seeded import generator
from timcheh_app.demo.shops import Shop

PASSWORD = "golestan-1404"  # noqa: S105  a demo's password is meant to be known

POOL_NAME = "امتیاز گلستان"
POOL_ISSUE_PRICE = 1_050  # rial a point; the difference to the redeem price bears the pool's cost
POOL_REDEEM_PRICE = 1_000
POOL_MONTHS = 6
POOL_FEE_BPS = 100
POOL_MAX_SHARE_BPS = 5_000


@dataclass(frozen=True, slots=True)
class Terms:
    """`acceptor` takes the partner credit of `issuer` (slugs); fee and share in basis points.

    What was granted stays spendable for `notice_days` after the end.
    """

    issuer: str
    acceptor: str
    fee_bps: int
    max_share_bps: int
    notice_days: int = 30


AGREEMENTS: tuple[Terms, ...] = (
    Terms("sepidar", "baghestan", 150, 3_000),
    Terms("sepidar", "narenj", 200, 4_000),
    Terms("sepidar", "badgir", 200, 5_000),
    Terms("sepidar", "nasim", 250, 10_000),
    Terms("sepidar", "laleh", 200, 3_000),
    Terms("baran", "mehregan", 150, 2_000),
    Terms("baran", "reyhan", 200, 5_000),
    Terms("baran", "narenj", 200, 4_000),
    Terms("alborz", "sepidar", 150, 2_500),
    Terms("alborz", "termeh", 200, 5_000),
    Terms("alborz", "baghestan", 200, 4_000),
    Terms("narenj", "gol-ara", 200, 5_000),
    Terms("narenj", "badgir", 200, 5_000),
    Terms("narenj", "sepidar", 150, 2_500),
    Terms("badgir", "hodhod", 250, 5_000),
    Terms("badgir", "narenj", 200, 4_000),
    Terms("gol-ara", "laleh", 200, 5_000),
    Terms("gol-ara", "narenj", 200, 5_000),
    Terms("gol-ara", "badgir", 200, 10_000),
    Terms("laleh", "gol-ara", 200, 5_000),
    Terms("laleh", "shafa", 200, 3_000),
    Terms("laleh", "mahoor", 250, 4_000),
    Terms("ninigol", "ferfereh", 200, 5_000),
    Terms("ninigol", "shafa", 150, 3_000),
    Terms("ninigol", "mehregan", 150, 2_000),
    Terms("hodhod", "ferfereh", 250, 5_000),
    Terms("hodhod", "badgir", 250, 10_000),
    Terms("mahoor", "parto", 200, 4_000),
    Terms("mahoor", "sepidar", 150, 2_500),
    Terms("nasim", "parto", 250, 5_000),
    Terms("nasim", "mehregan", 150, 2_000),
)
# Waits for the answer of the shop whose owner signs in first, who so has something to decide.
PROPOSED = Terms("hodhod", "laleh", 200, 3_000)
DECLINED = Terms("nasim", "shafa", 300, 5_000)


@dataclass(frozen=True, slots=True)
class Employee:
    """A person with a sign-in; `shop` is a slug, None for the mall's own administrators."""

    shop: str | None
    role: str
    name: str
    mobile: str


# A settlement is drafted by the first and approved by the second.
_ADMINISTRATORS = ("مریم رستگار", "کاوه بهرامی")
_CREW = ("manager", "cashier", "accountant")
_GIVEN = (
    "نگار",
    "سامان",
    "هانیه",
    "پدرام",
    "سپیده",
    "فرزاد",
    "مهتاب",
    "کیوان",
    "آزاده",
    "میلاد",
    "رویا",
    "بابک",
)
_FAMILY = (
    "فروتن",
    "جهانگیری",
    "پورمند",
    "نیک‌روش",
    "صادقی",
    "اسکندری",
    "ملکی",
    "دهقان",
    "خوش‌نویس",
    "شریفی",
    "امینی",
    "کریم‌پور",
)


def administrators(seed: int, taken: set[str]) -> list[Employee]:
    """Two, because a settlement needs a second person. Mobiles go into `taken`."""
    return [
        Employee(None, "administrator", name, _mobile(seed, taken, "mall", name))
        for name in _ADMINISTRATORS
    ]


def crew(shop: Shop, seed: int, taken: set[str]) -> list[Employee]:
    """Owner, manager, cashier and accountant of a shop. Mobiles go into `taken`."""
    people = [Employee(shop.slug, "owner", " ".join(shop.owner), _mobile(seed, taken, shop.slug))]
    rng = generator(seed, "crew", shop.slug)
    families = rng.sample(_FAMILY, len(_CREW))
    for role, given, family in zip(_CREW, rng.sample(_GIVEN, len(_CREW)), families, strict=True):
        mobile = _mobile(seed, taken, shop.slug, role)
        people.append(Employee(shop.slug, role, f"{given} {family}", mobile))
    return people


def _mobile(seed: int, taken: set[str], *whose: str) -> str:
    rng = generator(seed, "staff", *whose)
    while (mobile := identity.mobile(rng)) in taken:
        pass
    taken.add(mobile)
    return mobile
