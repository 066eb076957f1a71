"""First release, schema kernel: malls, audit, messages, outbox, webhooks."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "initial_kernel"
down_revision: str | None = "initial_access"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _audit_entry()
    _idempotency()
    _mall()
    _message()
    _outbox_done()
    _outbox_event()
    _recurring_run()
    _webhook_endpoint()
    _webhook_delivery()


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "actor_kind IN ('mall', 'merchant', 'terminal', 'member', 'staff', 'system')",
            name=op.f("audit_entry_actor_kind_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("audit_entry_pk")),
        schema="kernel",
    )
    op.create_index(
        "audit_entry_merchant_ix",
        "audit_entry",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="kernel",
        postgresql_where=sa.text("merchant_id IS NOT NULL"),
    )
    op.create_index(
        "audit_entry_object_ix",
        "audit_entry",
        ["mall_id", "object_type", "object_id"],
        unique=False,
        schema="kernel",
    )


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "principal_id", "key", name=op.f("idempotency_pk")),
        schema="kernel",
    )


def _mall() -> None:
    op.create_table(
        "mall",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="mall", nullable=False),
        sa.Column("primary_colour", sa.Text(), nullable=True),
        sa.Column("accent_colour", sa.Text(), nullable=True),
        sa.Column("display_unit", sa.Text(), server_default="toman", nullable=False),
        sa.Column("locale", sa.Text(), server_default="fa", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="Asia/Tehran", nullable=False),
        sa.Column("default_credit_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("network_fee_bps", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("return_grace_days", sa.BigInteger(), server_default="30", nullable=False),
        sa.Column("sms_segment_price", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("display_unit IN ('toman', 'rial')", name=op.f("mall_display_unit_ck")),
        sa.CheckConstraint(
            "kind IN ('mall', 'passage', 'bazaar', 'chain', 'online')", name=op.f("mall_kind_ck")
        ),
        sa.CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'", name=op.f("mall_slug_ck")),
        sa.CheckConstraint("default_credit_limit >= 0", name=op.f("mall_default_credit_limit_ck")),
        sa.CheckConstraint(
            "network_fee_bps BETWEEN 0 AND 10000", name=op.f("mall_network_fee_bps_ck")
        ),
        sa.CheckConstraint("return_grace_days >= 0", name=op.f("mall_return_grace_days_ck")),
        sa.CheckConstraint("sms_segment_price >= 0", name=op.f("mall_sms_segment_price_ck")),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("mall_pk")),
        sa.UniqueConstraint("slug", name=op.f("mall_slug_uq")),
        schema="kernel",
    )


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), server_default="sms", nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('sms', 'email', 'push', 'bale', 'telegram')",
            name=op.f("message_channel_ck"),
        ),
        sa.CheckConstraint("line IN ('service', 'promotional')", name=op.f("message_line_ck")),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed')",
            name=op.f("message_state_ck"),
        ),
        sa.CheckConstraint("price >= 0", name=op.f("message_price_ck")),
        sa.CheckConstraint("segments > 0", name=op.f("message_segments_ck")),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("message_pk")),
        schema="kernel",
    )
    op.create_index(
        "message_merchant_ix",
        "message",
        ["mall_id", "merchant_id", "id"],
        unique=False,
        schema="kernel",
    )
    op.create_index(
        "message_queued_ix",
        "message",
        ["mall_id", "due_at"],
        unique=False,
        schema="kernel",
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )


def _outbox_done() -> None:
    op.create_table(
        "outbox_done",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "event_id", "handler", name=op.f("outbox_done_pk")),
        schema="kernel",
    )


def _outbox_event() -> None:
    op.create_table(
        "outbox_event",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'done', 'dead')", name=op.f("outbox_event_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("outbox_event_pk")),
        schema="kernel",
    )
    op.create_index(
        "outbox_event_pending_ix",
        "outbox_event",
        ["mall_id", "due_at"],
        unique=False,
        schema="kernel",
        postgresql_where=sa.text("state = 'pending'"),
    )


def _recurring_run() -> None:
    op.create_table(
        "recurring_run",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("mall_id", "name", name=op.f("recurring_run_pk")),
        schema="kernel",
    )
    op.create_index(
        "recurring_run_due_ix",
        "recurring_run",
        ["mall_id", "due_at"],
        unique=False,
        schema="kernel",
    )


def _webhook_endpoint() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("topics", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'disabled')", name=op.f("webhook_endpoint_state_ck")
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("webhook_endpoint_pk")),
        schema="kernel",
    )


def _webhook_delivery() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("response_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'delivered', 'dead')", name=op.f("webhook_delivery_state_ck")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "endpoint_id"],
            ["kernel.webhook_endpoint.mall_id", "kernel.webhook_endpoint.id"],
            name=op.f("webhook_delivery_mall_id_endpoint_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("webhook_delivery_pk")),
        sa.UniqueConstraint(
            "mall_id",
            "endpoint_id",
            "event_id",
            name=op.f("webhook_delivery_mall_id_endpoint_id_event_id_uq"),
        ),
        schema="kernel",
    )
    op.create_index(
        "webhook_delivery_pending_ix",
        "webhook_delivery",
        ["mall_id", "due_at"],
        unique=False,
        schema="kernel",
        postgresql_where=sa.text("state = 'pending'"),
    )
