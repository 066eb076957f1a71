"""Who is to be forgotten, and forgetting them in the kernel's own tables. In the mall's scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork


@dataclass(frozen=True, slots=True)
class Person:
    """A member and the words that lead to them: the mobile, each number they ever had, the name."""

    id: UUID
    mobile: str
    numbers: tuple[str, ...]
    name: str | None = None

    @property
    def words(self) -> list[str]:
        """All of them; what holds one of these holds something of the person."""
        return [self.mobile, *self.numbers, *([self.name] if self.name else [])]


_FORGET: Final = (
    "DELETE FROM kernel.session WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM kernel.passkey WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM kernel.passkey_challenge WHERE mall_id = :mall AND member_id = :member",
    "DELETE FROM kernel.otp_challenge WHERE mall_id = :mall AND mobile = :mobile",
    # What was not sent yet has nobody to go to; what was stays as a cost without its words.
    """
    DELETE FROM kernel.message
    WHERE mall_id = :mall AND (member_id = :member OR recipient = :mobile) AND state = 'queued'
    """,
    """
    UPDATE kernel.message SET recipient = '', text = '', provider_id = NULL, last_error = NULL
    WHERE mall_id = :mall AND (member_id = :member OR recipient = :mobile)
    """,
    # A key that is asked again still gets an answer, so that nothing is posted twice.
    """
    UPDATE kernel.idempotency
    SET body = convert_to(kernel.unnamed(convert_from(body, 'UTF8'), :words), 'UTF8')
    WHERE mall_id = :mall AND body IS NOT NULL
      AND kernel.mentions(convert_from(body, 'UTF8'), :words)
    """,
    """
    UPDATE kernel.outbox_event SET payload = kernel.unnamed(payload::text, :words)::jsonb
    WHERE mall_id = :mall AND kernel.mentions(payload::text, :words)
    """,
    """
    UPDATE kernel.webhook_delivery
    SET payload = kernel.unnamed(payload::text, :words)::jsonb, last_error = NULL
    WHERE mall_id = :mall AND kernel.mentions(payload::text, :words)
    """,
)


async def forget_in_kernel(uow: UnitOfWork, person: Person) -> None:
    """Ends sign-ins, blanks messages, and takes the person's words out of kept answers and events.

    The log of who did what is append-only and forgets by a function of its own.
    """
    await run_each(uow, _FORGET, person)


async def run_each(
    uow: UnitOfWork,
    statements: Iterable[str],
    person: Person,
    more: Mapping[str, object] | None = None,
) -> None:
    """Runs statements about a person in their order. They may name `:mall`, `:member`, `:mobile`,
    `:words`, and what is in `more`."""
    about = {
        **(more or {}),
        "mall": uow.scope.mall_id,
        "member": person.id,
        "mobile": person.mobile,
        "words": person.words,
    }
    for statement in statements:
        await uow.session.execute(text(statement), about)
