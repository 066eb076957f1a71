"""Profiles, consents, doors and imports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "people"
down_revision: str | None = "headroom"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "custom_field",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "choices", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('text', 'number', 'date', 'choice', 'yes_no')",
            name=op.f("custom_field_kind_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("custom_field_pk")),
        schema="merchants",
    )
    op.create_table(
        "door",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("visits", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "source IN ('poster', 'sms', 'instagram', 'telegram', 'bale', 'eitaa', "
            "'whatsapp', 'website', 'other')",
            name=op.f("door_source_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("door_pk")),
        sa.UniqueConstraint("mall_id", "token", name=op.f("door_mall_id_token_uq")),
        schema="merchants",
    )
    op.create_table(
        "import_batch",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sample", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "plan",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "counts",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('xlsx', 'csv')", name=op.f("import_batch_kind_ck")),
        sa.CheckConstraint(
            "state IN ('uploaded', 'checking', 'checked', 'importing', 'imported', "
            "'undoing', 'undone', 'failed')",
            name=op.f("import_batch_state_ck"),
        ),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "id", name=op.f("import_batch_pk")),
        schema="merchants",
    )
    op.create_index(
        "import_batch_at_work_ix",
        "import_batch",
        ["mall_id", "id"],
        unique=False,
        schema="merchants",
        postgresql_where=sa.text("state IN ('checking', 'importing', 'undoing')"),
    )
    op.create_table(
        "import_column",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mall_id", "merchant_id", "heading", name=op.f("import_column_pk")),
        schema="merchants",
    )
    op.create_table(
        "consent",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.CheckConstraint("by IN ('member', 'staff', 'import')", name=op.f("consent_by_ck")),
        sa.CheckConstraint("purpose IN ('data', 'promotion')", name=op.f("consent_purpose_ck")),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("consent_mall_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mall_id", "id", name=op.f("consent_pk")),
        schema="members",
    )
    op.create_index(
        "consent_current_ix",
        "consent",
        ["mall_id", "member_id", "merchant_id", "purpose"],
        unique=True,
        schema="members",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "consent_merchant_ix",
        "consent",
        ["mall_id", "merchant_id", "purpose", "member_id"],
        unique=False,
        schema="members",
    )
    op.create_table(
        "profile",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("father_name", sa.Text(), nullable=True),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("guild", sa.Text(), nullable=True),
        sa.Column("weight_grams", sa.BigInteger(), nullable=True),
        sa.Column("favourite_colour", sa.Text(), nullable=True),
        sa.Column("marital_status", sa.Text(), nullable=True),
        sa.Column("wedding_date", sa.Date(), nullable=True),
        sa.Column("children", postgresql.ARRAY(sa.Date()), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("neighbourhood", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("home_phone", sa.Text(), nullable=True),
        sa.Column("work_phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "member_id"],
            ["members.member.mall_id", "members.member.id"],
            name=op.f("profile_mall_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mall_id", "member_id", name=op.f("profile_pk")),
        schema="members",
    )
    op.create_table(
        "customer_profile",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "custom",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("referrer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "shared", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("father_name", sa.Text(), nullable=True),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("guild", sa.Text(), nullable=True),
        sa.Column("weight_grams", sa.BigInteger(), nullable=True),
        sa.Column("favourite_colour", sa.Text(), nullable=True),
        sa.Column("marital_status", sa.Text(), nullable=True),
        sa.Column("wedding_date", sa.Date(), nullable=True),
        sa.Column("children", postgresql.ARRAY(sa.Date()), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("neighbourhood", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("home_phone", sa.Text(), nullable=True),
        sa.Column("work_phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id", "member_id"],
            [
                "merchants.customer.mall_id",
                "merchants.customer.merchant_id",
                "merchants.customer.member_id",
            ],
            name=op.f("customer_profile_mall_id_merchant_id_member_id_fk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "member_id", name=op.f("customer_profile_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "import_change",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("made_member", sa.Boolean(), nullable=False),
        sa.Column("made_customer", sa.Boolean(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "lots", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id", "batch_id"],
            [
                "merchants.import_batch.mall_id",
                "merchants.import_batch.merchant_id",
                "merchants.import_batch.id",
            ],
            name=op.f("import_change_mall_id_merchant_id_batch_id_fk"),
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "batch_id", "member_id", name=op.f("import_change_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "import_fault",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id", "batch_id"],
            [
                "merchants.import_batch.mall_id",
                "merchants.import_batch.merchant_id",
                "merchants.import_batch.id",
            ],
            name=op.f("import_fault_mall_id_merchant_id_batch_id_fk"),
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "batch_id", "row", name=op.f("import_fault_pk")
        ),
        schema="merchants",
    )
    op.create_table(
        "import_piece",
        sa.Column("mall_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "merchant_id", "batch_id"],
            [
                "merchants.import_batch.mall_id",
                "merchants.import_batch.merchant_id",
                "merchants.import_batch.id",
            ],
            name=op.f("import_piece_mall_id_merchant_id_batch_id_fk"),
        ),
        sa.PrimaryKeyConstraint(
            "mall_id", "merchant_id", "batch_id", "n", name=op.f("import_piece_pk")
        ),
        schema="merchants",
    )
    op.add_column("member", sa.Column("referrer_id", sa.Uuid(), nullable=True), schema="members")
    # What members said of themselves is no part of what a purchase reads.
    op.execute(
        "INSERT INTO members.profile (mall_id, member_id, updated_at, gender, email, city,"
        " neighbourhood) SELECT mall_id, id, created_at, gender, email, city, neighbourhood"
        " FROM members.member"
        " WHERE coalesce(gender, email, city, neighbourhood) IS NOT NULL"
    )
    op.drop_column("member", "email", schema="members")
    op.drop_column("member", "city", schema="members")
    op.drop_column("member", "gender", schema="members")
    op.drop_column("member", "neighbourhood", schema="members")
    op.add_column("customer", sa.Column("branch_id", sa.Uuid(), nullable=True), schema="merchants")
    op.add_column("customer", sa.Column("actor_id", sa.Uuid(), nullable=True), schema="merchants")
    op.add_column("customer", sa.Column("door_id", sa.Uuid(), nullable=True), schema="merchants")
    op.add_column("customer", sa.Column("batch_id", sa.Uuid(), nullable=True), schema="merchants")
