"""Findings in words, each with what to do next and where."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from mall_portal.health.judging import KINDS, Finding, Watched, findings_of
from timcheh.text.normalise import sort_key
from timcheh.web.pages import PageContext

_NEXT: Final = {
    "idle": "shops/{shop}/handover",
    "silent": "shops/{shop}",
    "offline": "shops/{shop}/handover",
    "sales_low": "shops/{shop}/handover",
    "sales_high": "alerts",
    "returns": "alerts",
    "spending": "fund",
    "contract": "shops/{shop}",
}
"""Where the next step is taken."""
_ICONS: Final = {"idle": "hourglass", "offline": "monitor", "contract": "calendar-clock"}
_HOURS: Final = 24

Judged = tuple[Watched, list[Finding]]


def judged(page: PageContext, shops: Sequence[Watched], today: date) -> list[Judged]:
    """Every shop with its findings: those with the most first, then by name."""
    found = [(shop, findings_of(shop, today, page.now)) for shop in shops]
    return sorted(found, key=lambda each: (-len(each[1]), sort_key(each[0].name)))


def kind_of(finding: Finding) -> str:
    """Which of the list's filters it answers to."""
    return next(kind for kind, codes in KINDS.items() if finding.kind in codes)


def shown_finding(page: PageContext, shop_id: UUID, finding: Finding) -> dict[str, Any]:
    """For a template: what it is, in a sentence, and the next step."""
    code = finding.kind.replace("_", "-")
    if finding.kind == "contract" and finding.now < 0:
        code = "contract-over"
    kind = kind_of(finding)
    return {
        "kind": kind,
        "icon": _ICONS.get(kind, "triangle-alert"),
        "label": page.text(f"health-{kind}"),
        "text": page.text(f"health-is-{code}", **_numbers(page, finding)),
        "next": page.text(f"health-next-{finding.kind.replace('_', '-')}"),
        "href": page.url(_NEXT[finding.kind].format(shop=shop_id)),
    }


def _numbers(page: PageContext, finding: Finding) -> dict[str, object]:
    voice, kind = page.voice, finding.kind
    if kind in ("sales_low", "sales_high"):
        by = abs(finding.now - finding.usual) * 10_000 // max(finding.usual, 1) // 100 * 100
        return {
            "now": voice.money(finding.now),
            "usual": voice.money(finding.usual),
            "by": voice.percent(by),
        }
    if kind in ("returns", "spending"):
        return {"now": voice.percent(finding.now), "usual": voice.percent(finding.usual)}
    if kind == "offline":
        return {"terminal": finding.terminal, "days": finding.now // _HOURS}
    return {"days": abs(finding.now), "usual": finding.usual}
