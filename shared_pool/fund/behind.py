"""A purchase as the mall reads it: what paid it, who answers for that, and why it gave what it did.

What was in the basket is the shop's own.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from merchants.facade import PurchaseDetail, shown_reasons
from timcheh.web.pages import PageContext


def shown_purchase(
    page: PageContext, detail: PurchaseDetail, names: Mapping[UUID, str]
) -> dict[str, Any]:
    """For `shared_pool/fund/_behind.html`; `names` are the shops'."""
    head = detail.head
    return {
        "acceptor": names[head.merchant_id],
        "purchase": {
            "id": head.id,
            "at": head.occurred_at,
            "state": head.state,
            "total": head.total - head.discount,
            "to_pay": head.to_pay,
            "spent_value": head.spent_value,
        },
        "spent": [
            {
                "issuer": names.get(spend.issuer_id, page.mall.name),
                "own": spend.unit == "rial" and spend.issuer_id == head.merchant_id,
                "unit": spend.unit,
                "amount": spend.amount,
                "value": spend.value,
                "fee": spend.fee,
            }
            for spend in detail.spends
        ],
        "reasons": shown_reasons(page, detail, names),
    }
