"""The mall's own name, face and terms: kept, shown everywhere, refused where they can't be."""

import io

import pytest
from PIL import Image

from mall_portal.settings.logo import fitted_logo
from tests.web_support.portal import text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.errors import Invalid
from timcheh.ids import new_id

FORM = {
    "name": "مجتمع سپید",
    "colour": "#7A1F3D",
    "display_unit": "toman",
    "locale": "fa",
    "network_fee": "۱٫۵",
    "default_credit_limit": "۲٬۰۰۰٬۰۰۰",
    "return_grace_days": "۱۵",
    "sms_segment_price": "",
    "reminder_days": "۱۰، ۳",
}


def picture(side: int = 600, kind: str = "PNG", colour: str = "#7a1f3d") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(made, kind)
    return made.getvalue()


@pytest.mark.feature("member.white_label", page="/{mall}/mall/settings")
async def test_a_mall_takes_its_own_face_on_every_page(
    administrators: Administrators, members: Members
) -> None:
    someone = await administrators("administrator")
    assert "مجتمع سپید" not in text_of(await someone.get("/settings"))
    fields = {"_csrf_token": someone.csrf, **FORM}
    logo = {"logo": ("logo.jpg", picture(kind="JPEG"), "image/jpeg")}
    kept = await someone.client.post(f"{someone.root}/settings", data=fields, files=logo)
    assert kept.status_code == 303, text_of(kept.text)
    shown = await someone.get("/settings")
    assert 'value="#7a1f3d"' in shown
    assert "۱۰، ۳" in shown
    member = await members("09121110099")
    slug = someone.root.split("/")[1]
    for html in (
        shown,
        await member.get(""),
        (await someone.client.get(f"/{slug}/club/sign-in")).text,
        (await someone.client.get(f"{someone.root}/fund/{new_id()}/{new_id()}")).text,
    ):
        assert "مجتمع سپید" in html
        assert ":root{--accent:light-dark(" in html
        assert f"/{slug}/logo.png?v=" in html
    sent = await someone.client.get(f"/{slug}/logo.png")
    with Image.open(io.BytesIO(sent.content)) as small:
        assert (small.format, small.size) == ("PNG", (512, 512))
    fields["remove_logo"] = "yes"
    await someone.client.post(f"{someone.root}/settings", data=fields)
    assert (await someone.client.get(f"/{slug}/logo.png")).status_code == 404


async def test_what_can_t_be_is_told_at_its_field_and_nothing_is_kept(
    administrators: Administrators,
) -> None:
    someone = await administrators("administrator")
    fields = {"_csrf_token": someone.csrf, **FORM, "name": "", "colour": "سرخ"}
    fields |= {"network_fee": "۱۲۰", "reminder_days": "۷، ۰"}
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    files = {"logo": ("logo.svg", svg, "image/svg+xml")}
    refused = await someone.client.post(f"{someone.root}/settings", data=fields, files=files)
    assert refused.status_code == 422
    for name in ("name", "colour", "logo", "network_fee", "reminder_days"):
        assert f'href="#f-{name}"' in refused.text, name
    assert "سرخ" in refused.text  # what was typed is there
    assert "سرخ" not in await someone.get("/settings")


async def test_the_preview_keeps_any_colour_legible(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    answer = await someone.client.get(f"{someone.root}/settings/colours?colour=%23ffee00")
    assert answer.json()["--accent"].startswith("light-dark(oklch(")
    nothing = await someone.client.get(f"{someone.root}/settings/colours?colour=red%3B")
    assert nothing.json() == {}


async def test_only_administrators_change_them(administrators: Administrators) -> None:
    someone = await administrators("accountant")
    assert (await someone.client.get(f"{someone.root}/settings")).status_code == 403


def test_a_logo_is_cut_to_what_is_drawn_and_nothing_else_of_it_is_kept() -> None:
    drawn = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    drawn.paste((122, 31, 61, 255), (100, 150, 300, 250))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    with Image.open(io.BytesIO(fitted_logo(file.getvalue()))) as found:
        assert found.size == (200, 100)
        assert found.info == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "logo_unreadable"),
        (b"<svg/>", "logo_unreadable"),
        (picture(20), "logo_too_small"),
        (picture()[:20], "logo_unreadable"),
        (b"x" * (4 * 1024 * 1024 + 1), "picture_too_large"),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        fitted_logo(content)
    assert refused.value.errors[0].code == code
