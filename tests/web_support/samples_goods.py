"""Sample values of what a shop sells: goods, prices, colleagues, settings, terminals, papers."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from merchants.colleagues.errors import ColleagueOwedLess
from merchants.colleagues.terms import Rate
from merchants.invoices.document import Document, DocumentLine
from timcheh.errors import FieldError, Invalid
from timcheh.text.locale import Locale
from timcheh.web.errors import BothWrote
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]
_GROUPS = ("گل شاخه", "گلدان و لوازم نگهداری گیاهان آپارتمانی", "خدمات")
_LONG = "دسته‌گل رز هلندی سفید و صورتی با بسته‌بندی کرافت و روبان ساتن، مناسب هدیهٔ تولد و سالگرد"
_SELLER = {
    "name": "گل‌آرا",
    "address": "تهران، خیابان ولی‌عصر، مجتمع نور، طبقهٔ همکف، واحد ۱۲",
    "postal_code": "1965713145",
    "phone": "02188776655",
    "economic_code": "411122334455",
    "national_id": "10101234567",
    "footer": "گل تازه هر روز صبح می‌رسد.",
}


def pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    return {
        **_goods(),
        **_price_lists(),
        **_colleagues(now),
        **_settings(now),
        "shop-invoice": ("merchants/invoices/one.html", invoice(now), "purchases"),
        "shop-credit-note": ("merchants/invoices/one.html", credit_note(now), "purchases"),
    }


def front_pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], None]]:
    """What whoever scans an invoice's code is shown."""
    context = invoice(now)
    told = {"mall_name": "مجتمع نور", "shop": "گل‌آرا", "document": context["document"]}
    return {"invoice-check": ("merchants/invoices/check.html", {**told, "came_back": True}, None)}


def invoice(now: datetime) -> dict[str, Any]:
    """An invoice with a discount, tax on top, spent credit, a long name and half a kilo."""
    lines = [
        DocumentLine("دسته رز هلندی", 2, 2_400_000, 4_800_000, 480_000),
        DocumentLine(_LONG, 12, 1_250_000, 15_000_000, 0),
        DocumentLine("خاک برگ", 1, 1_200_000, 1_200_000, 0),
    ]
    document = Document(
        kind="invoice",
        number=1_204,
        seller=_SELLER,
        issued_at=now,
        at=now,
        lines=lines,
        spent_value=1_700_000,
        spent=[("rial", 1_500_000), ("point", 20)],
        earned=[("point", 40), ("rial", 926_000)],
        paid=20_872_000,
        vat_bps=1_000,
        vat=2_052_000,
        vat_added=2_052_000,
    )
    return _on_paper(document)


def credit_note(now: datetime) -> dict[str, Any]:
    """What came back of it."""
    document = Document(
        kind="credit_note",
        number=17,
        seller=_SELLER,
        issued_at=now,
        at=now,
        lines=[DocumentLine("دسته رز هلندی", 1, 2_400_000, 2_400_000, 240_000)],
        spent_value=200_000,
        spent=[],
        earned=[("rial", 92_600)],
        paid=1_960_000,
        vat_bps=1_000,
        vat=216_000,
        vat_added=216_000,
        deducted=16_000,
    )
    return _on_paper(document)


def _on_paper(document: Document) -> dict[str, Any]:
    return {
        "document": document,
        "document_id": "d-1",
        "purchase_id": "p-1",
        "customer": "نرگس احمدی",
        "number": "9999123412341238",
        "branch": "طبقهٔ همکف",
        "mall_name": "مجتمع نور",
        "credit_left": 3_250_000,
        "points_left": 160,
        "check": "https://club.example/noor/invoice/8sJ2kQ0zXy1LwPbD",
    }


def _goods() -> dict[str, Page]:
    goods = [
        Sample(
            id=f"g-{n}",
            name=_LONG if n == 1 else f"گلدان سفالی شماره {n}",
            sku=f"POT-{n:04}",
            group=_GROUPS[n % 3] if n % 4 else "",
            price=12_345_670 + n * 1_111_110,
            active=n != 2,
            discount_bps=1_000 if n % 3 == 0 else 0,
            credit_bps=500 if n % 3 != 2 else 0,
            points=25 if n == 0 else 0,
        )
        for n in range(12)
    ]
    full = {"goods": goods, "q": "", "group": "", "groups": [*_GROUPS], "next": "#", "previous": ""}
    none = {**full, "goods": [], "groups": [], "next": ""}
    faults = [FieldError("/sku", "sku_taken"), FieldError("/discount", "invalid")]
    typed = {
        "name": _LONG,
        "sku": "POT-0001",
        "price": "1234567",
        "discount": "۱۲۰",
        "active": "yes",
    }
    refused = Form.refused(typed, Invalid(errors=faults), Locale.FA)
    one = Form({"name": _LONG, "price": "1234567", "active": "yes", "points": "25"})
    theirs = {"price": "1500000", "credit_scope": "partners", "active": "", "barcode": ""}
    both = BothWrote(
        one.values | {"barcode": "626", "credit_scope": "own"},
        theirs,
        "#",
        who="other",
        name="سارا کیان‌پور",
        when="امروز ساعت ۱۰:۴۲",
    )
    met = Form.refused({}, both, Locale.FA)
    named = Sample(id="g-1", name=_LONG, sku="POT-0001")
    rows = [FieldError("/rows", "row_price", {"row": 17, "price": "صد"})]
    pasted = Form.refused({"rows": "POT-1\tگلدان\t120000"}, Invalid(errors=rows), Locale.FA)
    form = "merchants/catalogue/one.html"
    return {
        "shop-goods": ("merchants/catalogue/list.html", full, "goods"),
        "shop-goods-empty": ("merchants/catalogue/list.html", none, "goods"),
        "shop-goods-filtered": ("merchants/catalogue/list.html", {**none, "q": "x"}, "goods"),
        "shop-good": (form, {"form": one, "product": named, "groups": [*_GROUPS]}, "goods"),
        "shop-good-met": (form, {"form": met, "product": named, "groups": [*_GROUPS]}, "goods"),
        "shop-good-bad": (form, {"form": refused, "product": None, "groups": []}, "goods"),
        "shop-goods-import": ("merchants/catalogue/import.html", {"form": pasted}, "goods"),
    }


def _price_lists() -> dict[str, Page]:
    lists = [
        {
            "id": str(n),
            "name": name,
            "discount_bps": bps,
            "active": n != 1,
            "groups": groups,
            "items": items,
        }
        for n, (name, bps, groups, items) in enumerate(
            (
                ("همکاران و کارکنان مجتمع", 1_000, ["همکاران", "کارکنان مجتمع نور"], 0),
                ("عمده", 0, ["عمده‌فروشان شهرستان"], 1_240),
            )
        )
    ]
    faults = [FieldError("/items", "unknown_sku", {"sku": "POT-9"})]
    typed = {"name": "عمده", "groups": "عمده‌فروشان", "items": "POT-9\t99000", "active": "yes"}
    refused = Form.refused(typed, Invalid(errors=faults), Locale.FA)
    one = {"form": refused, "list_id": "1", "known_groups": ["همکاران", "عمده‌فروشان"]}
    listed = "merchants/catalogue/price_lists.html"
    return {
        "shop-price-lists": (listed, {"lists": lists}, "goods"),
        "shop-price-lists-empty": (listed, {"lists": []}, "goods"),
        "shop-price-list": ("merchants/catalogue/price_list.html", one, "goods"),
    }


def colleague_rows(now: datetime) -> list[Sample]:
    """Movements of an account, newest first."""
    return [
        Sample(
            kind=kind,
            amount=amount,
            purchase_id=None if kind == "payout" else f"p-{n}",
            created_at=now - timedelta(days=3 * n),
        )
        for n, (kind, amount) in enumerate(
            (("payout", -12_000_000), ("return", -160_000), ("sale", 1_234_560), ("sale", 987_650))
        )
    ]


def _colleagues(now: datetime) -> dict[str, Page]:
    terms = {"": Rate(bps=500), _GROUPS[1]: Rate(bps=750), "خدمات": Rate(amount=200_000)}
    people = [
        Sample(
            id=f"c-{n}",
            name=name,
            mobile="09121234567" if n else None,
            active=n != 2,
            terms=terms if n == 0 else {"": Rate(bps=500)} if n == 1 else {},
            balance=balance,
        )
        for n, (name, balance) in enumerate(
            (("مینا راد", 12_345_670), ("سارا کیان‌پور محمدزاده اصفهانی", -500_000), ("علی", 0))
        )
    ]
    account = {"colleague": people[0], "rows": colleague_rows(now), "request_key": "k"}
    refused = Form.refused({"amount": "99000000"}, ColleagueOwedLess(), Locale.FA)
    faults = [FieldError("/amount-1", "percent_or_amount")]
    typed = {"name": "مینا راد", "active": "yes", "percent-1": "5", "amount-1": "20000"}
    bad = Form.refused(typed, Invalid(errors=faults), Locale.FA)
    listed = "merchants/colleagues/list.html"
    one = "merchants/colleagues/one.html"
    return {
        "shop-colleagues": (listed, {"colleagues": people}, "colleagues"),
        "shop-colleagues-empty": (listed, {"colleagues": []}, "colleagues"),
        "shop-colleague": (one, {**account, "form": refused}, "colleagues"),
        "shop-colleague-new": (
            one,
            {**account, "colleague": people[2], "rows": [], "form": Form()},
            "colleagues",
        ),
        "shop-colleague-form": (
            "merchants/colleagues/form.html",
            {"form": bad, "colleague": None, "groups": [*enumerate(["", *_GROUPS])]},
            "colleagues",
        ),
    }


def _settings(now: datetime) -> dict[str, Page]:
    faults = [
        FieldError("/postal_code", "postal_code_invalid"),
        FieldError("/per_day-1", "not_positive"),
    ]
    typed = {
        "vat": "10",
        "vat_included": "no",
        "legal_name": "شرکت گل‌آرای نور (سهامی خاص)",
        "postal_code": "123",
        "per_invoice-0": "500000",
        "per_day-1": "0",
    }
    refused = Form.refused(typed, Invalid(errors=faults), Locale.FA)
    terminals = [
        {
            "id": f"t-{n}",
            "name": name,
            "branch": "طبقهٔ همکف",
            "key_since": now if n != 1 else None,
            "used_at": now - timedelta(minutes=4) if n == 0 else None,
        }
        for n, name in enumerate(("صندوق کنار در", "کارت‌خوان دوم", "نرم‌افزار حسابداری هلو"))
    ]
    listed = "merchants/terminals/list.html"
    some = {
        "terminals": terminals,
        "branches": [("b-1", "طبقهٔ همکف"), ("b-2", "طبقه دوم")],
        "form": Form(),
        "names": {each["id"]: Form({"name": str(each["name"])}) for each in terminals},
        "secret": "tm_live_5fJ2kQ0zXy1LwPbD8sJ2kQ0zXy1LwPbD8sJ2kQ0z",
        "named": "صندوق کنار در",
    }
    none = {**some, "terminals": [], "secret": "", "named": ""}
    return {
        "shop-selling": (
            "merchants/selling.html",
            {"form": refused, "groups": [*enumerate(["", "همکاران", "عمده‌فروشان شهرستان"])]},
            "selling",
        ),
        "shop-terminals": (listed, some, "terminals"),
        "shop-terminals-empty": (listed, none, "terminals"),
    }
