"""Offers in words: what the portal's templates are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from merchants.offers.merging import Written
from merchants.offers.models import OfferDraft
from merchants.programme.bounds import tell_bounds
from merchants.programme.sentences import Teller
from timcheh.errors import TimchehError
from timcheh.errors.texts import error_detail
from timcheh.rules import Rule, parse_rules
from timcheh.web.pages import PageContext

RUNNING, UPCOMING, ENDED = "running", "upcoming", "ended"
DRAFT, SCHEDULED = "draft", "scheduled"
STATES = (RUNNING, UPCOMING, SCHEDULED, DRAFT, ENDED)


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """One rule in words. `given`: rial so far, of a rule whose giving is counted."""

    name: str
    state: str
    when: str
    then: Sequence[str]
    bounds: Sequence[str]
    priority: int = 0
    budget: int | None = None
    given: int = 0
    draft_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft: the offer in words, and its own facts."""

    id: UUID
    revision: int
    offer: ShownOffer
    replaces: str
    publish_at: datetime | None
    updated_at: datetime
    actor: str
    problem: str


def teller_of(page: PageContext, names: Mapping[UUID, str]) -> Teller:
    """Tells rules as this page's reader sees money and shops."""
    return Teller(page.locale, page.unit, names)


def state_of(rule: Rule, now: datetime) -> str:
    """Of a rule that is in force."""
    if rule.ends_at is not None and rule.ends_at <= now:
        return ENDED
    if rule.starts_at is not None and rule.starts_at > now:
        return UPCOMING
    return RUNNING


def shown_offer(rule: Rule, teller: Teller, state: str, **more: Any) -> ShownOffer:
    """A rule in words; `more` are the further fields."""
    return ShownOffer(
        rule.name,
        state,
        teller.when(rule),
        teller.then(rule),
        tell_bounds(teller, rule),
        rule.priority,
        rule.budget,
        **more,
    )


def shown_offers(
    rules: Sequence[Written],
    teller: Teller,
    now: datetime,
    given: Mapping[str, int],
    drafts: Sequence[OfferDraft],
) -> list[ShownOffer]:
    """The rules in force, in the order in which they run."""
    replaced = {draft.replaces: draft.id for draft in drafts if draft.replaces}
    ordered = sorted(parse_rules(rules), key=lambda rule: -rule.priority)
    return [
        shown_offer(
            rule,
            teller,
            state_of(rule, now),
            given=given.get(rule.name, 0),
            draft_id=replaced.get(rule.name),
        )
        for rule in ordered
    ]


def shown_draft(
    page: PageContext, draft: OfferDraft, teller: Teller, staff: Mapping[UUID, str]
) -> ShownDraft:
    """A draft in words."""
    (rule,) = parse_rules([draft.rule])
    state = DRAFT if draft.publish_at is None else SCHEDULED
    problem = ""
    if draft.problem:
        problem = error_detail(TimchehError(draft.problem, name=draft.replaces or ""), page.locale)
    return ShownDraft(
        draft.id,
        draft.revision,
        shown_offer(rule, teller, state),
        draft.replaces or "",
        draft.publish_at,
        draft.updated_at,
        staff.get(draft.actor_id, ""),
        problem,
    )
