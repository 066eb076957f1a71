"""What somebody waits for goes first, among events and among messages."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "urgent"
down_revision: str | None = "closing_proof"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index("message_queued_ix", table_name="message", schema="kernel")
    op.create_index(
        "message_queued_ix",
        "message",
        ["mall_id", sa.literal_column("secret DESC"), "due_at", "id"],
        schema="kernel",
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.add_column(
        "outbox_event",
        sa.Column("urgent", sa.Boolean(), server_default="false", nullable=False),
        schema="kernel",
    )
    op.drop_index("outbox_event_pending_ix", table_name="outbox_event", schema="kernel")
    op.create_index(
        "outbox_event_pending_ix",
        "outbox_event",
        ["mall_id", sa.literal_column("urgent DESC"), "due_at", "id"],
        schema="kernel",
        postgresql_where=sa.text("state = 'pending'"),
    )
