"""Villages that book for their people: a district and a phone of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0101"

_CHECKS = {
    "staff_known_role": "role IN ('officer', 'kiosk', 'head', 'village', 'admin')",
    "staff_office_of_role": "role IN ('village', 'admin') OR office IS NOT NULL",
    "staff_village_whole": "role <> 'village' OR (district IS NOT NULL AND phone IS NOT NULL)",
}
_BEFORE = {
    "staff_known_role": "role IN ('officer', 'kiosk', 'head', 'admin')",
    "staff_office_of_role": "role = 'admin' OR office IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("staff", sa.Column("district", sa.Text(), nullable=True))
    op.add_column("staff", sa.Column("phone", sa.Text(), nullable=True))
    for name in _BEFORE:
        op.drop_constraint(op.f(name), "staff")
    for name, check in _CHECKS.items():
        op.create_check_constraint(op.f(name), "staff", check)
    op.add_column(
        "assisted_contact",
        sa.Column("is_village", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("assisted_contact", "is_village")
    op.execute("DELETE FROM staff WHERE role = 'village'")
    for name in _CHECKS:
        op.drop_constraint(op.f(name), "staff")
    for name, check in _BEFORE.items():
        op.create_check_constraint(op.f(name), "staff", check)
    op.drop_column("staff", "phone")
    op.drop_column("staff", "district")
