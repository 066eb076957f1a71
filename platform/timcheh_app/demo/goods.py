"""A product of the data as goods of a Persian shop: shop kind, name, group, price."""

import re
from dataclasses import dataclass

from timcheh_app.demo.brands import brand_of, is_tool
from timcheh_app.demo.source import Product
from timcheh_app.demo.words_food import FOOD
from timcheh_app.demo.words_home import HOME
from timcheh_app.demo.words_kind import KIND

# One US cent of 2017 as rial of today: a litre of milk comes to about 55,000 toman.
RIAL_PER_CENT = 3_000
_PRICE_STEP = 5_000
_LOWEST_PRICE = 10_000

# Departments whose goods all go to one kind of shop; the others are told apart by category.
_DEPARTMENTS = {
    "GROCERY": "hyper",
    "FROZEN GROCERY": "hyper",
    "DRUG GM": "home",
    "GM MERCH EXP": "home",
    "PRODUCE": "fruit",
    "PROD-WHS SALES": "fruit",
    "TRAVEL & LEISURE": "fruit",
    "MEAT": "meat",
    "MEAT-PCKGD": "meat",
    "SEAFOOD": "meat",
    "SEAFOOD-PCKGD": "meat",
    "DELI": "deli",
    "SALAD BAR": "cafe",
    "CHEF SHOPPE": "cafe",
    "RESTAURANT": "cafe",
    "PASTRY": "pastry",
    "NUTRITION": "herbs",
    "SPIRITS": "herbs",
    "COSMETICS": "beauty",
    "FLORAL": "flowers",
    "GARDEN CENTER": "flowers",
    "FUEL": "car",
    "MISCELLANEOUS": "car",
    "AUTOMOTIVE": "car",
    "PHOTO & VIDEO": "electrical",
    "ELECT &PLUMBING": "electrical",
    "TOYS": "toys",
}
# Groups of `words_home`/`words_food` that a department hands to another shop.
_GROUPS = {
    "تنقلات": "hyper",
    "خدمات": "hyper",
    "غذای حیوانات": "pets",
    "لوازم حیوانات": "pets",
    "عطاری": "herbs",
    "بهداشتی": "beauty",
    "آرایشی": "beauty",
    "دارو": "pharmacy",
    "طبی": "pharmacy",
    "مکمل": "pharmacy",
    "تغذیهٔ کودک": "baby",
    "بهداشت کودک": "baby",
    "کتاب و مجله": "books",
    "لوازم‌التحریر": "books",
    "کادو": "books",
    "اسباب‌بازی": "toys",
    "جشن": "toys",
    "برق": "electrical",
    "صوت و تصویر": "electrical",
}
# Small departments whose few products carry categories of quite other ones.
_MISFILED = frozenset({"electrical", "toys"})
_SPLIT_DEPARTMENTS = frozenset({"GROCERY", "DRUG GM"})
# What a line is called when its category says nothing ("MISCELLANEOUS", none at all).
_OTHERWISE = {
    "hyper": ("خواربار متفرقه", "خواربار"),
    "home": ("خرده‌ریز خانه", "دکور"),
    "fruit": ("میوهٔ نوبرانه", "میوه"),
    "meat": ("چاشنی و خیارشور", "سوسیس و کالباس"),
    "deli": ("خوراک روز", "خوراک گرم"),
    "cafe": ("پیش‌غذای سرآشپز", "کافه"),
    "pastry": ("شیرینی تر", "شیرینی"),
    "herbs": ("عرقیات گیاهی", "عطاری"),
    "beauty": ("لوازم آرایش", "آرایشی"),
    "flowers": ("سبد گل", "گل"),
    "electrical": ("لوازم برقی کوچک", "برق"),
    "toys": ("اسباب‌بازی", "اسباب‌بازی"),
}
# Fuel and the like: a service by what it cost, up to so many cents.
SERVICE_KIND = "car"
_SERVICES = (
    (200, "CAR-1", "پارکینگ"),
    (1_200, "CAR-2", "روشویی خودرو"),
    (3_000, "CAR-3", "روشویی و توشویی"),
    (5_000, "CAR-4", "تعویض روغن و فیلتر"),
    (10**9, "CAR-5", "صفرشویی و واکس بدنه"),
)
_SERVICE_RIAL_PER_CENT = 1_500
# Sizes of medicine in ounces tell a Persian reader nothing.
_UNSIZED = frozenset({"دارو", "طبی"})
# Where 2017's American price and today's Iranian one differ most.
_DEARER = {
    "گوشت قرمز": 3.0,
    "ماهی و میگو": 2.0,
    "مرغ": 1.2,
    "لبنیات": 1.6,
    "عطاری": 2.0,
    "گل": 1.6,
    "کتاب و مجله": 1.5,
    "تغذیهٔ کودک": 2.5,
    "غذای حیوانات": 3.0,
    "صوت و تصویر": 4.0,
    "برق": 2.0,
    "کافه": 1.5,
    "نان قنادی": 1.3,
    "شیرینی": 1.8,
}
_SIZE = re.compile(r"([\d.]+) (OZ|LB|L|ML|GA|CT)")
_LIQUID = (
    "شیر کم",
    "شیر کاکائو",
    "شیر بدون",
    "شیر بادام",
    "آب ",
    "آب‌میوه",
    "نوشابه",
    "نوشیدنی",
    "شربت",
    "مایع",
    "شامپو",
    "روغن",
    "ماءالشعیر",
    "عرق",
    "گلاب",
    "سفیدکننده",
    "نرم‌کننده",
    "دوغ",
)
_MILLILITRES = {"L": 1000.0, "ML": 1.0, "GA": 3785.0, "OZ": 29.57}
_GRAMS = {"OZ": 28.35, "LB": 453.6}
_LARGEST_PACK = 25_000
_PERSIAN = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")


@dataclass(frozen=True, slots=True)
class Goods:
    """What a shop calls a product. `kind` is the kind of shop that sells it."""

    kind: str
    sku: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A purchase line; `unit_price` in rial, `quantity` in pieces."""

    sku: str
    name: str
    group: str
    quantity: int
    unit_price: int


def goods_of(product: Product) -> Goods | None:
    """The goods of a product, or None for what no shop sells (coupons, postage)."""
    home = _DEPARTMENTS.get(product.department)
    if home is None:
        return None
    if home == SERVICE_KIND:
        return Goods(SERVICE_KIND, "", "", "خدمات خودرو")
    word = HOME.get(product.category) or FOOD.get(product.category)
    if word is None or home in _MISFILED:
        name, group = _OTHERWISE[home]
        return Goods(home, str(product.product_id), name, group)
    name, group = word
    name = KIND.get(f"{product.category} {product.kind}") or KIND.get(product.kind) or name
    shop = _GROUPS.get(group, home) if product.department in _SPLIT_DEPARTMENTS else home
    return Goods(shop, str(product.product_id), _full_name(name, group, product), group)


def sold_line(goods: Goods, quantity: int, cents: int) -> SoldLine:
    """A line of the data in rial. Services are counted once: their quantity is litres there."""
    if goods.kind == SERVICE_KIND:
        sku, name = next((code, text) for limit, code, text in _SERVICES if cents <= limit)
        return SoldLine(sku, name, goods.group, 1, _round(cents * _SERVICE_RIAL_PER_CENT))
    price = unit_price(cents / quantity, goods.group)
    return SoldLine(goods.sku, goods.name, goods.group, quantity, price)


def unit_price(cents: float, group: str) -> int:
    """Rial for a price in US cents of 2017, in steps of 500 toman."""
    return _round(cents * RIAL_PER_CENT * _DEARER.get(group, 1.0))


def services() -> list[SoldLine]:
    """The price list of the shop that has no products in the data."""
    prices = (200_000, 1_200_000, 3_000_000, 5_500_000, 12_000_000)
    return [
        SoldLine(code, name, "خدمات خودرو", 1, price)
        for (_, code, name), price in zip(_SERVICES, prices, strict=True)
    ]


def _round(rial: float) -> int:
    return max(_LOWEST_PRICE, round(rial / _PRICE_STEP) * _PRICE_STEP)


def _full_name(name: str, group: str, product: Product) -> str:
    brand = brand_of(product.maker, group)
    sized = brand and group not in _UNSIZED and not is_tool(group)
    size = _size(name, product.size) if sized else ""
    return " ".join(filter(None, (name, brand, size)))


def _size(name: str, text: str) -> str:
    """`16 OZ` → «۴۵۰ گرمی» (or millilitres for what is poured); "" where it says little."""
    match = _SIZE.fullmatch(text)
    if match is None:
        return ""
    amount, unit = float(match[1]), match[2]
    if unit == "CT":
        return f"بستهٔ {_digits(amount)} عددی" if 1 < amount <= 500 else ""
    poured = unit in ("L", "ML", "GA") or (unit == "OZ" and name.startswith(_LIQUID))
    measures = _MILLILITRES if poured else _GRAMS
    measured = amount * measures[unit]
    if measured > _LARGEST_PACK:
        return ""  # a slip of the data
    return _volume(measured) if poured else _weight(measured)


def _volume(millilitres: float) -> str:
    if millilitres >= 1000:
        return f"{_digits(round(millilitres / 1000, 1))} لیتری"
    return f"{_digits(_neat(millilitres))} میلی‌لیتری"


def _weight(grams: float) -> str:
    if grams >= 1000:
        return f"{_digits(round(grams / 1000, 1))} کیلویی"
    return f"{_digits(_neat(grams))} گرمی"


def _neat(amount: float) -> int:
    step = 5 if amount < 100 else 10
    return max(step, round(amount / step) * step)


def _digits(amount: float) -> str:
    return f"{amount:g}".translate(_PERSIAN)
