"""What an approval can be refused for."""

from uuid import UUID

from timcheh.errors import Conflict, TryAgain


class ApprovalRequired(TryAgain):
    """So much of the member's value is spent here only with their approval, and there is none.

    `amount` is what would be spent, `limit` what may be without, rial. Never a key's outcome: the
    same purchase is sent again once the member has approved.
    """

    code = "approval_required"

    def __init__(
        self, member_id: UUID | None = None, amount: int = 0, limit: int | None = None
    ) -> None:
        super().__init__(amount=amount, limit=limit or 0)
        self.member_id, self.amount = member_id, amount


class ApprovalOver(Conflict):
    """It was answered before, its time is over, or another took its place."""

    code = "approval_over"
