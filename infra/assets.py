"""The browser's files. Both outcomes are committed, so nobody needs Node to run the product.

python infra/assets.py build     styles/*.css -> static/app.css (after a change in styles/)
python infra/assets.py vendor    node_modules -> static/ (after `npm ci`, for a new version)
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "platform" / "timcheh" / "web"
STATIC = WEB / "static"
NODE_MODULES = ROOT / "node_modules"

sys.path.insert(0, str(ROOT / "platform"))

from timcheh.web.colour import Oklch, to_hex  # noqa: E402  needs the path above
from timcheh.web.render import STATIC_URL, asset  # noqa: E402

ICONS = (  # noqa: SIM905  a column of names reads better than a list of strings
    "arrow-down-left arrow-left arrow-left-right arrow-right arrow-up-right badge-check "
    "ban banknote bell building-2 calculator calendar-clock calendar-days "
    "chart-no-axes-column check chevron-down chevron-left chevron-right chevrons-up-down "
    "circle-alert circle-check circle-dot circle-help clock coins copy credit-card "
    "download ellipsis eye eye-off file-spreadsheet file-text funnel funnel-x gift globe "
    "handshake history hourglass house id-card info key-round landmark languages "
    "layout-dashboard layout-grid link list-checks list-filter lock log-in log-out "
    "map-pin megaphone menu message-square minus monitor moon network package pencil "
    "percent phone plus printer qr-code receipt receipt-text refresh-cw rotate-ccw scale "
    "scan-line search send settings shield-check shopping-bag shopping-basket smartphone "
    "sparkles split star store sun sun-moon tag tags ticket ticket-percent trash-2 "
    "trending-down trending-up triangle-alert trophy undo-2 user user-plus user-round "
    "users users-round vault wallet wallet-cards x zap "
).split()

FONT_UNICODES = (
    "U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+060C,U+061B,U+061F,U+0621-063A,"
    "U+0640-0655,U+0660-066D,U+0670,U+067E,U+0686,U+0698,U+06A9,U+06AF,U+06C0,U+06CC,"
    "U+06F0-06F9,U+200B-200F,U+2010-2015,U+2018-201D,U+2022,U+2026,U+2039,U+203A,"
    "U+2066-2069,U+2190-2193,U+2212,U+FDFC"
)
FONT_WEIGHTS = "wght=400:700"

_URL = re.compile(r'url\("([^"]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")
_COLOUR_TOKEN = re.compile(
    r"--([a-z0-9-]+):\s*light-dark\(oklch\(([\d.]+) ([\d.]+) ([\d.]+)\),", re.MULTILINE
)


def build() -> None:
    """Write static/app.css."""
    (STATIC / "app.css").write_text(stylesheet(), encoding="utf-8")


def stylesheet() -> str:
    """The styles joined in the order of their names, without comments and spare space."""
    source = "\n".join(path.read_text("utf-8") for path in sorted((WEB / "styles").glob("*.css")))
    css = _SPACE.sub(" ", _COMMENT.sub("", _URL.sub(_hashed, source + fallback(source))))
    return _AROUND.sub(r"\1", css).replace(";}", "}").strip() + "\n"


def _hashed(found: re.Match[str]) -> str:
    """The file with its content's hash, as `asset()` in templates has it: kept forever."""
    return f'url("{asset(found[1]).removeprefix(STATIC_URL + "/")}")'


def fallback(source: str) -> str:
    """The light theme in sRGB, for browsers from before light-dark() and OKLCH (2024)."""
    pairs = "".join(
        f"--{name}:{to_hex(Oklch(float(lightness), float(chroma), float(hue)))};"
        for name, lightness, chroma, hue in _COLOUR_TOKEN.findall(source)
    )
    return f"@supports not (color: light-dark(#000, #fff)) {{ :root {{ {pairs} }} }}"


def vendor() -> None:
    """Copy the pinned packages' files into static/."""
    (STATIC / "vendor").mkdir(parents=True, exist_ok=True)
    shutil.copy(NODE_MODULES / "htmx.org/dist/htmx.min.js", STATIC / "vendor/htmx.min.js")
    shutil.copy(NODE_MODULES / "htmx.org/LICENSE", STATIC / "vendor/htmx.LICENSE.txt")
    shutil.copy(NODE_MODULES / "jsqr/dist/jsQR.js", STATIC / "vendor/jsqr.js")
    shutil.copy(NODE_MODULES / "jsqr/LICENSE", STATIC / "vendor/jsqr.LICENSE.txt")
    shutil.copy(NODE_MODULES / "lucide-static/LICENSE", STATIC / "vendor/lucide.LICENSE.txt")
    shutil.copy(NODE_MODULES / "axe-core/axe.min.js", ROOT / "infra/axe.min.js")
    _font()
    (STATIC / "icons.svg").write_text(_sprite(), encoding="utf-8")


def _font() -> None:
    """Vazirmatn with the letters of Persian, Arabic and Latin, weights 400–700: 111 to 41 KB."""
    source = NODE_MODULES / "vazirmatn/fonts/variable/Vazirmatn[wght].ttf"
    (STATIC / "fonts").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        narrowed = Path(folder) / "narrowed.ttf"
        _run("fontTools.varLib.instancer", str(source), FONT_WEIGHTS, "-o", str(narrowed), "-q")
        _run(
            "fontTools.subset",
            str(narrowed),
            f"--unicodes={FONT_UNICODES}",
            "--layout-features=*",
            "--no-hinting",
            "--flavor=woff2",
            f"--output-file={STATIC / 'fonts/vazirmatn.woff2'}",
        )
    shutil.copy(NODE_MODULES / "vazirmatn/OFL.txt", STATIC / "fonts/vazirmatn.OFL.txt")


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True)  # noqa: S603


def _sprite() -> str:
    symbols = "".join(_symbol(name) for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _symbol(name: str) -> str:
    text = (NODE_MODULES / f"lucide-static/icons/{name}.svg").read_text("utf-8")
    inside = text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{_SPACE.sub(" ", inside).strip()}</symbol>'


if __name__ == "__main__":
    {"build": build, "vendor": vendor}[sys.argv[1]]()
