"""Makers' names on packaged goods; invented ones."""

from timcheh_app.demo.seeded import number

# Sold by eye and weight, without a maker's name.
_UNBRANDED = frozenset(
    {
        "میوه",
        "سبزی و صیفی",
        "گوشت قرمز",
        "مرغ",
        "ماهی و میگو",
        "خوراک سرد",
        "خوراک گرم",
        "کافه",
        "شیرینی",
        "نان قنادی",
        "گل",
        "گیاه",
        "هدیه",
        "خدمات",
        "کتاب و مجله",
        "کادو",
        "جشن",
    }
)
_FOOD_BRANDS = (
    "سپیدرود",
    "نارون",
    "ترنج",
    "سروستان",
    "دشت‌نو",
    "کوهپایه",
    "گندمک",
    "مهرآیین",
    "زرین‌دشت",
    "سبزدشت",
    "خوش‌چین",
    "پیچک",
    "شبدر",
    "هیرمند",
    "ارس‌بان",
    "پونه‌زار",
    "گلبو",
    "برکه",
    "آوند",
    "نیک‌پی",
    "رازیانه",
    "تاکستان",
    "نسترن",
    "شقایق",
    "بینالود",
    "هزاردره",
    "چشمه‌سار",
    "نیزار",
    "گلدشت",
    "کندو",
)
_CARE_BRANDS = (
    "طراوت",
    "سیمین",
    "یاسمنا",
    "نازگل",
    "بهسا",
    "مهرسا",
    "نیلوفرانه",
    "آرامش",
    "پگاهان",
    "ماه‌پر",
)
_TOOL_BRANDS = (
    "پرتوان",
    "آذرخش",
    "نوران",
    "فانوس",
    "تابان",
    "همراز",
    "پیشرو",
    "دیبا",
    "رسانا",
    "چکاد",
)
_CARE = frozenset(
    {"بهداشتی", "آرایشی", "دارو", "طبی", "مکمل", "تغذیهٔ کودک", "بهداشت کودک", "شوینده و سلولزی"}
)
_TOOLS = frozenset(
    {
        "برق",
        "صوت و تصویر",
        "ابزار",
        "آشپزخانه",
        "نظافت خانه",
        "دکور",
        "باغ و تراس",
        "پوشاک خانه",
        "اسباب‌بازی",
        "لوازم‌التحریر",
        "لوازم حیوانات",
    }
)


def is_tool(group: str) -> bool:
    """Whether the goods are durable: no size in grams is told for them."""
    return group in _TOOLS


def brand_of(maker: int, group: str) -> str:
    """The name under which a maker of the data sells this group of goods; "" for loose goods."""
    if group in _UNBRANDED:
        return ""
    brands = _CARE_BRANDS if group in _CARE else _TOOL_BRANDS if group in _TOOLS else _FOOD_BRANDS
    return brands[number(0, "brand", maker) % len(brands)]
