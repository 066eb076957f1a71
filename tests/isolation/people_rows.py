"""Rows of what shops and members write of people: profiles, consents, doors, imports."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from members.consents.models import Consent
from members.inviting.models import Invitation
from members.profiles.models import Profile
from merchants.approvals.models import SpendApproval
from merchants.doors.models import Door
from merchants.importing.models import (
    ImportBatch,
    ImportChange,
    ImportColumn,
    ImportFault,
    ImportPiece,
)
from merchants.profiles.models import CustomerProfile, CustomField
from merchants.wastebasket.models import Discarded
from shared_pool.erasing.models import Erasure
from timcheh.access.passkeys.models import Passkey, PasskeyChallenge
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


def people_rows(uow: UnitOfWork, shop: UUID, member: UUID) -> Iterator[Any]:
    """One row of each such table, for a shop and a customer of it."""
    mall, now = uow.scope.mall_id, uow.now
    own: dict[str, Any] = {"mall_id": mall, "merchant_id": shop}
    batch = {**own, "batch_id": new_id()}
    yield Erasure(
        mall_id=mall, member_id=member, asked_at=now, due_at=now + timedelta(days=7), done_at=None
    )
    yield Invitation(
        mall_id=mall, member_id=member, token=new_id().hex[-9:], opened=0, created_at=now
    )
    yield Passkey(
        mall_id=mall,
        id=new_id(),
        member_id=member,
        credential_id=new_id().bytes,
        public_key=b"x",
        sign_count=0,
        name="phone",
        created_at=now,
    )
    yield PasskeyChallenge(
        mall_id=mall,
        token_hash=new_id().bytes,
        purpose="add",
        member_id=member,
        challenge=b"x",
        expires_at=now,
    )
    yield Profile(mall_id=mall, member_id=member, job="خیاط", updated_at=now)
    yield Consent(
        **own,
        id=new_id(),
        member_id=member,
        purpose="data",
        given=True,
        at=now,
        by="member",
        place="phone",
    )
    yield SpendApproval(
        **own,
        id=new_id(),
        principal_id=new_id(),
        key="x",
        member_id=member,
        amount=1,
        created_at=now,
        expires_at=now,
    )
    yield Discarded(**own, kind="segment", id=new_id(), content={}, at=now)
    yield CustomerProfile(**own, member_id=member, updated_at=now)
    yield CustomField(
        **own, id=new_id(), label="سایز کفش", kind="number", position=1, created_at=now
    )
    yield Door(
        **own,
        id=new_id(),
        token=new_id().hex,
        source="poster",
        name="پوستر",
        created_by=new_id(),
        created_at=now,
    )
    yield ImportBatch(
        **own,
        id=batch["batch_id"],
        state="uploaded",
        kind="csv",
        file_name="مشتریان.csv",
        size=1,
        headers=[],
        sample=[],
        total=1,
        created_by=new_id(),
        created_at=now,
        changed_at=now,
    )
    yield ImportPiece(**batch, n=0, body=b"x")
    yield ImportFault(**batch, row=2, cells=[], faults=[])
    yield ImportChange(
        **batch, member_id=member, made_member=True, made_customer=True, before={}, after={}
    )
    yield ImportColumn(**own, heading="موبایل", fact="mobile")
