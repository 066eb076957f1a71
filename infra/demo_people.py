"""Who can sign in to a running `timcheh demo`, and their browsers."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from infra.shots import PATIENCE

HOME = Path.home() / ".local/share/timcheh"
"""Where the demo keeps its data if it is told nothing else."""
Person = dict[str, Any]
"""As the demo keeps them: who, path, mobile, password."""
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def first_of_each(data_dir: Path = HOME) -> dict[str, Person]:
    """By audience (`mall`, `shop`, `club`), the first person that the demo printed."""
    return {audience: people[0] for audience, people in everybody(data_dir).items()}


def everybody(data_dir: Path = HOME) -> dict[str, list[Person]]:
    """By audience (`mall`, `shop`, `club`), the people that the demo printed."""
    told = json.loads((data_dir / "secrets" / "demo.json").read_text("utf-8"))
    return {
        audience: [each for each in told["people"] if f"/{audience}/" in each["path"]]
        for audience in ("mall", "shop", "club")
    }


def signed_in(browser: Browser, url: str, person: Person) -> tuple[Any, str]:
    """The cookies of somebody who has just signed in, and where their pages begin."""
    member = "/club/" in person["path"]
    context = browser.new_context(locale="fa-IR")
    page = context.new_page()
    page.goto(url + person["path"], timeout=PATIENCE)
    page.fill("[name=mobile]", person["mobile"])
    if not member:
        page.fill("[name=password]", person["password"])
    page.click("form .btn--primary")
    if member:
        page.wait_for_url("**/sign-in/code*", timeout=PATIENCE)
        page.fill("[name=code]", _code(browser, url))  # goes by itself with its last digit
    page.wait_for_url(lambda now: "sign-in" not in now, timeout=PATIENCE)
    state = context.storage_state()
    context.close()
    return state, (url + person["path"]).removesuffix("/sign-in")


def _code(browser: Browser, url: str) -> str:
    inbox = browser.new_page()
    inbox.goto(f"{url}/dev/inbox", timeout=PATIENCE)
    found = re.search(r"\b(\d{5,6})\b", inbox.inner_text("main").translate(_LATIN))
    assert found is not None
    inbox.close()
    return found[1]
