"""The malls themselves: the tenant row, and finding it by the slug in the address."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from timcheh.db import Base, Database, Role, Scope, UnitOfWork, access
from timcheh.errors import NotFound

DIRECTORY_TTL: Final = 30.0
"""Seconds for which a process believes what it last read of a mall."""


class Mall(Base):
    """A tenant: one roof of shops. Every other tenant table carries its `mall_id`.

    Money is in rial (`sms_segment_price` for one segment of a text message), `network_fee_bps`
    in basis points. `display_unit` is what till and member pages show; colours are `#rrggbb`.
    `logo` is a PNG, and another picture has another `logo_mark`.
    """

    __tablename__ = "mall"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name="slug"),
        CheckConstraint("kind IN ('mall', 'passage', 'bazaar', 'chain', 'online')", name="kind"),
        CheckConstraint("display_unit IN ('toman', 'rial')", name="display_unit"),
        CheckConstraint("network_fee_bps BETWEEN 0 AND 10000", name="network_fee_bps"),
        CheckConstraint("default_credit_limit >= 0", name="default_credit_limit"),
        CheckConstraint("return_grace_days >= 0", name="return_grace_days"),
        CheckConstraint("sms_segment_price >= 0", name="sms_segment_price"),
        CheckConstraint("closed_at IS NULL OR trial_of IS NOT NULL", name="closed_at"),
        {
            "schema": "kernel",
            "info": access(
                app="select insert update",
                merchant="select",
                member="select",
                posting="select",
                merchant_rows=(),
                member_rows=(),
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="mall", server_default="mall")
    primary_colour: Mapped[str | None]
    accent_colour: Mapped[str | None]
    display_unit: Mapped[str] = mapped_column(default="toman", server_default="toman")
    locale: Mapped[str] = mapped_column(default="fa", server_default="fa")
    timezone: Mapped[str] = mapped_column(default="Asia/Tehran", server_default="Asia/Tehran")
    default_credit_limit: Mapped[int] = mapped_column(default=0, server_default="0")
    network_fee_bps: Mapped[int] = mapped_column(default=0, server_default="0")
    return_grace_days: Mapped[int] = mapped_column(default=30, server_default="30")
    sms_segment_price: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    logo: Mapped[bytes | None] = deferred(mapped_column(LargeBinary()))
    logo_mark: Mapped[str | None]
    trial_of: Mapped[str | None]  # the slug of the mall one of whose shops looks around here
    closed_at: Mapped[datetime | None]  # of a trial: no address, key or job leads here any more


@dataclass(frozen=True, slots=True)
class MallInfo:
    """What pages and services need to know of a mall; a copy, safe to keep for a request."""

    mall_id: UUID
    slug: str
    name: str
    kind: str
    primary_colour: str | None
    accent_colour: str | None
    logo_mark: str | None
    display_unit: str
    locale: str
    timezone: str
    default_credit_limit: int
    network_fee_bps: int
    return_grace_days: int
    trial_of: str | None = None


async def read_mall(uow: UnitOfWork) -> MallInfo:
    """The mall of the unit of work's scope. Raises NotFound where there is none."""
    mall = await uow.session.scalar(select(Mall).where(Mall.mall_id == uow.scope.mall_id))
    if mall is None:
        raise NotFound
    return MallInfo(**{name: getattr(mall, name) for name in MallInfo.__slots__})


async def read_logo(uow: UnitOfWork) -> bytes | None:
    """The mall's logo as PNG, if it has one."""
    query = select(Mall.logo).where(Mall.mall_id == uow.scope.mall_id)
    found: bytes | None = await uow.session.scalar(query)
    return found


class MallDirectory:
    """Malls by slug and by id, remembered for `DIRECTORY_TTL` seconds in this process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: dict[str, tuple[float, UUID]] = {}
        self._malls: dict[UUID, tuple[float, MallInfo]] = {}

    async def by_slug(self, slug: str) -> MallInfo:
        """Raises NotFound for a slug that no mall has (which is not remembered)."""
        known = self._ids.get(slug)
        if known is None or known[0] < monotonic():
            async with self._database.engine(Role.APP).begin() as connection:
                found = await connection.execute(
                    text("SELECT mall_id FROM kernel.mall_by_slug(:slug)"), {"slug": slug}
                )
                mall_id = found.scalar_one_or_none()
            if mall_id is None:
                raise NotFound
            known = self._ids[slug] = (monotonic() + DIRECTORY_TTL, mall_id)
        return await self.by_id(known[1])

    async def by_id(self, mall_id: UUID) -> MallInfo:
        """Raises NotFound for an id that no mall has."""
        known = self._malls.get(mall_id)
        if known is None or known[0] < monotonic():
            async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
                known = (monotonic() + DIRECTORY_TTL, await read_mall(uow))
            self._malls[mall_id] = known
        return known[1]

    def forget(self, mall_id: UUID) -> None:
        """Call after changing a mall, so that this process shows the change at once."""
        self._malls.pop(mall_id, None)
