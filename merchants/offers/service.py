"""Drafts of offers, and their way into force. Every change in force is a new version."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update

from merchants.offers.errors import DraftChanged
from merchants.offers.merging import Written, merged, named
from merchants.offers.models import OfferDraft
from merchants.programme.errors import RulesChanged
from merchants.programme.models import RuleSet
from merchants.programme.queries import read_rules, rules_version
from merchants.programme.service import check_rules, publish_rules
from merchants.wastebasket import take_back, throw_away
from timcheh.calendar import is_plausible
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.rules.writing import write_moment

MOST_VERSIONS: Final = 50


async def list_drafts(uow: UnitOfWork, merchant_id: UUID) -> list[OfferDraft]:
    """All drafts of a shop, the one that was touched last first."""
    rows = await uow.session.scalars(
        select(OfferDraft)
        .where(OfferDraft.mall_id == uow.scope.mall_id, OfferDraft.merchant_id == merchant_id)
        .order_by(OfferDraft.updated_at.desc(), OfferDraft.id)
    )
    return list(rows)


async def find_draft(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID) -> OfferDraft:
    """Raises NotFound."""
    draft = await uow.session.get(OfferDraft, (uow.scope.mall_id, merchant_id, draft_id))
    if draft is None:
        raise NotFound
    return draft


async def begin_draft(
    uow: UnitOfWork, merchant_id: UUID, rule: Written, actor_id: UUID
) -> OfferDraft:
    """A new offer that is in nobody's way yet; its name is made one that is free."""
    version, rules = await _in_force(uow, merchant_id)
    drafts = await list_drafts(uow, merchant_id)
    taken = {each["name"] for each in rules} | {draft.rule["name"] for draft in drafts}
    named_freely = rule | {"name": _free_name(rule["name"], taken)}
    return await _add(uow, merchant_id, named_freely, None, version, actor_id)


async def edit_offer(uow: UnitOfWork, merchant_id: UUID, name: str, actor_id: UUID) -> OfferDraft:
    """The draft that will take the place of a rule in force, or the one that is there already.

    Raises NotFound for a rule that is not in force.
    """
    for draft in await list_drafts(uow, merchant_id):
        if draft.replaces == name:
            return draft
    version, rules = await _in_force(uow, merchant_id)
    rule = named(rules, name)
    if rule is None:
        raise NotFound
    return await _add(uow, merchant_id, rule, name, version, actor_id)


async def save_draft(
    uow: UnitOfWork,
    merchant_id: UUID,
    draft_id: UUID,
    rule: Written,
    revision: int,
    actor_id: UUID,
) -> OfferDraft:
    """Writes a draft. Raises DraftChanged if it is not the `revision` that was looked at."""
    draft = await _locked(uow, merchant_id, draft_id)
    if draft.revision != revision:
        raise DraftChanged
    checked = await check_rules(uow, merchant_id, [rule])
    draft.rule, draft.actor_id, draft.updated_at = checked[0], actor_id, uow.now
    draft.revision += 1
    await uow.session.flush()
    return draft


async def drop_draft(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID) -> None:
    """Throws a draft away. Raises NotFound."""
    await throw_away(uow, merchant_id, await find_draft(uow, merchant_id, draft_id))


async def restore_draft(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID) -> OfferDraft:
    """Takes a draft back; what was to publish it by itself waits to be told again. NotFound."""
    row = OfferDraft(**await take_back(uow, merchant_id, OfferDraft, draft_id))
    row.publish_at = None
    uow.session.add(row)
    await uow.session.flush()
    return row


async def publish_draft(
    uow: UnitOfWork, merchant_id: UUID, draft_id: UUID, revision: int, actor_id: UUID
) -> int:
    """Puts a draft in force as a new version, which it answers.

    Raises DraftChanged, OfferChanged, and Invalid for what can't be in force.
    """
    version, current = await _in_force(uow, merchant_id, lock=True)
    draft = await _locked(uow, merchant_id, draft_id)
    if draft.revision != revision:
        raise DraftChanged
    base = current
    if draft.base_version != version:
        base = await read_rules(uow, merchant_id, draft.base_version)
    rules = merged(current, base, draft.rule, draft.replaces)
    published = await publish_rules(uow, merchant_id, rules, actor_id)
    await uow.session.delete(draft)
    return published


async def schedule_draft(
    uow: UnitOfWork, merchant_id: UUID, draft_id: UUID, revision: int, at: datetime | None
) -> None:
    """Has a draft published `at` a moment to come, or no longer (None). Raises DraftChanged."""
    draft = await _locked(uow, merchant_id, draft_id)
    if draft.revision != revision:
        raise DraftChanged
    if at is not None and (at <= uow.now or not is_plausible(at)):
        raise Invalid.field("/publish_at", "not_in_the_future")
    draft.publish_at, draft.problem, draft.updated_at = at, None, uow.now
    draft.revision += 1


async def take_over(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID, revision: int) -> None:
    """The draft shall replace what is in force now, whatever that has become meanwhile."""
    version, rules = await _in_force(uow, merchant_id, lock=True)
    draft = await _locked(uow, merchant_id, draft_id)
    if draft.revision != revision:
        raise DraftChanged
    draft.base_version, draft.problem = version, None
    if named(rules, draft.replaces) is None:
        draft.replaces = None
    draft.revision += 1


async def end_offer(uow: UnitOfWork, merchant_id: UUID, name: str, actor_id: UUID) -> int:
    """Ends a rule now, in a new version that still tells of it. Raises NotFound."""
    _, rules = await _in_force(uow, merchant_id, lock=True)
    rule = named(rules, name)
    if rule is None:
        raise NotFound
    ended = {key: value for key, value in rule.items() if key not in ("starts_at", "early_access")}
    ended["ends_at"] = write_moment(uow.now)
    after = [ended if each is rule else each for each in rules]
    return await publish_rules(uow, merchant_id, after, actor_id)


async def remove_offer(uow: UnitOfWork, merchant_id: UUID, name: str, actor_id: UUID) -> int:
    """A new version without the rule; the versions before keep it. Raises NotFound."""
    _, rules = await _in_force(uow, merchant_id, lock=True)
    if named(rules, name) is None:
        raise NotFound
    after = [each for each in rules if each["name"] != name]
    return await publish_rules(uow, merchant_id, after, actor_id)


async def roll_back(
    uow: UnitOfWork, merchant_id: UUID, version: int, seen_version: int, actor_id: UUID
) -> int:
    """Puts the rules of an earlier version in force again, as a new version.

    Raises RulesChanged if `seen_version` is no longer in force, NotFound for no such version, and
    Invalid if it names what the shop can't give any more.
    """
    current = await rules_version(uow, merchant_id, lock=True)
    if current != seen_version:
        raise RulesChanged
    found = await uow.session.get(RuleSet, (uow.scope.mall_id, merchant_id, version))
    if found is None:
        raise NotFound
    return await publish_rules(uow, merchant_id, found.rules, actor_id)


async def list_versions(uow: UnitOfWork, merchant_id: UUID) -> Sequence[RuleSet]:
    """The newest versions, newest first."""
    rows = await uow.session.scalars(
        select(RuleSet)
        .where(RuleSet.mall_id == uow.scope.mall_id, RuleSet.merchant_id == merchant_id)
        .order_by(RuleSet.version.desc())
        .limit(MOST_VERSIONS)
    )
    return rows.all()


async def note_problem(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID, problem: str) -> None:
    """A scheduled draft that could not be published stays a draft and says why."""
    await uow.session.execute(
        update(OfferDraft)
        .where(
            OfferDraft.mall_id == uow.scope.mall_id,
            OfferDraft.merchant_id == merchant_id,
            OfferDraft.id == draft_id,
        )
        .values(publish_at=None, problem=problem)
    )


async def due_drafts(uow: UnitOfWork) -> list[tuple[UUID, UUID, int, UUID]]:
    """(shop, draft, revision, who scheduled it) of all that are due in the mall."""
    rows = await uow.session.execute(
        select(OfferDraft.merchant_id, OfferDraft.id, OfferDraft.revision, OfferDraft.actor_id)
        .where(OfferDraft.mall_id == uow.scope.mall_id, OfferDraft.publish_at <= uow.now)
        .order_by(OfferDraft.publish_at, OfferDraft.id)
    )
    return [(shop, draft, revision, actor) for shop, draft, revision, actor in rows]


async def _in_force(
    uow: UnitOfWork, merchant_id: UUID, *, lock: bool = False
) -> tuple[int, list[Any]]:
    version = await rules_version(uow, merchant_id, lock=lock)
    return version, await read_rules(uow, merchant_id, version)


async def _locked(uow: UnitOfWork, merchant_id: UUID, draft_id: UUID) -> OfferDraft:
    draft = await uow.session.scalar(
        select(OfferDraft)
        .where(
            OfferDraft.mall_id == uow.scope.mall_id,
            OfferDraft.merchant_id == merchant_id,
            OfferDraft.id == draft_id,
        )
        .with_for_update()
    )
    if draft is None:
        raise NotFound
    return draft


async def _add(
    uow: UnitOfWork,
    merchant_id: UUID,
    rule: Written,
    replaces: str | None,
    version: int,
    actor_id: UUID,
) -> OfferDraft:
    draft = OfferDraft(
        mall_id=uow.scope.mall_id,
        merchant_id=merchant_id,
        id=new_id(),
        rule=rule,
        replaces=replaces,
        base_version=version,
        revision=1,
        actor_id=actor_id,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.session.add(draft)
    await uow.session.flush()
    return draft


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free
