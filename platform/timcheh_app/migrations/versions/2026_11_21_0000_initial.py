"""Every table as of the first release."""

from collections.abc import Sequence

from alembic import op

from timcheh.db import Base

revision: str = "initial"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for schema in sorted({t.schema for t in Base.metadata.tables.values() if t.schema}):
        op.execute(f"CREATE SCHEMA {schema}")
    Base.metadata.create_all(op.get_bind())
