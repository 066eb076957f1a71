"""What other modules may use of the exchange between shops."""

from exchange.agreements.models import Agreement
from exchange.agreements.service import accept, decline, list_agreements, propose, terminate

__all__ = ["Agreement", "accept", "decline", "list_agreements", "propose", "terminate"]
