"""Settlements need no more than a ledger."""

from tests.timcheh.ledger.conftest import book

__all__ = ["book"]
