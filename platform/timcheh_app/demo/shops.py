"""The shops of the demo mall: who they are and what they put into the fund.

Each sells one kind of goods of `goods.py`; where two sell the same, households have a favourite.
"""

from dataclasses import dataclass

from timcheh_app.demo import identity
from timcheh_app.demo.seeded import chance, generator

MALL_NAME = "تیمچهٔ گلستان"
MALL_SLUG = "golestan"

_BILLION = 1_000_000_000
# Of a household's visits to a kind of shop, how many go to its favourite.
_LOYALTY = 0.8


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop as the demo writes it down; money in rial.

    `share` is its part of the households among shops of the same `kind`. `company` tells whether
    the owner is a firm (11-digit id) or a person (10 digits).
    """

    slug: str
    name: str
    category: str
    kind: str
    owner: tuple[str, str]
    branches: tuple[str, ...] = ("طبقهٔ همکف",)
    share: float = 1.0
    company: bool = False
    deposit: int = 2 * _BILLION
    credit_limit: int = 20 * _BILLION

    def legal_id(self, seed: int) -> str:
        """The owner's کد ملی or شناسه ملی."""
        rng = generator(seed, "legal", self.slug)
        return identity.company_id(rng) if self.company else identity.national_id(rng)

    def sheba(self, seed: int) -> str:
        return identity.sheba(generator(seed, "sheba", self.slug))


SHOPS: tuple[Shop, ...] = (
    Shop(
        "sepidar",
        "هایپر سپیدار",
        "هایپرمارکت",
        "hyper",
        ("بهروز", "کاظمی"),
        ("سالن اصلی", "ورودی شمالی"),
        share=0.58,
        company=True,
        deposit=10 * _BILLION,
        credit_limit=80 * _BILLION,
    ),
    Shop(
        "mehregan",
        "فروشگاه مهرگان",
        "سوپرمارکت",
        "hyper",
        ("نسرین", "توکلی"),
        share=0.42,
        company=True,
        deposit=8 * _BILLION,
        credit_limit=60 * _BILLION,
    ),
    Shop(
        "baghestan",
        "میوه‌سرای باغستان",
        "میوه و سبزی",
        "fruit",
        ("حمید", "باغبانی"),
        share=0.6,
        deposit=3 * _BILLION,
        credit_limit=30 * _BILLION,
    ),
    Shop("baran", "میوهٔ باران", "میوه و سبزی", "fruit", ("سمیه", "رضازاده"), share=0.4),
    Shop(
        "alborz",
        "پروتئین البرز",
        "گوشت و پروتئین",
        "meat",
        ("ایرج", "قصابیان"),
        share=0.55,
        deposit=5 * _BILLION,
        credit_limit=40 * _BILLION,
    ),
    Shop("moghan", "گوشت مغان", "گوشت و پروتئین", "meat", ("یاشار", "مغانلو"), share=0.45),
    Shop("narenj", "قنادی نارنج", "شیرینی و نان", "pastry", ("فریبا", "شیرازی")),
    Shop("termeh", "خوراک خانگی ترمه", "خوراک آماده", "deli", ("اکرم", "یزدی")),
    Shop("badgir", "کافه بادگیر", "کافه و رستوران", "cafe", ("آرمان", "مهرپرور")),
    Shop("reyhan", "عطاری ریحان", "عطاری و ارگانیک", "herbs", ("سیداحمد", "موسوی")),
    Shop("gol-ara", "گل‌آرا", "گل و گیاه", "flowers", ("مهناز", "گلستانی")),
    Shop(
        "laleh",
        "لاله",
        "آرایشی و بهداشتی",
        "beauty",
        ("لاله", "صارمی"),
        ("طبقهٔ اول", "طبقهٔ همکف"),
        company=True,
        deposit=3 * _BILLION,
    ),
    Shop("shafa", "داروخانهٔ شفا", "داروخانه", "pharmacy", ("دکتر پیمان", "طبیب‌زاده")),
    Shop("ninigol", "سیسمونی نی‌نی‌گل", "مادر و کودک", "baby", ("الهام", "نیک‌نام")),
    Shop("hodhod", "کتاب‌سرای هدهد", "کتاب و لوازم‌التحریر", "books", ("کامران", "دانشور")),
    Shop("ferfereh", "فرفره", "اسباب‌بازی و جشن", "toys", ("بهاره", "شادمان")),
    Shop("parto", "الکترو پرتو", "برق و الکترونیک", "electrical", ("سعید", "روشن"), company=True),
    Shop("mahoor", "خانهٔ ماهور", "خانه و آشپزخانه", "home", ("ژاله", "ماهوری")),
    Shop("makhmal", "پت‌شاپ مخمل", "حیوانات خانگی", "pets", ("رامین", "پناهی")),
    Shop("nasim", "کارواش نسیم", "خدمات خودرو", "car", ("قاسم", "نسیمی"), ("پارکینگ منفی دو",)),
)
BY_SLUG = {shop.slug: shop for shop in SHOPS}
_BY_KIND: dict[str, list[Shop]] = {}
for _shop in SHOPS:
    _BY_KIND.setdefault(_shop.kind, []).append(_shop)


def shop_for(kind: str, household_id: int, basket_id: int, seed: int) -> Shop:
    """Where this household buys this kind of goods this time."""
    candidates = _BY_KIND[kind]
    if len(candidates) == 1:
        return candidates[0]
    favourite = _draw(candidates, chance(seed, "favourite", kind, household_id))
    if chance(seed, "loyal", kind, basket_id) < _LOYALTY:
        return favourite
    return next(shop for shop in candidates if shop is not favourite)


def _draw(candidates: list[Shop], at: float) -> Shop:
    for shop in candidates:
        at -= shop.share
        if at < 0:
            return shop
    return candidates[-1]
