"""The audit log: `record` it in the transaction that does it."""

from timcheh.audit.service import Actor, record

__all__ = ["Actor", "record"]
