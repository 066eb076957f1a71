"""Opening shops, changing them, and their branches and terminals."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from merchants.shops.errors import BranchClosed, SlugTaken
from merchants.shops.models import Branch, Merchant, MerchantAccount, Terminal
from timcheh.access.keys import IssuedKey, issue_key
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import ScopeKind, Unit


@dataclass(frozen=True, slots=True)
class NewShop:
    """What a shop is opened with; identifiers are normalised."""

    name: str
    slug: str
    category: str | None = None
    national_id: str | None = None
    sheba: str | None = None
    owner_mobile: str | None = None


async def open_shop(
    uow: UnitOfWork,
    new: NewShop,
    *,
    credit_limit: int,
    network_scope_id: UUID,
    wallet_scope_id: UUID,
    network_fee: int,
) -> Merchant:
    """A new shop with its ledger party and its three scopes, in the mall's scope.

    `credit_limit` in rial. It accepts its own credit, its partners' scope, and what every shop
    accepts: the network's credit (at `network_fee` basis points) and the wallet. Raises SlugTaken.
    """
    await _refuse_taken_slug(uow, new.slug)
    id = new_id()
    merchant = Merchant(
        mall_id=uow.scope.mall_id,
        id=id,
        slug=new.slug,
        name=new.name,
        category=new.category,
        state="active",
        created_at=uow.now,
    )
    uow.session.add(merchant)
    await uow.session.flush()
    await postings.open_party(uow, id, "merchant", credit_limit)
    own = await postings.open_scope(uow, ScopeKind.OWN, Unit.RIAL, issuer_id=id)
    partners = await postings.open_scope(uow, ScopeKind.PARTNERS, Unit.RIAL, issuer_id=id)
    points = await postings.open_scope(uow, ScopeKind.OWN_POINTS, Unit.POINT, issuer_id=id)
    for scope in (own, partners, points, wallet_scope_id):
        await postings.accept_scope(uow, scope, id)
    await postings.accept_scope(uow, network_scope_id, id, fee_bps=network_fee)
    uow.session.add(
        MerchantAccount(
            mall_id=uow.scope.mall_id,
            merchant_id=id,
            national_id=new.national_id,
            sheba=new.sheba,
            owner_mobile=new.owner_mobile,
            own_scope_id=own,
            partners_scope_id=partners,
            own_points_scope_id=points,
            return_policy="deduct",
            own_max_share_bps=None,
            rules_version=0,
        )
    )
    await uow.session.flush()
    return merchant


async def _refuse_taken_slug(uow: UnitOfWork, slug: str) -> None:
    taken = await uow.session.scalar(
        select(Merchant.id).where(Merchant.mall_id == uow.scope.mall_id, Merchant.slug == slug)
    )
    if taken is not None:
        raise SlugTaken


async def find_shop(uow: UnitOfWork, merchant_id: UUID) -> Merchant:
    """Raises NotFound."""
    shop = await uow.session.scalar(
        select(Merchant).where(Merchant.mall_id == uow.scope.mall_id, Merchant.id == merchant_id)
    )
    if shop is None:
        raise NotFound
    return shop


async def find_account(uow: UnitOfWork, merchant_id: UUID) -> MerchantAccount:
    """Raises NotFound, also for another shop's account in a shop's scope."""
    account = await uow.session.scalar(
        select(MerchantAccount).where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
    )
    if account is None:
        raise NotFound
    return account


async def shop_name(uow: UnitOfWork, merchant_id: UUID) -> str:
    """The name on a shop's door. Raises NotFound."""
    return (await find_shop(uow, merchant_id)).name


async def find_accounts(
    uow: UnitOfWork, merchant_ids: Sequence[UUID]
) -> dict[UUID, MerchantAccount]:
    """Some shops' accounts by id, in the mall's scope."""
    rows = await uow.session.scalars(
        select(MerchantAccount).where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id.in_(merchant_ids),
        )
    )
    return {row.merchant_id: row for row in rows}


async def shop_names(uow: UnitOfWork) -> dict[UUID, str]:
    """The name on each shop's door, by id."""
    rows = await uow.session.execute(
        select(Merchant.id, Merchant.name).where(Merchant.mall_id == uow.scope.mall_id)
    )
    return dict(rows.all())


async def set_policies(
    uow: UnitOfWork,
    merchant_id: UUID,
    *,
    return_policy: str | None = None,
    own_max_share_bps: int | None = None,
) -> MerchantAccount:
    """Changes what the shop decides for itself; absent values stay. Raises NotFound."""
    account = await find_account(uow, merchant_id)
    values = {
        "return_policy": return_policy or account.return_policy,
        "own_max_share_bps": (
            account.own_max_share_bps if own_max_share_bps is None else own_max_share_bps
        ),
    }
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
        .values(**values)
    )
    return account


async def set_shop_state(uow: UnitOfWork, merchant_id: UUID, state: str) -> None:
    """Whether a shop trades; what follows of it for credit is the mall's to decide. Mall scope."""
    await uow.session.execute(
        update(Merchant)
        .where(Merchant.mall_id == uow.scope.mall_id, Merchant.id == merchant_id)
        .values(state=state)
    )


async def set_account(
    uow: UnitOfWork, merchant_id: UUID, *, national_id: str | None, sheba: str | None
) -> None:
    """Who the shop is in law and where it is paid; identifiers are normalised. Mall scope."""
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
        .values(national_id=national_id, sheba=sheba)
    )


async def set_vat(uow: UnitOfWork, merchant_id: UUID, bps: int | None, *, included: bool) -> None:
    """The shop's rate of value added tax, and whether its prices hold it; from the next sale on."""
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
        .values(vat_bps=bps, vat_included=included)
    )


async def set_approval(uow: UnitOfWork, merchant_id: UUID, above: int | None) -> int | None:
    """From how many rial on a member must approve what is spent of theirs; None: never.

    From the next sale on. Answers what it was.
    """
    before = (await find_account(uow, merchant_id)).approve_above
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
        )
        .values(approve_above=above)
    )
    return before


async def open_branch(uow: UnitOfWork, merchant_id: UUID, name: str) -> Branch:
    """A further place of the shop."""
    branch = Branch(
        mall_id=uow.scope.mall_id,
        merchant_id=merchant_id,
        id=new_id(),
        name=name,
        created_at=uow.now,
    )
    uow.session.add(branch)
    await uow.session.flush()
    return branch


async def open_branches(uow: UnitOfWork, merchant_id: UUID) -> list[Branch]:
    """Where the shop sells, oldest first."""
    return [each for each in await list_branches(uow, merchant_id) if each.closed_at is None]


async def list_branches(uow: UnitOfWork, merchant_id: UUID) -> list[Branch]:
    """The shop's places, closed ones too, oldest first."""
    rows = await uow.session.scalars(
        select(Branch)
        .where(Branch.mall_id == uow.scope.mall_id, Branch.merchant_id == merchant_id)
        .order_by(Branch.id)
    )
    return list(rows)


async def open_terminal(
    uow: UnitOfWork, merchant_id: UUID, branch_id: UUID, name: str
) -> tuple[Terminal, IssuedKey]:
    """A till of a branch, with its key. Raises NotFound for another shop's branch, BranchClosed."""
    branch = await uow.session.scalar(
        select(Branch).where(
            Branch.mall_id == uow.scope.mall_id,
            Branch.merchant_id == merchant_id,
            Branch.id == branch_id,
        )
    )
    if branch is None:
        raise NotFound
    if branch.closed_at is not None:
        raise BranchClosed
    terminal = Terminal(
        mall_id=uow.scope.mall_id,
        merchant_id=merchant_id,
        id=new_id(),
        branch_id=branch_id,
        name=name,
        created_at=uow.now,
    )
    uow.session.add(terminal)
    await uow.session.flush()
    key = await issue_key(
        uow,
        "terminal",
        name,
        merchant_id=merchant_id,
        branch_id=branch_id,
        terminal_id=terminal.id,
    )
    return terminal, key
