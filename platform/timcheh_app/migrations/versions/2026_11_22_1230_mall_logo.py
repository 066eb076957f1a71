"""A mall's own logo."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "mall_logo"
down_revision: str | None = "shop_sheets"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("mall", sa.Column("logo", sa.LargeBinary(), nullable=True), schema="kernel")
    op.add_column("mall", sa.Column("logo_mark", sa.Text(), nullable=True), schema="kernel")
