"""Lighthouse on the main page of each audience of a running `timcheh demo`.

    make lighthouse [URL=http://127.0.0.1:8000] [DATA_DIR=…] [ARGS="--runs 5"]

Node and the local Chromium do the work; both are needed for this and for nothing else. A member's
page is measured as on a phone over a slow network, the staff's and the till as on a desktop.
Prints the median score of so many runs in each category; exit status 1 if one is under 95.
"""

import json
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from infra.demo_people import HOME, first_of_each, signed_in
from infra.shots import CHROMIUM, CHROMIUM_ARGUMENTS, chromium

HERE = Path(__file__).parent
CATEGORIES = ("performance", "accessibility", "best-practices")
LEAST = 95
_PATIENCE = 300  # seconds for one page


class _Page(NamedTuple):
    """Whose page; `path` continues the address of the audience."""

    audience: str
    path: str
    phone: bool


PAGES = (
    _Page("mall", "", phone=False),
    _Page("mall", "/shops", phone=False),
    _Page("shop", "", phone=False),
    _Page("shop", "/till", phone=False),
    _Page("club", "", phone=True),
)


def main() -> int:
    """Measures and prints. 2 where something is not installed."""
    parser = ArgumentParser(prog="python -m infra.lighthouse", description=__doc__)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--data-dir", type=Path, default=HOME, help="of the demo")
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    url = chosen.url.rstrip("/")
    if lacking := _lacking():
        sys.stderr.write(f"{lacking}\n")
        return 2
    people = first_of_each(chosen.data_dir)
    with chromium() as browser:
        visits = {who: signed_in(browser, url, person) for who, person in people.items()}
    low = 0
    for page in PAGES:
        state, home = visits[page.audience]
        reports = [_measured(home + page.path, state, phone=page.phone) for _ in range(chosen.runs)]
        low += _told(f"{page.audience}{page.path}", reports)
    return 1 if low else 0


def _lacking() -> str:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Lighthouse needs Node 18.16 or newer with npm; nothing else of Timcheh does."
    if not Path(CHROMIUM).exists():
        return f"Lighthouse needs Chromium at {CHROMIUM}: apt install chromium"
    if not (HERE / "node_modules" / "lighthouse").exists():
        return "Lighthouse is not installed: npm ci --prefix infra/lighthouse (make does it)"
    return ""


def _measured(url: str, state: Any, *, phone: bool) -> dict[str, Any]:
    """Lighthouse's report."""
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in state["cookies"])
    command = [
        str(HERE / "node_modules" / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(CHROMIUM_ARGUMENTS)}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
        *([] if phone else ["--preset=desktop"]),
    ]
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    found = subprocess.run(  # noqa: S603  our own arguments
        command, env=environment, stdout=subprocess.PIPE, check=True, timeout=_PATIENCE
    )
    report: dict[str, Any] = json.loads(found.stdout)
    assert report["finalDisplayedUrl"] == url, report["finalDisplayedUrl"]  # not the door
    return report


def _told(name: str, reports: list[dict[str, Any]]) -> int:
    """Prints a page's scores, and what took points. How many are too low."""
    low = 0
    for category in CATEGORIES:
        score = median(round(each["categories"][category]["score"] * 100) for each in reports)
        low += score < LEAST
        sys.stdout.write(f"{name}\t{category}\t{score:.0f}\n")
    for fault in _faults(reports[0]):
        sys.stdout.write(f"{name}\t  {fault}\n")
    return low


def _faults(report: dict[str, Any]) -> list[str]:
    weighed = {
        each["id"]
        for category in CATEGORIES
        for each in report["categories"][category]["auditRefs"]
        if each["weight"]
    }
    audits = (report["audits"][name] for name in sorted(weighed))
    return [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    sys.exit(main())
