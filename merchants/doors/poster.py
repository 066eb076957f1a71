"""The poster of a door: an A4 page with its code, to be printed and hung up."""

import base64
import io
from html import escape

import segno

from timcheh.text.locale import Locale
from timcheh.web.statics import ROOT

_FONT = ROOT / "fonts" / "vazirmatn.woff2"
_STYLE = """
@font-face { font-family: Vazirmatn; src: url("%(font)s"); font-weight: 100 900; }
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { font-family: Vazirmatn, sans-serif; text-align: center; color: #20252d; margin: 0; }
.arch { border: 1.2mm solid #0c7a80; border-radius: 88mm 88mm 6mm 6mm; padding: 34mm 14mm 12mm;
        height: 236mm; }
h1 { font-size: 34pt; font-weight: 700; margin: 0 0 4mm; }
.lead { font-size: 17pt; margin: 0 0 12mm; color: #4a525e; }
img { width: 88mm; height: 88mm; }
.how { font-size: 15pt; margin: 8mm 0 2mm; }
.address { font-size: 13pt; direction: ltr; }
.logo { width: auto; height: 12mm; max-width: 60mm; object-fit: contain; }
.mall { margin-top: 4mm; font-size: 12pt; color: #4a525e; }
"""


def poster_pdf(
    shop: str, mall: str, address: str, lead: str, how: str, locale: Locale, logo: str = ""
) -> bytes:
    """The page as PDF; the code leads to `address`. Takes about a second of CPU.

    `logo` is the mall's as a data address, or nothing.
    """
    font = _FONT.as_uri()
    shown = address.removeprefix("https://").removeprefix("http://")
    face = f'<img class="logo" src="{logo}" alt=""><br>' if logo else ""
    html = f"""<!doctype html><html lang="{locale}" dir="{locale.direction}"><meta charset="utf-8">
<style>{_STYLE % {"font": font}}</style><div class="arch"><h1>{escape(shop)}</h1>
<p class="lead">{escape(lead)}</p><img src="{_code(address)}" alt="">
<p class="how">{escape(how)}</p><p class="address">{escape(shown)}</p></div>
<p class="mall">{face}{escape(mall)}</p></html>"""
    # A second, and a library of the system: only where something is printed.
    from weasyprint import HTML

    return bytes(HTML(string=html).write_pdf())


def _code(text: str) -> str:
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=0, scale=10)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
